"""Answers that a client may ask about again: validators, ``304``, encodings, and what lets caches keep them.

A feed is a function of a few values, its ``Version``. From these alone, before anything is rendered, follows whether
the client already has it. A page for everybody is named by its own bytes. Both are left to ``answer_cache``, which
stands in front of the application. (RFC 9110, 9111)
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import Flask, Response, request
from werkzeug.http import http_date

from planner.web.answers import Answer, etag, outcome
from planner.web.visits import is_for_everybody

MAX_AGE = 900
"""Seconds that a client or a proxy may keep a public answer without asking again."""

ASK_EVERY_TIME = "public, max-age=0, stale-if-error=86400"
"""A page is asked about at every visit, since it may say that something is cancelled; asking costs next to nothing.

Whoever has it may show it for a day when we do not answer at all (RFC 5861 4)."""

HELD = "planner.answer"
"""Where in the WSGI environment the answer lies that may be kept, and ``UNTIL`` how long it holds."""
UNTIL = "planner.answer_until"


@dataclass(frozen=True)
class Version:
    """What decides the bytes of a public answer: two answers with equal ``parts`` are equal, byte for byte.

    ``parts`` are the representation and the version of its format, the canonical query, the language, the edition and
    its revision, and whatever else is printed: plain values. ``changed_at`` rises by a second at least whenever one of
    them changes, because HTTP dates are no finer.
    """

    parts: tuple[str | int | None, ...]
    changed_at: datetime

    @property
    def tag(self) -> str:
        """A short name of the bytes, the same in every process."""
        return hashlib.sha256(json.dumps(self.parts).encode()).hexdigest()[:32]

    def etag(self, encoding: str = "") -> str:
        """The strong entity tag of one encoding ("" is none), with its quotation marks."""
        return etag(self.tag, encoding)


def respond(
    version: Version,
    render: Callable[[], bytes],
    *,
    content_type: str,
    now: datetime,
    cache_control: str = f"public, max-age={MAX_AGE}",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer to this request; ``render`` is called only if the client does not have these bytes already."""
    answer = Answer(version.tag, None, content_type=content_type, changed_at=version.changed_at)
    encoding = answer.encoding_for(request.headers.get("Accept-Encoding", ""))
    status = outcome(request.headers, answer.etag(encoding), version.changed_at)
    if status is HTTPStatus.OK:
        answer = Answer(version.tag, render(), content_type=content_type, changed_at=version.changed_at)
    response = _fill(Response(content_type=content_type, headers=headers), answer, encoding, status)
    response.headers.setdefault("Cache-Control", cache_control)
    if status is HTTPStatus.OK:
        # A clock may be behind the revision, and no answer may be dated in the future (RFC 9110 8.8.2.1).
        response.headers["Last-Modified"] = http_date(min(version.changed_at, now))
    _hold(answer, response)
    return response


def hold_until(moment: datetime) -> None:
    """Say that the page being made speaks of the present: from that instant on it has to be made anew."""
    request.environ[UNTIL] = moment.timestamp()


def init_app(app: Flask) -> None:
    """Give every page that is the same for everybody a name of its bytes, and pack it."""
    app.after_request(_finish_page)


def _finish_page(response: Response) -> Response:
    is_page = response.status_code == HTTPStatus.OK and response.mimetype == "text/html" and not response.is_streamed
    if not (is_page and request.method in ("GET", "HEAD") and is_for_everybody()):
        return response
    body = response.get_data()
    answer = Answer(hashlib.sha256(body).hexdigest()[:32], body, content_type=response.content_type or "")
    encoding = answer.encoding_for(request.headers.get("Accept-Encoding", ""))
    status = outcome(request.headers, answer.etag(encoding), None)
    response.headers.setdefault("Cache-Control", ASK_EVERY_TIME)
    _hold(answer, response)
    return _fill(response, answer, encoding, status)


def _fill(response: Response, answer: Answer, encoding: str, status: HTTPStatus) -> Response:
    """Make the response say of the answer what the preconditions lead to."""
    response.status_code = status
    response.headers["ETag"] = answer.etag(encoding)
    response.vary.add("Accept-Encoding")
    if status is HTTPStatus.OK:
        response.set_data(answer.body(encoding))
        if encoding:
            response.content_encoding = encoding
        return response
    response.set_data(b"")
    # It speaks of the bytes that the client has, so it says nothing of their type (RFC 9110 15.4.5).
    for name in ("Content-Type", "Content-Length", "Content-Disposition"):
        response.headers.pop(name, None)
    if status is HTTPStatus.PRECONDITION_FAILED:
        response.headers["Cache-Control"] = "no-store"
    return response


def _hold(answer: Answer, response: Response) -> None:
    """Leave it to whoever stands in front of the application to keep the answer, if it is everybody's."""
    if response.cache_control.public:
        request.environ[HELD] = answer

"""Answers that a client may ask about again: validators, ``304``, gzip, and what lets caches keep them.

A public answer is a function of a few values, its ``Version``. From these alone, before anything is rendered, follows
whether the client already has it. Each encoding has an ETag of its own, so all of them are strong. (RFC 9110, 9111)
"""

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import Response, request
from werkzeug.datastructures import Headers
from werkzeug.http import http_date, parse_date

MAX_AGE = 900
"""Seconds that a client or a proxy may keep a public answer without asking again."""

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


@dataclass(frozen=True)
class Version:
    """What decides the bytes of a public answer: two answers with equal ``parts`` are equal, byte for byte.

    ``parts`` are the representation and the version of its format, the canonical query, the language, the edition and
    its revision, and whatever else is printed: plain values. ``changed_at`` rises by a second at least whenever one of
    them changes, because HTTP dates are no finer.
    """

    parts: tuple[str | int | None, ...]
    changed_at: datetime

    def etag(self, encoding: str = "") -> str:
        """The strong entity tag of one encoding ("" is none), with its quotation marks."""
        digest = hashlib.sha256(json.dumps(self.parts).encode()).hexdigest()[:32]
        return f'"{digest}-{encoding}"' if encoding else f'"{digest}"'


def respond(
    version: Version,
    render: Callable[[], bytes],
    *,
    content_type: str,
    now: datetime,
    max_age: int = MAX_AGE,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The public answer to this request; ``render`` is called only if the client does not have these bytes already."""
    encoding = chosen_encoding()
    etag = version.etag(encoding)
    lasting = {
        "ETag": etag,
        "Cache-Control": f"public, max-age={max_age}",
        "Vary": "Accept-Encoding",
        **(headers or {}),
    }
    status = outcome(request.headers, etag, version.changed_at)
    if status is HTTPStatus.NOT_MODIFIED:
        return _not_modified(lasting)
    if status is HTTPStatus.PRECONDITION_FAILED:
        return Response(status=status, headers={**lasting, "Cache-Control": "no-store"})
    body = render()
    response = Response(gzip.compress(body, mtime=0) if encoding else body, content_type=content_type, headers=lasting)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    # A clock may be behind the revision, and no answer may be dated in the future (RFC 9110 8.8.2.1).
    response.headers["Last-Modified"] = http_date(min(version.changed_at, now))
    return response


def outcome(headers: Headers | Mapping[str, str], etag: str, changed_at: datetime) -> HTTPStatus:
    """What the preconditions of a GET or HEAD lead to, in the order of RFC 9110 13.2.2: 200, 304 or 412."""
    if "If-Match" in headers:
        if not _names(headers["If-Match"], etag, weakly=False):
            return HTTPStatus.PRECONDITION_FAILED
    elif (limit := _date(headers.get("If-Unmodified-Since"))) is not None and changed_at > limit:
        return HTTPStatus.PRECONDITION_FAILED
    if "If-None-Match" in headers:
        return HTTPStatus.NOT_MODIFIED if _names(headers["If-None-Match"], etag, weakly=True) else HTTPStatus.OK
    since = _date(headers.get("If-Modified-Since"))
    return HTTPStatus.NOT_MODIFIED if since is not None and changed_at <= since else HTTPStatus.OK


def chosen_encoding() -> str:
    """gzip when the client asks for it and does not like the plain bytes better; otherwise none ("")."""
    wished = request.accept_encodings
    zipped = wished.quality("gzip")
    return "gzip" if zipped and zipped >= wished.quality("identity") else ""


def _not_modified(lasting: Mapping[str, str]) -> Response:
    response = Response(status=HTTPStatus.NOT_MODIFIED, headers=lasting)
    # It speaks of the bytes that the client has, so it says nothing of their type (RFC 9110 15.4.5).
    del response.headers["Content-Type"]
    return response


def _names(field: str, etag: str, *, weakly: bool) -> bool:
    """Whether a list of entity tags, or ``*``, names this one, compared as RFC 9110 8.8.3.2 says."""
    if field.strip() == "*":
        return True
    return any(f'"{tag}"' == etag and (weakly or not weak) for weak, tag in _TAG.findall(field))


def _date(field: str | None) -> datetime | None:
    """An HTTP date; nothing if the field is missing, junk or a list, which the RFC wants ignored (9110 13.1.3)."""
    # An HTTP date has one comma, after the day's name, or none in the form of asctime.
    return parse_date(field) if field and field.count(",") <= 1 else None

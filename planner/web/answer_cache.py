"""Finished public answers are kept in front of the application, for as long as nothing that the public sees changes.

One number rises with every such change (design idea 6). An answer is kept with the number that was read before it was
made, and used only while the database still says that number: it is exactly right, or it is made anew. That one read
is all that a kept answer costs, in however many processes the site runs.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from http import HTTPStatus
from math import inf
from threading import Lock
from time import time
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
import structlog
from flask import Flask
from sqlalchemy.engine import Engine
from werkzeug.http import http_date

from planner.web.answers import Answer, outcome
from planner.web.caching import HELD, UNTIL
from planner.web.database import db

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = structlog.get_logger(__name__)

MEGABYTE = 1024 * 1024
BESIDE_THE_BODY = 4_096
"""Bytes that an answer takes beside its bodies: its address, its headers, and the objects that hold them."""

QUARTER = 15 * 60
"""Seconds that a page holds at most. Each local midnight lies at a whole quarter, in every time zone there is."""

_CONDITIONS = {
    "HTTP_IF_MATCH": "If-Match",
    "HTTP_IF_NONE_MATCH": "If-None-Match",
    "HTTP_IF_MODIFIED_SINCE": "If-Modified-Since",
    "HTTP_IF_UNMODIFIED_SINCE": "If-Unmodified-Since",
}
_OF_ONE_VARIANT = {"etag", "content-length", "content-encoding", "last-modified", "content-type"}
_OF_THE_BODY = {"content-disposition"}

Headers = list[tuple[str, str]]
Address = tuple[str, str, str]


class AnswerCache:
    """WSGI middleware: answers what it has, asks the application for the rest, and keeps what that lets it keep."""

    def __init__(self, application: "WSGIApplication", read_number: Callable[[], int | None], most_bytes: int) -> None:
        self.application = application
        self.read_number = read_number
        self.shelf = Shelf(most_bytes)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        # Both are read before anything is made: an answer never counts as newer than what it was made of.
        number, began = self.read_number(), time()
        if number is None:
            return self.application(environ, start_response)
        address = (environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))
        kept = self.shelf.take(address)
        if kept is not None and kept.holds(number, began):
            known = kept.reply(environ, began)
            if known is not None:
                status, headers, body = known
                self.shelf.weigh(address)
                start_response(f"{status.value} {status.phrase}", headers)
                return [body] if environ["REQUEST_METHOD"] == "GET" and body else []
        return self.application(environ, self._noting(environ, start_response, address, (number, began)))

    def _noting(
        self,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
        address: Address,
        read: tuple[int, float],
    ) -> "StartResponse":
        """Keep the answer that the application left in the environment, once its headers are all there."""

        def note(status: str, headers: Headers, *rest: Any) -> Callable[[bytes], object]:
            answer: Answer | None = environ.get(HELD)
            if answer is not None and status[:3] in ("200", "304"):
                accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
                self.shelf.put(address, Kept(answer, headers, *read, environ.get(UNTIL), accepted))
            return start_response(status, headers, *rest)

        return note


class Kept:
    """An answer with the headers that all its variants have in common, and for how long it holds."""

    def __init__(
        self, answer: Answer, headers: Headers, number: int, began: float, until: float | None, accepted: str
    ) -> None:
        if answer.has_body:
            answer.forget_all_but(answer.encoding_for(accepted))
        self.answer = answer
        self.number = number
        # What has a date is decided by its number alone; what has none may speak of today.
        self.until = inf if answer.changed_at else min(until or inf, began - began % QUARTER + QUARTER)
        lasting = [header for header in headers if header[0].lower() not in _OF_ONE_VARIANT]
        self.without_body = [header for header in lasting if header[0].lower() not in _OF_THE_BODY]
        # Who asked first may have had it already: the head of a 304 says no type, but the body is here all the same.
        self.lasting = [("Content-Type", answer.content_type), *lasting]

    def holds(self, number: int, at: float) -> bool:
        """Whether it is what the application would answer now."""
        return self.number == number and at < self.until

    def reply(self, environ: "WSGIEnvironment", now: float) -> tuple[HTTPStatus, Headers, bytes] | None:
        """What to say to this request; nothing if only the application can tell."""
        encoding = self.answer.encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        etag = self.answer.etag(encoding)
        asked = {name: environ[key] for key, name in _CONDITIONS.items() if key in environ}
        status = outcome(asked, etag, self.answer.changed_at) if asked else HTTPStatus.OK
        if status is HTTPStatus.NOT_MODIFIED:
            return status, [*self.without_body, ("ETag", etag)], b""
        if status is not HTTPStatus.OK or not self.answer.has_body:
            return None
        body = self.answer.body(encoding)
        headers = [*self.lasting, ("ETag", etag), ("Content-Length", str(len(body)))]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        if self.answer.changed_at:
            headers.append(("Last-Modified", http_date(min(self.answer.changed_at.timestamp(), now))))
        return status, headers, body

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return self.answer.size + BESIDE_THE_BODY


class Shelf:
    """What is kept, by address, in at most so many bytes: what nobody has asked for the longest goes first."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._lock = Lock()
        self._kept: OrderedDict[Address, tuple[Kept, int]] = OrderedDict()

    def take(self, address: Address) -> Kept | None:
        """What is kept for the address, if anything."""
        with self._lock:
            found = self._kept.get(address)
            if found is None:
                return None
            self._kept.move_to_end(address)
            return found[0]

    def put(self, address: Address, kept: Kept) -> None:
        """Keep it in place of what was there."""
        with self._lock:
            self._drop(address)
            self._add(address, kept)

    def weigh(self, address: Address) -> None:
        """Count again an answer that may have got another variant."""
        with self._lock:
            found = self._kept.get(address)
            if found is not None and found[0].size != found[1]:
                self._drop(address)
                self._add(address, found[0])

    def _add(self, address: Address, kept: Kept) -> None:
        self._kept[address] = kept, kept.size
        self.bytes += kept.size
        while self.bytes > self.most_bytes:
            self._drop(next(iter(self._kept)))

    def _drop(self, address: Address) -> None:
        _kept, size = self._kept.pop(address, (None, 0))
        self.bytes -= size


def init_app(app: Flask, number: sa.Select[int]) -> None:
    """Stand in front of the application, which has all its other middleware already."""
    most_bytes = app.config["CACHE_MEGABYTES"] * MEGABYTE
    with app.app_context():
        read_number = number_reader(db.engine, number)
    app.wsgi_app = AnswerCache(app.wsgi_app, read_number, most_bytes)  # type: ignore[method-assign]


def number_reader(engine: Engine, number: sa.Select[int]) -> Callable[[], int | None]:
    """What reads the number from a connection of the pool, past everything that a session does beside."""
    statement = str(number.compile(engine))

    def read() -> int | None:
        try:
            connection = engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute(statement)
                row = cursor.fetchone()
                return None if row is None or row[0] is None else int(row[0])
            finally:
                connection.close()
        except (sa.exc.SQLAlchemyError, engine.dialect.loaded_dbapi.Error) as error:
            # The application finds out in its own way, and answers for it.
            log.warning("the revision cannot be read", error=type(error).__name__)
            return None

    return read

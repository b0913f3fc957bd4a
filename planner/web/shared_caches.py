"""What we tell a cache of our own that stands in front of us, and it tells nobody: how it keeps public answers.

Without it nginx would keep a feed for the quarter of an hour that the calendar apps may, and a page not at all. With it
both are fresh for ``FRESH`` seconds; for ``RENEWED`` more the kept answer goes out while one request fetches the next;
after that everybody waits for what is true now. ``deploy/nginx.conf`` takes these words off again.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FRESH = 2
RENEWED = 8
FOR_SHARED_CACHES = f", s-maxage={FRESH}, stale-while-revalidate={RENEWED}"

Headers = list[tuple[str, str]]


def init_app(app: Flask, proxies: int) -> None:
    """Speak to our own proxies, if there are any. Stands in front of whatever else answers."""
    if proxies:
        app.wsgi_app = WordToOurProxies(app.wsgi_app)  # type: ignore[method-assign]


class WordToOurProxies:
    """WSGI middleware: adds to Cache-Control what a shared cache may do with a public answer."""

    def __init__(self, application: "WSGIApplication") -> None:
        self.application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: Headers, *rest: Any) -> Callable[[bytes], object]:
            return start_response(status, [_for_shared_caches(status, header) for header in headers], *rest)

        return self.application(environ, start)


def _for_shared_caches(status: str, header: tuple[str, str]) -> tuple[str, str]:
    name, value = header
    if name != "Cache-Control":
        return header
    if status.startswith("404") and value == "no-store":
        # What is gone has to take the place of the page that a cache would show again if we fail.
        value = "public, max-age=0"
    # A file that is asked for by its version never changes.
    is_public = value.startswith("public") and "immutable" not in value
    return name, f"{value}{FOR_SHARED_CACHES}" if is_public else value

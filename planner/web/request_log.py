"""One line for each request that was not quick or did not go well: which view, what came of it, how long it took.

Never the address, which may hold a secret, and never who asked.
"""

from time import perf_counter

import structlog
from flask import Flask, Response, g, request

SLOW_SECONDS = 1.0

log = structlog.get_logger(__name__)


def init_app(app: Flask) -> None:
    """Watch every request."""
    app.before_request(_begin)
    app.after_request(_note)


def _begin() -> None:
    g.began_at = perf_counter()


def _note(response: Response) -> Response:
    seconds = perf_counter() - g.get("began_at", perf_counter())
    if response.status_code >= 500 or seconds > SLOW_SECONDS:
        log.warning(
            "request",
            view=request.endpoint or "",
            method=request.method,
            status=response.status_code,
            milliseconds=round(seconds * 1000),
        )
    return response

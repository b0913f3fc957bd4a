"""What belongs to one person's visit is kept by no cache and found by no search engine."""

from flask import Flask, Response

from planner.web.visits import is_for_everybody


def init_app(app: Flask) -> None:
    """Mark every answer of a route that is not the same for everybody."""
    app.after_request(_mark)


def _mark(response: Response) -> Response:
    if not is_for_everybody():
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        # An address may hold the secret of a letter: no other site is told it.
        response.headers["Referrer-Policy"] = "same-origin"
    return response

"""What belongs to one person's visit is kept by no cache and found by no search engine."""

from flask import Flask, Response

from planner.web.visits import is_for_a_holder, is_for_everybody


def init_app(app: Flask) -> None:
    """Mark every answer of a route that is not the same for everybody."""
    app.after_request(_mark)


def _mark(response: Response) -> Response:
    if not is_for_everybody():
        # A calendar with a secret address may be kept for some minutes, by the one who asked for it.
        if not response.headers.get("Cache-Control", "").startswith("private, max-age="):
            response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        # An address may hold the secret of a letter: no other site is told it. A secret that is meant to last is told
        # to nobody, not even to our own servers for style sheets; the forms of a session need to know where they stood.
        response.headers["Referrer-Policy"] = "no-referrer" if is_for_a_holder() else "same-origin"
    return response

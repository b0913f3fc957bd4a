"""Pages travel compressed: a long list of events is a tenth of its size on the way to a telephone.

Only pages that are the same for everybody. A page that holds a visitor's form token beside text that somebody else can
choose must not be compressed, or its length tells the token letter by letter (the BREACH attack).
"""

import gzip

from flask import Flask, Response

from planner.web.caching import chosen_encoding
from planner.web.visits import is_for_everybody

LEVEL = 5
SHORTEST = 1_400
"""Bytes that travel in one packet anyway."""


def init_app(app: Flask) -> None:
    """Compress every public page for who can read it so."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype != "text/html" or response.is_streamed or response.content_encoding or not is_for_everybody():
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) >= SHORTEST and chosen_encoding() == "gzip":
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.content_encoding = "gzip"
    return response

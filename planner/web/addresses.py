"""Addresses that can be none of ours are refused before anybody is asked about them.

The longest query that a page of ours makes has fewer than 7,000 characters, and RFC 9110 4.1 wants 8,000 to be
understood; what is longer is 414, in words, and not whatever the server in front of us would make of it. A query is
ASCII (RFC 3986 2); other bytes, sent as they are, fail to be read. And nothing here has a NUL in its name: the file
system and PostgreSQL fail when they are asked for one.
"""

from flask import Flask, request
from werkzeug.exceptions import BadRequest, RequestURITooLarge

from planner.core.errors import NotFound

LONGEST = 8_000
NUL = "%00"


def init_app(app: Flask) -> None:
    """Look at every address before its view does."""
    # It would lead from an address with two slashes to one with the host that the client names.
    app.url_map.merge_slashes = False
    app.before_request(_refuse_what_is_none)


def _refuse_what_is_none() -> None:
    path, query = request.environ.get("PATH_INFO", ""), request.environ.get("QUERY_STRING", "")
    if len(path) + len(query) > LONGEST:
        raise RequestURITooLarge
    if not query.isascii() or NUL in query:
        raise BadRequest
    if "\0" in path:
        raise NotFound

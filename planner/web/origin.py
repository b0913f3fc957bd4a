"""Where a form was sent from, as the browser itself says it and no other site can make it say.

``Sec-Fetch-Site`` is sent by every browser of today to an encrypted address; ``Origin`` by older ones too, but it is
"null" from a page whose address no other site may be told (``Referrer-Policy: no-referrer``).
"""

from flask import request


def is_from_us() -> bool:
    """Whether the form stood on a page of ours for certain."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == _our_origin()


def is_from_elsewhere() -> bool:
    """Whether the form stood on somebody else's page for certain."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("cross-site", "same-site")
    return request.headers.get("Origin", "null") not in ("null", _our_origin())


def _our_origin() -> str:
    return request.host_url.rstrip("/")

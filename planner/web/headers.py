"""What every answer says about itself to the browser: nothing foreign, nothing inline, nothing framed.

A page says all of it. What is no document (a calendar, a table, a picture) says only what a browser that shows it by
itself would heed: a feed is fetched every hour for years, and each line of its head is read by every cache on the way.
"""

from flask import Flask, Response, request

from planner.web.caching import HELD

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

FOR_DOCUMENTS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
FOR_THE_REST = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
DOCUMENTS = ("text/html", "application/xhtml+xml")
HSTS = "max-age=31536000; includeSubDomains"


def init_app(app: Flask) -> None:
    """Put the headers on every answer that has not set its own."""

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in (FOR_DOCUMENTS if _is_document(response) else FOR_THE_REST).items():
            response.headers.setdefault(name, value)
        if "frame-ancestors *" in response.headers["Content-Security-Policy"]:
            # Old browsers would heed this rather than the policy.
            del response.headers["X-Frame-Options"]
        if app.config["PRODUCTION"]:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        return response


def _is_document(response: Response) -> bool:
    """Whether it is a page, or says of one that the client has it: what a ``304`` says replaces what was said of it."""
    held = request.environ.get(HELD)
    content_type: str = held.content_type if held else response.mimetype or ""
    return content_type.startswith(DOCUMENTS) or not content_type

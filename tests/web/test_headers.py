"""What every answer says to the browser."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from planner.web.headers import CONTENT_POLICY
from tests.browsing import Browser
from tests.factories import make_edition


def test_a_page_allows_nothing_foreign_and_nothing_inline(client: Browser) -> None:
    headers = client.get("/om").headers
    assert headers["Content-Security-Policy"] == CONTENT_POLICY
    assert "unsafe" not in CONTENT_POLICY
    assert "http" not in CONTENT_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "Strict-Transport-Security" not in headers


def test_a_feed_says_what_a_browser_would_heed_and_no_more(client: Browser, session: Session) -> None:
    make_edition(session)
    headers = client.get("/kalender.ics").headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not {"Permissions-Policy", "Referrer-Policy", "Cross-Origin-Opener-Policy"} & set(headers.keys())


@pytest.mark.parametrize("address", ["/om", "/kalender", "/kalender.ics", "/static/css/main.css"])
def test_what_is_not_modified_keeps_what_was_said_of_it(client: Browser, session: Session, address: str) -> None:
    make_edition(session)
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    policy = "Content-Security-Policy"
    assert again.headers[policy] == first.headers[policy]


def test_a_public_page_has_no_cookie_and_does_not_vary_by_one(client: Browser) -> None:
    for address in ("/om", "/en/integritet", "/finns-inte", "/static/css/main.css"):
        headers = client.get(address).headers
        assert "Set-Cookie" not in headers
        assert "Cookie" not in headers.get("Vary", "")


def test_production_demands_encryption(app: Flask) -> None:
    app.config["PRODUCTION"] = True
    try:
        headers = FlaskClient(app).get("/om").headers
    finally:
        app.config["PRODUCTION"] = False
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"

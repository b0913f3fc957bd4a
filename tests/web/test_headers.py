"""What every answer says to the browser."""

from flask import Flask
from flask.testing import FlaskClient

from planner.web.headers import CONTENT_POLICY
from tests.browsing import Browser


def test_a_page_allows_nothing_foreign_and_nothing_inline(client: Browser) -> None:
    headers = client.get("/om").headers
    assert headers["Content-Security-Policy"] == CONTENT_POLICY
    assert "unsafe" not in CONTENT_POLICY
    assert "http" not in CONTENT_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "Strict-Transport-Security" not in headers


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

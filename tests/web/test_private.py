"""What belongs to one visit is kept by no cache; what is for everybody is left alone."""

import pytest

from tests.browsing import Browser


@pytest.mark.parametrize("path", ["/konto/logga-in", "/konto/in/nothing", "/arbetsyta/inbjudan/nothing"])
def test_pages_of_a_visit_are_private(client: Browser, path: str) -> None:
    headers = client.get(path).headers

    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path", ["/mitt-program", f"/mitt-program/{'x' * 32}", f"/mitt-program/{'x' * 32}/dela", "/mitt-program/ny"]
)
def test_pages_of_a_holder_are_told_to_nobody_at_all(client: Browser, path: str) -> None:
    headers = client.get(path).headers

    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")


def test_a_redirect_away_from_a_closed_page_is_private_too(client: Browser) -> None:
    assert client.get("/konto").headers["Cache-Control"] == "private, no-store"


def test_pages_for_everybody_are_not_marked(client: Browser) -> None:
    headers = client.get("/om").headers

    assert "no-store" not in headers.get("Cache-Control", "")
    assert "X-Robots-Tag" not in headers

"""The language is in the address, and in nothing else."""

import pytest
from flask import Flask, request, url_for

from planner.web.language import current_language, local, plain, switch_language_url, translated
from tests.browsing import Browser


@pytest.mark.parametrize(("address", "language"), [("/om", "sv"), ("/en/om", "en")])
def test_a_page_is_in_the_language_of_its_address(client: Browser, address: str, language: str) -> None:
    page = client.get(address).get_data(as_text=True)
    assert f'<html lang="{language}">' in page


def test_swedish_has_no_prefix(client: Browser) -> None:
    assert client.get("/sv/om").status_code == 404


def test_the_switch_keeps_the_page_and_its_query(client: Browser) -> None:
    assert 'href="/en/om?a=1&amp;b=%C3%A5"' in client.get("/om?a=1&b=%C3%A5").get_data(as_text=True)
    assert 'href="/om?a=1"' in client.get("/en/om?a=1").get_data(as_text=True)


def in_english(app: Flask, path: str = "/en/om") -> None:
    """A request as the middleware leaves it."""
    request.environ["planner.root"] = ""
    request.environ["planner.language"] = "en"


def test_addresses_keep_the_language_and_files_do_not(app: Flask) -> None:
    with app.test_request_context("/om", base_url="http://localhost/en"):
        in_english(app)
        assert current_language() == "en"
        assert url_for("pages.about") == "/en/om"
        assert local("/kalender") == "/en/kalender"
        assert plain("/kalender.ics") == "/kalender.ics"
        assert switch_language_url("sv") == "/om"


def test_a_translation_is_plain_text_and_nothing_stays_nothing(app: Flask) -> None:
    with app.test_request_context("/om", base_url="http://localhost/en"):
        in_english(app)
        assert translated("Ja") == "Yes"
        assert translated("") == ""
        assert translated("<b>finns inte i katalogen</b>") == "<b>finns inte i katalogen</b>"

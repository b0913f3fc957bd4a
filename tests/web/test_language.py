"""The language is in the address, and in nothing else."""

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask, request, url_for

from planner.core.dates import days_in_words
from planner.web.filters import day, number
from planner.web.language import (
    LANGUAGES,
    Language,
    current_language,
    local,
    plain,
    switch_language_url,
    translated,
)
from tests.browsing import Browser
from tests.languages import PREFIX

ROOT = Path(__file__).parents[2]
NGINX = ROOT / "deploy" / "nginx.conf"
ASKED = r"(?:current_language|current_code|text_language)\(\)|\.lang"
BY_HAND = rf"""(?:{ASKED})\s*(?:[!=]==?|(?:not )?in)\s*\(?["'][a-z]"""
"""A language that is named where the page's is asked for: docs/languages.md would not be all there is to do."""


@pytest.mark.parametrize(("address", "language"), [("/om", "sv"), ("/latt/om", "sv"), ("/en/om", "en")])
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


def test_easy_swedish_is_swedish_in_other_words(client: Browser) -> None:
    """Whoever reads it aloud shall read Swedish; links to it tell it from the ordinary version (decision 0019)."""
    page = client.get("/latt/kalender?form=digitalt").get_data(as_text=True)
    assert '<html lang="sv">' in page
    assert '<a href="/kalender?form=digitalt" hreflang="sv">Svenska</a>' in page
    assert '<a href="/latt/om" lang="sv" hreflang="sv-simple">Lätt svenska</a>' in client.get("/en/om").text
    assert "Programmet är inte klart än" in page
    assert "Hoppa till innehållet" in page, "what is not in its catalogue stands as in the sources"


def test_a_further_language_is_a_line_and_a_catalogue(
    app: Flask, client: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    finnish = Language("Suomi", "fi_FI")
    folder = tmp_path / finnish.catalogue / "LC_MESSAGES"
    folder.mkdir(parents=True)
    words = Catalog(locale=finnish.catalogue)
    words.add("Kalender", "Kalenteri")
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, words)
    directories = app.extensions["babel"].translation_directories
    monkeypatch.setattr(app.extensions["babel"], "translation_directories", [*directories, str(tmp_path)])
    monkeypatch.setitem(LANGUAGES, "fi", finnish)

    assert '<a href="/fi/om" lang="fi" hreflang="fi">Suomi</a>' in client.get("/om").text
    page = client.get("/fi/om").text
    assert '<html lang="fi">' in page
    assert 'href="/fi/kalender">Kalenteri</a>' in page
    assert '<meta property="og:locale" content="fi_FI">' in page
    assert days_in_words(date(2027, 9, 20), date(2027, 9, 26), "fi") == "20.–26. syyskuuta 2027"
    with app.test_request_context("/om", environ_overrides={"planner.language": "fi"}):
        assert (number(188827.5, 1), day(date(2027, 9, 20))) == ("188\u00a0827,5", "maanantai 20. syyskuuta 2027")


def test_nginx_knows_every_language() -> None:
    """What belongs to one person is told from the rest by its path, in whatever language."""
    patterns = re.findall(r"\(\?:/[^)]*\)\?(?=/)", NGINX.read_text(encoding="utf-8"))
    assert set(patterns) == {PREFIX}


def test_nothing_counts_languages_by_hand() -> None:
    folders = ("planner", "templates", "static/js", "static/embed")
    sources = [path for folder in folders for path in ROOT.glob(f"{folder}/**/*.*")]
    texts = {path: path.read_text(encoding="utf-8") for path in sources if path.suffix in {".py", ".html", ".js"}}
    assert [str(path.relative_to(ROOT)) for path, text in texts.items() if re.search(BY_HAND, text)] == []
    assert re.search(BY_HAND, "if current_language() == 'en'")
    assert re.search(BY_HAND, 'document.documentElement.lang === "en"')

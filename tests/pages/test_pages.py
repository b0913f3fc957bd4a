"""The pages of text, in every language, and the report of a barrier."""

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from planner.events.calendar_query import KEYS
from planner.feeds.feed import LICENCE
from planner.feeds.shapes import SHAPES
from planner.mail.models import Letter
from planner.pages.statements import STATEMENT
from planner.programmes.rules import MONTHS_KEPT
from planner.web.language import DEFAULT, LANGUAGES
from tests.browsing import Browser
from tests.factories import make_edition
from tests.languages import PREFIXES

TEMPLATES = Path(__file__).parents[2] / "templates" / "pages"
PAGES = [
    "/om",
    "/oppna-data",
    "/tillganglighet",
    "/integritet",
    "/om/design",
    "/tillganglighet/hinder",
    "/tillganglighet/hinder/tack",
]

STATEMENT_PRINT = "a6813b7c14d4"
"""Of the statement's words. Changed them? Set STATEMENT.changed_on to today, then this to what the test shows."""


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_text_is_there_in_every_language(client: Browser, prefix: str, address: str) -> None:
    assert client.get(prefix + address).status_code == 200


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_in_production_the_sample_page_is_not_there(
    app: Flask, client: Browser, monkeypatch: pytest.MonkeyPatch, prefix: str
) -> None:
    assert "/om/design" in client.get(f"{prefix}/om").get_data(as_text=True)
    monkeypatch.setitem(app.config, "PRODUCTION", True)
    assert "/om/design" not in client.get(f"{prefix}/om").get_data(as_text=True)
    assert client.get(f"{prefix}/om/design").status_code == 404


def test_every_page_that_is_written_whole_exists_in_every_language() -> None:
    """An easy version has those that are easier, and shows the others as they are."""
    names = {code: {path.name for path in (TEMPLATES / code).iterdir()} for code in LANGUAGES}
    for code, language in LANGUAGES.items():
        assert names[code] <= names[DEFAULT] if language.easy else names[code] == names[DEFAULT], code


def test_the_day_of_the_accessibility_statement_follows_its_text() -> None:
    words = "".join((TEMPLATES / language / "accessibility.html").read_text() for language in LANGUAGES)
    assert (hashlib.sha256(words.encode()).hexdigest()[:12], STATEMENT.changed_on) == (
        STATEMENT_PRINT,
        date(2026, 11, 21),
    )


ELEVEN = {
    "": (
        "Länsstyrelsen Värmland står bakom webbplatsen",
        "<strong>Demokrativeckan</strong> på adressen https://demokrativeckan.example",
        "<strong>delvis förenlig</strong>",
        "<h2>Innehåll som inte är tillgängligt</h2> <p>Det här uppfyller ännu inte lagens krav, och därför:</p>",
        "bedömdes senast den 21 november 2026",
        "uppdaterades senast den 21 november 2026",
        "<h2>Så har vi prövat webbplatsen</h2>",
        'href="/tillganglighet/hinder"',
        'href="https://www.digg.se/tdosanmalan"',
        "12 § lagen om tillgänglighet",
        "(9 §)",
    ),
    "/en": (
        "Länsstyrelsen Värmland is behind the website",
        "<strong>Demokrativeckan</strong> at https://demokrativeckan.example",
        "<strong>partially compliant</strong>",
        "<h2>Content that is not accessible</h2> <p>This does not yet meet the requirements of the act, and why:</p>",
        "last assessed on 21 November 2026",
        "last updated on 21 November 2026",
        "<h2>How we have tested the website</h2>",
        'href="/en/tillganglighet/hinder"',
        'href="https://www.digg.se/tdosanmalan"',
        "section 12 of the act",
        "(section 9)",
    ),
    "/latt": (
        "Länsstyrelsen Värmland har ansvaret",
        "<strong>Demokrativeckan</strong> och finns på https://demokrativeckan.example",
        "<strong>nästan allt</strong> i lagen, men inte allt",
        "<h2>Det här fungerar inte än</h2>",
        "provade webbplatsen senast den 21 november 2026",
        "ändrade texten senast den 21 november 2026",
        "<h2>Hur vet vi det?</h2>",
        'href="/latt/tillganglighet/hinder"',
        'href="https://www.digg.se/tdosanmalan"',
        "(12 §)",
        "(9 §)",
    ),
}
"""By language: who, which service, how far it complies, what does not and why, the two days, how it was assessed, where
to tell, where to complain, what is excepted as too burdensome, what the law leaves out (domain.md A-7)."""


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_accessibility_statement_has_its_eleven_elements(client: Browser, prefix: str) -> None:
    page = re.sub(r"\s+", " ", client.get(f"{prefix}/tillganglighet").get_data(as_text=True))
    assert len(ELEVEN[prefix]) == 11
    assert [element for element in ELEVEN[prefix] if element not in page] == []
    assert "PDF" in page


def test_every_page_links_to_the_statement_and_the_privacy_page(client: Browser) -> None:
    footer = client.get("/om").get_data(as_text=True).partition("<footer")[2]
    assert 'href="/tillganglighet"' in footer
    assert 'href="/integritet"' in footer


def test_a_barrier_is_reported_without_saying_who_one_is(client: Browser, session: Session, assert_letter) -> None:  # type: ignore[no-untyped-def]
    response = client.post("/tillganglighet/hinder", data={"what": "Kartan går inte att nå med tangentbordet."})
    assert (response.status_code, response.location) == (303, "/tillganglighet/hinder/tack")
    assert_letter("barrier_report", to="demokrativeckan@demokrativeckan.example")


def test_a_barrier_may_be_reported_with_an_address_for_the_answer(client: Browser, assert_letter) -> None:  # type: ignore[no-untyped-def]
    client.post(
        "/en/tillganglighet/hinder",
        data={"what": "Texten är för liten.", "where": "/kalender", "email": "Anna@Exempel.se"},
    )
    assert_letter("barrier_report", file="barrier_report_with_address")


def test_an_empty_report_is_not_sent(client: Browser, session: Session) -> None:
    response = client.post("/tillganglighet/hinder", data={"what": " ", "email": "anna(at)"})
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert '<a href="#what">Skriv vad som hindrade dig.</a>' in page
    assert 'value="anna(at)"' in page
    assert "<title>Fel: Rapportera ett hinder – Demokrativeckan</title>" in page
    assert session.query(Letter).count() == 0


@pytest.mark.parametrize(("prefix", "months"), [("", "13 månader"), ("/latt", "13 månader"), ("/en", "13 months")])
def test_privacy_page_names_both_cookies_and_how_long_a_programme_is_kept(
    app: Flask, client: Browser, prefix: str, months: str
) -> None:
    page = client.get(f"{prefix}/integritet").get_data(as_text=True)
    for cookie in ("SESSION_COOKIE_NAME", "PROGRAMME_COOKIE"):
        assert f'<th scope="row">{app.config[cookie]}</th>' in page
    assert months.startswith(str(MONTHS_KEPT))
    assert page.count(months) == 2


@pytest.mark.parametrize("prefix", PREFIXES)
def test_an_installed_page_begins_in_its_own_language(client: Browser, prefix: str) -> None:
    manifest = client.get(f"{prefix}/utan-nat.webmanifest").get_json()
    assert manifest["start_url"] == f"{prefix}/mitt-program"
    assert {client.get(icon["src"]).content_type.partition(";")[0] for icon in manifest["icons"]} == {
        "image/svg+xml",
        "image/png",
    }


def test_search_engines_may_read_what_is_public_but_no_filters(session: Session, client: Browser) -> None:
    make_edition(session)
    swedish = [
        "Allow: /kalender?upplaga=2027$",
        "Disallow: /arbetsyta",
        "Disallow: /samordning",
        "Disallow: /konto",
        "Disallow: /svar",
        "Disallow: /mitt-program/ny",
        "Disallow: /om/design",
        "Disallow: /kalender?*",
        "Disallow: /nytt?*",
        "Disallow: /prenumerera?*",
        "Disallow: /visa-pa-er-webbplats?*",
    ]
    assert client.get("/robots.txt").text.splitlines() == [
        "User-agent: *",
        *(line.replace(": /", f": {prefix}/") for prefix in PREFIXES for line in swedish),
        "",
        "Sitemap: https://demokrativeckan.example/sitemap.xml",
    ]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_of_open_data_tells_of_every_shape_and_every_filter(client: Browser, prefix: str) -> None:
    page = client.get(f"{prefix}/oppna-data").get_data(as_text=True)
    assert [ending for ending in SHAPES if f"<code>.{ending}</code>" not in page] == []
    assert [key for key in KEYS if f"<code>{key}</code>" not in page] == []
    assert LICENCE.removesuffix("/") in page
    for address in re.findall(r'href="https://demokrativeckan.example(/[^"]*)"', page):
        assert client.get(address.replace("&amp;", "&")).status_code == 200

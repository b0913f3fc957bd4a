"""The page where a kommun makes what it pastes: a plain form, whose address is what was chosen."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from html import unescape
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.browse.reading import PublicPage, text
from tests.browsing import Browser
from tests.factories import make_edition, make_event, make_organisation, make_theme

SITE = "https://demokrativeckan.example"
Counter = Callable[[], AbstractContextManager[Any]]


def codes(client: Browser, address: str) -> tuple[str, str]:
    """What to paste, for a frame and for an element."""
    page = PublicPage(client.get(address))
    found = {area.get("id"): area.text or "" for area in page.tree.iter("textarea")}
    return found["ram"].strip(), found["element"].strip()


def test_without_a_choice_it_is_the_whole_programme(client: Browser) -> None:
    frame, element = codes(client, "/visa-pa-er-webbplats")
    script = f'<script src="{SITE}/inbaddat.js" async></script>'
    assert frame.splitlines() == [
        f'<iframe src="{SITE}/inbaddat" title="Demokrativeckan" width="100%" height="600" loading="lazy"></iframe>',
        script,
    ]
    assert element.splitlines() == [
        f'<demokrativeckan-program src="{SITE}/inbaddat" niva="2">',
        f'  <a href="{SITE}/kalender">Demokrativeckan</a>',
        "</demokrativeckan-program>",
        script,
    ]


def test_everything_that_is_chosen_is_in_the_code(session: Session, client: Browser) -> None:
    edition = make_edition(session)
    make_theme(session, "Kultur & ”makt”", edition)
    asked = "kommun=1784&form=digitalt&tema=kultur-makt&visa=kompakt&antal=5&pa=en&grund=mork&farg=%23FFCC00"
    frame, element = codes(client, f"/visa-pa-er-webbplats?{asked}")
    [address] = re.findall(r'src="(.*?)"', frame)[:1]
    query = "kommun=1784&amp;tema=kultur-makt&amp;form=digitalt"
    assert address == f"{SITE}/en/inbaddat?{query}&amp;visa=kompakt&amp;antal=5&amp;grund=mork&amp;farg=ffcc00"
    assert 'title="Demokrativeckan: Arvika, Kultur &amp; ”makt”, Digitalt"' in frame
    assert f'<a href="{SITE}/en/kalender?{query}">' in element
    assert client.get(unescape(address).removeprefix(SITE)).status_code == 200


def test_what_was_narrowed_in_the_calendar_comes_along(session: Session, client: Browser) -> None:
    make_event(session)
    asked = "/visa-pa-er-webbplats?upplaga=2027&dag=2027-09-20&kommun=1784&kommun=1730&malgrupp=unga"
    page = PublicPage(client.get(asked))
    assert "Det här följer med från kalendern: måndag 20 september 2027, Eda och Arvika." in page.words
    hidden = [
        (field.get("name"), field.get("value")) for field in page.main.iter("input") if field.get("type") == "hidden"
    ]
    kept = [("dag", "2027-09-20"), ("kommun", "1730"), ("kommun", "1784"), ("upplaga", "2027")]
    assert hidden == kept
    assert [field.get("name") for field in page.main.iter("select")].count("kommun") == 0
    frame, _element = codes(client, asked)
    assert "inbaddat?upplaga=2027&amp;dag=2027-09-20&amp;kommun=1730&amp;kommun=1784&amp;malgrupp=unga" in frame


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ("farg=ffff00", "farg", "kontrasten är 1,0:1 och behöver vara minst 4,5:1. Prova #7a7a00."),
        ("farg=ffff00&grund=ljus&antal=0", "antal", "Välj ett antal mellan 1 och 100."),
        ("kommun=9999", "kommun", "Det finns ingen kommun i länet med koden ”9999”."),
        ("okant=1", "", "Kalendern har inget filter som heter ”okant”."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_there_to_paste(
    client: Browser, asked: str, field: str, words: str
) -> None:
    page = PublicPage(client.get(f"/visa-pa-er-webbplats?{asked}"), 400)
    [summary] = page.with_class("error-summary")
    assert words in summary
    at_field = [text(each) for each in page.main.iter("p") if each.get("id") == f"{field}-error"]
    assert any(words in each for each in at_field) is bool(field)
    assert [*page.tree.iter("textarea"), *page.tree.iter("iframe")] == []
    typed = {each.get("name"): each.get("value") for each in page.main.iter("input")}
    assert typed["farg"] == ("ffff00" if "farg" in asked else "")


def test_a_dark_ground_takes_a_light_colour(client: Browser) -> None:
    assert client.get("/visa-pa-er-webbplats?farg=ffff00&grund=mork").status_code == 200


def test_only_this_page_frames_anything(client: Browser) -> None:
    assert "frame-src 'self'" in client.get("/visa-pa-er-webbplats").headers["Content-Security-Policy"]
    assert "frame-src" not in client.get("/om").headers["Content-Security-Policy"]


def test_it_takes_as_many_questions_however_much_there_is(
    session: Session, client: Browser, count_queries: Counter
) -> None:
    counts = []
    for number in (1, 2, 3):
        make_event(session, f"Punkt {number}", organiser=make_organisation(session, f"Arrangör {number}"))
        with count_queries() as counted:
            client.get("/visa-pa-er-webbplats?kommun=1780")
        counts.append(counted.count)
    assert counts == [3, 3, 3]

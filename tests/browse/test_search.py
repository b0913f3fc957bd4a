"""Searching on the page: a box among the filters, what was found is marked, and what was typed is never lost."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.events.actions.publication import show_all
from planner.events.models import Audience, Event, EventFeature, EventText
from planner.events.models.search import SearchText
from planner.events.models.vocabulary import ActivityKind
from planner.venues.models import Answer, Feature
from tests.browse.reading import PublicPage, has_class, text
from tests.browsing import Browser
from tests.factories import (
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_theme,
    make_venue,
)

Counter = Callable[[], AbstractContextManager[Any]]
WEDNESDAY = MONDAY + timedelta(2)
QUESTIONS_OF_WHAT_IS_NOT_SHOWN = 3


@pytest.fixture
def week(session: Session, now: datetime) -> Session:
    edition = make_edition(session)
    make_event(session, "Lunch & <möte>", edition=edition, summary="Om mötesplatser i Årjäng.")
    other = make_event(session, "Bokcirkel", edition=edition, summary="Om böcker.", with_occurrence=False)
    make_occurrence(session, other, place=make_venue(session, "Årjängs bibliotek", kommun_code="1765"))
    show_all(session, session.scalars(sa.select(Event.id)).all(), now=now)
    return session


def marks(page: PublicPage) -> list[str]:
    return [text(each) for each in page.main.iter("mark")]


def test_what_was_found_is_marked_and_the_rest_is_as_it_was(week: Session, client: Browser) -> None:
    page = PublicPage(client.get("/kalender?ord=m%C3%B6te"))
    assert (page.titles, marks(page)) == (["Lunch & <möte>"], ["möte", "mötesplatser"])
    assert ">Lunch &amp; &lt;<mark>möte</mark>&gt;</a>" in page.html
    assert page.links()["Ta bort filtret: ”möte”"] == "/kalender"
    [box] = [field for field in page.main.iter("input") if field.get("name") == "ord"]
    assert (box.get("value"), box.get("type"), box.get("maxlength")) == ("möte", "search", "100")

    assert marks(PublicPage(client.get("/kalender"))) == []


def test_a_search_is_answered_in_english_too(week: Session, client: Browser) -> None:
    assert marks(PublicPage(client.get("/en/kalender?ord=arjang"))) == ["Årjäng", "Årjängs"]


def test_a_search_narrows_as_any_filter_does(week: Session, client: Browser) -> None:
    page = PublicPage(client.get("/kalender?ord=arjang&kommun=1780"))
    assert (page.titles, marks(page)) == (["Lunch & <möte>"], ["Årjäng"])
    assert "Årjäng 1 tillfälle" in page.with_class("facet__choice")
    assert client.get("/kalender.ics?ord=arjang&kommun=1780").get_data(as_text=True).count("BEGIN:VEVENT") == 1


def test_a_typing_mistake_is_mended_aloud_in_every_shape(week: Session, client: Browser) -> None:
    page = PublicPage(client.get("/kalender?ord=bokcirkle"))
    assert (page.titles, marks(page)) == (["Bokcirkel"], ["Bokcirkel"])
    assert page.with_class("notice") == ["Inget i programmet passar ”bokcirkle”. Här visas ”bokcirkel” i stället."]
    mended, meant = (client.get(f"/kalender.json?ord={word}").get_json() for word in ("bokcirkle", "bokcirkel"))
    assert mended["items"] == meant["items"] != []


@pytest.mark.parametrize("path", ["/kalender", "/prenumerera", "/nytt", "/en/kalender"])
def test_what_is_too_long_is_explained_at_the_field_and_kept(week: Session, client: Browser, path: str) -> None:
    page = PublicPage(client.get(path, query_string={"ord": "demokrati " * 30, "kommun": "1780"}), 400)
    [form] = [form for form in page.main.iter("form") if form.get("role") == "search"]
    values = {field.get("name"): field for field in form.iter("input")}
    assert form.get("action") == path
    assert values["ord"].get("value") == ("demokrati " * 30).strip()
    assert values["ord"].get("aria-describedby") == "ord-error"
    assert values["kommun"].get("value") == "1780"
    assert ("tecken" if "/en/" not in path else "characters") in page.with_class("field-error")[0]


@pytest.mark.parametrize("typed", ["  ", "!!!", "🎉", '"', "AND *", "%", "' OR 1=1 --", "x" * 100])
def test_nothing_that_is_typed_is_an_error(week: Session, client: Browser, typed: str) -> None:
    for ending in ("", ".ics", ".csv"):
        assert client.get(f"/kalender{ending}", query_string={"ord": typed}).status_code == 200


def found(page: PublicPage) -> list[tuple[str, str | None, list[str]]]:
    """The lines that say where a card was found: the words, their language, what is marked."""
    lines = [each for each in page.main.iter() if has_class(each, "card__found")]
    return [(text(each), each.get("lang"), [text(mark) for mark in each.iter("mark")]) for each in lines]


def test_what_a_card_does_not_show_is_shown_where_it_was_found(
    session: Session, now: datetime, client: Browser
) -> None:
    """A theme, a description and a text in another language; nothing where the card shows it all."""
    edition = make_edition(session)
    told = (
        "Vi börjar med fika. " * 6
        + "Sedan talar vi om <strong>folkbildning</strong>.</p><p>"
        + "Alla får säga sitt. " * 9
    )
    themed = make_event(session, "Dialog", edition=edition, themes=[make_theme(session, "Folkbildning i dag")])
    make_event(session, "Samtal", edition=edition, description="Om folkbildning.", description_html=f"<p>{told}</p>")
    make_event(session, "Folkbildning", edition=edition, summary="Folkbildning för alla.")
    translated = make_event(session, "Möte", edition=edition)
    session.add(EventText(event_id=translated.id, language="ar", summary="نتحدث عن folkbildning معا"))
    session.flush()
    session.expire_all()
    show_all(session, session.scalars(sa.select(Event.id)).all(), now=now)
    lasting = make_occurrence(session, themed, MONDAY, last_day=WEDNESDAY, start=None)
    show_all(session, [lasting.event_id], now=now)
    page = PublicPage(client.get("/kalender?ord=folkbildning"))
    before, after = "Vi börjar med fika. " * 2, ". " + "Alla får säga sitt. " * 4
    passage = (f"… {before}Sedan talar vi om folkbildning{after}Alla …", None, ["folkbildning"])
    in_theme = ("Tema: Folkbildning i dag", None, ["Folkbildning"])
    assert found(page) == [in_theme, passage, ("نتحدث عن folkbildning معا", "ar", ["folkbildning"]), in_theme]
    assert 'lang="ar" dir="rtl"' in page.html
    english = found(PublicPage(client.get("/en/kalender?ord=folkbildning")))
    assert [language for _words, language, _marks in english] == [None, "sv", "ar", None]
    assert found(PublicPage(client.get("/kalender"))) == []


def test_whatever_is_found_is_shown_where_it_was_found(session: Session, now: datetime, client: Browser) -> None:
    """Each word of an event that has all there is to search leads to a card that shows and marks it."""
    event = make_event(
        session,
        "Rundvandring",
        themes=[make_theme(session, "Kulturarv")],
        audiences=[Audience.FOREIGN_BORN, Audience.OLDER],
        languages=["sv", "ar"],
        kommuner=["1737"],
        summary="Vi ser oss omkring.",
        description="Med guide från museet.",
        description_html="<p>Med guide från museet.</p>",
        series="Höstens promenader",
        activity=ActivityKind.EXHIBITION,
        is_free=True,
        is_countywide=True,
        with_occurrence=False,
    )
    old_things = {"description": "Old things", "description_html": "<p>Old things</p>"}
    session.add_all(
        [
            EventFeature(event_id=event.id, feature=Feature.SPEECH_TO_TEXT, answer=Answer.YES),
            EventText(event_id=event.id, language="en", title="Guided walk", summary="Look around.", **old_things),
        ]
    )
    place = make_venue(session, "Torget", kommun_code="1780", street="Kungsgatan 3", town="Molkom", postcode="65225")
    online = make_digital_venue(session, "Mötesrummet", platform="Jitsi")
    make_occurrence(session, event, place=place, digital_place=online, label="Final", room="Sal B", time_note="Ungefär")
    make_hosting(session, event, make_organisation(session, "Hembygdsföreningen"))
    show_all(session, [event.id], now=now)
    wording = session.scalars(sa.select(SearchText.wording)).one()
    unmarked = [word for word in sorted({*wording.split()} - {"|"}) if not marks_of_card(client, word)]
    assert unmarked == []
    assert found(PublicPage(client.get("/kalender?ord=kungsgatan"))) == [
        ("Plats: Kungsgatan 3, 652 25 Molkom", None, ["Kungsgatan"])
    ]
    assert found(PublicPage(client.get("/en/kalender?ord=utrikesf%C3%B6dda"))) == [
        ("Audience: Utrikesfödda", None, ["Utrikesfödda"])
    ]
    assert found(PublicPage(client.get("/kalender?ord=arabiska"))) == [("Språk: arabiska", None, ["arabiska"])]


def marks_of_card(client: Browser, word: str) -> list[str]:
    page = PublicPage(client.get("/kalender", query_string={"ord": word}))
    assert page.titles == ["Rundvandring: Final"], word
    return marks(page)


@pytest.mark.parametrize("rows", [1, 3])
def test_saying_where_it_was_found_costs_the_same_for_any_number(
    session: Session, now: datetime, client: Browser, count_queries: Counter, rows: int
) -> None:
    theme, edition = make_theme(session, "Folkbildning"), make_edition(session)
    for number in range(rows):
        make_event(session, f"Dialog {number}", edition=edition, themes=[theme])
        make_event(session, f"Folkbildning {number}", edition=edition)
    show_all(session, session.scalars(sa.select(Event.id)).all(), now=now)
    counts = []
    for words in ("dialog", "folkbildning"):
        session.expire_all()
        with count_queries() as counted:
            page = PublicPage(client.get(f"/kalender?ord={words}"))
        counts.append(counted.count)
    assert len(found(page)) == rows
    assert counts[1] - counts[0] == QUESTIONS_OF_WHAT_IS_NOT_SHOWN


@pytest.mark.parametrize("view", ["dag", "vecka", "manad"])
def test_grids_mark_what_was_found_as_the_list_does(week: Session, client: Browser, view: str) -> None:
    assert marks(PublicPage(client.get(f"/kalender?ord=m%C3%B6te&vy={view}"))) == ["möte"]

"""What goes on and what begins next, at a moment in the week: on a page of its own and above the calendar."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy.orm import Session

from planner.events.models import OccurrenceState
from tests.browse.reading import PublicPage, text
from tests.browsing import Browser
from tests.factories import (
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_occurrence,
    make_organisation,
    make_venue,
)

WEDNESDAY, THURSDAY = MONDAY + timedelta(2), MONDAY + timedelta(3)
AT_NOON = datetime(2027, 9, 22, 10, 5, 40, tzinfo=UTC)


@pytest.fixture
def week(session: Session) -> Session:
    edition, organiser = make_edition(session), make_organisation(session)
    times: dict[str, dict[str, Any]] = {
        "Är slut": {"start": time(9), "end": time(10)},
        "Slutar nu": {"start": time(11), "end": time(12, 5)},
        "Pågår": {"start": time(12), "end": time(13)},
        "Utan sluttid": {"start": time(11), "end": None},
        "Länge utan sluttid": {"start": time(10), "end": None},
        "Inställt": {"start": time(12), "end": time(13), "state": OccurrenceState.CANCELLED},
        "Börjar": {"start": time(14), "end": time(15)},
        "I morgon": {"day": THURSDAY, "start": time(9), "end": time(10)},
        "I går": {"day": MONDAY, "start": time(12), "end": time(13)},
        "Hela veckan": {"day": MONDAY, "last_day": THURSDAY, "start": None},
        "I dag": {"start": None},
    }
    places = {"Pågår": make_venue(session, "Arvika bibliotek", kommun_code="1784"), "Börjar": None}
    for title, columns in times.items():
        event = make_event(session, title, edition=edition, organiser=organiser, with_occurrence=False)
        online = make_digital_venue(session) if title == "Börjar" else None
        place = {"place": places[title]} if title in places else {}
        make_occurrence(session, event, columns.pop("day", WEDNESDAY), digital_place=online, **place, **columns)
    return session


def sections(page: PublicPage) -> dict[str, list[str]]:
    """The titles under each heading."""
    found = {}
    for section in page.main.iter("section"):
        titles = [text(each) for each in section.iter() if "card__title" in (each.get("class") or "")]
        found[text(next(section.iter("h2")))] = titles
    return found


def test_a_moment_has_what_goes_on_what_comes_and_what_has_no_hour(
    week: Session, client: Browser, clock: time_machine.Traveller
) -> None:
    clock.move_to(AT_NOON)
    response = client.get("/nu")
    page = PublicPage(response)
    assert sections(page) == {
        "Pågår nu": ["Pågår", "Utan sluttid"],
        "Härnäst": ["Börjar", "I morgon"],
        "I dag, utan bestämd tid": ["I dag", "Hela veckan"],
    }
    assert "Onsdag 22 september 2027 kl. 12.05." in page.words
    clock.shift(timedelta(seconds=30))
    assert "kl. 12.06" in PublicPage(client.get("/nu")).words, "kept past its minute"


def test_a_moment_is_narrowed_as_the_calendar_is(week: Session, client: Browser, clock: time_machine.Traveller) -> None:
    clock.move_to(AT_NOON)
    page = PublicPage(client.get("/nu?nara=1784"))
    assert sections(page) == {"Pågår nu": ["Pågår"], "Härnäst": ["Börjar"]}
    assert page.links()["Ta bort filtret: Nära Arvika"] == "/nu"
    above = PublicPage(client.get("/kalender?nara=1784"))
    [rows] = [section for section in above.main.iter("section") if section.get("aria-labelledby") == "nu"]
    assert [text(each) for each in rows.iter("a")] == ["Se allt som pågår", "Pågår", "Börjar"]
    assert above.links()["Se allt som pågår"] == "/nu?nara=1784"
    assert PublicPage(client.get("/nu?nara=1784&form=okand"), 200).with_class("empty__title") == [
        "Inget mer är planerat"
    ]


def test_before_and_after_the_week_it_says_so(week: Session, client: Browser, clock: time_machine.Traveller) -> None:
    before = PublicPage(client.get("/nu"))
    assert "Demokrativeckan börjar måndag 20 september 2027." in before.words
    assert "I går" in sections(before)["Så börjar veckan"]
    assert "Nu och härnäst" not in PublicPage(client.get("/kalender")).words
    clock.move_to(AT_NOON + timedelta(days=30))
    after = PublicPage(client.get("/nu"))
    assert "Veckan är slut." in after.words
    assert sections(after) == {}
    assert client.get("/nu?kommun=9999").status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
def test_a_moment_costs_the_same_number_of_questions_whatever_it_shows(
    session: Session, client: Browser, clock: time_machine.Traveller, count_queries: Callable[[], Any], rows: int
) -> None:
    edition = make_edition(session)
    for number in range(rows):
        event = make_event(session, f"Samtal {number}", edition=edition, with_occurrence=False)
        for start, end in ((time(12), time(13)), (time(14), time(15)), (None, None)):
            make_occurrence(session, event, WEDNESDAY, start=start, end=end)
    clock.move_to(AT_NOON)
    with count_queries() as counted:
        client.get("/nu")
    assert counted.count == 10

"""What a card says beside time and place: that it has moved, that it may move yet; its title in another language."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from planner.editions.models import EditionState
from planner.events.facts import occurrence_facts
from planner.events.models import Event, EventStatus, EventText, Occurrence, OccurrenceState, PreviousTime
from tests.browse.reading import PublicPage, has_class
from tests.browsing import Browser
from tests.factories import (
    LONG_AGO,
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_occurrence,
    make_organisation,
    make_venue,
)

TUESDAY, WEDNESDAY = MONDAY + timedelta(1), MONDAY + timedelta(2)
PAGES = ("/", "/kalender", "/arrangorer/foreningen-samtal", "/kommuner/karlstad", "/platser/aulan")


def card(client: Browser, path: str = "/kalender") -> list[str]:
    """The badges on the page."""
    return PublicPage(client.get(path)).with_class("badge")


def moved(session: Session, event: Event, *, day: date = TUESDAY, **columns: object) -> Occurrence:
    """An occurrence that once was published for Monday in the park, and now is another day in the hall."""
    park = make_venue(session, "Parken", kommun_code="1780")
    before = occurrence_facts(make_occurrence(session, make_event(session, status=EventStatus.DRAFT), place=park))
    hall = make_venue(session, "Aulan", kommun_code="1780")
    occurrence = make_occurrence(session, event, day, **{"place": hall, **columns})  # type: ignore[arg-type]
    session.add(PreviousTime(occurrence_id=occurrence.id, replaced_at=LONG_AGO, facts=before))
    session.flush()
    return occurrence


@pytest.mark.parametrize("path", PAGES)
def test_moved_says_so_on_every_list(session: Session, client: Browser, path: str) -> None:
    moved(session, make_event(session, with_occurrence=False))
    assert card(client, path) == ["Ny tid", "Ny plats"]


def test_what_goes_on_for_days_says_so_too(session: Session, client: Browser) -> None:
    moved(session, make_event(session, with_occurrence=False), last_day=WEDNESDAY, start=None, is_preliminary=True)
    page = PublicPage(client.get("/kalender"))
    assert len(page.with_class("lasting__row")) == 1
    assert page.with_class("badge") == ["Ny tid", "Ny plats", "Preliminär tid"]


def test_called_off_says_only_that(session: Session, client: Browser) -> None:
    moved(session, make_event(session, with_occurrence=False), state=OccurrenceState.CANCELLED)
    assert card(client) == ["Inställt"]


def test_moved_online_says_it_once(session: Session, client: Browser) -> None:
    online = make_digital_venue(session)
    event = make_event(session, with_occurrence=False)
    moved(session, event, day=MONDAY, place=None, digital_place=online, state=OccurrenceState.MOVED_ONLINE)
    assert card(client) == ["Flyttat till digitalt"]


def test_in_the_archive_it_is_told_as_it_came_to_be(session: Session, client: Browser) -> None:
    edition = make_edition(session, "Demokrativeckan 2021", slug="2021", state=EditionState.ARCHIVED)
    moved(session, make_event(session, edition=edition, status=EventStatus.ARCHIVED, with_occurrence=False))
    assert card(client, "/kalender?upplaga=2021") == []


def test_english_card_has_the_english_title_and_marks_what_is_swedish(session: Session, client: Browser) -> None:
    organiser = make_organisation(session)
    event = make_event(session, organiser=organiser, with_occurrence=False)
    make_occurrence(session, event, label="Dag ett")
    make_occurrence(session, event, last_day=WEDNESDAY, start=None)
    make_event(session, "Utan engelska", organiser=organiser)
    session.add(EventText(event_id=event.id, language="en", title="Talk & tea", summary="Come"))
    session.add(EventText(event_id=event.id, language="fi", title="Puhe"))
    assert titles(client, "/en/kalender") == [
        'Talk & tea: <span lang="sv">Dag ett</span>',
        '<span lang="sv">Utan engelska</span>',
        "Talk & tea",
    ]
    assert titles(client, "/en/") == titles(client, "/en/arrangorer/foreningen-samtal")
    assert PublicPage(client.get("/kalender")).titles == [
        "Samtal om demokrati: Dag ett",
        "Utan engelska",
        "Samtal om demokrati",
    ]


def test_easy_card_has_the_easy_title_and_summary(session: Session, client: Browser) -> None:
    organiser = make_organisation(session)
    event = make_event(session, organiser=organiser)
    make_event(session, "Utan lätt text", organiser=organiser)
    session.add(EventText(event_id=event.id, language="sv-lattlast", title="Vi pratar", summary="Kom och prata."))
    for path in ("/latt/kalender", "/latt/arrangorer/foreningen-samtal", "/latt/"):
        page = PublicPage(client.get(path))
        assert (page.titles, page.with_class("card__summary")) == (["Vi pratar", "Utan lätt text"], ["Kom och prata."])
    assert PublicPage(client.get("/kalender")).with_class("card__summary") == []


def titles(client: Browser, path: str) -> list[str]:
    """The titles of cards and rows in order, with the languages that their parts are marked with."""
    page = PublicPage(client.get(path))
    found = []
    for each in page.main.iter():
        if has_class(each, "card__title", "lasting__title"):
            link = next(each.iter("a"))
            marked = [f'<span lang="{part.get("lang")}">{part.text}</span>{part.tail or ""}' for part in link]
            found.append(f"{link.text or ''}{''.join(marked)}")
    return found

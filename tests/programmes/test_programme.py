"""The programme's own page: what is saved, what has become of it, and nothing of what has been withdrawn."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session

from planner.events import actions as event_actions
from planner.events.models import Event, EventStatus, Occurrence, OccurrenceState
from planner.organisations.rules import SYSTEM
from planner.programmes.models import Programme, SavedOccurrence
from tests.browse.reading import text
from tests.conftest import QueryCount
from tests.factories import (
    KEEN,
    LONG_AGO,
    MONDAY,
    make_edition,
    make_event,
    make_occurrence,
    make_organisation,
    make_programme,
    make_venue,
)
from tests.programmes.conftest import Resident
from tests.programmes.test_saving import HIDDEN, first

CountQueries = Callable[[], AbstractContextManager[QueryCount]]
OWN = f"/mitt-program/{KEEN}"


@pytest.fixture
def talk(session: Session) -> Occurrence:
    return first(session, make_event(session))


def another(session: Session, title: str, day: int = 0, **times: object) -> Occurrence:
    event = make_event(session, title, with_occurrence=False)
    return make_occurrence(session, event, MONDAY + timedelta(day), **times)  # type: ignore[arg-type]


def test_empty_programme_says_where_to_begin(resident: Resident, session: Session) -> None:
    make_edition(session)
    make_programme(session)
    page = resident.page(OWN)
    assert page.titles == []
    assert "Här är det tomt än" in page.words
    assert page.links()["Välj ur programmet"] == f"{OWN}/fler"


def test_clashes_are_marked_and_lead_to_each_other(resident: Resident, session: Session, talk: Occurrence) -> None:
    other = another(session, "Debatt", start=time(19), end=time(20))
    make_programme(session, talk, other, another(session, "Morgonkaffe", start=time(8), end=time(9)))

    page = resident.page(OWN)

    assert page.with_class("saved-clash") == [
        "Krockar med Debatt, kl. 19–20",
        "Krockar med Samtal om demokrati, kl. 18–19.30",
    ]
    assert f"#tillfalle-{other.id}" in [link.get("href") for link in page.main.iter("a")]


def test_unknown_times_are_explained_and_not_invented(resident: Resident, session: Session, talk: Occurrence) -> None:
    start_only = another(session, "Öppet hus", start=time(17), end=None)
    exhibition = another(session, "Utställning", start=None, last_day=MONDAY + timedelta(3))
    make_programme(session, talk, start_only, exhibition)

    page = resident.page(OWN)

    assert page.with_class("saved-clash") == []
    assert page.with_class("card__note") == [
        "Arrangören har inte angett när det slutar. Vi vet därför inte om du hinner till det som börjar senare samma"
        " dag."
    ]
    assert "Programpunkter utan klockslag" in page.words


def test_moved_after_saving_is_told_with_before_and_after(
    resident: Resident, session: Session, talk: Occurrence, now: datetime
) -> None:
    make_programme(session, talk)
    session.execute(sa.update(Occurrence).values(schedule_print="shown"))
    fields = {
        "first_day": MONDAY + timedelta(1),
        "last_day": MONDAY + timedelta(1),
        "place_id": make_venue(session, "Ritz").id,
    }
    event_actions.change_occurrence(session, talk, fields, actor=SYSTEM, now=now)  # type: ignore[arg-type]

    page = resident.page(OWN)

    assert page.with_class("occasion__change") == [
        "Ny tid: tisdag 21 september 2027 kl. 18–19.30. När du sparade: måndag 20 september 2027 kl. 18–19.30"
        " Ny plats. När du sparade: Stadsbiblioteket"
    ]
    assert page.day_headings == ["Tisdag 21 september 2027"]


def test_moved_before_saving_is_no_news(resident: Resident, session: Session, talk: Occurrence, now: datetime) -> None:
    make_programme(session)
    session.execute(sa.update(Occurrence).values(schedule_print="shown"))
    later = {"first_day": MONDAY + timedelta(1), "last_day": MONDAY + timedelta(1)}
    event_actions.change_occurrence(session, talk, later, actor=SYSTEM, now=now - timedelta(days=1))  # type: ignore[arg-type]
    assert resident.press(f"{OWN}/spara", tillfalle=talk.uid).with_class("occasion__change") == []


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (OccurrenceState.CANCELLED, "Inställt"),
        (OccurrenceState.POSTPONED, "Uppskjutet, nytt datum kommer"),
        (OccurrenceState.MOVED_ONLINE, "Flyttat till digitalt"),
    ],
)
def test_what_has_become_of_it_is_told_with_the_reason(
    resident: Resident, session: Session, talk: Occurrence, state: OccurrenceState, word: str
) -> None:
    make_programme(session, talk)
    talk.state, talk.state_note = state, "Vi återkommer."

    page = resident.page(OWN)

    assert page.with_class("badge") == [word]
    assert page.with_class("card__note") == ["Vi återkommer."]


def test_whole_event_called_off_is_told_with_the_reason(resident: Resident, session: Session, talk: Occurrence) -> None:
    make_programme(session, talk)
    event = session.get_one(Event, talk.event_id)
    event.status, event.decision_reason = EventStatus.CANCELLED, "Sjukdom."

    page = resident.page(OWN)

    assert (page.with_class("badge"), page.with_class("card__note")) == (["Inställt"], ["Sjukdom."])


@pytest.mark.parametrize("why", HIDDEN)
def test_nothing_is_told_of_what_has_been_withdrawn(
    resident: Resident, session: Session, talk: Occurrence, why: str
) -> None:
    programme = make_programme(session, talk, another(session, "Debatt"), share_token="s" * 32)
    talk.room, talk.state_note = "Stora salen", "Vi återkommer"
    HIDDEN[why](session, talk)

    page, shared = resident.page(OWN), resident.page(f"/mitt-program/delat/{'s' * 32}")

    for secret in ("Samtal om demokrati", "samtal-om-demokrati", "Stora salen", "Vi återkommer"):
        assert secret not in page.html
    gone = "En programpunkt som du sparade söndag 10 januari 2027 har dragits tillbaka."
    assert page.words.count(gone) == (2 if why == "edition" else 1)
    assert "Samtal om demokrati" not in shared.html
    assert "dragits tillbaka" not in shared.html
    after = resident.press(f"{OWN}/ta-bort", tillfalle=talk.uid)
    assert after.words.count(gone) == (1 if why == "edition" else 0)
    assert "Raden är borttagen." in after.words
    assert session.get_one(Programme, programme.id).revision == 2


def test_what_comes_back_is_there_again(resident: Resident, session: Session, talk: Occurrence) -> None:
    make_programme(session, talk)
    event = session.get_one(Event, talk.event_id)
    event.status = EventStatus.WITHDRAWN
    assert resident.page(OWN).titles == []
    event.status = EventStatus.PUBLISHED
    assert resident.page(OWN).titles == ["Samtal om demokrati"]


def test_taking_away_can_be_undone(resident: Resident, session: Session, talk: Occurrence) -> None:
    make_programme(session, talk)

    without = resident.press(f"{OWN}/ta-bort", tillfalle=talk.uid)
    assert without.titles == []
    assert "”Samtal om demokrati” är borttagen ur ditt program." in without.words
    again = resident.press(f"{OWN}/ta-bort", tillfalle=talk.uid)
    assert again.titles == []
    back = resident.press(f"{OWN}/spara", tillfalle=talk.uid)
    assert back.titles == ["Samtal om demokrati"]
    assert "är borttagen" not in resident.page(f"{OWN}?borttaget={talk.uid}").words


def test_what_has_been_stands_apart_and_can_still_be_undone(
    resident: Resident, session: Session, talk: Occurrence, clock: time_machine.Traveller
) -> None:
    make_programme(session, talk, another(session, "Debatt", 4))
    clock.move_to(datetime.combine(MONDAY + timedelta(2), time(12)).astimezone())

    page = resident.page(OWN)

    assert page.day_headings == ["Fredag 24 september 2027", "Måndag 20 september 2027"]
    [past] = [part for part in page.main.iter("details") if part.get("class") == "past"]
    assert text(next(past.iter("summary"))) == "1 tillfälle som har varit"


def test_several_occurrences_of_one_event_stand_each_on_its_day(resident: Resident, session: Session) -> None:
    event = make_event(session, "Visning", with_occurrence=False)
    make_programme(
        session, *(make_occurrence(session, event, MONDAY + timedelta(day), label=f"Nr {day}") for day in (0, 2))
    )
    page = resident.page(OWN)
    assert page.titles == ["Visning: Nr 0", "Visning: Nr 2"]
    assert page.day_headings == ["Måndag 20 september 2027", "Onsdag 22 september 2027"]


def test_more_is_added_from_inside_a_day_at_a_time(resident: Resident, session: Session, talk: Occurrence) -> None:
    make_programme(session, talk)
    debate = another(session, "Debatt", 1)
    walk = another(session, "Vandring", 1, place=make_venue(session, "Arvika torg", kommun_code="1784"))

    def offered(address: str) -> dict[str, bool]:
        boxes = [box for box in resident.page(address).main.iter("input") if box.get("type") == "checkbox"]
        return {box.get("value") or "saved": box.get("checked") is not None for box in boxes}

    assert offered(f"{OWN}/fler") == {"saved": True}
    assert offered(f"{OWN}/fler?dag=2027-09-21&kommun=") == {debate.uid: False, walk.uid: False}
    assert offered(f"{OWN}/fler?dag=2027-09-21&kommun=1784") == {walk.uid: False}
    assert offered(f"{OWN}/fler?dag=2027-09-26") == {}
    shown = resident.press(f"{OWN}/spara", tillfalle=[debate.uid, walk.uid])
    assert shown.titles == ["Samtal om demokrati", "Debatt", "Vandring"]


@pytest.mark.parametrize(
    "asked", ["dag=igår", "kommun=9999", "dag=2027-09-20&dag=2027-09-21", "kommun=1780&kommun=1784", "dag=%00"]
)
def test_a_day_that_is_none_is_explained(resident: Resident, session: Session, asked: str) -> None:
    make_edition(session)
    make_programme(session)
    assert resident.get(f"{OWN}/fler?{asked}").status_code == 400


def test_before_any_programme_is_published_there_is_nothing_to_add(resident: Resident, session: Session) -> None:
    make_programme(session)
    assert "Inget program är publicerat än" in resident.page(f"{OWN}/fler").words


def test_page_in_english(resident: Resident, session: Session, talk: Occurrence) -> None:
    make_programme(session, talk)
    page = resident.page(f"/en{OWN}")
    assert page.heading == "My programme"
    assert page.links()["Samtal om demokrati"] == "/en/evenemang/samtal-om-demokrati"
    saved = resident.press(f"/en{OWN}/spara", tillfalle=talk.uid)
    assert "It was already in your programme" in saved.words


@pytest.mark.parametrize("number", [1, 3, 30])
def test_as_many_questions_however_much_is_saved(
    resident: Resident, session: Session, count_queries: CountQueries, number: int
) -> None:
    organiser = make_organisation(session)
    saved = []
    for each in range(number):
        event = make_event(session, f"Samtal {each}", organiser=organiser, with_occurrence=False)
        saved.append(make_occurrence(session, event, MONDAY + timedelta(each % 7), place=make_venue(session)))
    programme = make_programme(session, *saved, share_token="s" * 32)
    hidden = make_event(session, "Dolt", status=EventStatus.WITHDRAWN, organiser=organiser)
    session.add(SavedOccurrence(programme_id=programme.id, occurrence_id=first(session, hidden).id, saved_at=LONG_AGO))
    session.flush()

    counts = {}
    for address in (
        OWN,
        f"{OWN}/fler",
        f"/mitt-program/ny?tillfalle={saved[0].uid}",
        f"/mitt-program/delat/{'s' * 32}",
    ):
        with count_queries() as queries:
            resident.page(address)
        counts[address.removeprefix(OWN).partition("?")[0]] = queries.count
    assert counts == {"": 5, "/fler": 9, "/mitt-program/ny": 6, f"/mitt-program/delat/{'s' * 32}": 4}

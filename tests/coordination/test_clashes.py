"""Events that meet at the same place at the same time."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.coordination.queries import clashes_of
from planner.events.models import Event, EventStatus, OccurrenceState
from planner.events.queries import event_for_editing
from tests.factories import MONDAY, make_digital_venue, make_event, make_occurrence, make_organisation, make_venue


def clashes(session: Session, event: Event) -> list[tuple[str, bool]]:
    session.flush()
    loaded = event_for_editing(session, event.id)
    assert loaded is not None
    return [(clash.other.event.title, clash.is_certain) for clash in clashes_of(session, loaded)]


@pytest.fixture
def event(session: Session) -> Event:
    """Monday 18.00–19.30 at the library."""
    return make_event(session, "Egen", status=EventStatus.SUBMITTED)


def another(session: Session, **occurrence: Any) -> Event:
    event = make_event(session, "Annan", organiser=make_organisation(session, "Andra"), with_occurrence=False)
    make_occurrence(session, event, **occurrence)
    return event


@pytest.mark.parametrize(
    ("occurrence", "expected"),
    [
        ({}, [("Annan", True)]),
        ({"start": time(19, 0), "end": time(20, 0)}, [("Annan", True)]),
        ({"start": time(19, 30), "end": time(20, 0)}, []),
        ({"start": time(16, 30), "end": time(18, 0)}, []),
        ({"start": time(17, 30), "end": None}, [("Annan", True)]),
        ({"start": time(17, 0), "end": None}, []),
        ({"start": None, "end": None}, [("Annan", False)]),
        ({"start": None, "end": None, "day": date(2027, 9, 18), "last_day": MONDAY}, [("Annan", False)]),
        ({"day": MONDAY + timedelta(days=1)}, []),
        ({"state": OccurrenceState.CANCELLED}, []),
        ({"state": OccurrenceState.POSTPONED}, []),
    ],
)
def test_overlap_at_the_same_place_is_found(
    session: Session, event: Event, occurrence: dict[str, Any], expected: list[tuple[str, bool]]
) -> None:
    another(session, **occurrence)

    assert clashes(session, event) == expected


@pytest.mark.parametrize("status", list(EventStatus))
def test_only_what_may_take_place_counts(session: Session, event: Event, status: EventStatus) -> None:
    another(session).status = status

    counted = status in (EventStatus.SUBMITTED, EventStatus.RETURNED, EventStatus.PUBLISHED)
    assert clashes(session, event) == ([("Annan", True)] if counted else [])


def test_the_same_digital_room_counts_and_another_place_does_not(session: Session) -> None:
    room = make_digital_venue(session)
    event = make_event(session, "Egen", with_occurrence=False)
    make_occurrence(session, event, place=None, digital_place=room)
    another(session, place=make_venue(session, "Torget"), digital_place=room)
    another(session, place=make_venue(session, "Torget 2"))

    assert clashes(session, event) == [("Annan", True)]


def test_a_place_that_stands_for_an_unknown_one_is_no_clash(session: Session) -> None:
    somewhere = make_venue(session, "Flera orter", is_placeholder=True)
    event = make_event(session, "Egen", with_occurrence=False)
    make_occurrence(session, event, place=somewhere)
    another(session, place=somewhere)

    assert clashes(session, event) == []


def test_an_event_without_place_clashes_with_nothing(session: Session, event: Event) -> None:
    lonely = make_event(session, "Ensam", with_occurrence=False)
    make_occurrence(session, lonely, place=None)

    assert clashes(session, lonely) == []
    assert clashes(session, event) == []

"""Copying an occurrence to more days and places."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy.orm import Session

from planner.core.errors import Invalid
from planner.events.actions import (
    OccurrenceFields,
    add_occurrence,
    change_occurrence,
    copy_occurrence,
)
from planner.events.models import (
    Captions,
    EventStatus,
    Occurrence,
    Permit,
    TimeKind,
)
from tests.events.cast import Cast, messages
from tests.factories import make_digital_venue, make_venue

TUESDAY = date(2027, 9, 21)
DRAFT = EventStatus.DRAFT
MANY_DAYS = [date.fromordinal(TUESDAY.toordinal() + number) for number in range(101)]
CLOCK: OccurrenceFields = {
    "time_kind": TimeKind.START_AND_END,
    "first_day": TUESDAY,
    "start": time(18, 0),
    "end": time(19, 30),
}


def days_and_places(occurrences: list[Occurrence]) -> list[tuple[date, str]]:
    return [(one.first_day, one.place.name if one.place else "") for one in occurrences]


def test_copies_are_made_of_every_day_at_every_place(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(DRAFT)
    (occurrence,) = event.occurrences
    arvika, eda = make_venue(session, "Arvika bibliotek"), make_venue(session, "Eda bibliotek")
    wednesday = date(2027, 9, 22)

    copies = copy_occurrence(
        session, occurrence, days=[wednesday, TUESDAY, TUESDAY], places=[arvika, eda], actor=cast.anna, now=now
    )

    assert days_and_places(copies) == [
        (TUESDAY, "Arvika bibliotek"),
        (TUESDAY, "Eda bibliotek"),
        (wednesday, "Arvika bibliotek"),
        (wednesday, "Eda bibliotek"),
    ]
    assert len({one.uid for one in event.occurrences}) == 5


def test_copies_keep_the_wall_time_when_the_clocks_change(cast: Cast, session: Session, now: datetime) -> None:
    (occurrence,) = cast.event(DRAFT).occurrences

    (copy,) = copy_occurrence(session, occurrence, days=[date(2027, 11, 1)], actor=cast.anna, now=now)

    assert occurrence.starts_at == datetime(2027, 9, 20, 16, 0, tzinfo=UTC)
    assert copy.starts_at == datetime(2027, 11, 1, 17, 0, tzinfo=UTC)


def test_a_copy_past_midnight_ends_the_day_after(cast: Cast, session: Session, now: datetime) -> None:
    late: OccurrenceFields = {**CLOCK, "start": time(21), "end": time(1), "last_day": date(2027, 9, 22)}
    occurrence = add_occurrence(session, cast.event(DRAFT), late, actor=cast.anna, now=now)

    (copy,) = copy_occurrence(session, occurrence, days=[date(2027, 9, 24)], actor=cast.anna, now=now)

    assert (copy.last_day, copy.ends_at) == (date(2027, 9, 25), datetime(2027, 9, 24, 23, 0, tzinfo=UTC))


def test_what_is_there_already_is_not_copied_again(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(DRAFT)
    (occurrence,) = event.occurrences
    days = [occurrence.first_day, TUESDAY]

    first, second = (copy_occurrence(session, occurrence, days=days, actor=cast.anna, now=now) for _click in range(2))

    assert (days_and_places(first), second) == ([(TUESDAY, "Stadsbiblioteket")], [])


def test_a_copy_leaves_behind_what_belongs_to_one_place_and_one_time(
    cast: Cast, session: Session, now: datetime
) -> None:
    event = cast.event(DRAFT)
    (occurrence,) = event.occurrences
    everything: OccurrenceFields = {
        "label": "Pass 1",
        "room": "Stora salen",
        "reserve_place_id": cast.library.id,
        "reserve_note": "Vid regn",
        "capacity_onsite": 40,
        "capacity_note": "Först till kvarn",
        "permit": Permit.GRANTED,
        "permit_number": "A123",
        "recording_url": "https://example.se/film",
        "captions": Captions.YES,
    }
    change_occurrence(session, occurrence, everything, actor=cast.anna, now=now)

    (same_place,) = copy_occurrence(session, occurrence, days=[TUESDAY], actor=cast.anna, now=now)
    (elsewhere,) = copy_occurrence(
        session, occurrence, places=[make_venue(session, "Arvika bibliotek")], actor=cast.anna, now=now
    )

    gone = {"permit": None, "permit_number": "", "recording_url": "", "captions": None}
    of_place = {"room": "", "reserve_place_id": None, "reserve_note": "", "capacity_onsite": None}
    kept = {**everything, **gone}
    assert {key: getattr(same_place, key) for key in everything} == kept
    assert {key: getattr(elsewhere, key) for key in everything} == {**kept, **of_place}


def test_a_digital_place_is_copied_beside_the_physical_one(cast: Cast, session: Session, now: datetime) -> None:
    (occurrence,) = cast.event(DRAFT, with_occurrence=True).occurrences
    other = make_digital_venue(session, "Regionens rum")

    (copy,) = copy_occurrence(session, occurrence, places=[other], actor=cast.anna, now=now)

    assert (copy.place, copy.digital_place) == (cast.library, other)


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ([], "Välj minst en dag eller en plats att kopiera till."),
        (
            [date.fromordinal(TUESDAY.toordinal() + n) for n in range(101)],
            "Kopiera till högst 100 tillfällen åt gången.",
        ),
    ],
)
def test_copying_to_nothing_or_too_much_is_refused(
    cast: Cast, session: Session, now: datetime, days: list[date], message: str
) -> None:
    (occurrence,) = cast.event(DRAFT).occurrences

    with pytest.raises(Invalid) as refused:
        copy_occurrence(session, occurrence, days=days, actor=cast.anna, now=now)

    assert messages(refused.value) == {"days": message}


def test_no_copy_is_made_if_one_of_them_cannot_be(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(DRAFT, with_occurrence=False)
    night: OccurrenceFields = {**CLOCK, "start": time(2, 30), "end": time(4)}
    occurrence = add_occurrence(session, event, night, actor=cast.anna, now=now)

    with pytest.raises(Invalid):
        copy_occurrence(session, occurrence, days=[TUESDAY, date(2028, 3, 26)], actor=cast.anna, now=now)

    assert event.occurrences == [occurrence]


def test_a_copy_to_the_end_of_the_calendar_is_refused_at_its_field(cast: Cast, session: Session, now: datetime) -> None:
    late: OccurrenceFields = {**CLOCK, "start": time(21), "end": time(1), "last_day": date(2027, 9, 22)}
    occurrence = add_occurrence(session, cast.event(DRAFT), late, actor=cast.anna, now=now)
    for day in (date.max, date.min):
        with pytest.raises(Invalid) as refused:
            copy_occurrence(session, occurrence, days=[day], actor=cast.anna, now=now)
        assert messages(refused.value) == {"days": "Skriv ett datum, till exempel 2027-09-21."}

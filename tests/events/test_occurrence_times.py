"""What is known of a time: five kinds, wall clocks, and what does not hold together."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.core.errors import Invalid
from planner.events.actions import (
    OccurrenceFields,
    add_occurrence,
)
from planner.events.models import (
    EventStatus,
    TimeKind,
)
from tests.events.cast import Cast, messages

TUESDAY = date(2027, 9, 21)
DRAFT = EventStatus.DRAFT
AT_18 = datetime(2027, 9, 21, 16, 0, tzinfo=UTC)
CLOCK: OccurrenceFields = {
    "time_kind": TimeKind.START_AND_END,
    "first_day": TUESDAY,
    "start": time(18, 0),
    "end": time(19, 30),
}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            CLOCK,
            (TUESDAY, TUESDAY, datetime(2027, 9, 21, 16, 0, tzinfo=UTC), datetime(2027, 9, 21, 17, 30, tzinfo=UTC)),
        ),
        (
            {"time_kind": TimeKind.START_ONLY, "first_day": TUESDAY, "start": time(12)},
            (TUESDAY, TUESDAY, datetime(2027, 9, 21, 10, 0, tzinfo=UTC), None),
        ),
        (
            {"time_kind": TimeKind.OPENING_HOURS, "first_day": TUESDAY, "last_day": date(2027, 10, 2)},
            (TUESDAY, date(2027, 10, 2), None, None),
        ),
        ({"time_kind": TimeKind.WITHIN_SPAN, "first_day": TUESDAY}, (TUESDAY, TUESDAY, None, None)),
        (
            {"time_kind": TimeKind.ON_BOOKING, "first_day": date(2027, 9, 20), "is_open_ended": True},
            (date(2027, 9, 20), date(2027, 9, 27), None, None),
        ),
        (
            {"time_kind": TimeKind.OPENING_HOURS, "first_day": date(2027, 10, 5), "is_open_ended": True},
            (date(2027, 10, 5), date(2027, 10, 5), None, None),
        ),
        (
            {**CLOCK, "start": time(21), "end": time(1), "last_day": date(2027, 9, 22)},
            (
                TUESDAY,
                date(2027, 9, 22),
                datetime(2027, 9, 21, 19, 0, tzinfo=UTC),
                datetime(2027, 9, 21, 23, 0, tzinfo=UTC),
            ),
        ),
        (
            # The first of the double hour: 02.30 summer time is half past midnight UTC.
            {**CLOCK, "first_day": date(2027, 10, 31), "start": time(2, 30), "end": time(3, 30)},
            (
                date(2027, 10, 31),
                date(2027, 10, 31),
                datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
                datetime(2027, 10, 31, 2, 30, tzinfo=UTC),
            ),
        ),
        (
            # The night in March is an hour shorter.
            {**CLOCK, "first_day": date(2027, 3, 28), "start": time(1, 30), "end": time(3, 0)},
            (
                date(2027, 3, 28),
                date(2027, 3, 28),
                datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
                datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
            ),
        ),
    ],
)
def test_every_kind_of_time_is_kept_as_what_it_is(
    cast: Cast, session: Session, now: datetime, fields: OccurrenceFields, expected: tuple[Any, ...]
) -> None:
    event = cast.event(DRAFT, with_occurrence=False)

    occurrence = add_occurrence(session, event, fields, actor=cast.elis, now=now)

    assert (occurrence.first_day, occurrence.last_day, occurrence.starts_at, occurrence.ends_at) == expected
    assert event.occurrences == [occurrence]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"first_day": TUESDAY}, {"time_kind": "Välj vad som är bestämt om tiden."}),
        ({"time_kind": TimeKind.ON_BOOKING}, {"first_day": "Ange vilken dag tillfället börjar."}),
        ({**CLOCK, "start": None}, {"start": "Ange när det börjar, till exempel 18 eller 9.30."}),
        ({**CLOCK, "end": None}, {"end": "Ange när det slutar, eller välj bara starttid."}),
        (
            {**CLOCK, "time_kind": TimeKind.START_ONLY},
            {"end": "Ni har valt bara starttid. Välj start- och sluttid, eller ta bort sluttiden."},
        ),
        (
            {**CLOCK, "time_kind": TimeKind.OPENING_HOURS},
            {
                "start": "Det valda slaget av tid har inga klockslag. "
                "Välj start- och sluttid, eller ta bort klockslagen."
            },
        ),
        (
            {**CLOCK, "is_open_ended": True},
            {"is_open_ended": "Ett tillfälle med klockslag har en sista dag. Ange den."},
        ),
        ({**CLOCK, "last_day": date(2027, 9, 20)}, {"last_day": "Sista dagen är före den första."}),
        (
            {"time_kind": TimeKind.OPENING_HOURS, "first_day": TUESDAY, "last_day": date(2028, 10, 26)},
            {"last_day": "Ett tillfälle kan vara högst 400 dagar långt. Kontrollera årtalet."},
        ),
        ({**CLOCK, "first_day": date.min}, {"first_day": "Skriv ett datum, till exempel 2027-09-21."}),
        ({**CLOCK, "first_day": date.max}, {"first_day": "Skriv ett datum, till exempel 2027-09-21."}),
        ({**CLOCK, "end": time(18)}, {"end": "Start och slut är samma tid."}),
        (
            {**CLOCK, "start": time(21), "end": time(1)},
            {
                "end": "Sluttiden är före starttiden. Slutar det efter midnatt? "
                "Ange då onsdag 22 september 2027 som sista dag."
            },
        ),
        (
            {**CLOCK, "first_day": date(2027, 3, 28), "start": time(2, 30), "end": time(4)},
            {
                "start": "Söndag 28 mars 2027 finns inte kl. 2.30: då ställs klockan fram till sommartid. "
                "Välj en annan tid."
            },
        ),
        (
            {**CLOCK, "first_day": date(2027, 3, 27), "last_day": date(2027, 3, 28), "end": time(2)},
            {"end": "Söndag 28 mars 2027 finns inte kl. 2: då ställs klockan fram till sommartid. Välj en annan tid."},
        ),
        ({**CLOCK, "room": "x" * 121}, {"room": "Texten är för lång: 121 tecken. Den får vara högst 120."}),
        ({**CLOCK, "capacity_onsite": 0}, {"capacity_onsite": "Skriv ett antal, minst 1."}),
        ({**CLOCK, "recording_url": "ftp://x.se"}, {"recording_url": "Skriv en adress som börjar med https://."}),
        ({**CLOCK, "place_id": 9999}, {"place_id": "Platsen finns inte i registret. Välj en annan."}),
    ],
)
def test_a_problem_stands_at_its_field(
    cast: Cast, session: Session, now: datetime, fields: OccurrenceFields, expected: dict[str, str]
) -> None:
    event = cast.event(DRAFT, with_occurrence=False)

    with pytest.raises(Invalid) as refused:
        add_occurrence(session, event, fields, actor=cast.anna, now=now)

    assert (messages(refused.value), event.occurrences) == (expected, [])


def test_exactly_four_hundred_days_are_allowed(cast: Cast, session: Session, now: datetime) -> None:
    fields: OccurrenceFields = {
        "time_kind": TimeKind.WITHIN_SPAN,
        "first_day": TUESDAY,
        "last_day": date(2028, 10, 25),
    }

    assert add_occurrence(session, cast.event(DRAFT), fields, actor=cast.anna, now=now).last_day == date(2028, 10, 25)

"""Adding, changing, copying and removing occurrences."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.audit.queries import history_of
from planner.core.errors import Invalid, NotAllowed, StaleVersion
from planner.events.actions import (
    OccurrenceFields,
    add_occurrence,
    change_occurrence,
    copy_occurrence,
    fingerprint,
    remove_occurrence,
)
from planner.events.actions.occurrence_fields import stated
from planner.events.facts import occurrence_facts
from planner.events.models import (
    Captions,
    EventStatus,
    Form,
    Occurrence,
    OccurrenceState,
    Permit,
    TimeKind,
)
from planner.events.rules import zone_of
from tests.events.cast import Cast, messages
from tests.factories import make_digital_venue, make_hosting, make_venue

TUESDAY = date(2027, 9, 21)
DRAFT = EventStatus.DRAFT
AT_18 = datetime(2027, 9, 21, 16, 0, tzinfo=UTC)
MANY_DAYS = [date.fromordinal(TUESDAY.toordinal() + number) for number in range(101)]
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


def test_everything_that_is_stated_comes_back(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(DRAFT, with_occurrence=False)
    hall = make_venue(session, "Aulan")
    fields: OccurrenceFields = {
        **CLOCK,
        "last_day": TUESDAY,
        "label": "Pass 1",
        "time_note": "Dörrarna öppnas 17.30.",
        "is_open_ended": False,
        "is_preliminary": True,
        "place_id": cast.library.id,
        "digital_place_id": cast.room.id,
        "reserve_place_id": hall.id,
        "reserve_note": "Vid regn",
        "room": "Stora salen",
        "has_no_audience_on_site": True,
        "capacity_onsite": 40,
        "capacity_online": 500,
        "capacity_note": "Först till kvarn",
        "permit": Permit.APPLIED,
        "permit_number": "A123",
        "recording_url": "https://example.se/film",
        "recording_until": date(2027, 12, 31),
        "captions": Captions.COMING,
    }

    occurrence = add_occurrence(session, event, fields, actor=cast.anna, now=now)

    session.refresh(occurrence)
    assert stated(occurrence, zone_of(event)) == fields
    assert (occurrence.form, occurrence.state, occurrence.sequence) == (Form.HYBRID, OccurrenceState.SCHEDULED, 0)


def test_a_uid_is_made_once_for_each(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(DRAFT)
    first = add_occurrence(session, event, CLOCK, actor=cast.anna, now=now)
    second = add_occurrence(session, event, CLOCK, actor=cast.anna, now=now)
    uid = first.uid

    change_occurrence(session, first, {"first_day": date(2027, 9, 23)}, actor=cast.anna, now=now)

    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f-]{27}@demokrativeckan\.example", uid)
    assert (first.uid, first.uid == second.uid) == (uid, False)


@pytest.mark.parametrize(
    ("key", "place", "message"),
    [
        ("place_id", "room", "Välj en plats man går till här, inte en digital mötesplats."),
        ("reserve_place_id", "room", "Välj en plats man går till här, inte en digital mötesplats."),
        ("digital_place_id", "library", "Välj en digital mötesplats här, inte en plats man går till."),
    ],
)
def test_a_place_is_of_the_right_kind(
    cast: Cast, session: Session, now: datetime, key: str, place: str, message: str
) -> None:
    fields: Any = {**CLOCK, key: getattr(cast, place).id}

    with pytest.raises(Invalid) as refused:
        add_occurrence(session, cast.event(DRAFT), fields, actor=cast.anna, now=now)

    assert messages(refused.value) == {key: message}


def test_a_private_place_is_for_its_owner_but_stays_where_it_is(cast: Cast, session: Session, now: datetime) -> None:
    theirs = make_venue(session, "Sammanträdesrummet", owner_id=cast.region.id, is_private=True)
    event = cast.event(DRAFT)
    private: OccurrenceFields = {**CLOCK, "place_id": theirs.id}

    with pytest.raises(Invalid) as refused:
        add_occurrence(session, event, private, actor=cast.anna, now=now)
    assert messages(refused.value) == {"place_id": "Platsen får bara användas av den som äger den. Välj en annan."}

    occurrence = add_occurrence(session, event, CLOCK, actor=cast.anna, now=now)
    occurrence.place = theirs
    session.flush()
    change_occurrence(session, occurrence, {**private, "start": time(17)}, actor=cast.anna, now=now)
    assert occurrence.place is theirs


def test_a_merged_place_leads_on(cast: Cast, session: Session, now: datetime) -> None:
    old = make_venue(session, "Biblioteket", merged_into_id=cast.library.id)

    occurrence = add_occurrence(session, cast.event(DRAFT), {**CLOCK, "place_id": old.id}, actor=cast.anna, now=now)

    assert (occurrence.place_id, occurrence.place) == (cast.library.id, cast.library)


def test_others_may_not_touch_the_occurrences(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(DRAFT)
    (occurrence,) = event.occurrences

    with pytest.raises(NotAllowed):
        add_occurrence(session, event, CLOCK, actor=cast.rut, now=now)
    with pytest.raises(NotAllowed):
        change_occurrence(session, occurrence, {"room": "x"}, actor=cast.rut, now=now)
    with pytest.raises(NotAllowed):
        copy_occurrence(session, occurrence, days=[TUESDAY], actor=cast.rut, now=now)
    with pytest.raises(NotAllowed):
        remove_occurrence(session, occurrence, actor=cast.rut, now=now)


def test_moving_the_first_day_takes_the_last_with_it(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(DRAFT)
    spanning: OccurrenceFields = {
        "time_kind": TimeKind.OPENING_HOURS,
        "first_day": TUESDAY,
        "last_day": date(2027, 9, 23),
    }
    occurrence = add_occurrence(session, event, spanning, actor=cast.anna, now=now)

    change_occurrence(session, occurrence, {"first_day": date(2027, 9, 24)}, actor=cast.anna, now=now)

    assert (occurrence.first_day, occurrence.last_day) == (date(2027, 9, 24), date(2027, 9, 26))


def test_another_kind_of_time_drops_the_clock(cast: Cast, session: Session, now: datetime) -> None:
    (occurrence,) = cast.event(DRAFT).occurrences

    change_occurrence(session, occurrence, {"time_kind": TimeKind.START_ONLY}, actor=cast.anna, now=now)
    assert (occurrence.starts_at is None, occurrence.ends_at) == (False, None)
    change_occurrence(session, occurrence, {"time_kind": TimeKind.WITHIN_SPAN}, actor=cast.anna, now=now)
    assert (occurrence.starts_at, occurrence.ends_at) == (None, None)


def test_a_published_move_keeps_what_was(cast: Cast, session: Session, now: datetime) -> None:
    (occurrence,) = cast.event().occurrences
    was = occurrence_facts(occurrence)

    change_occurrence(session, occurrence, {"first_day": TUESDAY}, actor=cast.anna, now=now)
    between = occurrence_facts(occurrence)
    change_occurrence(session, occurrence, {"digital_place_id": cast.room.id}, actor=cast.anna, now=now)

    assert [(row.replaced_at, row.facts) for row in occurrence.previous_times] == [(now, was), (now, between)]


@pytest.mark.parametrize(
    ("status", "fields"),
    [
        (EventStatus.PUBLISHED, {"room": "Stora salen", "time_note": "Insläpp 17.30", "is_preliminary": True}),
        (DRAFT, {"first_day": TUESDAY}),
        (EventStatus.SUBMITTED, {"first_day": TUESDAY}),
    ],
)
def test_nothing_is_kept_of_what_did_not_move_or_nobody_saw(
    cast: Cast, session: Session, now: datetime, status: EventStatus, fields: OccurrenceFields
) -> None:
    (occurrence,) = cast.event(status).occurrences

    change_occurrence(session, occurrence, fields, actor=cast.anna, now=now)

    assert occurrence.previous_times == []


def test_a_material_move_asks_for_a_coordinators_eyes(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event()
    (occurrence,) = event.occurrences

    change_occurrence(session, occurrence, {"room": "Stora salen"}, actor=cast.anna, now=now)
    assert event.changed_after_review_at is None
    change_occurrence(session, occurrence, {"start": time(17)}, actor=cast.anna, now=now)
    assert event.changed_after_review_at == now


def test_a_postponed_one_with_a_new_day_takes_place_again(cast: Cast, session: Session, now: datetime) -> None:
    (occurrence,) = cast.event().occurrences
    occurrence.state, occurrence.state_note = OccurrenceState.POSTPONED, "Sjukdom"

    change_occurrence(session, occurrence, {"room": "Stora salen"}, actor=cast.anna, now=now)
    assert occurrence.state is OccurrenceState.POSTPONED
    change_occurrence(session, occurrence, {"first_day": TUESDAY}, actor=cast.anna, now=now)
    assert (occurrence.state, occurrence.state_note) == (OccurrenceState.SCHEDULED, "")


def test_a_cancelled_one_stays_cancelled_when_it_is_changed(cast: Cast, session: Session, now: datetime) -> None:
    (occurrence,) = cast.event().occurrences
    occurrence.state = OccurrenceState.CANCELLED

    change_occurrence(session, occurrence, {"first_day": TUESDAY}, actor=cast.anna, now=now)

    assert occurrence.state is OccurrenceState.CANCELLED


def test_two_people_never_overwrite_each_other(cast: Cast, session: Session, now: datetime) -> None:
    (occurrence,) = cast.event(DRAFT).occurrences
    seen = fingerprint(occurrence)
    change_occurrence(session, occurrence, {"room": "A"}, expected=seen, actor=cast.anna, now=now)

    with pytest.raises(StaleVersion):
        change_occurrence(session, occurrence, {"room": "B"}, expected=seen, actor=cast.elis, now=now)

    assert occurrence.room == "A"


def test_a_double_click_changes_once(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event()
    (occurrence,) = event.occurrences
    seen = fingerprint(occurrence)
    fields: OccurrenceFields = {**CLOCK, "place_id": cast.library.id}
    for _click in range(2):
        change_occurrence(session, occurrence, fields, expected=seen, actor=cast.anna, now=now)

    assert [entry.action for entry in history_of(session, "event", event.id)] == ["change_occurrence"]
    assert len(occurrence.previous_times) == 1


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


def test_what_was_never_published_is_removed(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(EventStatus.RETURNED)
    (occurrence,) = event.occurrences

    remove_occurrence(session, occurrence, actor=cast.anna, now=now)

    session.refresh(event, ["occurrences"])
    assert event.occurrences == []


@pytest.mark.parametrize("status", [EventStatus.PUBLISHED, EventStatus.CANCELLED])
def test_what_is_published_is_only_called_off(cast: Cast, session: Session, now: datetime, status: EventStatus) -> None:
    (occurrence,) = cast.event(status).occurrences

    with pytest.raises(Invalid) as refused:
        remove_occurrence(session, occurrence, actor=cast.anna, now=now)

    assert messages(refused.value) == {
        "": "Tillfället är publicerat och kan inte tas bort. Ställ in det i stället, så att alla får veta."
    }


def test_a_partner_that_may_edit_changes_occurrences_too(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event()
    make_hosting(session, event, cast.region)
    (occurrence,) = event.occurrences

    assert change_occurrence(session, occurrence, {"room": "B"}, actor=cast.rut, now=now).room == "B"


def test_an_organisations_own_private_place_serves_it(cast: Cast, session: Session, now: datetime) -> None:
    own = make_venue(session, "Föreningslokalen", owner_id=cast.organiser.id, is_private=True)

    occurrence = add_occurrence(session, cast.event(DRAFT), {**CLOCK, "place_id": own.id}, actor=cast.elis, now=now)

    assert occurrence.place is own

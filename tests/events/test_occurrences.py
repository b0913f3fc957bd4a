"""Adding, changing and removing occurrences."""

import re
from datetime import date, datetime, time
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
    OccurrenceState,
    Permit,
    TimeKind,
)
from planner.events.rules import zone_of
from tests.events.cast import Cast, messages
from tests.factories import make_hosting, make_venue

TUESDAY = date(2027, 9, 21)
DRAFT = EventStatus.DRAFT
CLOCK: OccurrenceFields = {
    "time_kind": TimeKind.START_AND_END,
    "first_day": TUESDAY,
    "start": time(18, 0),
    "end": time(19, 30),
}


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

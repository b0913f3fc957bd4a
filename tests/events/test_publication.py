"""What the public can see is announced, once, and counted: SEQUENCE, components, the edition's revision."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.core.errors import Invalid
from planner.events.actions import (
    add_occurrence,
    cancel_event,
    cancel_occurrence,
    change_occurrence,
    publish_event,
    reinstate_event,
    reinstate_occurrence,
    remove_occurrence,
    save_event,
    submit_event,
    take_back_event,
    withdraw_event,
)
from planner.events.actions.publication import HIDDEN, announce, show_all
from planner.events.facts import material_facts
from planner.events.models import Event, EventStatus, HostingState, Occurrence, TimeKind, Visibility
from planner.events.queries import lock_event
from planner.events.signals import occurrences_changed
from tests.events.cast import Cast
from tests.factories import make_hosting, make_occurrence, make_organisation

S = EventStatus
TUESDAY = date(2027, 9, 21)


@pytest.fixture
def told(app: Any) -> Iterator[list[list[str]]]:
    """The UIDs of every list of occurrences that the surfaces were told of."""
    heard: list[list[str]] = []

    def listen(occurrences: Sequence[Occurrence], **_: Any) -> None:
        heard.append([occurrence.uid for occurrence in occurrences])

    occurrences_changed.connect(listen)
    yield heard
    occurrences_changed.disconnect(listen)


@pytest.fixture
def event(cast: Cast, session: Session, now: datetime) -> Event:
    """An event that has just been published, with one occurrence."""
    event = cast.event(S.SUBMITTED)
    return publish_event(session, event, actor=cast.karin, now=now)


def test_publishing_renders_at_sequence_nought(event: Event) -> None:
    (occurrence,) = event.occurrences

    assert (occurrence.sequence, occurrence.component.startswith("BEGIN:VEVENT\r\n")) == (0, True)


@pytest.mark.parametrize(
    "fields",
    [
        {"first_day": TUESDAY},
        {"start": time(17)},
        {"end": time(20)},
        {"time_kind": TimeKind.WITHIN_SPAN},
        {"is_preliminary": True},
        {"place_id": None},
    ],
)
def test_sequence_rises_with_time_place_and_certainty(
    cast: Cast, session: Session, now: datetime, event: Event, fields: Any
) -> None:
    (occurrence,) = event.occurrences

    change_occurrence(session, occurrence, fields, actor=cast.anna, now=now)

    assert occurrence.sequence == 1


@pytest.mark.parametrize("fields", [{"room": "B"}, {"time_note": "Insläpp 17.30"}, {"capacity_onsite": 30}])
def test_sequence_stays_at_other_changes_though_the_component_changes(
    cast: Cast, session: Session, now: datetime, event: Event, fields: Any
) -> None:
    (occurrence,) = event.occurrences
    change_occurrence(session, occurrence, fields, actor=cast.anna, now=now)

    assert occurrence.sequence == 0


def test_sequence_rises_when_it_is_off_and_when_it_is_on(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    (occurrence,) = event.occurrences
    sequences = []
    for step in (
        lambda: cancel_occurrence(session, occurrence, "Sjuk", actor=cast.anna, now=now),
        lambda: reinstate_occurrence(session, occurrence, actor=cast.anna, now=now),
        lambda: cancel_event(session, event, "Sjuk", actor=cast.anna, now=now),
        lambda: reinstate_event(session, event, actor=cast.anna, now=now),
    ):
        step()
        sequences.append(occurrence.sequence)

    assert sequences == [1, 2, 3, 4]


def test_what_is_unpublished_leaves_the_feeds_at_once_and_comes_back_with_a_higher_sequence(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    (occurrence,) = event.occurrences
    before = cast.edition.revision

    withdraw_event(session, event, "Fel talare", actor=cast.anna, now=now)
    assert (occurrence.component, occurrence.sequence, occurrence.schedule_print) == ("", 0, HIDDEN)
    assert cast.edition.revision == before + 1

    take_back_event(session, event, actor=cast.anna, now=now)
    save_event(session, event, {"title": "Ny talare"}, expected_version=None, actor=cast.anna, now=now)
    submit_event(session, event, actor=cast.anna, now=now)
    assert cast.edition.revision == before + 1

    publish_event(session, event, actor=cast.karin, now=now)
    assert (occurrence.sequence, occurrence.component != "") == (1, True)
    assert cast.edition.revision == before + 2


def test_what_the_public_once_saw_is_not_removed_from_a_draft(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    (seen,) = event.occurrences
    withdraw_event(session, event, "Fel talare", actor=cast.anna, now=now)
    take_back_event(session, event, actor=cast.anna, now=now)
    unseen = add_occurrence(
        session, event, {"time_kind": TimeKind.ON_BOOKING, "first_day": TUESDAY}, actor=cast.anna, now=now
    )

    with pytest.raises(Invalid):
        remove_occurrence(session, seen, actor=cast.anna, now=now)
    remove_occurrence(session, unseen, actor=cast.anna, now=now)
    assert event.occurrences == [seen]


def test_closing_an_event_hides_it_and_opening_it_shows_it_anew(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    (occurrence,) = event.occurrences

    save_event(session, event, {"visibility": Visibility.CLOSED}, expected_version=None, actor=cast.anna, now=now)
    assert occurrence.component == ""
    save_event(session, event, {"visibility": Visibility.PUBLIC}, expected_version=None, actor=cast.anna, now=now)
    assert (occurrence.component != "", occurrence.sequence) == (True, 1)


@pytest.mark.parametrize("status", [one for one in S if not one.is_public])
def test_what_is_not_public_is_nobodys_business(
    cast: Cast, session: Session, now: datetime, told: list[list[str]], status: EventStatus
) -> None:
    event = cast.event(status)
    before = cast.edition.revision

    announce(session, event, now=now)

    assert (told, cast.edition.revision) == ([], before)


@pytest.mark.parametrize("status", [one for one in S if one.is_public])
def test_what_is_public_is_told_once_for_all_its_occurrences(
    cast: Cast, session: Session, now: datetime, told: list[list[str]], status: EventStatus
) -> None:
    event = cast.event(status)
    make_occurrence(session, event, TUESDAY)
    event = lock_event(session, event.id)
    before = cast.edition.revision

    announce(session, event, now=now)

    assert told == [[occurrence.uid for occurrence in event.occurrences]]
    assert cast.edition.revision == before + 1


def test_whoever_announced_still_holds_the_whole_event(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    save_event(session, event, {"series": "Lunch"}, expected_version=None, actor=cast.anna, now=now)

    assert event.occurrences[0].place is cast.library
    assert (event.decision_criterion, event.saved_by, list(event.hostings)) == (None, cast.anna_user, [])


def test_a_material_change_asks_the_partners_again(cast: Cast, session: Session, now: datetime, event: Event) -> None:
    hosting = make_hosting(session, event, cast.region, accepted_facts=material_facts(event))

    save_event(session, event, {"summary": "Ny text."}, expected_version=None, actor=cast.anna, now=now)
    assert hosting.needs_confirmation is False
    change_occurrence(session, event.occurrences[0], {"first_day": TUESDAY}, actor=cast.anna, now=now)
    assert (hosting.state, hosting.needs_confirmation) == (HostingState.ACCEPTED, True)


def test_the_stamp_of_the_edition_rises_by_a_second_at_least(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    first = cast.edition.changed_at
    for text in ("A", "B"):
        save_event(session, event, {"summary": text}, expected_version=None, actor=cast.anna, now=now)

    assert cast.edition.changed_at == first + timedelta(seconds=2)


def test_many_events_at_once_raise_the_revision_once(
    cast: Cast, session: Session, now: datetime, told: list[list[str]]
) -> None:
    events = [cast.event(status, title=status.value) for status in S]
    before = cast.edition.revision

    show_all(session, [event.id for event in events], now=now)

    shown = [event.occurrences[0].uid for event in events if event.status.is_public]
    assert (told, cast.edition.revision) == ([shown], before + 1)


@pytest.mark.parametrize("occurrences", [1, 3])
def test_the_cost_of_a_change_does_not_depend_on_how_much_there_is(
    cast: Cast,
    session: Session,
    now: datetime,
    count_queries: Callable[[], AbstractContextManager[Any]],
    occurrences: int,
) -> None:
    event = cast.event()
    for number in range(occurrences):
        make_hosting(session, event, make_organisation(session, f"Partner {number}"), accepted_facts=None)
        if number:
            make_occurrence(session, event, date(2027, 9, 22 + number))
    event = lock_event(session, event.id)
    announce(session, event, now=now)

    with count_queries() as queries:
        announce(session, event, now=now)

    # One of them sees that it has the same words as before, and two that it is found under the same values.
    assert queries.count == 15

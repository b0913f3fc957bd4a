"""What those who work with events ask for, at a cost that does not grow with the answer."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.core.tokens import token_hash
from planner.events.models import Event, EventStatus, HostingRole, HostingState
from planner.events.queries import (
    changed_after_review,
    event_for_editing,
    events_of,
    hosting_by_token,
    hostings_waiting_for,
    lock_event,
    occurrence_ids_at_venue,
    occurrence_ids_of_organisation,
    occurrences_for_rendering,
    review_queue,
)
from planner.organisations.models import Organisation
from planner.organisations.rules import NOBODY, SYSTEM, Actor
from tests.events.cast import Cast
from tests.factories import (
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_venue,
)

S = EventStatus
KIL = Actor(id=90, coordinated_kommuner=frozenset({"1715"}))
KARLSTAD = Actor(id=91, coordinated_kommuner=frozenset({"1780"}))


def titles(events: Any) -> list[str]:
    return [event.title for event in events]


@pytest.mark.parametrize("key", ["DV27-0001", "dv27-0001"])
def test_an_event_is_found_by_its_number_in_any_case(cast: Cast, session: Session, key: str) -> None:
    event = cast.event()

    assert event_for_editing(session, key) is event
    assert event_for_editing(session, event.id) is event


def test_an_unknown_number_finds_nothing(session: Session) -> None:
    assert event_for_editing(session, "DV27-9999") is None


def touch_everything(event: Event) -> list[object]:
    """Read all that belongs to an event; one that is not loaded would raise."""
    return [
        event.edition.themes,
        event.edition.criteria,
        event.organiser.name,
        event.saved_by,
        event.decision_criterion,
        event.part_of,
        *((one.place, one.digital_place, one.reserve_place, one.previous_times) for one in event.occurrences),
        *((one.organisation, one.answered_by) for one in event.hostings),
        event.themes,
        event.audiences,
        event.languages,
        event.kommuner,
        event.features,
        event.texts,
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_whole_event_is_loaded_at_the_same_cost_however_much_there_is(
    cast: Cast, session: Session, count_queries: Callable[[], AbstractContextManager[Any]], rows: int
) -> None:
    made = make_event(session, organiser=cast.organiser, with_occurrence=False, themes=[cast.theme])
    for number in range(rows):
        make_occurrence(session, made, date(2027, 9, 20 + number), digital_place=cast.room)
        make_hosting(session, made, make_organisation(session, f"Partner {number}"))
    session.flush()
    session.expunge_all()

    with count_queries() as queries:
        event = lock_event(session, made.id)
        touch_everything(event)

    assert (len(event.occurrences), len(event.hostings)) == (rows, rows)
    assert queries.count == 15


@pytest.mark.parametrize("rows", [1, 3])
def test_occurrences_are_loaded_for_rendering_at_the_same_cost(
    cast: Cast, session: Session, count_queries: Callable[[], AbstractContextManager[Any]], rows: int
) -> None:
    events = [make_event(session, title=f"Nummer {n}", organiser=cast.organiser) for n in range(rows)]
    for number, event in enumerate(events):
        make_hosting(session, event, make_organisation(session, f"Partner {number}"))
    ids = [one for event in events for one in occurrence_ids_of_organisation(session, event.organiser_id)][:rows]
    session.flush()
    session.expunge_all()

    with count_queries() as queries:
        occurrences = occurrences_for_rendering(session, ids)
        names = [
            (one.event.title, one.place and one.place.facts, [host.organisation for host in one.event.hostings])
            for one in occurrences
        ]

    assert len(names) == rows
    assert queries.count == 11


@pytest.fixture
def week(cast: Cast, session: Session) -> dict[str, Event]:
    """Events of three organisations in every status that a list tells apart."""
    kil = make_organisation(session, "Kils kommun", kommun_code="1715")
    earlier = make_edition(session, "Demokrativeckan 2025", slug="2025", number_prefix="DV25")

    def event(title: str, organiser: Organisation, status: EventStatus, **columns: Any) -> Event:
        return make_event(session, title, organiser=organiser, status=status, **{"edition": cast.edition, **columns})

    hour = datetime(2027, 8, 1, 12, 0, tzinfo=cast.edition.changed_at.tzinfo)
    return {
        "late": event("late", cast.organiser, S.SUBMITTED, submitted_at=hour + timedelta(hours=2)),
        "early": event("early", kil, S.SUBMITTED, submitted_at=hour),
        "region": event("region", cast.region, S.SUBMITTED, submitted_at=hour + timedelta(hours=1)),
        "draft": event("draft", cast.organiser, S.DRAFT, saved_at=hour),
        "changed": event("changed", kil, S.PUBLISHED, changed_after_review_at=hour),
        "withdrawn": event("withdrawn", kil, S.WITHDRAWN, changed_after_review_at=hour),
        "before": event("before", kil, S.SUBMITTED, edition=earlier),
    }


@pytest.mark.parametrize(
    ("actor", "waiting", "changed"),
    [
        ("karin", ["early", "region", "late"], ["changed"]),
        (SYSTEM, ["early", "region", "late"], ["changed"]),
        (KIL, ["early"], ["changed"]),
        (KARLSTAD, ["late"], []),
        (NOBODY, [], []),
    ],
)
def test_a_coordinator_has_the_queue_of_their_kommuner(
    cast: Cast,
    session: Session,
    week: dict[str, Event],
    actor: Actor | str,
    waiting: list[str],
    changed: list[str],
) -> None:
    person = cast.karin if isinstance(actor, str) else actor

    assert titles(review_queue(session, person, cast.edition)) == waiting
    assert titles(changed_after_review(session, person, cast.edition)) == changed


def test_an_organisations_events_are_its_own_and_those_it_hosts(
    cast: Cast, session: Session, week: dict[str, Event]
) -> None:
    make_hosting(session, week["early"], cast.organiser)
    make_hosting(session, week["region"], cast.organiser, state=HostingState.ASKED)
    make_hosting(session, week["before"], cast.organiser)

    assert set(titles(events_of(session, cast.organiser.id, cast.edition))) == {"late", "draft", "early"}
    assert set(titles(events_of(session, [cast.organiser.id]))) == {"late", "draft", "early", "before"}
    assert titles(events_of(session, cast.organiser.id, cast.edition))[0] == "draft"


def test_questions_wait_for_those_who_may_answer(cast: Cast, session: Session, week: dict[str, Event]) -> None:
    asked = make_hosting(session, week["early"], cast.region, state=HostingState.ASKED)
    changed = make_hosting(session, week["late"], cast.region, needs_confirmation=True)
    make_hosting(session, week["changed"], cast.region)
    make_hosting(session, week["draft"], cast.region, state=HostingState.DECLINED, needs_confirmation=True)

    assert list(hostings_waiting_for(session, cast.rut)) == [asked, changed]
    assert list(hostings_waiting_for(session, cast.anna)) == []
    assert list(hostings_waiting_for(session, NOBODY)) == []


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("which", ["events_of", "review_queue", "hostings_waiting_for"])
def test_lists_cost_the_same_however_long(
    cast: Cast,
    session: Session,
    count_queries: Callable[[], AbstractContextManager[Any]],
    rows: int,
    which: str,
) -> None:
    for number in range(rows):
        event = make_event(session, f"Nummer {number}", organiser=cast.organiser, status=S.SUBMITTED)
        make_occurrence(session, event, date(2027, 9, 21), digital_place=cast.room)
        make_hosting(session, event, cast.region, state=HostingState.ASKED, role=HostingRole.PARTICIPANT)
    session.flush()
    edition = cast.edition
    session.expunge_all()
    lists: dict[str, Callable[[], Any]] = {
        "events_of": lambda: events_of(session, cast.organiser.id, edition),
        "review_queue": lambda: review_queue(session, cast.karin, edition),
        "hostings_waiting_for": lambda: [one.event for one in hostings_waiting_for(session, cast.rut)],
    }

    with count_queries() as queries:
        for event in lists[which]():
            assert event.organiser.name
            assert event.edition.name
            assert [one.place and one.place.name for one in event.occurrences]
            assert [one.organisation and one.organisation.name for one in event.hostings]

    assert queries.count == {"events_of": 9, "review_queue": 9, "hostings_waiting_for": 11}[which]


def test_a_letters_link_finds_its_hosting_until_it_is_too_old(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event()
    hosting = make_hosting(
        session, event, cast.region, token_hash=token_hash("hemlig"), token_expires_at=now + timedelta(days=1)
    )

    found = hosting_by_token(session, "hemlig", now=now)

    assert found is hosting
    assert found.event.occurrences[0].place is cast.library
    assert hosting_by_token(session, "fel", now=now) is None
    assert hosting_by_token(session, "hemlig", now=now + timedelta(days=1)) is None


def test_a_place_is_named_as_place_link_or_reserve(cast: Cast, session: Session) -> None:
    event = cast.event(with_occurrence=False)
    hall = make_venue(session, "Aulan")
    at_hall = make_occurrence(session, event, place=hall)
    reserve = make_occurrence(session, event, place=None, reserve_place_id=hall.id)
    online = make_occurrence(session, event, digital_place=cast.room)

    assert list(occurrence_ids_at_venue(session, hall.id)) == [at_hall.id, reserve.id]
    assert list(occurrence_ids_at_venue(session, cast.room.id)) == [online.id]


def test_what_nobody_sees_is_not_rendered(cast: Cast, session: Session) -> None:
    for status in S:
        cast.event(status, title=status.value)

    found = occurrences_for_rendering(session, occurrence_ids_of_organisation(session, cast.organiser.id))

    assert {one.event.status for one in found} == {status for status in S if status.is_public}
    assert len(occurrence_ids_at_venue(session, cast.library.id)) == 3

"""Beginning an event, and throwing a draft away."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.audit.queries import history_of
from planner.core.errors import Invalid, NotAllowed
from planner.editions.models import EditionState
from planner.events.actions import create_draft, delete_draft, save_event
from planner.events.models import (
    Event,
    EventSlug,
    EventStatus,
    HostingState,
)
from planner.mail.models import Letter
from planner.organisations.models import Standing
from planner.organisations.rules import SYSTEM
from tests.events.cast import Cast, messages
from tests.factories import make_event, make_hosting, make_organisation

AFTER_THE_WEEK = datetime(2027, 9, 28, 8, 0, tzinfo=UTC)


def test_a_draft_begins_with_a_title_alone(cast: Cast, session: Session, now: datetime) -> None:
    event = create_draft(session, cast.edition, cast.organiser, "  Vem får\nhöras? ", actor=cast.elis, now=now)

    assert (event.number, event.slug, event.title) == ("DV27-0001", "vem-far-horas", "Vem får höras?")
    assert (event.status, event.version) == (EventStatus.DRAFT, 1)
    assert (event.created_by_id, event.created_at) == (cast.elis.id, now)
    assert [entry.action for entry in history_of(session, "event", event.id)] == ["create_draft"]


def test_two_events_with_one_title_have_an_address_each(cast: Cast, session: Session, now: datetime) -> None:
    addresses = [
        create_draft(session, cast.edition, cast.organiser, title, actor=cast.anna, now=now).slug
        for title in ("Samtal", "Samtal!", "Samtal", "Samtal om makt")
    ]

    assert addresses == ["samtal", "samtal-2", "samtal-3", "samtal-om-makt"]


def test_an_address_that_an_event_once_had_is_not_given_to_another(cast: Cast, session: Session, now: datetime) -> None:
    session.add(EventSlug(slug="samtal", event_id=cast.event(title="Något annat").id))

    assert create_draft(session, cast.edition, cast.organiser, "Samtal", actor=cast.anna, now=now).slug == "samtal-2"


@pytest.mark.parametrize(("title", "field"), [("", "title"), (" \u200b ", "title"), ("x" * 101, "title")])
def test_a_title_is_needed_and_fits(cast: Cast, session: Session, now: datetime, title: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        create_draft(session, cast.edition, cast.organiser, title, actor=cast.anna, now=now)

    assert list(messages(refused.value)) == [field]


def test_an_organisation_that_waits_to_be_verified_may_begin(cast: Cast, session: Session, now: datetime) -> None:
    cast.organiser.standing = Standing.PENDING

    assert create_draft(session, cast.edition, cast.organiser, "Samtal", actor=cast.anna, now=now).number == "DV27-0001"


def test_others_may_not_begin_for_it(cast: Cast, session: Session, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        create_draft(session, cast.edition, cast.organiser, "Samtal", actor=cast.rut, now=now)


def test_an_edition_that_takes_nothing_in_is_open_to_coordinators_alone(
    cast: Cast, session: Session, now: datetime
) -> None:
    cast.edition.state = EditionState.ARCHIVED

    with pytest.raises(Invalid) as refused:
        create_draft(session, cast.edition, cast.organiser, "Samtal", actor=cast.anna, now=now)
    assert messages(refused.value) == {"edition": "Upplagan tar inte emot fler programpunkter."}
    for actor in (cast.karin, SYSTEM):
        assert create_draft(session, cast.edition, cast.organiser, "Samtal", actor=actor, now=now).id


def test_after_the_last_day_nothing_more_is_taken_in(cast: Cast, session: Session) -> None:
    with pytest.raises(Invalid):
        create_draft(session, cast.edition, cast.organiser, "Samtal", actor=cast.anna, now=AFTER_THE_WEEK)


def test_an_event_is_not_part_of_itself_nor_of_its_parts(cast: Cast, session: Session, now: datetime) -> None:
    whole = cast.event(title="Hela dagen")
    part = cast.event(title="En timme", part_of_id=whole.id)

    for wanted in (whole.id, part.id):
        with pytest.raises(Invalid):
            save_event(session, whole, {"part_of_id": wanted}, expected_version=None, actor=cast.anna, now=now)


def test_an_event_is_not_part_of_a_draft_that_one_may_not_see(cast: Cast, session: Session, now: datetime) -> None:
    theirs = make_event(session, organiser=cast.region, edition=cast.edition, status=EventStatus.DRAFT)

    with pytest.raises(Invalid):
        save_event(session, cast.event(), {"part_of_id": theirs.id}, expected_version=None, actor=cast.anna, now=now)


def test_a_draft_is_thrown_away_and_partners_are_told(
    cast: Cast, session: Session, now: datetime, assert_letter: Callable[..., Letter]
) -> None:
    event = cast.event(EventStatus.DRAFT)
    part = cast.event(EventStatus.DRAFT, title="En del", part_of_id=event.id)
    make_hosting(session, event, cast.region)
    make_hosting(session, event, make_organisation(session, "Eda kommun"), state=HostingState.DECLINED)

    delete_draft(session, event, actor=cast.elis, now=now)

    session.refresh(part)
    assert (session.scalars(sa.select(Event.id)).all(), part.part_of_id) == ([part.id], None)
    assert_letter("event_draft_deleted", to=cast.rut.email)
    assert session.scalars(sa.select(Letter.to_address)).all() == [cast.rut.email]


@pytest.mark.parametrize("status", [one for one in EventStatus if one is not EventStatus.DRAFT])
def test_what_was_sent_in_is_not_thrown_away(cast: Cast, session: Session, now: datetime, status: EventStatus) -> None:
    with pytest.raises(NotAllowed):
        delete_draft(session, cast.event(status), actor=cast.anna, now=now)

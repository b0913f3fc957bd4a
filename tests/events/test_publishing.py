"""Publishing: by whom, of whom, and what the letter says."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.core.errors import Invalid, NotAllowed
from planner.editions.models import EditionState
from planner.events.actions import (
    publish_event,
    return_event,
    submit_event,
    take_back_event,
)
from planner.events.models import EventStatus, HostingState, Visibility
from planner.mail.models import Letter
from planner.organisations.models import Standing
from planner.organisations.rules import SYSTEM
from tests.events.cast import Cast, messages
from tests.factories import (
    make_hosting,
)

S = EventStatus
AFTER_THE_WEEK = datetime(2027, 9, 28, 8, 0, tzinfo=UTC)


def test_publishing_lets_everybody_see_it(
    cast: Cast, session: Session, now: datetime, assert_letter: Callable[..., Letter]
) -> None:
    event = cast.event(S.SUBMITTED)
    before = cast.edition.revision

    publish_event(session, event, actor=cast.karin, now=now)

    assert (event.status, event.published_at, event.decided_at) == (S.PUBLISHED, now, now)
    assert event.occurrences[0].component.startswith("BEGIN:VEVENT\r\n")
    assert cast.edition.revision == before + 1
    assert_letter("event_published", to=cast.anna.email)


@pytest.mark.parametrize(
    ("columns", "state", "file"),
    [
        ({"visibility": Visibility.CLOSED}, EditionState.PUBLISHED, "event_published_closed"),
        ({}, EditionState.OPEN, "event_published_early"),
    ],
)
def test_the_letter_says_where_it_can_be_seen_and_when(
    cast: Cast,
    session: Session,
    now: datetime,
    assert_letter: Callable[..., Letter],
    columns: dict[str, Any],
    state: EditionState,
    file: str,
) -> None:
    cast.edition.state = state

    publish_event(session, cast.event(S.SUBMITTED, **columns), actor=cast.karin, now=now)

    assert_letter("event_published", file=file)


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.VERIFIED])
def test_only_a_verified_organisers_event_is_published(
    cast: Cast, session: Session, now: datetime, standing: Standing
) -> None:
    cast.organiser.standing = standing

    with pytest.raises(Invalid) as refused:
        publish_event(session, cast.event(S.SUBMITTED), actor=cast.karin, now=now)

    assert messages(refused.value) == {
        "organiser": "Huvudarrangören är inte verifierad än. Verifiera organisationen först."
    }


def test_a_reviewer_does_not_publish_what_is_incomplete(cast: Cast, session: Session, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        publish_event(session, cast.event(S.SUBMITTED, summary=""), actor=cast.karin, now=now)

    assert list(messages(refused.value)) == ["summary"]


@pytest.mark.parametrize("status", [S.DRAFT, S.RETURNED])
def test_a_reviewer_publishes_only_what_was_sent_in(
    cast: Cast, session: Session, now: datetime, status: EventStatus
) -> None:
    with pytest.raises(Invalid):
        publish_event(session, cast.event(status), actor=cast.karin, now=now)


def test_an_import_publishes_what_is_incomplete_and_unclaimed(cast: Cast, session: Session, now: datetime) -> None:
    cast.organiser.standing = Standing.UNCLAIMED

    event = publish_event(session, cast.event(S.DRAFT, summary="", audiences=[]), actor=SYSTEM, now=now)

    assert (event.status, event.submitted_at) == (S.PUBLISHED, now)


def test_a_verified_organisers_administrator_publishes_where_the_edition_lets_them(
    cast: Cast, session: Session, now: datetime
) -> None:
    event = cast.event(S.DRAFT)
    with pytest.raises(NotAllowed):
        publish_event(session, event, actor=cast.anna, now=now)

    cast.edition.verified_may_publish = True
    with pytest.raises(NotAllowed):
        publish_event(session, event, actor=cast.elis, now=now)
    with pytest.raises(Invalid):
        publish_event(session, event, actor=cast.anna, now=AFTER_THE_WEEK)
    assert publish_event(session, event, actor=cast.anna, now=now).submitted_at == now


def test_what_a_coordinator_sent_back_is_not_published_by_way_of_a_draft(
    cast: Cast, session: Session, now: datetime
) -> None:
    cast.edition.verified_may_publish = True
    event = return_event(session, cast.event(S.SUBMITTED), "Skriv mer.", actor=cast.karin, now=now)

    submit_event(session, event, actor=cast.anna, now=now)
    draft = take_back_event(session, event, actor=cast.anna, now=now)

    assert draft.status is S.DRAFT
    with pytest.raises(NotAllowed):
        publish_event(session, draft, actor=cast.anna, now=now)


def test_partners_that_have_not_accepted_stay_as_they_are(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(S.SUBMITTED)
    hosting = make_hosting(session, event, cast.region, state=HostingState.ASKED)

    publish_event(session, event, actor=cast.karin, now=now)

    assert hosting.state is HostingState.ASKED
    assert "Region Värmland" not in event.occurrences[0].component

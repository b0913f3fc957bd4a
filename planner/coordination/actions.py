"""What a review leads to. The workflow itself is the events feature's; here it is told whether the reviewer is late."""

from datetime import datetime
from typing import assert_never

from sqlalchemy.orm import Session

from planner.audit.queries import history_of
from planner.coordination.decisions import Decision
from planner.core.errors import NotAllowed, StaleVersion
from planner.events.actions import publish_event, reject_event, return_event, withdraw_event
from planner.events.models import Event, EventStatus
from planner.events.queries import lock_event
from planner.events.rules import is_for_reviewer
from planner.organisations.rules import Actor


def decide(
    session: Session,
    event: Event,
    decision: Decision,
    *,
    reason: str,
    criterion_id: int | None,
    expected_version: int,
    actor: Actor,
    now: datetime,
) -> Event:
    """Publish, return or reject what the reviewer has read.

    Raises:
        NotAllowed: the actor does not review this event.
        StaleVersion: somebody else has changed it or decided on it since the page was shown.
        Invalid: something is missing.
    """
    event = lock_event(session, event.id)
    if not is_for_reviewer(actor, event):
        raise NotAllowed
    if event.version != expected_version or not _waits_for(session, event, actor):
        raise StaleVersion(event.version)
    match decision:
        case Decision.PUBLISH:
            return publish_event(session, event, actor=actor, now=now)
        case Decision.RETURN:
            return return_event(session, event, reason, actor=actor, now=now)
        case Decision.REJECT:
            criterion = next((each for each in event.edition.criteria if each.id == criterion_id), None)
            return reject_event(session, event, criterion, reason, actor=actor, now=now)
    assert_never(decision)


def take_away(
    session: Session, event: Event, reason: str, *, expected_version: int, actor: Actor, now: datetime
) -> Event:
    """Unpublish what the coordinator has read.

    Raises:
        StaleVersion: somebody else has changed it since the page was shown.
    """
    event = lock_event(session, event.id)
    if event.version != expected_version:
        raise StaleVersion(event.version)
    return withdraw_event(session, event, reason, actor=actor, now=now)


def _waits_for(session: Session, event: Event, actor: Actor) -> bool:
    """Whether a decision is still to be made; the actor's own, sent twice by a double click, counts as such."""
    if event.status is EventStatus.SUBMITTED:
        return True
    latest = history_of(session, "event", event.id)[:1]
    return bool(latest) and latest[0].actor_id == actor.id

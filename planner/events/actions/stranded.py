"""What becomes of the drafts that somebody began for an organisation that they turned out not to speak for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.core.errors import NotAllowed
from planner.events.actions.drafts import remove_draft, touch
from planner.events.actions.handover import lapse_handover
from planner.events.actions.publication import announce
from planner.events.models import Ending, Event, EventStatus
from planner.events.queries import begun_event_ids, lock_event
from planner.events.rules import may_begin_event, may_take_along
from planner.organisations.models import Organisation
from planner.organisations.rules import Actor

NOT_THEIRS = "Den som skickade in företräder inte organisationen."


def strand_drafts(
    session: Session, organisation: Organisation, writer_id: int, *, actor: Actor, now: datetime
) -> Sequence[Event]:
    """Leave what somebody began for the organisation, and nobody has decided on, with them alone.

    What was sent in leaves the reviewers' desks: nobody answers for it any more.
    """
    events = [lock_event(session, event_id) for event_id in begun_event_ids(session, organisation.id, writer_id)]
    for event in events:
        before, event.status, event.stranded_at = event.status, EventStatus.DRAFT, now
        lapse_handover(session, event, Ending.CLOSED, actor=actor, now=now)
        details = {"partner": organisation.name, "before": before.value, "after": event.status.value}
        log(session, "strand_draft", event, name=event.title, actor=actor, now=now, **details)
    return events


def move_stranded_draft(
    session: Session, event: Event, organiser: Organisation, *, actor: Actor, now: datetime
) -> Event:
    """Let the writer go on with it for an organisation of theirs. A second click finds it there."""
    event = lock_event(session, event.id)
    if event.stranded_at is None and event.organiser_id == organiser.id and event.created_by_id == actor.id:
        return event
    if not (may_take_along(actor, event) and may_begin_event(actor, organiser)):
        raise NotAllowed
    former, event.organiser, event.stranded_at = event.organiser, organiser, None
    event.hostings = [one for one in event.hostings if one.organisation_id != organiser.id]
    session.flush()
    touch(session, event, actor=actor, now=now)
    names = {"partner": organiser.name, "former": former.name}
    log(session, "move_draft", event, name=event.title, actor=actor, now=now, **names)
    announce(session, event, now=now)
    return event


def discard_stranded_draft(session: Session, event: Event, *, actor: Actor, now: datetime) -> None:
    """Let the writer be done with it before its time is out."""
    event = lock_event(session, event.id)
    if not may_take_along(actor, event):
        raise NotAllowed
    give_up(session, event, actor=actor, now=now)


def give_up(session: Session, event: Event, *, actor: Actor, now: datetime) -> None:
    """Remove a stranded draft; one that was once sent in is an official document, and ends as rejected instead.

    The event is fully loaded (``queries.lock_event``).
    """
    if event.submitted_at is None:
        remove_draft(session, event, actor=actor, now=now)
        return
    event.status, event.stranded_at = EventStatus.REJECTED, None
    event.decision_reason, event.decision_criterion, event.decided_at = NOT_THEIRS, None, now
    log(session, "reject_event", event, name=event.title, actor=actor, now=now, reason=NOT_THEIRS)
    session.flush()

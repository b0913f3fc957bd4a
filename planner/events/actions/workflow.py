"""The workflow: sent in, returned, rejected, published, called off, on again, unpublished, archived."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.core.errors import Invalid, NotAllowed, Problem
from planner.core.text import N_, clean_text
from planner.editions.models import Criterion, Edition
from planner.editions.rules import accepts_submissions
from planner.events.actions.event_fields import too_long
from planner.events.actions.handover import lapse_handover
from planner.events.actions.publication import announce
from planner.events.letters import workflow as letters
from planner.events.models import Ending, Event, EventStatus
from planner.events.queries import event_ids_in_handover, lock_event
from planner.events.rules import (
    ASKING,
    LEADS_TO,
    Step,
    is_coordinator_of,
    is_for_organiser,
    is_for_reviewer,
    is_step_open,
    may_acknowledge_change,
    missing_for_submission,
    publishes_own,
    today_in,
)
from planner.organisations.models import Standing
from planner.organisations.rules import Actor

LONGEST_REASON = 2_000
Rule = Callable[[Actor, Event], bool]


def submit_event(session: Session, event: Event, *, actor: Actor, now: datetime) -> Event:
    """Send an event in for review. From now on it is an official document that anybody may ask for.

    One that was returned may come in again after the last day for it.
    """
    event = _locked(session, event, is_for_organiser, actor)
    if _is_so(event, Step.SUBMIT):
        return event
    if event.organiser.standing is Standing.REFUSED:
        raise Invalid([Problem("", N_("Organisationen är inte verifierad och kan därför inte skicka in."))])
    _require_still_open(event, actor, now)
    _require_complete(event)
    event.submitted_at = now
    _take(session, event, Step.SUBMIT, actor=actor, now=now)
    letters.tell_event_submitted(session, event, now=now)
    announce(session, event, now=now)
    return event


def take_back_event(session: Session, event: Event, *, actor: Actor, now: datetime) -> Event:
    """Make what was sent in, or unpublished, a draft again: only its hosts see it."""
    event = _locked(session, event, is_for_organiser, actor)
    if _is_so(event, Step.TAKE_BACK):
        return event
    return _take(session, event, Step.TAKE_BACK, actor=actor, now=now)


def return_event(session: Session, event: Event, reason: str, *, actor: Actor, now: datetime) -> Event:
    """Ask the organiser to complete it, saying what is missing."""
    event = _locked(session, event, is_for_reviewer, actor)
    reason = _reason(reason, N_("Skriv vad som behöver kompletteras. Arrangören får texten i ett brev."))
    if _is_so(event, Step.RETURN, reason):
        return event
    _take(session, event, Step.RETURN, actor=actor, now=now, reason=reason)
    letters.tell_event_returned(session, event, actor=actor, now=now)
    return event


def reject_event(
    session: Session, event: Event, criterion: Criterion | None, reason: str, *, actor: Actor, now: datetime
) -> Event:
    """Say no by a published criterion, with the reason."""
    event = _locked(session, event, is_for_reviewer, actor)
    if criterion is None or criterion.edition_id != event.edition_id:
        raise Invalid([Problem("criterion", N_("Välj vilket av upplagans kriterier som inte är uppfyllt."))])
    reason = _reason(reason, N_("Skriv varför programpunkten inte uppfyller kriteriet."))
    if _is_so(event, Step.REJECT, reason):
        return event
    event.decision_criterion = criterion
    _take(session, event, Step.REJECT, actor=actor, now=now, reason=reason)
    letters.tell_event_rejected(session, event, actor=actor, now=now)
    return event


def publish_event(session: Session, event: Event, *, actor: Actor, now: datetime) -> Event:
    """Let everybody see it: after a review, or by a verified organiser itself where the edition allows it.

    The names of partners that have not accepted stay hidden. Imports may publish what is incomplete.
    """
    event = _locked(session, event, _may_ever_publish, actor)
    if _is_so(event, Step.PUBLISH):
        return event
    if not actor.is_system:
        _require_publishable(event, actor, now)
    event.submitted_at = event.submitted_at or now
    event.published_at = event.published_at or now
    event.changed_after_review_at = None
    _take(session, event, Step.PUBLISH, actor=actor, now=now)
    letters.tell_event_published(session, event, now=now)
    announce(session, event, now=now)
    return event


def cancel_event(session: Session, event: Event, reason: str, *, actor: Actor, now: datetime) -> Event:
    """Call the whole event off. It stays where people look for it; what each occurrence was stays known."""
    event = _locked(session, event, is_for_organiser, actor)
    reason = _reason(reason, N_("Skriv varför programpunkten ställs in. Orsaken visas för alla."))
    return _take_in_public(
        session, event, Step.CANCEL, letters.tell_event_cancelled, actor=actor, now=now, reason=reason
    )


def reinstate_event(session: Session, event: Event, *, actor: Actor, now: datetime) -> Event:
    """Say that one that was called off takes place after all, but for the occurrences called off one by one."""
    event = _locked(session, event, is_for_organiser, actor)
    return _take_in_public(session, event, Step.REINSTATE, letters.tell_event_reinstated, actor=actor, now=now)


def withdraw_event(session: Session, event: Event, reason: str, *, actor: Actor, now: datetime) -> Event:
    """Unpublish it: it vanishes at once, also from the feeds. Its row and history stay."""
    event = _locked(session, event, is_for_organiser, actor)
    reason = _reason(reason, N_("Skriv varför programpunkten avpubliceras."))
    return _take_in_public(
        session, event, Step.WITHDRAW, letters.tell_event_withdrawn, actor=actor, now=now, reason=reason
    )


def archive_events(session: Session, edition: Edition, *, actor: Actor, now: datetime) -> int:
    """Make an edition's published events archived ones; those called off stay so. The public sees the same.

    Returns:
        how many.
    """
    choice = sa.select(Event).where(Event.edition_id == edition.id, Event.status == EventStatus.PUBLISHED)
    events = session.scalars(choice.order_by(Event.id)).all()
    for event in events:
        event.status = EventStatus.ARCHIVED
        log(session, "archive_event", event, name=event.title, actor=actor, now=now)
    session.flush()
    for event_id in event_ids_in_handover(session, edition_id=edition.id):
        lapse_handover(session, lock_event(session, event_id), Ending.CLOSED, actor=actor, now=now)
    return len(events)


def acknowledge_change(session: Session, event: Event, *, actor: Actor, now: datetime) -> Event:
    """Note that a coordinator has seen what changed after the review."""
    event = lock_event(session, event.id)
    if not may_acknowledge_change(actor, event):
        raise NotAllowed
    event.changed_after_review_at = None
    log(session, "acknowledge_change", event, name=event.title, actor=actor, now=now)
    return event


def _locked(session: Session, event: Event, rule: Rule, actor: Actor) -> Event:
    event = lock_event(session, event.id)
    if not rule(actor, event):
        raise NotAllowed
    return event


def _may_ever_publish(actor: Actor, event: Event) -> bool:
    return is_for_reviewer(actor, event) or publishes_own(actor, event)


def _is_so(event: Event, step: Step, reason: str = "") -> bool:
    """Whether the step has been taken already, as by a double click.

    Raises:
        Invalid: it does not lead on from where the event stands.
    """
    if event.status is LEADS_TO[step] and event.decision_reason == reason:
        return True
    if not is_step_open(event.status, step):
        raise Invalid([Problem("", step.refusal, {"status": event.status.label.lower()})])
    return False


def _take(session: Session, event: Event, step: Step, *, actor: Actor, now: datetime, reason: str = "") -> Event:
    before = event.status
    event.status = LEADS_TO[step]
    event.decision_reason = reason
    if step is not Step.REJECT:
        event.decision_criterion = None
    if step not in (Step.SUBMIT, Step.TAKE_BACK):
        event.decided_at = now
    criterion = event.decision_criterion.title if event.decision_criterion else ""
    log(
        session,
        f"{step.value}_event",
        event,
        name=event.title,
        actor=actor,
        now=now,
        reason=reason,
        before=before.value,
        after=event.status.value,
        criterion=criterion,
    )
    if event.status not in ASKING:
        lapse_handover(session, event, Ending.CLOSED, actor=actor, now=now)
    return event


def _take_in_public(
    session: Session,
    event: Event,
    step: Step,
    tell: Callable[..., None],
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> Event:
    """Take a step that those who meant to come see: those who answer for the event are told, and everybody."""
    if _is_so(event, step, reason):
        return event
    _take(session, event, step, actor=actor, now=now, reason=reason)
    tell(session, event, now=now)
    announce(session, event, now=now)
    return event


def _reason(text: str, question: str) -> str:
    reason = clean_text(text)
    if not reason:
        raise Invalid([Problem("reason", question)])
    if len(reason) > LONGEST_REASON:
        raise Invalid([too_long("reason", reason, LONGEST_REASON)])
    return reason


def _require_still_open(event: Event, actor: Actor, now: datetime) -> None:
    is_in_time = event.submitted_at is not None or accepts_submissions(event.edition, today_in(event.edition, now))
    if not is_in_time and not is_coordinator_of(actor, event):
        raise Invalid([Problem("", N_("Sista dagen att skicka in har passerat. Kontakta samordnaren."))])


def _require_complete(event: Event) -> None:
    missing = missing_for_submission(event)
    if missing:
        raise Invalid(missing)


def _require_publishable(event: Event, actor: Actor, now: datetime) -> None:
    """A reviewer decides on what was sent in; whoever publishes their own does so in time; nothing may be missing."""
    if publishes_own(actor, event):
        _require_still_open(event, actor, now)
    elif event.status is not EventStatus.SUBMITTED:
        raise Invalid([Problem("", Step.PUBLISH.refusal, {"status": event.status.label.lower()})])
    if not event.organiser.is_verified:
        message = N_("Huvudarrangören är inte verifierad än. Verifiera organisationen först.")
        raise Invalid([Problem("organiser", message)])
    _require_complete(event)

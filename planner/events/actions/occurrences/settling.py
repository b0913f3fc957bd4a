"""What every change of an occurrence has in common: lock and ask first, then keep, note, log, tell and announce."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.core.errors import NotAllowed
from planner.events.actions.changes import occurrence_in_words
from planner.events.actions.drafts import note_unreviewed_change, touch
from planner.events.actions.occurrence_fields import stated
from planner.events.actions.publication import announce, was_ever_shown
from planner.events.facts import differences, material_facts, occurrence_facts, when_in_words
from planner.events.letters.workflow import tell_event_edited
from planner.events.models import Event, Occurrence, PreviousTime
from planner.events.queries import lock_event
from planner.events.rules import is_help, may_edit_event, zone_of
from planner.organisations.rules import Actor

_MOVED = ("time_kind", "first_day", "last_day", "starts_at", "ends_at", "place_slug", "digital_place_slug")


@dataclass(frozen=True)
class Before:
    """How things stood before a change: the event's material facts, the occurrence's own and what is stated of it."""

    event: Mapping[str, Any]
    occurrence: Mapping[str, Any]
    stated: Mapping[str, Any]


def lock_for_change(session: Session, event_id: int, actor: Actor) -> Event:
    """The whole event, kept from others, if the person may change its occurrences."""
    event = lock_event(session, event_id)
    if not may_edit_event(actor, event):
        raise NotAllowed
    return event


def is_published(occurrence: Occurrence, event: Event) -> bool:
    """Whether the occurrence is or was before people's eyes, so that it is called off rather than removed."""
    return was_ever_shown(occurrence) or event.status.is_public


def remember(event: Event, occurrence: Occurrence | None = None) -> Before:
    """Take down how things stand, before changing them."""
    if occurrence is None:
        return Before(material_facts(event), {}, {})
    return Before(material_facts(event), occurrence_facts(occurrence), _everything_stated(event, occurrence))


def settle(
    session: Session,
    event: Event,
    occurrence: Occurrence,
    before: Before,
    action: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> Occurrence:
    """Finish a change: keep the time and place that were, note who, log it, tell the organiser, announce it."""
    session.flush()
    _keep_previous_time(event, occurrence, before, now)
    touch(session, event, actor=actor, now=now)
    note_unreviewed_change(event, before.event, actor=actor, now=now)
    after = _everything_stated(event, occurrence)
    changed = sorted(key for key, value in after.items() if before.stated.get(key) != value) if before.stated else []
    log(
        session,
        action,
        event,
        name=event.title,
        actor=actor,
        now=now,
        reason=reason,
        occurrence=occurrence.uid,
        changed=changed,
    )
    tell_of_help(session, event, before, {key: (before.stated[key], after[key]) for key in changed}, actor, now)
    announce(session, event, now=now)
    return occurrence


def tell_of_help(
    session: Session,
    event: Event,
    before: Before,
    changed: Mapping[str, tuple[Any, Any]],
    actor: Actor,
    now: datetime,
) -> None:
    """Tell the main organiser what a coordinator changed in its occurrences."""
    if not is_help(actor, event):
        return
    found = [*differences(before.event, material_facts(event), zone_of(event)), *occurrence_in_words(changed)]
    if found:
        is_one_of_several = before.occurrence and len(event.occurrences) > 1
        about = when_in_words(before.occurrence, zone_of(event)) if is_one_of_several else ""
        tell_event_edited(session, event, found, about=about, actor=actor, now=now)


def _everything_stated(event: Event, occurrence: Occurrence) -> dict[str, Any]:
    return {
        **stated(occurrence, zone_of(event)),
        "reserve_place": occurrence.reserve_place.name if occurrence.reserve_place else "",
        "state": occurrence.state,
        "state_note": occurrence.state_note,
    }


def _keep_previous_time(event: Event, occurrence: Occurrence, before: Before, now: datetime) -> None:
    after = occurrence_facts(occurrence)
    if (
        before.occurrence
        and is_published(occurrence, event)
        and any(before.occurrence[key] != after[key] for key in _MOVED)
    ):
        occurrence.previous_times.append(PreviousTime(replaced_at=now, facts=dict(before.occurrence)))

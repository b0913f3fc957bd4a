"""The one door after every change that the public may see, and the few others that lead to the same room.

SEQUENCE counts what ``schedule_print`` fingerprints: when and where an occurrence is and whether it takes place
(RFC 5545 3.8.7.4). It never falls. A fingerprint of ``HIDDEN`` remembers that the occurrence once was shown, so that
its SEQUENCE rises when it comes back. What people see otherwise than before is written down as news in the same breath,
and the words that it is found by are written anew.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from planner.editions.actions import raise_revision
from planner.editions.models import Edition
from planner.events.actions.consent import ask_again
from planner.events.actions.counting import keep_counted
from planner.events.actions.news import record_news
from planner.events.actions.searchable import keep_searchable
from planner.events.models import Event, EventStatus, Occurrence
from planner.events.queries import lock_events, occurrences_for_rendering
from planner.events.rules import is_shown
from planner.events.signals import occurrences_changed

Touched = dict[Edition, list[int]]
"""Editions whose revision has to rise, each with the ids of its occurrences that have changed."""

HIDDEN = "-"
AT_A_TIME = 200
"""Events shown in one go, so that a change of a busy place does not hold the whole programme in memory."""


def announce(session: Session, event: Event, *, now: datetime) -> None:
    """Let everybody know of a change: partners, if it is material to them, and the public, if it sees the event.

    The event is fully loaded (``queries.lock_event``).
    """
    ask_again(session, event, now=now)
    show_change(session, event, now=now)


def show_change(session: Session, event: Event, *, now: datetime) -> None:
    """Render the event's occurrences anew and raise the edition's revision; nothing if it is not and was not shown."""
    _make_public(session, _show(session, [event], now), now)


def show_all(session: Session, event_ids: Sequence[int], *, now: datetime) -> None:
    """The same for many events at once: each edition's revision rises once, and no partner is asked."""
    session.flush()
    ids = sorted(set(event_ids))
    touched: Touched = {}
    for start in range(0, len(ids), AT_A_TIME):
        for edition, occurrence_ids in _show(
            session, lock_events(session, ids[start : start + AT_A_TIME]), now
        ).items():
            touched.setdefault(edition, []).extend(occurrence_ids)
    # Last, so that nobody who holds an event waits for an edition that is held by somebody who waits for that event.
    _make_public(session, touched, now)


def was_shown(occurrence: Occurrence) -> bool:
    """Whether the public has seen the occurrence as it stood after the latest change."""
    return occurrence.schedule_print not in ("", HIDDEN)


def was_ever_shown(occurrence: Occurrence) -> bool:
    """Whether the public has ever seen the occurrence: such a row is never deleted."""
    return occurrence.schedule_print != ""


def schedule_print(occurrence: Occurrence, event: Event) -> str:
    """A fingerprint of what SEQUENCE counts."""
    counted = (
        occurrence.time_kind,
        occurrence.first_day.isoformat(),
        occurrence.last_day.isoformat(),
        occurrence.starts_at and occurrence.starts_at.isoformat(),
        occurrence.ends_at and occurrence.ends_at.isoformat(),
        occurrence.is_preliminary,
        occurrence.place_id,
        occurrence.digital_place_id,
        occurrence.state,
        event.status is EventStatus.CANCELLED,
    )
    return hashlib.sha256(json.dumps(counted).encode()).hexdigest()


def _show(session: Session, events: Sequence[Event], now: datetime) -> Touched:
    """Render what is or was shown, and say which occurrences of which edition the public may see otherwise now."""
    touched = [event for event in events if is_shown(event) or any(was_shown(one) for one in event.occurrences)]
    occurrences = [occurrence for event in touched for occurrence in event.occurrences]
    shown_before = {occurrence for occurrence in occurrences if was_shown(occurrence)}
    rescheduled = {occurrence for occurrence in occurrences if _count_schedule(occurrence, occurrence.event)}
    session.flush()
    if ids := [occurrence.id for occurrence in occurrences]:
        whole = occurrences_for_rendering(session, ids)
        record_news(session, whole, shown_before=shown_before, rescheduled=rescheduled, now=now)
        keep_searchable(session, whole)
        occurrences_changed.send(list(whole), session=session, now=now)
    found: Touched = {event.edition: [] for event in touched}
    for occurrence in occurrences:
        found[occurrence.event.edition].append(occurrence.id)
    return found


def _make_public(session: Session, touched: Touched, now: datetime) -> None:
    for edition in sorted(touched, key=lambda edition: edition.id):
        raise_revision(session, edition, now=now)
        keep_counted(session, edition, touched[edition])


def _count_schedule(occurrence: Occurrence, event: Event) -> bool:
    """Keep the print, and SEQUENCE with it; whether what it counts has become otherwise for those who see it."""
    if not is_shown(event):
        occurrence.schedule_print = HIDDEN if was_ever_shown(occurrence) else ""
        occurrence.component = ""
        return False
    printed = schedule_print(occurrence, event)
    if printed == occurrence.schedule_print:
        return False
    if was_ever_shown(occurrence):
        occurrence.sequence += 1
    occurrence.schedule_print = printed
    return True

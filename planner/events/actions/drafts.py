"""Beginning an event, saving what is stated about it, throwing away a draft."""

from collections.abc import Mapping
from datetime import datetime
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.audit.actions import log
from planner.core.errors import Invalid, NotAllowed, Problem, StaleVersion
from planner.core.text import N_, clean_line, slugify
from planner.editions.actions import take_event_number
from planner.editions.models import Edition
from planner.editions.rules import accepts_submissions
from planner.events.actions.changes import Changed, changed_fields, for_log, in_words
from planner.events.actions.event_fields import EventFields, clean_fields, problems_of, stated, store, too_long
from planner.events.actions.publication import announce
from planner.events.facts import differences, material_facts
from planner.events.letters.workflow import tell_draft_deleted, tell_event_edited
from planner.events.models import Event, EventSlug, EventStatus
from planner.events.models.event import TITLE_LENGTH
from planner.events.queries import lock_event
from planner.events.rules import (
    is_for_reviewer,
    is_help,
    may_begin_event,
    may_delete_draft,
    may_edit_event,
    may_see_event,
    missing_texts,
    today_in,
    zone_of,
)
from planner.organisations.models import Organisation
from planner.organisations.rules import Actor

UNFINISHED = (EventStatus.DRAFT, EventStatus.RETURNED)
"""Where an event may lack what it needs to be sent in."""


def create_draft(
    session: Session, edition: Edition, organiser: Organisation, title: str, *, actor: Actor, now: datetime
) -> Event:
    """Begin an event with nothing but a title. The organiser need not be verified yet."""
    if not may_begin_event(actor, organiser):
        raise NotAllowed
    if not actor.coordinates(organiser.kommun_code) and not accepts_submissions(edition, today_in(edition, now)):
        raise Invalid([Problem("edition", N_("Upplagan tar inte emot fler programpunkter."))])
    title = clean_line(title)
    if not title:
        raise Invalid([Problem("title", N_("Skriv en rubrik."))])
    if len(title) > TITLE_LENGTH:
        raise Invalid([too_long("title", title, TITLE_LENGTH)])
    slug = _free_slug(session, title, None)
    event = Event(
        edition=edition,
        organiser=organiser,
        number=take_event_number(session, edition),
        slug=slug,
        title=title,
        created_by_id=actor.id,
        created_at=now,
        saved_by_id=actor.id,
        saved_at=now,
    )
    session.add(event)
    log(session, "create_draft", event, name=title, actor=actor, now=now, number=event.number)
    return lock_event(session, event.id)


def save_event(
    session: Session, event: Event, fields: EventFields, *, expected_version: int | None, actor: Actor, now: datetime
) -> Event:
    """Save what is stated about an event. A second save of the same, as by a double click, changes nothing.

    Raises:
        StaleVersion: somebody else saved other things since ``expected_version``.
    """
    event = lock_event(session, event.id)
    if not may_edit_event(actor, event):
        raise NotAllowed
    before, given = stated(event), clean_fields(fields)
    problems = problems_of(given, before, event.edition)
    problems += _problems_of_part(session, event, given, actor)
    if event.status not in UNFINISHED:
        problems += _problems_of_gaps(event, before, given)
    if problems:
        raise Invalid(problems)
    changed = changed_fields(before, given)
    if not changed:
        return event
    if expected_version is not None and expected_version != event.version:
        raise StaleVersion(event.version)
    _store(session, event, given, changed, actor=actor, now=now)
    return event


def delete_draft(session: Session, event: Event, *, actor: Actor, now: datetime) -> None:
    """Throw away a draft that was never sent in. Its number is not used again; partners are told."""
    event = lock_event(session, event.id)
    if not may_delete_draft(actor, event):
        raise NotAllowed
    remove_draft(session, event, actor=actor, now=now)


def remove_draft(session: Session, event: Event, *, actor: Actor, now: datetime) -> None:
    """Take a draft away with all that belongs to it; those who had said yes to it, or were asked, are told.

    The event is fully loaded (``queries.lock_event``).
    """
    tell_draft_deleted(session, event, now=now)
    log(session, "delete_draft", event, name=event.title, actor=actor, now=now, number=event.number)
    session.execute(sa.update(Event).where(Event.part_of_id == event.id).values(part_of_id=None))
    # An open question to take over goes before the hosting that it hangs on.
    event.handover = None
    session.flush()
    session.delete(event)
    session.flush()


def touch(session: Session, event: Event, *, actor: Actor, now: datetime) -> None:
    """Note who saved something of the event last, and when: whoever read it before that has read another version."""
    event.version += 1
    event.saved_by = session.get(User, actor.id) if actor.id is not None else None
    event.saved_at = now


def note_unreviewed_change(event: Event, facts: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """Remember that a published event came to differ materially from ``facts`` without a coordinator's eyes on it."""
    if not event.status.is_public or actor.is_system or is_for_reviewer(actor, event):
        return
    if differences(facts, material_facts(event), zone_of(event)):
        event.changed_after_review_at = now


def _store(
    session: Session, event: Event, given: dict[str, Any], changed: Changed, *, actor: Actor, now: datetime
) -> None:
    facts = material_facts(event)
    names = _names(session, event, changed)
    if "title" in changed:
        _move_address(session, event, given["title"])
    store(event, given, event.edition)
    touch(session, event, actor=actor, now=now)
    note_unreviewed_change(event, facts, actor=actor, now=now)
    log(session, "save_event", event, name=event.title, actor=actor, now=now, version=event.version, **for_log(changed))
    if is_help(actor, event):
        tell_event_edited(session, event, in_words(changed, names), actor=actor, now=now)
    announce(session, event, now=now)


def _problems_of_gaps(event: Event, before: Mapping[str, Any], given: Mapping[str, Any]) -> list[Problem]:
    """What would be missing that was there before: nobody takes away what a submitted or published event needs."""
    already = {problem.field for problem in missing_texts(before, event.organiser)}
    missing = missing_texts({**before, **given}, event.organiser)
    return [problem for problem in missing if problem.field not in already and problem.field != "title"]


def _problems_of_part(session: Session, event: Event, given: Mapping[str, Any], actor: Actor) -> list[Problem]:
    """An event may be part of one that the person may see, of the same edition, and not of itself by a detour."""
    wanted = given.get("part_of_id")
    if wanted is None or wanted == event.part_of_id:
        return []
    whole = session.get(Event, wanted)
    seen: set[int] = {event.id}
    step = whole
    while step is not None and step.id not in seen:
        seen.add(step.id)
        step = session.get(Event, step.part_of_id) if step.part_of_id else None
    is_circle = step is not None
    if whole is None or is_circle or whole.edition_id != event.edition_id or not _may_see(session, whole, actor):
        return [Problem("part_of_id", N_("Välj en annan programpunkt i samma upplaga."))]
    return []


def _may_see(session: Session, event: Event, actor: Actor) -> bool:
    session.refresh(event, ["organiser", "hostings"])
    return may_see_event(actor, event)


def _names(session: Session, event: Event, changed: Changed) -> dict[str, dict[int, str]]:
    """What to call the themes and whole events that the changed values name by id, by field."""
    wholes = [one for one in changed.get("part_of_id", ()) if one]
    rows = session.execute(sa.select(Event.id, Event.title).where(Event.id.in_(wholes))).all()
    return {
        "themes": {theme.id: theme.name for theme in [*event.themes, *(row.theme for row in event.edition.themes)]},
        "part_of_id": {row.id: row.title for row in rows},
    }


def _move_address(session: Session, event: Event, title: str) -> None:
    """Give the event its new title's address; once published, the old one leads on to it for ever."""
    slug = _free_slug(session, title, event)
    if slug == event.slug:
        return
    session.execute(sa.delete(EventSlug).where(EventSlug.slug == slug))
    if event.published_at is not None:
        session.add(EventSlug(slug=event.slug, event_id=event.id))
    event.slug = slug


def _free_slug(session: Session, title: str, event: Event | None) -> str:
    """The title's address, or the first free one with a number after it; an event's own count as free."""
    # Addresses are one row of numbers for all editions: the first edition's row is held while one is taken.
    session.execute(sa.select(Edition.id).order_by(Edition.id).limit(1).with_for_update())
    wanted = slugify(title)
    own = event.id if event else None
    current = sa.select(Event.slug).where(
        Event.slug.startswith(wanted, autoescape=True), Event.id.is_distinct_from(own)
    )
    former = sa.select(EventSlug.slug).where(
        EventSlug.slug.startswith(wanted, autoescape=True), EventSlug.event_id.is_distinct_from(own)
    )
    with session.no_autoflush:
        taken = set(session.scalars(current.union(former)))
    candidates = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(slug for slug in candidates if slug not in taken)

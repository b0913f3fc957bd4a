"""What the feeds ask. What the public may see is decided in ``events.queries``; these only narrow it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, defer, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from planner.editions.models import Edition, EditionState
from planner.editions.queries import public_editions
from planner.events.models import Event, EventSlug, Hosting, Occurrence
from planner.events.queries import count_occurrences, in_order, number_matching, public_occurrences
from planner.events.queries.public import BACKWARDS, IN_ORDER
from planner.events.queries.visibility import may_be_seen
from planner.feeds.feed import Feed
from planner.programmes.models import Programme as Saves
from planner.programmes.models import SavedOccurrence
from planner.programmes.queries import Saved, visible_in
from planner.venues.models import Venue

AT_ONCE = 30_000
"""Rows for which one question is asked: more than any programme has, fewer than the values a statement may carry."""

_SEVERAL = (Event.themes, Event.audiences, Event.languages, Event.kommuner, Event.features, Event.texts)


@dataclass(frozen=True)
class Programme:
    """The edition that a feed shows, and since when it has looked as it does."""

    edition: Edition
    changed_at: datetime


def programme_of(session: Session, slug: str = "") -> Programme | None:
    """The named public edition, else the one that ``events.queries.edition_of`` takes; one question.

    Without a name the time of change is the latest of all public editions: were it only the shown one's, it would
    fall when a newer edition is archived and an older one is shown again.
    """
    editions = public_editions(session)
    if slug:
        return next((Programme(each, each.changed_at) for each in editions if each.slug == slug), None)
    published = [edition for edition in editions if edition.state is EditionState.PUBLISHED]
    for edition in (*published, *editions):
        return Programme(edition, max(each.changed_at for each in editions))
    return None


def event_named(session: Session, slug: str) -> Event | None:
    """The event at this present or former address with its edition, if the public may see it."""
    former = sa.select(EventSlug.event_id).where(EventSlug.slug == slug)
    return session.scalars(
        sa.select(Event)
        .join(Event.edition)
        .where(sa.or_(Event.slug == slug, Event.id.in_(former)), may_be_seen())
        .options(contains_eager(Event.edition))
        .order_by(sa.desc(Event.slug == slug))
        .limit(1)
    ).one_or_none()


def latest_components(session: Session, feed: Feed, most: int) -> tuple[list[str], int]:
    """The stored components of the last so many of a feed, oldest day first, and how many it has in all.

    One question, one more for several filters, nothing rendered.
    """
    if feed.edition is None:
        return [], 0
    found = _found(session, feed.edition, feed, most=most, from_the_end=True)
    total = number_matching(session, feed.edition, feed.query)
    rows = session.execute(found.with_only_columns(Occurrence.component, total)).all()
    return [component for component, _total in reversed(rows)], rows[0][1] if rows else 0


def occurrences_of(session: Session, feed: Feed, *, most: int | None = None) -> Sequence[Occurrence]:
    """The occurrences of a feed with all that any shape says of them, oldest day first: always as many questions."""
    if feed.edition is None:
        return ()
    return session.scalars(_found(session, feed.edition, feed, most=most).options(*_for_rows())).all()


def count_of(session: Session, feed: Feed) -> int:
    """How many occurrences a feed has."""
    if feed.edition is None:
        return 0
    if feed.event_id is None:
        return count_occurrences(session, feed.edition, feed.query)
    return session.scalar(_found(session, feed.edition, feed).with_only_columns(sa.func.count()).order_by(None)) or 0


def saved_for_rows(session: Session, programme: Saves) -> list[Saved]:
    """What a resident has saved that everybody may see, with all that any shape says of it and the editions."""
    edition = contains_eager(Occurrence.event).contains_eager(Event.edition)
    found = visible_in(programme).join(Event.edition).add_columns(SavedOccurrence.saved_at)
    rows = session.execute(found.options(*_for_rows(), edition).order_by(*IN_ORDER))
    return [Saved(occurrence, saved_at) for occurrence, saved_at in rows]


def _found(
    session: Session, edition: Edition, feed: Feed, *, most: int | None = None, from_the_end: bool = False
) -> sa.Select[Occurrence]:
    """In the order of the calendar, or backwards; no more than so many."""
    if feed.event_id is None:
        return in_order(session, edition, feed.query, limit=most, from_the_end=from_the_end)
    # Without the edition, by whose index the database would look for an event's few occurrences.
    found = public_occurrences(None, feed.query).where(Occurrence.event_id == feed.event_id)
    return found.order_by(*(BACKWARDS if from_the_end else IN_ORDER)).limit(most)


def _for_rows() -> tuple[ExecutableOption, ...]:
    event = contains_eager(Occurrence.event)
    return (
        defer(Occurrence.component, raiseload=True),
        joinedload(Occurrence.place).selectinload(Venue.facts, chunksize=AT_ONCE),
        joinedload(Occurrence.digital_place),
        joinedload(Occurrence.reserve_place),
        selectinload(Occurrence.previous_times, chunksize=AT_ONCE),
        event.defer(Event.description, raiseload=True),
        event.joinedload(Event.organiser),
        event.selectinload(Event.hostings, chunksize=AT_ONCE).joinedload(Hosting.organisation),
        *(event.selectinload(several, chunksize=AT_ONCE) for several in _SEVERAL),
    )

"""What search engines and shared links ask of events: every public address, and one event in a few words."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from planner.events.models import Event, EventSlug, EventText, Hosting, Occurrence
from planner.events.queries.visibility import may_be_seen


def count_public_events(session: Session) -> int:
    """How many events the public may see, of every edition."""
    return session.scalar(sa.select(sa.func.count(Event.id)).where(may_be_seen())) or 0


def public_event_addresses(session: Session, *, offset: int, limit: int) -> Sequence[tuple[str, datetime | None]]:
    """Slug and latest change of so many public events, in the order in which they were begun: one question."""
    events = (
        sa.select(Event.id, Event.slug, Event.published_at)
        .where(may_be_seen())
        .order_by(Event.id)
        .offset(offset)
        .limit(limit)
        .subquery()
    )
    changed_at = sa.func.coalesce(sa.func.max(Occurrence.component_changed_at), events.c.published_at)
    rows = session.execute(
        sa.select(events.c.slug, changed_at)
        .outerjoin(Occurrence, Occurrence.event_id == events.c.id)
        .group_by(events.c.id, events.c.slug, events.c.published_at)
        .order_by(events.c.id)
    )
    return [(slug, moment) for slug, moment in rows]


def event_in_short(session: Session, slug: str, language: str) -> Event | None:
    """The public event at this present or former address: titles, times, places and names, three questions, or four.

    The title in another language than Swedish comes along if there is one.
    """
    former = sa.select(EventSlug.event_id).where(EventSlug.slug == slug)
    occurrences = selectinload(Event.occurrences).defer(Occurrence.component, raiseload=True)
    return session.scalars(
        sa.select(Event)
        .where(sa.or_(Event.slug == slug, Event.id.in_(former)), may_be_seen())
        .options(
            sa.orm.defer(Event.description, raiseload=True),
            sa.orm.defer(Event.description_html, raiseload=True),
            joinedload(Event.edition),
            joinedload(Event.organiser),
            selectinload(Event.hostings).joinedload(Hosting.organisation),
            occurrences,
            selectinload(Event.occurrences).joinedload(Occurrence.place),
            selectinload(Event.occurrences).joinedload(Occurrence.digital_place),
            selectinload(Event.texts.and_(EventText.language == language)).load_only(EventText.title),
        )
        .order_by(sa.desc(Event.slug == slug))
        .limit(1)
    ).one_or_none()

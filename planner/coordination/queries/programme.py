"""The whole programme of a coordinator's kommuner as a list, whatever its status but draft."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from planner.coordination.queries.narrowing import is_coordinated_by
from planner.core.text import slugify
from planner.editions.models import Edition
from planner.events.models import Event, EventStatus, Occurrence
from planner.organisations.models import Organisation
from planner.organisations.rules import Actor

COUNTED_STATUSES = tuple(status for status in EventStatus if status is not EventStatus.DRAFT)
"""A draft is its hosts' own."""


def event_ids_found(
    session: Session, actor: Actor, edition: Edition, words: str, status: EventStatus | None
) -> Sequence[int]:
    """The events whose number, title or organiser hold every word, by number."""
    statuses = COUNTED_STATUSES if status is None else (status,)
    rows = session.execute(
        sa.select(Event.id, Event.number, Event.title, Organisation.name)
        .join(Event.organiser)
        .where(Event.edition_id == edition.id, Event.status.in_(statuses), is_coordinated_by(actor))
        .order_by(Event.number)
    )
    wanted = slugify(words).split("-") if words else []
    return [row.id for row in rows if _holds(wanted, row.number, row.title, row.name)]


def _holds(wanted: Sequence[str], *texts: str) -> bool:
    folded = slugify(" ".join(texts), longest=1_000) if wanted else ""
    return all(word in folded for word in wanted)


def events_by_ids(session: Session, ids: Sequence[int]) -> Sequence[Event]:
    """The events as rows of a list: with organiser, occurrences and their places; by number."""
    return session.scalars(
        sa.select(Event)
        .where(Event.id.in_(ids))
        .options(
            joinedload(Event.organiser),
            selectinload(Event.occurrences).options(joinedload(Occurrence.place), joinedload(Occurrence.digital_place)),
        )
        .order_by(Event.number)
    ).all()

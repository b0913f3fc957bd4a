"""What only the workspace asks for."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from planner.events.models import Event, Hosting
from planner.events.queries.visibility import may_be_seen


def possible_wholes(session: Session, event: Event) -> Sequence[Event]:
    """The events that an event may be part of: its organiser's others in the same edition, by title.

    With what the rules need: not everybody who edits the event may see all of them.
    """
    own = sa.and_(Event.organiser_id == event.organiser_id, Event.part_of_id.is_(None))
    return session.scalars(
        sa.select(Event)
        .where(
            Event.edition_id == event.edition_id,
            Event.id != event.id,
            sa.or_(own, Event.id == event.part_of_id) if event.part_of_id else own,
        )
        .options(selectinload(Event.organiser), selectinload(Event.hostings))
        .order_by(Event.title, Event.id)
    ).all()


def is_public_image(session: Session, file: str) -> bool:
    """Whether a stored picture belongs to an event that everybody may see."""
    return session.scalar(sa.select(Event.id).where(Event.image_file == file, may_be_seen()).limit(1)) is not None


def event_with_image(session: Session, file: str) -> Event | None:
    """The event that a stored picture belongs to, with what the rules need."""
    return session.scalars(
        sa.select(Event)
        .where(Event.image_file == file)
        .options(selectinload(Event.organiser), selectinload(Event.edition), selectinload(Event.hostings))
        .limit(1)
    ).one_or_none()


def hosting_of_event(event: Event, hosting_id: int) -> Hosting | None:
    """One hosting of a loaded event."""
    return next((hosting for hosting in event.hostings if hosting.id == hosting_id), None)

"""Events that meet at the same place at the same time: a warning, never a stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from planner.events.models import Event, EventStatus, Occurrence, OccurrenceState
from planner.venues.models import Venue

UNSTATED_LENGTH = timedelta(hours=1)
"""How long something without an end is taken to last when it is compared with others."""

COUNTED = (EventStatus.SUBMITTED, EventStatus.RETURNED, EventStatus.PUBLISHED)


@dataclass(frozen=True)
class Clash:
    """One of the event's occurrences and another event's at the same place; ``is_certain`` when clocks overlap."""

    occurrence: Occurrence
    other: Occurrence
    venue: Venue
    is_certain: bool


def clashes_of(session: Session, event: Event) -> Sequence[Clash]:
    """What else goes on where and when the event does, the certain ones first; needs its occurrences with places."""
    own = [occurrence for occurrence in event.occurrences if occurrence.state.takes_place]
    places = {id_ for one in own for id_ in (one.place_id, one.digital_place_id) if id_ is not None}
    if not places:
        return []
    others = session.scalars(
        sa.select(Occurrence)
        .join(Occurrence.event)
        .where(Occurrence.event_id != event.id, Event.status.in_(COUNTED))
        .where(sa.or_(Occurrence.place_id.in_(places), Occurrence.digital_place_id.in_(places)))
        .where(Occurrence.state.in_([state for state in OccurrenceState if state.takes_place]))
        .where(Occurrence.first_day <= max(one.last_day for one in own))
        .where(Occurrence.last_day >= min(one.first_day for one in own))
        .options(joinedload(Occurrence.event).joinedload(Event.organiser))
        .order_by(Occurrence.first_day, Occurrence.id)
    ).all()
    found = [clash for one in own for other in others if (clash := _clash(one, other))]
    return sorted(found, key=lambda clash: (not clash.is_certain, clash.occurrence.first_day, clash.other.id))


def _clash(one: Occurrence, other: Occurrence) -> Clash | None:
    venue = _shared(one, other)
    if venue is None or one.last_day < other.first_day or other.last_day < one.first_day:
        return None
    if one.starts_at is None or other.starts_at is None:
        return Clash(one, other, venue, is_certain=False)
    ends, other_ends = (
        one.ends_at or one.starts_at + UNSTATED_LENGTH,
        other.ends_at or other.starts_at + UNSTATED_LENGTH,
    )
    if one.starts_at < other_ends and other.starts_at < ends:
        return Clash(one, other, venue, is_certain=True)
    return None


def _shared(one: Occurrence, other: Occurrence) -> Venue | None:
    """Where both are; a place that only stands for an unknown one is nobody's."""
    theirs = {other.place_id, other.digital_place_id}
    shared = [place for place in (one.place, one.digital_place) if place is not None and place.id in theirs]
    return next((place for place in shared if not place.is_placeholder), None)

"""Occurrences whole, for those that render them, and which ones a change of a place or an organisation touches."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload, undefer
from sqlalchemy.orm.strategy_options import _AbstractLoad

from planner.events.models import Event, EventStatus, Hosting, HostingState, Occurrence, Visibility
from planner.venues.models import Venue

_SHOWN = (
    Event.status.in_([status for status in EventStatus if status.is_public]),
    Event.visibility == Visibility.PUBLIC,
)


def _everything_printed() -> tuple[_AbstractLoad, ...]:
    """All that any representation of an occurrence prints, in a constant number of statements."""
    places = (Occurrence.place, Occurrence.digital_place, Occurrence.reserve_place)
    return (
        *(joinedload(place).selectinload(Venue.facts) for place in places),
        selectinload(Occurrence.previous_times),
        undefer(Occurrence.seen_facts),
        selectinload(Occurrence.event).options(
            joinedload(Event.edition, innerjoin=True),
            joinedload(Event.organiser, innerjoin=True),
            joinedload(Event.part_of),
            selectinload(Event.hostings).joinedload(Hosting.organisation),
            selectinload(Event.themes),
            selectinload(Event.audiences),
            selectinload(Event.languages),
            selectinload(Event.kommuner),
            selectinload(Event.features),
            selectinload(Event.texts),
        ),
    )


# Made once: SQLAlchemy recognises a statement that it has met sooner than one that it has to go through anew.
_FOR_RENDERING = (
    sa.select(Occurrence)
    .where(Occurrence.id.in_(sa.bindparam("ids", expanding=True)))
    .options(*_everything_printed())
    .order_by(Occurrence.id)
)


def occurrences_for_rendering(session: Session, ids: Collection[int]) -> Sequence[Occurrence]:
    """The occurrences with everything that any representation of them prints, in the order of their ids.

    What the session has loaded is kept as it is, for whoever made the change holds it too.
    """
    return session.scalars(_FOR_RENDERING, {"ids": list(ids)}).all()


def shown_occurrence_ids(session: Session) -> Sequence[int]:
    """Every occurrence that the public may see once its edition is public."""
    return session.scalars(sa.select(Occurrence.id).join(Occurrence.event).where(*_SHOWN).order_by(Occurrence.id)).all()


def lock_events(session: Session, ids: Collection[int]) -> Sequence[Event]:
    """The events with their editions, main organisers and occurrences, kept from others until the transaction ends."""
    return session.scalars(
        sa.select(Event)
        .where(Event.id.in_(list(ids)))
        .options(selectinload(Event.edition), selectinload(Event.organiser), selectinload(Event.occurrences))
        .order_by(Event.id)
        .with_for_update(of=Event)
        .execution_options(populate_existing=True)
    ).all()


def event_ids_of(session: Session, occurrence_ids: Collection[int]) -> Sequence[int]:
    """The events that these occurrences belong to."""
    chosen = sa.select(Occurrence.event_id).where(Occurrence.id.in_(list(occurrence_ids)))
    return session.scalars(chosen.distinct().order_by(Occurrence.event_id)).all()


def occurrence_ids_at_venue(session: Session, venue_id: int) -> Sequence[int]:
    """The shown occurrences that name the place: as place, digital place or reserve."""
    return session.scalars(
        sa.select(Occurrence.id).join(Occurrence.event).where(names_place(venue_id), *_SHOWN).order_by(Occurrence.id)
    ).all()


def occurrence_ids_of_organisation(session: Session, organisation_id: int) -> Sequence[int]:
    """The shown occurrences that name the organisation: as main organiser or accepted host."""
    hosted = sa.select(Hosting.event_id).where(
        Hosting.organisation_id == organisation_id, Hosting.state == HostingState.ACCEPTED
    )
    return session.scalars(
        sa.select(Occurrence.id)
        .join(Occurrence.event)
        .where(sa.or_(Event.organiser_id == organisation_id, Event.id.in_(hosted)), *_SHOWN)
        .order_by(Occurrence.id)
    ).all()


def names_place(venue_id: int) -> sa.ColumnElement[bool]:
    """Whether an occurrence has the place in any of its three rooms for one."""
    return sa.or_(
        Occurrence.place_id == venue_id,
        Occurrence.digital_place_id == venue_id,
        Occurrence.reserve_place_id == venue_id,
    )

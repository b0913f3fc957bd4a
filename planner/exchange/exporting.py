"""Events out of the database, one JSON object a line."""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from planner.editions.models import Edition
from planner.events.models import Event, EventSlug, Hosting, Occurrence
from planner.exchange.record import event_record
from planner.venues.models import Venue

AT_A_TIME = 500


def export_lines(session: Session, edition: Edition | None = None) -> Iterator[str]:
    """Every event, of one edition or of all, as a line of JSON, in order of number; memory stays bounded."""
    ids = session.scalars(_wanted(sa.select(Event.id), edition).order_by(Event.number)).all()
    for at in range(0, len(ids), AT_A_TIME):
        for event in events_to_export(session, list(ids[at : at + AT_A_TIME])):
            yield record_line(session, event)
        session.expunge_all()


def record_line(session: Session, event: Event) -> str:
    """One event as a line of JSON, without the line end."""
    former = session.scalars(sa.select(EventSlug.slug).where(EventSlug.event_id == event.id)).all()
    return json.dumps(event_record(event, list(former)), ensure_ascii=False)


def events_to_export(session: Session, ids: list[int]) -> list[Event]:
    """The events with everything that a record holds, in order of number."""
    occurrences = selectinload(Event.occurrences)
    places = [
        occurrences.joinedload(place).options(selectinload(Venue.facts), joinedload(Venue.owner))
        for place in (Occurrence.place, Occurrence.digital_place, Occurrence.reserve_place)
    ]
    return list(
        session.scalars(
            sa.select(Event)
            .where(Event.id.in_(ids))
            .order_by(Event.number)
            .options(
                joinedload(Event.edition),
                joinedload(Event.organiser),
                joinedload(Event.part_of),
                joinedload(Event.decision_criterion),
                joinedload(Event.handover),
                occurrences.selectinload(Occurrence.previous_times),
                *places,
                selectinload(Event.hostings).joinedload(Hosting.organisation),
                selectinload(Event.themes),
                selectinload(Event.audiences),
                selectinload(Event.languages),
                selectinload(Event.kommuner),
                selectinload(Event.features),
                selectinload(Event.texts),
            )
            .execution_options(populate_existing=True)
        )
    )


def _wanted(query: sa.Select[int], edition: Edition | None) -> sa.Select[int]:
    # A stranded draft is a person's, and people are not carried.
    query = query.where(Event.stranded_at.is_(None))
    return query if edition is None else query.where(Event.edition_id == edition.id)

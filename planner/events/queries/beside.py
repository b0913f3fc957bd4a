"""What else there is for somebody who has found one event: from the same hosts, and near it on the same day."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Event, EventStatus, Occurrence, OccurrenceState
from planner.events.queries.public import IN_ORDER, for_cards, public_occurrences
from planner.events.queries.views import LASTS_FOR_DAYS

TAKES_PLACE = [state for state in OccurrenceState if state.takes_place]


def beside(
    session: Session,
    edition: Edition,
    query: CalendarQuery,
    day: date,
    *,
    without: Collection[int],
    limit: int,
    language: str,
) -> Sequence[Occurrence]:
    """The first occurrence of each other event that matches and takes place: from the day on first, then what is over.

    What has a time of its own comes before what goes on for days. ``without`` are the ids of the events that a visitor
    has before them already.
    """
    is_over = sa.case((Occurrence.last_day < day, 1), else_=0)
    goes_on = sa.case((LASTS_FOR_DAYS, 1), else_=0)
    order = (is_over, goes_on, *IN_ORDER)
    ranked = (
        public_occurrences(edition, query)
        .where(Occurrence.event_id.not_in(without), Occurrence.state.in_(TAKES_PLACE))
        .where(Event.status != EventStatus.CANCELLED)
        .with_only_columns(
            Occurrence.id, sa.func.row_number().over(partition_by=Occurrence.event_id, order_by=order).label("place")
        )
        .subquery()
    )
    return session.scalars(
        sa.select(Occurrence)
        .join(Occurrence.event)
        .where(Occurrence.id.in_(sa.select(ranked.c.id).where(ranked.c.place == 1)))
        .options(*for_cards(language))
        .order_by(*order)
        .limit(limit)
    ).all()

"""What else there is for somebody who has found one event: from the same hosts, and near it on the same day."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Occurrence
from planner.events.queries.narrowing import takes_place
from planner.events.queries.public import IN_ORDER, for_cards, public_occurrences
from planner.events.queries.shelves import look_up
from planner.events.queries.slots import Slot, in_calendar_order
from planner.events.queries.views import LASTS_FOR_DAYS
from planner.events.queries.visibility import may_be_seen

AT_FIRST, MANY = 60, 3_000
"""Among how many of what matches to look first for events that take place, and among how many then."""


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
    if kept := look_up(session, edition, query):

        def turn(slot: Slot) -> Any:
            return slot.last_day < day, slot.lasts_for_days, in_calendar_order(slot)

        for stop in (AT_FIRST, MANY):
            ids = kept.some(session, 0, stop, turn)
            among = sa.select(Occurrence).join(Occurrence.event).where(may_be_seen(), Occurrence.id.in_(ids))
            found = session.scalars(_first_of_each(among, day, without, limit, language)).all()
            if len(found) == limit or len(ids) < stop:
                return found
    return session.scalars(_first_of_each(public_occurrences(edition, query), day, without, limit, language)).all()


def _first_of_each(
    among: sa.Select[Occurrence], day: date, without: Collection[int], limit: int, language: str
) -> sa.Select[Occurrence]:
    is_over = sa.case((Occurrence.last_day < day, 1), else_=0)
    goes_on = sa.case((LASTS_FOR_DAYS, 1), else_=0)
    order = (is_over, goes_on, *IN_ORDER)
    ranked = (
        among.where(Occurrence.event_id.not_in(without), takes_place())
        .with_only_columns(
            Occurrence.id, sa.func.row_number().over(partition_by=Occurrence.event_id, order_by=order).label("place")
        )
        .subquery()
    )
    return (
        sa.select(Occurrence)
        .join(Occurrence.event)
        .where(Occurrence.id.in_(sa.select(ranked.c.id).where(ranked.c.place == 1)))
        .options(*for_cards(language))
        .order_by(*order)
        .limit(limit)
    )

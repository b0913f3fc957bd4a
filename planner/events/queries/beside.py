"""What else there is for somebody who has found one event: from the same hosts, and near it on the same day."""

import itertools
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Event, EventStatus, Occurrence, OccurrenceState
from planner.events.models.calendar import WHEN
from planner.events.queries.public import IN_ORDER, for_cards, public_occurrences
from planner.events.queries.shelves import look_up
from planner.events.queries.slots import Slots, in_turn, some_of
from planner.events.queries.views import LASTS_FOR_DAYS
from planner.events.queries.visibility import may_be_seen

AT_A_TIME = 60
"""Occurrences that are looked at in one go for events that take place."""
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
    ids: list[int] | sa.Select[int]
    if found := look_up(session, edition, query, WHEN):
        ids = _first_of_each(session, found.slots(), day, without, limit)
    else:
        ids = _ranked(edition, query, day, without, limit)
    return session.scalars(
        sa.select(Occurrence)
        .join(Occurrence.event)
        .where(may_be_seen(), Occurrence.id.in_(ids))
        .options(*for_cards(language))
        .order_by(*_order(day))
    ).all()


def _order(day: date) -> tuple[Any, ...]:
    is_over = sa.case((Occurrence.last_day < day, 1), else_=0)
    goes_on = sa.case((LASTS_FOR_DAYS, 1), else_=0)
    return is_over, goes_on, *IN_ORDER


def _first_of_each(session: Session, slots: Slots, day: date, without: Collection[int], limit: int) -> list[int]:
    """Which they are, of a programme that is kept by when things are: some are looked at, until there are enough."""
    sets = list(in_turn(slots, lambda slot: (slot.last_day < day, slot.lasts_for_days, slot.first_day, slot.start)))
    first: dict[int, int] = {}
    for start in itertools.count(0, AT_A_TIME):
        ids = some_of(sets, start, start + AT_A_TIME)
        rows = session.execute(
            sa.select(Occurrence.id, Occurrence.event_id)
            .join(Occurrence.event)
            .where(Occurrence.id.in_(ids), Occurrence.event_id.not_in(without), *_takes_place())
        )
        events = dict(rows.all())
        for each in ids:
            if each in events:
                first.setdefault(events[each], each)
        if len(ids) < AT_A_TIME or len(first) >= limit:
            break
    return list(first.values())[:limit]


def _ranked(edition: Edition, query: CalendarQuery, day: date, without: Collection[int], limit: int) -> sa.Select[int]:
    place = sa.func.row_number().over(partition_by=Occurrence.event_id, order_by=_order(day))
    ranked = (
        public_occurrences(edition, query)
        .where(Occurrence.event_id.not_in(without), *_takes_place())
        .with_only_columns(Occurrence.id, place.label("place"))
        .subquery()
    )
    firsts = sa.select(Occurrence.id).where(Occurrence.id.in_(sa.select(ranked.c.id).where(ranked.c.place == 1)))
    return firsts.order_by(*_order(day)).limit(limit)


def _takes_place() -> tuple[sa.ColumnElement[bool], ...]:
    return Occurrence.state.in_(TAKES_PLACE), Event.status != EventStatus.CANCELLED

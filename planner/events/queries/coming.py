"""What takes place next."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Occurrence
from planner.events.queries.narrowing import Condition, takes_place
from planner.events.queries.public import SWEDISH, cards_of, for_cards, public_occurrences
from planner.events.queries.shelves import look_up
from planner.events.queries.slots import STARTED_LONG_AGO, Slot, some_of

EVERYTHING = CalendarQuery()


def next_occurrences(
    session: Session,
    edition: Edition,
    now: datetime,
    limit: int,
    query: CalendarQuery = EVERYTHING,
    *,
    language: str = SWEDISH,
) -> Sequence[Occurrence]:
    """What takes place and is not over yet, soonest first; what goes on for days comes after the rest of today."""
    today = now.astimezone(ZoneInfo(edition.time_zone)).date()
    if kept := look_up(session, edition, query):

        def turn(slot: Slot) -> Any:
            return max(slot.first_day, today), slot.first_day < today, not slot.has_clock, slot.start

        ahead = kept.slots(session).taking_place().among(lambda slot: not _is_over(slot, now, today))
        return cards_of(session, some_of(ahead.in_turn(turn), 0, limit), language)
    from_today = sa.case((Occurrence.first_day < today, today), else_=Occurrence.first_day)
    has_gone_on = sa.case((Occurrence.first_day < today, 1), else_=0)
    return session.scalars(
        public_occurrences(edition, query)
        .where(_is_ahead(now.astimezone(UTC), today))
        .options(*for_cards(language))
        .order_by(from_today, has_gone_on, Occurrence.starts_at.asc().nulls_last(), Occurrence.id)
        .limit(limit)
    ).all()


def _is_over(slot: Slot, instant: datetime, today: date) -> bool:
    return slot.last_day < today or (slot.over_at is not None and slot.over_at <= instant)


def _is_ahead(instant: datetime, today: date) -> Condition:
    """Whether it takes place, and is not over."""
    is_not_over = sa.case(
        (Occurrence.ends_at.is_not(None), Occurrence.ends_at > instant),
        (Occurrence.starts_at.is_not(None), Occurrence.starts_at > instant - STARTED_LONG_AGO),
        else_=Occurrence.last_day >= today,
    )
    return sa.and_(is_not_over, Occurrence.last_day >= today, takes_place())

"""What goes on at a moment, and what begins next: what somebody with an hour to spare asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Event, EventStatus, Occurrence, OccurrenceState
from planner.events.queries.coming import STARTED_LONG_AGO
from planner.events.queries.public import for_cards, public_occurrences

A_NIGHT = timedelta(days=1)
"""How much earlier than today something may have begun that has a clock time and still goes on: past midnight."""


@dataclass(frozen=True)
class Moment:
    """What has begun and is not over; what begins next; what there is on the day without a stated hour."""

    day: date
    going_on: Sequence[Occurrence]
    coming: Sequence[Occurrence]
    today: Sequence[Occurrence]

    def __bool__(self) -> bool:
        return bool(self.going_on or self.coming or self.today)


def moment_of(
    session: Session, edition: Edition, query: CalendarQuery, now: datetime, *, limit: int, language: str
) -> Moment:
    """So many of each that match, soonest first, with all that a card shows. Three questions and what they load."""
    today, instant = now.astimezone(ZoneInfo(edition.time_zone)).date(), now.astimezone(UTC)
    is_there = sa.and_(Occurrence.first_day <= today, Occurrence.last_day >= today)
    has_begun = sa.and_(Occurrence.starts_at <= instant, Occurrence.first_day >= today - A_NIGHT)
    is_over = sa.func.coalesce(Occurrence.ends_at <= instant, Occurrence.starts_at <= instant - STARTED_LONG_AGO)
    lasts = sa.or_(Occurrence.starts_at.is_(None), Occurrence.first_day < today - A_NIGHT)
    taking_place = (
        public_occurrences(edition, query)
        .where(Occurrence.state.in_([state for state in OccurrenceState if state.takes_place]))
        .where(Event.status != EventStatus.CANCELLED)
        .options(*for_cards(language))
        .limit(limit)
    )
    by_clock, by_end = (Occurrence.starts_at, Occurrence.uid), (Occurrence.last_day, Occurrence.uid)
    ahead = sa.and_(Occurrence.starts_at > instant, Occurrence.first_day >= today)
    return Moment(
        day=today,
        going_on=session.scalars(taking_place.where(has_begun, sa.not_(is_over)).order_by(*by_clock)).all(),
        coming=session.scalars(taking_place.where(ahead).order_by(*by_clock)).all(),
        today=session.scalars(taking_place.where(is_there, lasts).order_by(*by_end)).all(),
    )

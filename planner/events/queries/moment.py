"""What goes on at a moment, and what begins next: what somebody with an hour to spare asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Occurrence
from planner.events.queries.narrowing import Condition, takes_place
from planner.events.queries.public import cards_of, for_cards, public_occurrences
from planner.events.queries.shelves import look_up
from planner.events.queries.slots import STARTED_LONG_AGO, Slot, Turn, in_calendar_order, some_of

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

    def few(self, number: int) -> Sequence[Occurrence]:
        """So many of all: at most half of them going on, unless nothing else is left."""
        rest = [*self.coming, *self.today]
        return [*self.going_on[: max(number // 2, number - len(rest))], *rest][:number]


def moment_of(
    session: Session, edition: Edition, query: CalendarQuery, now: datetime, *, limit: int, language: str
) -> Moment:
    """So many of each that match, with all that a card shows: three questions at most and what they load.

    What has just begun stands first, as it is not too late for that, and what begins next. Of what has no hour, that
    of the one day comes before what lasts, which stands by when it ends.
    """
    today = now.astimezone(ZoneInfo(edition.time_zone)).date()
    kinds = _kinds(now.astimezone(UTC), today)
    if kept := look_up(session, edition, query):
        slots = kept.slots(session).taking_place()
        ids = [some_of(slots.among(kind.is_so).in_turn(kind.turn), 0, limit) for kind in kinds]
        cards = {each.id: each for each in cards_of(session, list(chain(*ids)), language)}
        return Moment(today, *([cards[id_] for id_ in of_kind if id_ in cards] for of_kind in ids))
    found = public_occurrences(edition, query).where(takes_place()).options(*for_cards(language))
    return Moment(
        today,
        *(session.scalars(found.where(kind.condition).order_by(*kind.order).limit(limit)).all() for kind in kinds),
    )


@dataclass(frozen=True)
class _Kind:
    """What is there at a moment, and in what order, said twice: of a slot of a kept programme, and of an occurrence."""

    is_so: Callable[[Slot], bool]
    turn: Turn
    condition: Condition
    order: Sequence[sa.SQLColumnExpression[Any]]


def _kinds(instant: datetime, today: date) -> tuple[_Kind, _Kind, _Kind]:
    """What goes on, what comes, and what has no hour; all of it by its id last."""
    yesterday, day, starts_at = today - A_NIGHT, Occurrence.first_day, Occurrence.starts_at
    is_over = sa.func.coalesce(Occurrence.ends_at <= instant, starts_at <= instant - STARTED_LONG_AGO)
    lasts = Occurrence.last_day > day
    return (
        _Kind(
            lambda slot: slot.goes_on_at(instant) and slot.first_day >= yesterday,
            lambda slot: (-slot.first_day.toordinal(), instant - slot.start),
            sa.and_(starts_at <= instant, sa.not_(is_over), day >= yesterday),
            (day.desc(), starts_at.desc(), Occurrence.id),
        ),
        _Kind(
            lambda slot: slot.start > instant and slot.first_day >= today,
            in_calendar_order,
            sa.and_(starts_at > instant, day >= today),
            (day, starts_at, Occurrence.id),
        ),
        _Kind(
            lambda slot: slot.is_on(today, today) and (not slot.has_clock or slot.first_day < yesterday),
            lambda slot: (slot.last_day > slot.first_day, slot.last_day),
            sa.and_(day <= today, Occurrence.last_day >= today, sa.or_(starts_at.is_(None), day < yesterday)),
            (sa.case((lasts, 1), else_=0), Occurrence.last_day, Occurrence.id),
        ),
    )

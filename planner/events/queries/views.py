"""What the grids of the calendar ask: how much there is on which days, and of it as much as they have room for.

A grid never loads more than it shows, so that a day with a thousand occurrences costs what a day with ten does. Of a
kept programme it is read off by when things are; only of one that is not is it counted and ranked.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from planner.core.dates import spans_days
from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Occurrence
from planner.events.queries.public import IN_ORDER, for_cards, public_occurrences
from planner.events.queries.shelves import look_up
from planner.events.queries.slots import some_of


class day_after(FunctionElement[date]):  # noqa: N801 - SQL functions are written in small letters
    """The day after a day, which every database says in its own way."""

    type = sa.Date()
    inherit_cache = True


@compiles(day_after)
def _day_after(element: Any, compiler: Any, **words: Any) -> str:
    return f"({compiler.process(element.clauses, **words)} + 1)"


@compiles(day_after, "sqlite")
def _day_after_in_sqlite(element: Any, compiler: Any, **words: Any) -> str:
    return f"date({compiler.process(element.clauses, **words)}, '+1 day')"


LASTS_FOR_DAYS = sa.or_(
    Occurrence.last_day > day_after(Occurrence.first_day),
    sa.and_(Occurrence.last_day > Occurrence.first_day, Occurrence.starts_at.is_(None)),
)
"""Whether it spans days, rather than going on past midnight: the same as ``core.dates.spans_days``."""

IS_APART = sa.or_(LASTS_FOR_DAYS, Occurrence.starts_at.is_(None))
"""Whether it has no hour of its own on a day: it goes on for days, the whole day, or when one books."""


@dataclass(frozen=True)
class Span:
    """How many occurrences there are from one day to another, with or without a time by the clock."""

    first_day: date
    last_day: date
    has_clock: bool
    count: int

    @property
    def lasts_for_days(self) -> bool:
        return spans_days(self.first_day, self.last_day, has_clock=self.has_clock)

    def is_on(self, first: date, last: date) -> bool:
        """Whether it touches any of these days."""
        return self.first_day <= last and self.last_day >= first


def spans_between(session: Session, edition: Edition, query: CalendarQuery, first: date, last: date) -> Sequence[Span]:
    """How much of what matches goes on between two days, counted by its own days: a row for each span, not for each."""
    if found := look_up(session, edition, query):
        counts: Counter[tuple[date, date, bool]] = Counter()
        for slot, ids in found.slots(session).among(lambda slot: slot.is_on(first, last)):
            counts[slot.first_day, slot.last_day, slot.has_clock] += len(ids)
        return [Span(*span, count) for span, count in counts.items()]
    has_clock = Occurrence.starts_at.is_not(None)
    rows = session.execute(
        _between(edition, query, first, last)
        .with_only_columns(Occurrence.first_day, Occurrence.last_day, has_clock, sa.func.count())
        .group_by(Occurrence.first_day, Occurrence.last_day, has_clock)
    )
    return [Span(*row) for row in rows]


def shown_between(
    session: Session,
    edition: Edition,
    query: CalendarQuery,
    days: Sequence[date],
    a_day: int,
    lasting: int,
    language: str,
) -> Sequence[Occurrence]:
    """The first few of each of these days, and of what goes on for days; in order, with all that a card shows.

    What began before the first day and is no matter of days counts to the first one.
    """
    first, last = days[0], days[-1]
    if found := look_up(session, edition, query):
        lines = (
            found.slots(session)
            .among(lambda slot: slot.is_on(first, last))
            .apart(lambda slot: None if slot.lasts_for_days else max(first, slot.first_day))
        )
        shown = [
            id_ for line, slots in lines.items() for id_ in some_of(slots.in_turn(), 0, a_day if line else lasting)
        ]
        return _with_cards(session, shown, language)
    day = sa.case((Occurrence.first_day < first, first), else_=Occurrence.first_day)
    line = sa.case((LASTS_FOR_DAYS, sa.null()), else_=day)
    ranked = (
        _between(edition, query, first, last)
        .with_only_columns(
            Occurrence.id,
            sa.case((LASTS_FOR_DAYS, lasting), else_=a_day).label("room"),
            sa.func.row_number().over(partition_by=line, order_by=IN_ORDER).label("place"),
        )
        .subquery()
    )
    return _with_cards(session, sa.select(ranked.c.id).where(ranked.c.place <= ranked.c.room), language)


def shown_on(
    session: Session,
    edition: Edition,
    query: CalendarQuery,
    day: date,
    *,
    offset: int,
    limit: int,
    apart: int,
    language: str,
) -> Sequence[Occurrence]:
    """Of one day so many by the clock from an offset, and the first few of what has no hour of its own."""
    if found := look_up(session, edition, query):
        slots = found.slots(session).among(lambda slot: slot.is_on(day, day))
        beside = slots.among(lambda slot: slot.lasts_for_days or not slot.has_clock)
        by_clock = slots.among(lambda slot: slot.has_clock and not slot.lasts_for_days)
        shown = some_of(beside.in_turn(), 0, apart) + some_of(by_clock.in_turn(), offset, offset + limit)
        return _with_cards(session, shown, language)
    ranked = (
        _between(edition, query, day, day)
        .with_only_columns(
            Occurrence.id,
            sa.case((IS_APART, 0), else_=offset).label("above"),
            sa.case((IS_APART, apart), else_=offset + limit).label("room"),
            sa.func.row_number().over(partition_by=sa.case((IS_APART, 1), else_=0), order_by=IN_ORDER).label("place"),
        )
        .subquery()
    )
    fits = sa.and_(ranked.c.place > ranked.c.above, ranked.c.place <= ranked.c.room)
    return _with_cards(session, sa.select(ranked.c.id).where(fits), language)


def days_beside(
    session: Session, edition: Edition, query: CalendarQuery, first: date, last: date
) -> tuple[date | None, date | None]:
    """The nearest day before the first and after the last on which anything that matches begins.

    The index holds an edition's occurrences in this order, so that the first one found on either side is enough.
    """
    if found := look_up(session, edition, query):
        slots = found.slots(session)
        before = slots.among(lambda slot: slot.first_day < first).by(lambda slot: -slot.first_day.toordinal())
        after = slots.among(lambda slot: slot.first_day > last).by(lambda slot: slot.first_day)
        return next((slot.first_day for slot, _ in before), None), next((slot.first_day for slot, _ in after), None)
    of_query = public_occurrences(edition, query).with_only_columns(Occurrence.first_day).limit(1)
    earlier = of_query.where(Occurrence.first_day < first).order_by(Occurrence.first_day.desc())
    later = of_query.where(Occurrence.first_day > last).order_by(Occurrence.first_day)
    row = session.execute(sa.select(earlier.scalar_subquery(), later.scalar_subquery())).one()
    return row[0], row[1]


def _between(edition: Edition, query: CalendarQuery, first: date, last: date) -> sa.Select[Occurrence]:
    overlap = sa.and_(Occurrence.first_day <= last, Occurrence.last_day >= first)
    return public_occurrences(edition, query).where(overlap)


def _with_cards(session: Session, ids: sa.Select[int] | Sequence[int], language: str) -> Sequence[Occurrence]:
    return session.scalars(
        sa.select(Occurrence)
        .join(Occurrence.event)
        .where(Occurrence.id.in_(ids))
        .options(*for_cards(language))
        .order_by(*IN_ORDER)
    ).all()

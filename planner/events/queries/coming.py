"""What takes place next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import CalendarValue, Event, EventStatus, Occurrence, OccurrenceState
from planner.events.models.calendar import BEGINNING
from planner.events.models.occurrence import LASTS
from planner.events.queries.kept import ON_SHELF, stands_on, start_of
from planner.events.queries.narrowing import Condition, conditions_of
from planner.events.queries.public import SWEDISH, for_cards, public_occurrences
from planner.events.queries.values import Shelf

STARTED_LONG_AGO = timedelta(hours=2)
"""How long an occurrence that states no end is taken to go on."""

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
    is_ahead = _is_ahead(now.astimezone(UTC), today)
    start = start_of(edition, query)
    if start is None:
        found = public_occurrences(edition, query).where(is_ahead)
    else:
        shelf, rest = start
        is_found = sa.and_(is_ahead, *conditions_of(rest, edition_id=edition.id))
        soonest = _Candidates(edition, shelf, is_found, today, limit).ids()
        found = public_occurrences(None, EVERYTHING).where(Occurrence.id.in_(soonest))
    from_today = sa.case((Occurrence.first_day < today, today), else_=Occurrence.first_day)
    has_gone_on = sa.case((Occurrence.first_day < today, 1), else_=0)
    return session.scalars(
        found.options(*for_cards(language))
        .order_by(from_today, has_gone_on, Occurrence.starts_at.asc().nulls_last(), Occurrence.id)
        .limit(limit)
    ).all()


def _is_ahead(instant: datetime, today: date) -> Condition:
    """Whether it takes place, and is not over."""
    is_not_over = sa.case(
        (Occurrence.ends_at.is_not(None), Occurrence.ends_at > instant),
        (Occurrence.starts_at.is_not(None), Occurrence.starts_at > instant - STARTED_LONG_AGO),
        else_=Occurrence.last_day >= today,
    )
    return sa.and_(
        is_not_over,
        Occurrence.last_day >= today,
        Occurrence.state.in_([state for state in OccurrenceState if state.takes_place]),
        Event.status != EventStatus.CANCELLED,
    )


@dataclass(frozen=True)
class _Candidates:
    """A few occurrences of a shelf, the soonest ``limit`` among them: each kind's first, read off in its order.

    Those with a time stand in order; those without one stand before the others of their day, though they are told of
    after them; what began before today is found by when it ends.
    """

    edition: Edition
    shelf: Shelf
    is_found: Condition
    today: date
    limit: int

    def ids(self) -> sa.CompoundSelect[Any]:
        """The question for their ids."""
        timed = (
            self._on_shelf(CalendarValue.first_day >= self.today, CalendarValue.starts_at > BEGINNING)
            .order_by(*ON_SHELF)
            .limit(self.limit)
            .cte("timed")
        )
        # If there are enough with a time, none without one on a later day can be among the soonest.
        until = sa.select(sa.case((sa.func.count() == self.limit, sa.func.max(timed.c.first_day))))
        latest = sa.func.coalesce(until.scalar_subquery(), date.max)
        untimed = (
            self._on_shelf(
                CalendarValue.first_day >= self.today,
                CalendarValue.first_day <= latest,
                # Not "=", upon which SQLite leaves the column out of the order and sorts what stands in order.
                CalendarValue.starts_at <= BEGINNING,
            )
            .order_by(*ON_SHELF)
            .limit(self.limit)
            .cte("untimed")
        )
        begun = sa.union_all(sa.select(timed), sa.select(untimed)).subquery("begun")
        # Asked for only when the rest of today is not enough; in the week that spares going through all that lasts.
        of_today = sa.select(sa.func.count()).where(begun.c.first_day == self.today).scalar_subquery()
        gone_on = self._gone_on().where(of_today < self.limit).cte("gone_on")
        return sa.union(*(sa.select(some.c.id) for some in (timed, untimed, gone_on)))

    def _on_shelf(self, *conditions: Condition) -> sa.Select[int, date]:
        return (
            sa.select(CalendarValue.occurrence_id.label("id"), CalendarValue.first_day)
            .join(Occurrence, Occurrence.id == CalendarValue.occurrence_id)
            .join(Occurrence.event)
            .where(stands_on(self.edition, self.shelf), self.is_found, *conditions)
        )

    def _gone_on(self) -> sa.Select[int]:
        lasting = sa.and_(Occurrence.edition_id == self.edition.id, LASTS, Occurrence.first_day < self.today)
        on_shelf = sa.exists().where(CalendarValue.occurrence_id == Occurrence.id, stands_on(self.edition, self.shelf))
        return (
            sa.select(Occurrence.id)
            .join(Occurrence.event)
            .where(lasting, self.is_found, on_shelf)
            .order_by(Occurrence.starts_at.asc().nulls_last(), Occurrence.id)
            .limit(self.limit)
        )

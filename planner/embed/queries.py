"""What an embedded programme asks: what is still ahead. What the public may see is decided in ``events.queries``."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Occurrence
from planner.events.queries import cards_of, public_occurrences
from planner.events.queries.shelves import look_up
from planner.events.queries.slots import Slot, Slots, some_of

IN_ORDER = (Occurrence.starts_at.asc().nulls_first(), Occurrence.id)
"""As the index of the programme has it, to the last: so the database stops when it has enough."""
GOES_ON = sa.case(
    (sa.and_(Occurrence.starts_at.is_(None), Occurrence.first_day != Occurrence.last_day), 1),
    else_=0,
)
"""Whether it is a matter of days, which comes after what takes place on the day itself."""


def occurrences_ahead(
    session: Session, edition: Edition, query: CalendarQuery, since: date | None, *, limit: int, language: str
) -> Sequence[Occurrence]:
    """The first that match and are not over on a day (all without one), cancelled or not, with all that a card shows.

    What has gone on for days comes after what takes place on that day. Up to two questions more than a list.
    """
    ids: Sequence[int]
    if kept := look_up(session, edition, query):
        ids = _read_off(kept.slots(session), since, limit)
    else:
        ids = session.scalars(_first_ids(edition, query, since, limit)).all()
    return cards_of(session, ids, language)


def _read_off(slots: Slots, since: date | None, limit: int) -> list[int]:
    """Which they are, in order, of a programme that is kept by when things are."""
    start = since or date.min

    def turn(slot: Slot) -> tuple[date, bool, datetime]:
        goes_on = slot.starts_at is None and slot.first_day != slot.last_day
        return max(slot.first_day, start), slot.first_day < start or goes_on, slot.start

    return some_of(slots.among(lambda slot: slot.last_day >= start).in_turn(turn), 0, limit)


def _first_ids(edition: Edition, query: CalendarQuery, since: date | None, limit: int) -> sa.Select[int]:
    """Which they are, in order.

    What is of a day, what goes on, and what began earlier are asked for apart, each in the order of an index: among
    very many the database then looks at little more than it takes.
    """
    if since is None:
        return _ids(edition, query, (), (Occurrence.first_day, GOES_ON, *IN_ORDER), limit)
    ahead, went_on = Occurrence.first_day >= since, Occurrence.first_day < since
    by_day = (Occurrence.first_day, *IN_ORDER)
    parts = (
        _ids(edition, query, (ahead, GOES_ON == 0), by_day, limit),
        _ids(edition, query, (ahead, GOES_ON == 1), by_day, limit),
        _ids(edition, query, (went_on, Occurrence.last_day >= since), IN_ORDER, limit),
    )
    found = sa.union_all(*(sa.select(part.subquery().c.id) for part in parts)).subquery()
    has_begun = sa.case((Occurrence.first_day < since, 1), else_=0)
    day = sa.case((Occurrence.first_day < since, since), else_=Occurrence.first_day)
    both = sa.select(Occurrence.id).where(Occurrence.id.in_(sa.select(found.c.id)))
    return both.order_by(day, has_begun + GOES_ON > 0, *IN_ORDER).limit(limit)


def _ids(
    edition: Edition,
    query: CalendarQuery,
    where: Sequence[ColumnElement[bool]],
    order: Sequence[Any],
    limit: int,
) -> sa.Select[int]:
    found = public_occurrences(edition, query).with_only_columns(Occurrence.id)
    return found.where(*where).order_by(*order).limit(limit)

"""How many public occurrences there are for each value of a filter.

Of a kept programme it is read (``kept``), or the size of a set (``shelves``); of another it is counted.
"""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.calendar_query import NARROWING_KEYS, CalendarQuery
from planner.events.models import Occurrence
from planner.events.queries.kept import (
    WHOLE_SHELF,
    keeps_counts_by,
    kept_by_edition,
    number_on,
    numbers_of,
    shelf_of,
)
from planner.events.queries.public import public_occurrences
from planner.events.queries.shelves import look_up
from planner.events.queries.values import VALUES, days_of


def count_occurrences(session: Session, edition: Edition, query: CalendarQuery) -> int:
    """How many occurrences match."""
    shelf = shelf_of(edition, query)
    if shelf is not None:
        return session.scalar(number_on(edition, shelf)) or 0
    if found := look_up(session, edition, query):
        return found.number(session)
    return session.scalar(public_occurrences(edition, query).with_only_columns(sa.func.count())) or 0


def number_matching(session: Session, edition: Edition, query: CalendarQuery) -> sa.SQLColumnExpression[int]:
    """How many match, as a column beside some of what ``in_order`` finds, which has asked already for what is read."""
    if shelf := shelf_of(edition, query):
        return number_on(edition, shelf).scalar_subquery()
    found = look_up(session, edition, query)
    return sa.literal(found.number(session)) if found else sa.func.count().over()


def count_by(session: Session, edition: Edition, query: CalendarQuery, key: str) -> dict[str, int]:
    """How many occurrences each value of an address key would give under the query's other filters; no zeros."""
    others = query if key in NARROWING_KEYS else query.without(key)
    if keeps_counts_by(edition, key):
        if shelf_of(edition, others) == WHOLE_SHELF:
            return numbers_of(session, edition, key)
        if kept := look_up(session, edition, others, key):
            return {value: len(members) for value, members in kept.by(key).items()}
    found = public_occurrences(edition, others)
    if key == "dag":
        return _count_days(session, edition, found)
    rows = found.with_only_columns(
        Occurrence.id, Occurrence.event_id, Occurrence.place_id, Occurrence.digital_place_id
    ).cte("found")
    pairs = sa.union(*VALUES[key](rows)).subquery()
    # Each once: a language may be both spoken and interpreted to.
    value, number = pairs.c.value, sa.func.count(pairs.c.id.distinct())
    return dict(session.execute(sa.select(value, number).group_by(value).order_by(value)).all())


def count_by_edition(session: Session, query: CalendarQuery, editions: Collection[Edition]) -> dict[int, int]:
    """How many occurrences match in each of these public editions, by its id; no zeros."""
    shelves = {edition.id: shelf_of(edition, query) for edition in editions}
    kept = {edition_id: shelf for edition_id, shelf in shelves.items() if shelf is not None}
    counts: dict[int, int] = {}
    for shelf in set(kept.values()):
        counts |= kept_by_edition(session, list(kept), shelf)
    if left := [edition_id for edition_id in shelves if edition_id not in kept]:
        found = public_occurrences(None, query).where(Occurrence.edition_id.in_(left))
        counts |= dict(
            session.execute(
                found.with_only_columns(Occurrence.edition_id, sa.func.count()).group_by(Occurrence.edition_id)
            ).all()
        )
    return counts


def _count_days(session: Session, edition: Edition, found: sa.Select[Occurrence]) -> dict[str, int]:
    """Of the edition's own days; what goes on over several counts on each."""
    spans = session.execute(
        found.with_only_columns(Occurrence.first_day, Occurrence.last_day, sa.func.count()).group_by(
            Occurrence.first_day, Occurrence.last_day
        )
    ).all()
    counts = {day: sum(number for first, last, number in spans if first <= day <= last) for day in days_of(edition)}
    return {day.isoformat(): number for day, number in counts.items() if number}

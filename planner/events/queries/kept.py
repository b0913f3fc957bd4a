"""What is kept of an edition's programme (``models.calendar``), read: no answer here goes through the programme.

A *shelf* is one value of one filter, under which the occurrences stand in order; ("", "") holds them all.
"""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.calendar_query import FILTER_KEYS, NARROWING_KEYS, CalendarQuery
from planner.events.models import CalendarCount, CalendarValue, Occurrence
from planner.events.models.calendar import COUNTING, KEPT_KEYS
from planner.events.queries.values import days_kept

Shelf = tuple[str, str]
WHOLE_SHELF: Shelf = ("", "")

ON_SHELF = (CalendarValue.first_day, CalendarValue.starts_at, CalendarValue.occurrence_id)
"""The order in which they stand there: the index's, to the last column, so that nothing is sorted."""

NARROWEST_FIRST = ("plats", "arrangor", "tema", "behov", "kommun", "sprak", "malgrupp", "form", "dag")
"""From which shelf to start for a query with several filters: the first of these that it names one value of."""

Condition = sa.ColumnElement[bool]


def is_kept(edition: Edition) -> bool:
    """Whether the edition's programme is kept as it is meant to be by now, and public."""
    return edition.counting == COUNTING and edition.is_public


def shelves_of(edition: Edition, query: CalendarQuery) -> list[Shelf] | None:
    """The shelves on all of which a query finds what it finds; nothing if it cannot be said so.

    It cannot when a filter has several values any of which will do, or one that is not kept.
    """
    if not is_kept(edition):
        return None
    asked = [(key, value) for key in FILTER_KEYS for value in query.values_of(key)]
    if not all(_has_shelf(edition, key, value) for key, value in asked):
        return None
    if any(len(query.values_of(key)) > 1 for key, _value in asked if key not in NARROWING_KEYS):
        return None
    return [(key, str(value)) for key, value in asked] or [WHOLE_SHELF]


def start_of(edition: Edition, query: CalendarQuery) -> tuple[Shelf, CalendarQuery] | None:
    """The narrowest shelf that holds all that a query finds, and what of the query it does not answer by itself.

    Nothing for words, which have an index of their own: what they find is less than what stands on a shelf.
    """
    if not is_kept(edition) or query.words:
        return None
    for key in NARROWEST_FIRST:
        values = query.values_of(key)
        if len(values) == 1 and _has_shelf(edition, key, values[0]):
            return (key, str(values[0])), query.without(key)
    return WHOLE_SHELF, query


def keeps_counts_by(edition: Edition, key: str) -> bool:
    """Whether the values of a filter are counted in an edition."""
    return key in KEPT_KEYS and (key != "dag" or bool(days_kept(edition)))


def _has_shelf(edition: Edition, key: str, value: Any) -> bool:
    return key in KEPT_KEYS and (key != "dag" or value in days_kept(edition))


def stands_on(edition: Edition, shelf: Shelf) -> Condition:
    """Whether a kept row is one of the shelf's."""
    key, value = shelf
    return sa.and_(CalendarValue.edition_id == edition.id, CalendarValue.key == key, CalendarValue.value == value)


def is_on(edition: Edition, shelf: Shelf) -> Condition:
    """Whether an occurrence is on the shelf."""
    return Occurrence.id.in_(sa.select(CalendarValue.occurrence_id).where(stands_on(edition, shelf)))


def part_of_shelf(
    edition: Edition, shelf: Shelf, *, offset: int, limit: int, from_the_end: bool = False
) -> sa.Select[int]:
    """The ids of some of what stands there, counted from the beginning or from the end of the order."""
    return (
        sa.select(CalendarValue.occurrence_id)
        .where(stands_on(edition, shelf))
        .order_by(*(column.desc() if from_the_end else column for column in ON_SHELF))
        .offset(offset)
        .limit(limit)
    )


def number_on(edition: Edition, shelves: list[Shelf]) -> sa.Select[int]:
    """How many occurrences stand on the one or the two shelves at once; nothing for none."""
    one, other = (*shelves, WHOLE_SHELF)[:2]
    return sa.select(CalendarCount.number).where(_is_pair(one, other), _is_of([edition.id]))


def kept_by_edition(session: Session, edition_ids: Collection[int], shelf: Shelf) -> dict[int, int]:
    """How many occurrences stand on the shelf of each edition; no zeros."""
    return dict(
        session.execute(
            sa.select(CalendarCount.edition_id, CalendarCount.number).where(
                _is_pair(shelf, WHOLE_SHELF), _is_of(edition_ids), CalendarCount.number > 0
            )
        ).all()
    )


def kept_by(session: Session, edition: Edition, shelf: Shelf, key: str) -> dict[str, int]:
    """How many of what stands on the shelf each value of a filter has; no zeros."""
    on_shelf = sa.and_(CalendarCount.key == shelf[0], CalendarCount.value == shelf[1], CalendarCount.other == key)
    rows = session.execute(
        sa.select(CalendarCount.other_value, CalendarCount.number)
        .where(_is_of([edition.id]), on_shelf, CalendarCount.number > 0)
        .order_by(CalendarCount.other_value)
    )
    return dict(rows.all())


def _is_pair(one: Shelf, other: Shelf) -> Condition:
    return sa.and_(
        CalendarCount.key == one[0],
        CalendarCount.value == one[1],
        CalendarCount.other == other[0],
        CalendarCount.other_value == other[1],
    )


def _is_of(edition_ids: Collection[int]) -> Condition:
    return CalendarCount.edition_id.in_(edition_ids)

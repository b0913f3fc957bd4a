"""What is kept of an edition's programme (``models.calendar``), read: no answer here goes through the programme.

A *shelf* is one value of one filter, under which the occurrences stand in order; ("", "") holds them all.
"""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.calendar_query import FILTER_KEYS, CalendarQuery
from planner.events.models import CalendarShelf, CalendarValue, Occurrence
from planner.events.models.calendar import COUNTING, KEPT_KEYS
from planner.events.queries.values import Shelf, days_kept

WHOLE_SHELF: Shelf = ("", "")

ON_SHELF = (CalendarValue.first_day, CalendarValue.starts_at, CalendarValue.occurrence_id)
"""The order in which they stand there: the index's, to the last column, so that nothing is sorted."""

NARROWEST_FIRST = ("plats", "arrangor", "tema", "behov", "kommun", "sprak", "malgrupp", "form", "dag")
"""From which shelf to start for a query with several filters: the first of these that it names one value of."""

Condition = sa.ColumnElement[bool]


def is_kept(edition: Edition) -> bool:
    """Whether the edition's programme is kept as it is meant to be by now, and public."""
    return edition.counting == COUNTING and edition.is_public


def shelf_of(edition: Edition, query: CalendarQuery) -> Shelf | None:
    """The one shelf that holds what a query finds and nothing else, if there is one."""
    if not is_kept(edition):
        return None
    asked = [(key, value) for key in FILTER_KEYS for value in query.values_of(key)]
    if len(asked) > 1 or not all(_has_shelf(edition, key, value) for key, value in asked):
        return None
    return (asked[0][0], str(asked[0][1])) if asked else WHOLE_SHELF


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


def number_on(edition: Edition, shelf: Shelf) -> sa.Select[int]:
    """How many occurrences stand on a shelf; nothing for none."""
    return sa.select(CalendarShelf.number).where(_is(shelf), CalendarShelf.edition_id == edition.id)


def numbers_of(session: Session, edition: Edition, key: str) -> dict[str, int]:
    """How many occurrences each value of a filter has; no zeros."""
    rows = session.execute(
        sa.select(CalendarShelf.value, CalendarShelf.number)
        .where(CalendarShelf.edition_id == edition.id, CalendarShelf.key == key)
        .order_by(CalendarShelf.value)
    )
    return dict(rows.all())


def kept_by_edition(session: Session, edition_ids: Collection[int], shelf: Shelf) -> dict[int, int]:
    """How many occurrences stand on the shelf of each edition; no zeros."""
    return dict(
        session.execute(
            sa.select(CalendarShelf.edition_id, CalendarShelf.number).where(
                _is(shelf), CalendarShelf.edition_id.in_(edition_ids)
            )
        ).all()
    )


def _is(shelf: Shelf) -> Condition:
    return sa.and_(CalendarShelf.key == shelf[0], CalendarShelf.value == shelf[1])

"""What any query finds of a kept programme, as a set of ids: filters on top of each other are intersected.

No statement here looks at an occurrence: it costs the same to read whatever the query finds, and next to nothing more
among a hundred times as many.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.core.idset import IdSet, intersection, union
from planner.data.kommuner import COUNTY_CODE
from planner.editions.models import Edition
from planner.events.calendar_query import FILTER_KEYS, NARROWING_KEYS, CalendarQuery
from planner.events.models import CalendarShelf, Form
from planner.events.models.calendar import CALLED_OFF, WHEN
from planner.events.queries.kept import WHOLE_SHELF, is_kept
from planner.events.queries.slots import Slot, Slots
from planner.events.queries.values import Shelf, days_kept
from planner.events.search.conditions import ids_with

WITH_FORMER_NAMES = ("arrangor", "plats")
"""Of which an address may say what something was once called; only looking through the programme finds it then."""

_WORDS, _LAST = "found by words", "found last"
"""What a session remembers of a programme, under its revision: every change that the public sees raises that."""

Wish = Sequence[Shelf]
"""Shelves on any one of which something is found; of several wishes on one of each."""


@dataclass(frozen=True)
class Found:
    """The ids of all that a query finds, nothing where it finds everything; and the shelves that were asked for."""

    ids: IdSet | None
    shelves: Mapping[Shelf, IdSet]

    def number(self) -> int:
        """How much is found."""
        return len(self.shelves.get(WHOLE_SHELF, ())) if self.ids is None else len(self.ids)

    def by(self, key: str) -> dict[str, IdSet]:
        """What is found under each value of a filter that was asked for; nothing empty, in the order of the values."""
        of_key = sorted((value, members) for (its_key, value), members in self.shelves.items() if its_key == key)
        found = {value: members if self.ids is None else members & self.ids for value, members in of_key}
        return {value: members for value, members in found.items() if members}

    def slots(self) -> Slots:
        """What is found by when it is, if ``WHEN`` was asked for."""
        return {Slot.parse(value): members for value, members in self.by(WHEN).items()}

    def taking_place(self, sets: Iterable[IdSet]) -> Iterator[IdSet]:
        """Each of these without what is called off, if ``WHEN`` was asked for; no more are made than are taken."""
        called_off = self.shelves.get((CALLED_OFF, ""), IdSet())
        return (each - called_off for each in sets)


def look_up(session: Session, edition: Edition, query: CalendarQuery, *keys: str) -> Found | None:
    """What a query finds in an edition, beside all that stands under these filters. Nothing if it is not kept.

    One question, and one more for what is searched for; none if it was the last that was asked: what a grid shows,
    counts and leads to is asked one after the other.
    """
    if not is_kept(edition):
        return None
    asked = (edition.id, edition.revision, query, keys)
    last: tuple[Any, Found | None] | None = session.info.get(_LAST)
    if last is None or last[0] != asked:
        last = session.info[_LAST] = (asked, _look_up(session, edition, query, keys))
    return last[1]


def _look_up(session: Session, edition: Edition, query: CalendarQuery, keys: tuple[str, ...]) -> Found | None:
    wishes, is_by_other_days = _wishes_of(query), not set(query.days) <= set(days_kept(edition))
    if is_by_other_days:
        keys = (*keys, WHEN)
    asked = {shelf for wish in wishes for shelf in wish}
    if WHEN in keys:
        keys = (*keys, CALLED_OFF)
    shelves = read_shelves(session, edition, asked | ({WHOLE_SHELF} if query.words or not asked else set()), keys)
    if any(shelf not in shelves for wish in wishes for shelf in wish if shelf[0] in WITH_FORMER_NAMES):
        return None
    whole = Found(None, shelves)
    sets = [_on_any(shelves, wish) for wish in wishes if not (is_by_other_days and wish[0][0] == "dag")]
    if is_by_other_days:
        sets.append(_on_days(whole.slots(), query))
    if query.words:
        sets += [_with_words(session, edition, query.words), shelves.get(WHOLE_SHELF, IdSet())]
    return Found(intersection(sets), shelves) if sets else whole


def _wishes_of(query: CalendarQuery) -> list[Wish]:
    wishes: list[Wish] = []
    for key in FILTER_KEYS:
        values = [(key, str(value)) for value in query.values_of(key)]
        if key in NARROWING_KEYS:
            wishes += [[value] for value in values]
        elif key not in ("nara", "ord") and values:
            wishes.append(values)
    if query.near:
        wishes.append([("kommun", query.near), ("kommun", COUNTY_CODE), ("form", Form.ONLINE.value)])
    return wishes


def read_shelves(
    session: Session, edition: Edition, some: Collection[Shelf], keys: Collection[str] = ()
) -> dict[Shelf, IdSet]:
    """What stands on some shelves of an edition, and on all those of some filters."""
    rows = session.execute(
        sa.select(CalendarShelf.key, CalendarShelf.value, CalendarShelf.members).where(
            CalendarShelf.edition_id == edition.id, is_one_of(some, keys)
        )
    )
    return {(row[0], row[1]): row[2] for row in rows}


def is_one_of(some: Collection[Shelf], keys: Collection[str] = ()) -> sa.ColumnElement[bool]:
    """Whether a row is that of one of these shelves, or of any of these filters."""
    values_of: dict[str, list[str]] = {}
    for key, value in sorted(some):
        values_of.setdefault(key, []).append(value)
    alone = [
        sa.and_(CalendarShelf.key == key, CalendarShelf.value.in_(values))
        for key, values in values_of.items()
        if key not in keys
    ]
    return sa.or_(CalendarShelf.key.in_(sorted(set(keys))), *alone)


def _with_words(session: Session, edition: Edition, line: str) -> IdSet:
    """What has the words; asked once for all the numbers on a page, and again when anything has changed."""
    asked = (edition.id, edition.revision, line)
    found: tuple[Any, IdSet] | None = session.info.get(_WORDS)
    if found is None or found[0] != asked:
        found = session.info[_WORDS] = (asked, ids_with(session, line))
    return found[1]


def _on_any(shelves: Mapping[Shelf, IdSet], wish: Wish) -> IdSet:
    return union(shelves.get(shelf, IdSet()) for shelf in wish)


def _on_days(slots: Slots, query: CalendarQuery) -> IdSet:
    return union(ids for slot, ids in slots.items() if any(slot.is_on(day, day) for day in query.days))

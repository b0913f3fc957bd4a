"""What any query finds of a kept programme, as a set of ids: filters on top of each other are intersected.

No statement here looks at an occurrence: it costs the same to read whatever the query finds, and next to nothing more
among a hundred times as many.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.core.idset import IdSet, intersection, union, unpacked
from planner.data.kommuner import COUNTY_CODE
from planner.editions.models import Edition
from planner.events.calendar_query import FILTER_KEYS, NARROWING_KEYS, CalendarQuery
from planner.events.models import CalendarShelf, CalendarValue, Form
from planner.events.models.calendar import CALLED_OFF, WHEN
from planner.events.queries.kept import WHOLE_SHELF, is_kept, number_on
from planner.events.queries.slots import Slot, Slots, Turn, in_calendar_order, some_of
from planner.events.queries.values import Shelf, days_kept
from planner.events.search.conditions import ids_with

WITH_FORMER_NAMES = ("arrangor", "plats")
"""Of which an address may say what something was once called; only looking through the programme finds it then."""

TIMES = (WHEN, CALLED_OFF)
"""What it takes to know when something takes place."""

FEW = 300
"""Of how many it is asked one by one when they are: by when all are, among very many, would be more to read."""

_WORDS, _LAST = "found by words", "found last"
"""What a session remembers of a programme, under its revision: every change that the public sees raises that."""

_KEPT = CalendarShelf.__table__.c
"""The table's own columns: thousands of rows that are no objects are not handed on by the session one by one."""

Wish = Sequence[Shelf]
"""Shelves on any one of which something is found; of several wishes on one of each."""


@dataclass(frozen=True)
class Shelves:
    """Some shelves as they are kept, each unpacked when it is asked for."""

    packed: Mapping[str, Mapping[str, bytes]]
    """By filter and value."""

    def __contains__(self, shelf: Shelf) -> bool:
        return shelf[1] in self.packed.get(shelf[0], ())

    def __getitem__(self, shelf: Shelf) -> IdSet:
        """What stands there; nothing on one that there is not."""
        packed = self.packed.get(shelf[0], {}).get(shelf[1])
        return IdSet() if packed is None else unpacked(packed)

    def of(self, key: str) -> list[tuple[str, bytes]]:
        """The values of a filter and what stands there, packed, in the order of the values."""
        return sorted(self.packed.get(key, {}).items())


@dataclass
class Found:
    """The ids of all that a query finds, nothing where it finds everything; and the shelves that were asked for."""

    edition: Edition
    ids: IdSet | None
    shelves: Shelves
    _slots: Slots | None = field(default=None, init=False)

    def number(self, session: Session) -> int:
        """How much is found."""
        return session.scalar(number_on(self.edition, WHOLE_SHELF)) or 0 if self.ids is None else len(self.ids)

    def by(self, key: str) -> dict[str, IdSet]:
        """What is found under each value of a filter that was asked for; nothing empty, in the order of the values."""
        of_key = ((value, unpacked(packed)) for value, packed in self.shelves.of(key))
        found = {value: members if self.ids is None else members & self.ids for value, members in of_key}
        return {value: members for value, members in found.items() if members}

    def slots(self, session: Session) -> Slots:
        """What is found, by when it is: a question when it is asked for the first time."""
        if self._slots is None:
            if self.ids is not None and len(self.ids) <= FEW:
                self._slots = _slots_of_some(session, self.ids)
            else:
                self._slots = _slots_in(read_shelves(session, self.edition, (), TIMES), self.ids)
        return self._slots

    def some(self, session: Session, start: int, stop: int, turn: Turn = in_calendar_order) -> list[int]:
        """The ids from one place to another; in no order where that is all: nobody then has to ask when they are."""
        if self.ids is not None and start <= 0 and len(self.ids) <= stop:
            return list(self.ids)
        return some_of(self.slots(session).in_turn(turn), start, stop)


def look_up(session: Session, edition: Edition, query: CalendarQuery, *keys: str) -> Found | None:
    """What a query finds in an edition, beside all that stands under these filters. Nothing if it is not kept.

    One question, and one more for what is searched for; none for everything without them, or if it was the last that
    was asked: what a grid shows, counts and leads to is asked one after the other.
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
    asked = {shelf for wish in wishes for shelf in wish} | ({WHOLE_SHELF} if query.words else set())
    shelves = read_shelves(session, edition, asked, (*keys, *TIMES) if is_by_other_days else keys)
    if any(shelf not in shelves for wish in wishes for shelf in wish if shelf[0] in WITH_FORMER_NAMES):
        return None
    sets = [_on_any(shelves, wish) for wish in wishes if not (is_by_other_days and wish[0][0] == "dag")]
    if is_by_other_days:
        sets.append(_on_days(_slots_in(shelves), query))
    if query.words:
        sets += [_with_words(session, edition, query.words), shelves[WHOLE_SHELF]]
    return Found(edition, intersection(sets) if sets else None, shelves)


def _slots_in(shelves: Shelves, found: IdSet | None = None) -> Slots:
    """By when it is, what is found of all that stands on shelves that were read with ``TIMES``."""
    packed = [(Slot.parse(value), members) for value, members in shelves.of(WHEN)]
    return Slots(packed, shelves[CALLED_OFF, ""], found)


def _slots_of_some(session: Session, ids: IdSet) -> Slots:
    """When some are, each looked up: how many others there are makes no difference."""
    key, value, id_ = CalendarValue.key, CalendarValue.value, CalendarValue.occurrence_id
    kept = sa.select(key, id_, CalendarValue.first_day, CalendarValue.starts_at, value)
    rows = session.execute(kept.where(id_.in_(list(ids)), key.in_(TIMES)))
    called_off: list[int] = []
    members: defaultdict[Slot, list[int]] = defaultdict(list)
    for its_key, its_id, first_day, starts_at, end in rows:
        (called_off if its_key == CALLED_OFF else members[Slot.kept(first_day, starts_at, end)]).append(its_id)
    return Slots([(slot, IdSet(some).serialize()) for slot, some in members.items()], IdSet(called_off))


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


def read_shelves(session: Session, edition: Edition, some: Collection[Shelf], keys: Collection[str] = ()) -> Shelves:
    """What stands on some shelves of an edition, and on all those of some filters: a question, unless for nothing."""
    if not some and not keys:
        return Shelves({})
    packed = sa.type_coerce(_KEPT.members, sa.LargeBinary)
    rows = session.execute(
        sa.select(_KEPT.key, _KEPT.value, packed).where(_KEPT.edition_id == edition.id, is_one_of(some, keys))
    )
    by_key: defaultdict[str, dict[str, bytes]] = defaultdict(dict)
    for key, value, members in rows:
        by_key[key][value] = members
    return Shelves(by_key)


def is_one_of(some: Collection[Shelf], keys: Collection[str] = ()) -> sa.ColumnElement[bool]:
    """Whether a row is that of one of these shelves, or of any of these filters."""
    values_of: dict[str, list[str]] = {}
    for key, value in sorted(some):
        values_of.setdefault(key, []).append(value)
    alone = [sa.and_(_KEPT.key == key, _KEPT.value.in_(values)) for key, values in values_of.items() if key not in keys]
    return sa.or_(_KEPT.key.in_(sorted(set(keys))), *alone)


def _with_words(session: Session, edition: Edition, line: str) -> IdSet:
    """What has the words; asked once for all the numbers on a page, and again when anything has changed."""
    asked = (edition.id, edition.revision, line)
    found: tuple[Any, IdSet] | None = session.info.get(_WORDS)
    if found is None or found[0] != asked:
        found = session.info[_WORDS] = (asked, ids_with(session, line))
    return found[1]


def _on_any(shelves: Shelves, wish: Wish) -> IdSet:
    return union(shelves[shelf] for shelf in wish)


def _on_days(slots: Slots, query: CalendarQuery) -> IdSet:
    return union(ids for _slot, ids in slots.among(lambda slot: any(slot.is_on(day, day) for day in query.days)))

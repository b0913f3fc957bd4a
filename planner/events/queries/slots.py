"""When things are, as the programme is kept by it: so few values that any order, grid or moment is read off them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import groupby, islice
from typing import Any, Self, TypeVar

from planner.core.dates import spans_days
from planner.core.idset import IdSet, union, unpacked
from planner.events.models.calendar import BEGINNING

_INSTANT = "%Y-%m-%dT%H:%M:%S.%f"

STARTED_LONG_AGO = timedelta(hours=2)
"""How long an occurrence that states no end is taken to go on."""


@dataclass(frozen=True)
class Slot:
    """From which day to which, and the instants at which it begins and ends; none where nobody stated a time."""

    first_day: date
    last_day: date
    starts_at: datetime | None
    ends_at: datetime | None

    @classmethod
    @lru_cache(maxsize=8_192)
    def parse(cls, text: str) -> Self:
        """Read what ``str`` has written: the same few at every page."""
        first, start, last, end = text.split("/")
        return cls(date.fromisoformat(first), date.fromisoformat(last), _instant(start), _instant(end))

    @classmethod
    def kept(cls, first_day: date, starts_at: datetime, end: str) -> Self:
        """What ``CalendarValue`` says of one that it keeps by ``WHEN``."""
        last, _, instant = end.partition("/")
        start = None if starts_at == BEGINNING else starts_at
        return cls(first_day, date.fromisoformat(last), start, _instant(instant))

    def __str__(self) -> str:
        start, end = (f"{at.astimezone(UTC):{_INSTANT}}" if at else "" for at in (self.starts_at, self.ends_at))
        return f"{self.first_day}/{start}/{self.last_day}/{end}"

    @property
    def has_clock(self) -> bool:
        return self.starts_at is not None

    @cached_property
    def lasts_for_days(self) -> bool:
        """Whether it is a matter of days, rather than going on past a midnight."""
        return spans_days(self.first_day, self.last_day, has_clock=self.has_clock)

    @cached_property
    def start(self) -> datetime:
        """When it begins, for ordering: without a time before all that have one."""
        return self.starts_at or BEGINNING

    @cached_property
    def over_at(self) -> datetime | None:
        """When it ends, or is taken to where nobody stated it; nothing for what has no clock time."""
        return self.ends_at or (self.starts_at + STARTED_LONG_AGO if self.starts_at else None)

    def goes_on_at(self, instant: datetime) -> bool:
        """Whether it has begun by the clock, and is not over."""
        return self.over_at is not None and self.start <= instant < self.over_at

    def is_on(self, first: date, last: date) -> bool:
        """Whether it touches any of these days."""
        return self.first_day <= last and self.last_day >= first


Kind = TypeVar("Kind", bound=Hashable)
Turn = Callable[[Slot], Any]


def in_calendar_order(slot: Slot) -> Any:
    """As ``public.IN_ORDER``, but for the ids, by which those of the same turn stand."""
    return slot.first_day, slot.start


NONE = IdSet()


@dataclass(frozen=True)
class Slots:
    """What a query finds, by when it is.

    Each is unpacked, and narrowed to what the query finds, when it is come to: of thousands a page needs a few.
    """

    packed: Sequence[tuple[Slot, bytes]]
    called_off: IdSet
    found: IdSet | None = None
    """Nothing where all of it is found."""
    without: IdSet = NONE

    def __iter__(self) -> Iterator[tuple[Slot, IdSet]]:
        """Each that has anything in it."""
        for slot, packed in self.packed:
            if ids := self._unpacked(packed):
                yield slot, ids

    def among(self, is_so: Callable[[Slot], bool]) -> Self:
        """Those that are so."""
        return replace(self, packed=[each for each in self.packed if is_so(each[0])])

    def apart(self, kind: Callable[[Slot], Kind]) -> dict[Kind, Self]:
        """Those of each kind."""
        kinds: defaultdict[Kind, list[tuple[Slot, bytes]]] = defaultdict(list)
        for each in self.packed:
            kinds[kind(each[0])].append(each)
        return {its: replace(self, packed=some) for its, some in kinds.items()}

    def by(self, turn: Turn) -> Self:
        """The same in another order."""
        return replace(self, packed=sorted(self.packed, key=lambda each: turn(each[0])))

    def taking_place(self) -> Self:
        """The same without what is called off."""
        return replace(self, without=self.called_off)

    def in_turn(self, turn: Turn = in_calendar_order) -> Iterator[IdSet]:
        """The sets of what has the same turn, one turn after the other."""
        for _turn, same in groupby(self.by(turn).packed, lambda each: turn(each[0])):
            yield union(self._unpacked(packed) for _slot, packed in same)

    def _unpacked(self, packed: bytes) -> IdSet:
        ids = unpacked(packed) - self.without
        return ids if self.found is None else ids & self.found


def some_of(sets: Iterable[IdSet], start: int, stop: int) -> list[int]:
    """The ids from one place to another of what stands set after set, each by its ids."""
    ids: list[int] = []
    for each in sets:
        if stop <= 0:
            break
        number = len(each)
        if start < number:
            ids += islice(each, max(0, start), stop)
        start, stop = start - number, stop - number
    return ids


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None

"""When things are, as the programme is kept by it: so few values that any order, grid or moment is read off them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import groupby, islice
from typing import Any, Self

from planner.core.dates import spans_days
from planner.core.idset import IdSet, union
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
        first, start, *end = text.split("/", 2)
        return cls.ending(date.fromisoformat(first), _instant(start), *end)

    @classmethod
    def ending(cls, first_day: date, starts_at: datetime | None, end: str) -> Self:
        """What begins so and ends on the day, and at the instant if any, that stand on either side of a ``/``."""
        last, _, instant = end.partition("/")
        return cls(first_day, date.fromisoformat(last), starts_at, _instant(instant))

    def __str__(self) -> str:
        start, end = (f"{at.astimezone(UTC):{_INSTANT}}" if at else "" for at in (self.starts_at, self.ends_at))
        return f"{self.first_day}/{start}/{self.last_day}/{end}"

    @property
    def has_clock(self) -> bool:
        return self.starts_at is not None

    @property
    def lasts_for_days(self) -> bool:
        """Whether it is a matter of days, rather than going on past a midnight."""
        return spans_days(self.first_day, self.last_day, has_clock=self.has_clock)

    @property
    def start(self) -> datetime:
        """When it begins, for ordering: without a time before all that have one."""
        return self.starts_at or BEGINNING

    @property
    def over_at(self) -> datetime | None:
        """When it ends, or is taken to where nobody stated it; nothing for what has no clock time."""
        return self.ends_at or (self.starts_at + STARTED_LONG_AGO if self.starts_at else None)

    def goes_on_at(self, instant: datetime) -> bool:
        """Whether it has begun by the clock, and is not over."""
        return self.over_at is not None and self.start <= instant < self.over_at

    def is_on(self, first: date, last: date) -> bool:
        """Whether it touches any of these days."""
        return self.first_day <= last and self.last_day >= first


Slots = Mapping[Slot, IdSet]
"""What is in each: none of it empty."""
Turn = Callable[[Slot], Any]


def in_calendar_order(slot: Slot) -> Any:
    """As ``public.IN_ORDER``, but for the ids, by which those of the same turn stand."""
    return slot.first_day, slot.start


def in_turn(slots: Slots, turn: Turn = in_calendar_order) -> Iterator[IdSet]:
    """The sets of what has the same turn, one turn after the other."""
    for _turn, same in groupby(sorted(slots, key=turn), turn):
        yield union(slots[slot] for slot in same)


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

"""When things are, as the programme is kept by it: so few values that any order and any grid is read off them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby, islice
from typing import Any, Self

from planner.core.dates import spans_days
from planner.core.idset import IdSet, union
from planner.events.models.calendar import BEGINNING


@dataclass(frozen=True)
class Slot:
    """From which day to which, and the instant at which it begins; none where nobody stated a time."""

    first_day: date
    last_day: date
    starts_at: datetime | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what ``str`` has written."""
        first, start, last = text.split("/")
        starts_at = datetime.fromisoformat(start).replace(tzinfo=UTC) if start else None
        return cls(date.fromisoformat(first), date.fromisoformat(last), starts_at)

    def __str__(self) -> str:
        start = f"{self.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}" if self.starts_at else ""
        return f"{self.first_day}/{start}/{self.last_day}"

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

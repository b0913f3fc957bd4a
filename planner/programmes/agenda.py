"""A saved programme as its owner reads it: day by day, what is over apart, and what cannot be seen at once.

Only what organisers have stated is compared. An end that nobody stated is not guessed at, and what goes on for days or
has no clock time clashes with nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from planner.events.changes import Changes, changes_since
from planner.events.models import EventStatus, Occurrence
from planner.programmes.queries import Saved, Withdrawn

LONGEST_VISIT = timedelta(hours=24)
"""Whatever goes on for longer one comes to when one likes."""


@dataclass
class Entry:
    """One saved occurrence: what has changed since it was saved, and what one cannot go to beside it."""

    occurrence: Occurrence
    changes: Changes
    clashes: list[Occurrence] = field(default_factory=list)
    may_clash_later: bool = False
    """Nobody stated when it ends, and something else begins later the same day."""

    @property
    def is_off(self) -> bool:
        """Whether it does not take place as it was announced."""
        return self.occurrence.event.status is EventStatus.CANCELLED or not self.occurrence.state.takes_place


@dataclass(frozen=True)
class Day:
    """A day of the programme."""

    day: date
    entries: list[Entry]


@dataclass(frozen=True)
class Agenda:
    """The whole programme: what is ahead or goes on, what is over, and what has been withdrawn."""

    coming: list[Day]
    past: list[Day]
    withdrawn: Sequence[Withdrawn]
    count: int
    has_untimed: bool
    """Whether something ahead has no clock time, so that nobody can say whether it clashes."""


def agenda_of(saved: Sequence[Saved], withdrawn: Sequence[Withdrawn], today: date) -> Agenda:
    """The agenda of what was saved, in the order of days and clock, as it looks on a day."""
    entries = [Entry(one.occurrence, changes_since(one.occurrence, one.saved_at)) for one in saved]
    coming = [entry for entry in entries if entry.occurrence.last_day >= today]
    past = [entry for entry in entries if entry.occurrence.last_day < today]
    _mark_clashes(coming)
    return Agenda(
        coming=_by_day(coming, today),
        past=_by_day(past, date.min),
        withdrawn=withdrawn,
        count=len(saved) + len(withdrawn),
        has_untimed=len(coming) > 1 and any(not entry.is_off and _visit(entry) is None for entry in coming),
    )


def do_clash(one: tuple[datetime, datetime | None], other: tuple[datetime, datetime | None]) -> bool:
    """Whether two visits (start, and end if it is known) overlap for certain."""
    (first, first_end), (second, _) = sorted((one, other), key=lambda visit: visit[0])
    if first == second:
        return True
    return first_end is not None and second < first_end


def _by_day(entries: Sequence[Entry], today: date) -> list[Day]:
    """What one has to be in time for comes first; what began before today and goes on stands under today."""
    dated = sorted(
        ((max(entry.occurrence.first_day, today), entry) for entry in entries),
        key=lambda pair: (pair[0], _visit(pair[1]) is None),
    )
    return [Day(day, [entry for _day, entry in pairs]) for day, pairs in groupby(dated, key=lambda pair: pair[0])]


def _mark_clashes(entries: Sequence[Entry]) -> None:
    visits = [(entry, visit) for entry in entries if not entry.is_off and (visit := _visit(entry)) is not None]
    for entry, visit in visits:
        for other, its_visit in visits:
            if other is entry:
                continue
            if do_clash(visit, its_visit):
                entry.clashes.append(other.occurrence)
            elif visit[1] is None and visit[0] < its_visit[0] and _day_of(other) == _day_of(entry):
                entry.may_clash_later = True


def _visit(entry: Entry) -> tuple[datetime, datetime | None] | None:
    """When one has to be there; nothing if no clock time is known, or one may come when one likes."""
    starts_at, ends_at = entry.occurrence.starts_at, entry.occurrence.ends_at
    if starts_at is None or (ends_at is not None and ends_at - starts_at > LONGEST_VISIT):
        return None
    return starts_at, ends_at


def _day_of(entry: Entry) -> date:
    return entry.occurrence.first_day

"""A list of occurrences as people read a programme: day by day, what goes on for several days apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from planner.events.models import Occurrence


@dataclass
class ProgrammeDay:
    """One day: what takes place on it, and what begins to be on show and goes on for several days."""

    day: date
    on_the_day: list[Occurrence] = field(default_factory=list)
    lasting: list[Occurrence] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.on_the_day) + len(self.lasting)


def by_day(occurrences: Sequence[Occurrence], asked_days: Sequence[date] = ()) -> list[ProgrammeDay]:
    """The occurrences under the first day on which each matches; one row each, however many days it goes on.

    They come in the order of their first days, and that order holds here too, so a list may be cut into pages first.
    """
    days: dict[date, ProgrammeDay] = {}
    for occurrence in occurrences:
        day = first_matching_day(occurrence, asked_days)
        programme = days.setdefault(day, ProgrammeDay(day))
        (programme.lasting if goes_on_for_days(occurrence) else programme.on_the_day).append(occurrence)
    return [days[day] for day in sorted(days)]


def first_matching_day(occurrence: Occurrence, asked_days: Sequence[date]) -> date:
    """The day under which it is listed: its first, or the first of those asked for."""
    span = (occurrence.first_day, occurrence.last_day)
    return min((day for day in asked_days if span[0] <= day <= span[1]), default=occurrence.first_day)


def goes_on_for_days(occurrence: Occurrence) -> bool:
    """Whether it is a matter of days, like an exhibition, and not of an evening that ends after midnight."""
    if occurrence.starts_at is None or occurrence.ends_at is None:
        return occurrence.first_day != occurrence.last_day
    return occurrence.ends_at - occurrence.starts_at > timedelta(hours=24)

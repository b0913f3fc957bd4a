"""The programme laid out by its days: the hours of one day, days side by side, the weeks of a month.

What goes on for several days is one bar over them, never a card on each; whatever does not fit is counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.core.dates import is_plausible, spans_days
from planner.core.errors import NotFound
from planner.editions.models import Edition
from planner.events.models import Occurrence
from planner.events.queries import Span

A_DAY = timedelta(days=1)
SHORT = 10
"""So many days of an edition stand side by side; a longer one is shown by the calendar's weeks."""


@dataclass
class Hour:
    """What begins in one hour of a day; None for what began the evening before."""

    hour: int | None
    occurrences: list[Occurrence] = field(default_factory=list)


def by_hour(occurrences: Iterable[Occurrence], day: date, zone: ZoneInfo) -> list[Hour]:
    """The occurrences with a time, which come in the order of their starts, under the hours in which they begin."""
    hours: dict[int | None, Hour] = {}
    for occurrence in occurrences:
        if occurrence.starts_at is None:
            raise ValueError("only what begins at a time stands under an hour")
        begins = occurrence.starts_at.astimezone(zone)
        hour = begins.hour if begins.date() == day else None
        hours.setdefault(hour, Hour(hour)).occurrences.append(occurrence)
    return list(hours.values())


def lasts_for_days(occurrence: Occurrence) -> bool:
    """Whether it is a bar over its days."""
    return spans_days(occurrence.first_day, occurrence.last_day, has_clock=occurrence.starts_at is not None)


def is_apart(occurrence: Occurrence) -> bool:
    """Whether it has no hour of its own on a day."""
    return occurrence.starts_at is None or lasts_for_days(occurrence)


@dataclass(frozen=True)
class Bar:
    """What goes on for days, from one column of a row of days to another, counted from 1."""

    occurrence: Occurrence
    first_column: int
    last_column: int
    begins_before: bool
    goes_on: bool


@dataclass(frozen=True)
class Cell:
    """One day of a grid: what is shown of it, and how much there is. ``is_inside`` says whether it is of the page."""

    day: date
    occurrences: list[Occurrence]
    count: int
    is_inside: bool = True

    @property
    def more(self) -> int:
        """How many have no room."""
        return self.count - len(self.occurrences)


@dataclass(frozen=True)
class Row:
    """Days side by side, with the bars above them and how many more there are."""

    cells: list[Cell]
    bars: list[Bar]
    more_bars: int

    @property
    def week(self) -> int:
        """The number of the week, by ISO 8601."""
        return self.cells[0].day.isocalendar().week

    @property
    def days(self) -> list[date]:
        """Those of its days that are of the page."""
        return [cell.day for cell in self.inside]

    @property
    def inside(self) -> list[Cell]:
        """The days of the page."""
        return [cell for cell in self.cells if cell.is_inside]


def row_of(
    days: Sequence[date], occurrences: Iterable[Occurrence], spans: Iterable[Span], inside: tuple[date, date], bars: int
) -> Row:
    """The days as a row with what is shown of them. ``inside`` are the first and the last day of the page."""
    first, last = max(days[0], inside[0]), min(days[-1], inside[1])
    touching = [each for each in occurrences if each.first_day <= last and each.last_day >= first]
    spans = [span for span in spans if span.is_on(first, last)]
    lasting = [each for each in touching if lasts_for_days(each)]
    shown = [_bar(each, days, first, last) for each in lasting[:bars]]
    total = sum(span.count for span in spans if span.lasts_for_days)
    of_a_day = [each for each in touching if not lasts_for_days(each)]
    return Row([_cell(day, of_a_day, spans, inside) for day in days], shown, total - len(shown))


def _bar(occurrence: Occurrence, days: Sequence[date], first: date, last: date) -> Bar:
    begins, ends = max(occurrence.first_day, first), min(occurrence.last_day, last)
    return Bar(
        occurrence,
        (begins - days[0]).days + 1,
        (ends - days[0]).days + 1,
        begins_before=occurrence.first_day < begins,
        goes_on=occurrence.last_day > ends,
    )


def _cell(day: date, occurrences: Iterable[Occurrence], spans: Iterable[Span], inside: tuple[date, date]) -> Cell:
    if not inside[0] <= day <= inside[1]:
        return Cell(day, [], 0, is_inside=False)
    shown = [each for each in occurrences if max(each.first_day, inside[0]) == day]
    count = sum(s.count for s in spans if not s.lasts_for_days and max(s.first_day, inside[0]) == day)
    return Cell(day, shown, count)


@dataclass(frozen=True)
class Stretch:
    """The days of one page of a grid, and what the page is called in an address; "" for the page without a name."""

    first: date
    last: date
    name: str

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(n) for n in range((self.last - self.first).days + 1)]


def week_at(edition: Edition, day: date) -> Stretch:
    """The page of days side by side that a day is on: a short edition's own days, else those of its week.

    The edition's days are left out of the weeks around it, so that each day has one page.
    """
    is_short = (edition.last_day - edition.first_day).days < SHORT
    if is_short and edition.first_day <= day <= edition.last_day:
        return Stretch(edition.first_day, edition.last_day, "")
    monday = day - timedelta(day.weekday())
    first, last = monday, monday + timedelta(6)
    if is_short and day < edition.first_day:
        last = min(last, edition.first_day - A_DAY)
    if is_short and day > edition.last_day:
        first = max(first, edition.last_day + A_DAY)
    return Stretch(first, last, first.isoformat())


def month_at(day: date) -> Stretch:
    """The month that a day is in."""
    first = day.replace(day=1)
    return Stretch(first, (first + timedelta(31)).replace(day=1) - A_DAY, f"{first:%Y-%m}")


def weeks_of(month: Stretch) -> list[list[date]]:
    """The weeks that a month touches, whole, Monday first."""
    monday = month.first - timedelta(month.first.weekday())
    weeks = ((month.last - monday).days // 7) + 1
    return [[monday + timedelta(7 * week + n) for n in range(7)] for week in range(weeks)]


def day_named(name: str, pattern: str) -> date:
    """A day of the page that an address names: "2027-09-28" by ``%Y-%m-%d``, "2027-09" by ``%Y-%m``.

    Raises:
        NotFound: no page is called so.
    """
    try:
        found = datetime.strptime(name, pattern).date()  # noqa: DTZ007 - a day has no zone
    except ValueError as no_such_page:
        raise NotFound from no_such_page
    if f"{found:{pattern}}" != name or not is_plausible(found):
        raise NotFound
    return found

"""A component as a client finds it: read back from its text, so that nobody describes an entry twice."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from icalendar import Event as VEvent

from planner.core.clock import STOCKHOLM


@dataclass(frozen=True)
class CalendarEntry:
    """What one VEVENT says. Days are local and both included; an entry of whole days has no ``starts_at``, ``ends_at``.

    ``page`` is its URL and ``join_link`` its CONFERENCE; ``status`` is one of RFC 5545's words.
    """

    title: str
    text: str
    first_day: date
    last_day: date
    starts_at: datetime | None
    ends_at: datetime | None
    location: str
    is_on_map: bool
    page: str
    join_link: str
    categories: tuple[str, ...]
    status: str

    @property
    def is_whole_days(self) -> bool:
        return self.starts_at is None

    @property
    def number_of_days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def is_cancelled(self) -> bool:
        """Whether calendars take it for cancelled; one that is postponed without a new day is, too."""
        return self.status == "CANCELLED"


def read_component(component: str) -> CalendarEntry:
    """The entry that a rendered component stands for."""
    vevent = cast(VEvent, VEvent.from_ical(component))
    first_day, last_day, starts_at, ends_at = _times_of(vevent)
    return CalendarEntry(
        title=_text(vevent, "SUMMARY"),
        text=_text(vevent, "DESCRIPTION"),
        first_day=first_day,
        last_day=last_day,
        starts_at=starts_at,
        ends_at=ends_at,
        location=_text(vevent, "LOCATION"),
        is_on_map="GEO" in vevent,
        page=_text(vevent, "URL"),
        join_link=_text(vevent, "CONFERENCE"),
        categories=tuple(map(str, vevent.categories)),
        status=_text(vevent, "STATUS"),
    )


def _text(vevent: VEvent, name: str) -> str:
    return str(vevent.get(name, ""))


def _times_of(vevent: VEvent) -> tuple[date, date, datetime | None, datetime | None]:
    starts, ends = vevent.start, vevent.end
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        starts, ends = starts.astimezone(STOCKHOLM), ends.astimezone(STOCKHOLM)
        return starts.date(), ends.date(), starts, ends
    return starts, ends - timedelta(days=1), None, None

"""What stands around the components: the calendar's own properties and the time zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from icalendar import Calendar, vDuration

from planner.feeds.ical.text import one_line, serialised

PRODUCT = "-//Demokrativeckan//Kalender 1.0//SV"
END = "END:VCALENDAR\r\n"

# A constant, because icalendar's own block puts every summer event an hour off in Thunderbird (docs/feeds.md 23, 24).
TIME_ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
X-LIC-LOCATION:Europe/Stockholm
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")


@dataclass(frozen=True)
class Heading:
    """What a subscribed calendar says of itself. ``source`` is its own address, ``page`` that of the same as a page.

    A calendar at a secret address tells neither: both are "".
    """

    name: str
    description: str
    source: str
    page: str
    refresh: timedelta


def calendar_of(components: Iterable[str], heading: Heading | None = None) -> bytes:
    """A whole file of rendered components. One without a heading is no calendar to follow but entries to add."""
    return "".join((_opening(heading), TIME_ZONE, *components, END)).encode()


@lru_cache(maxsize=2_000)
def _opening(heading: Heading | None) -> str:
    """What stands before the time zone; the same after every change of the programme, so it is written once."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    if heading is not None:
        _add_heading(calendar, heading)
    return serialised(calendar).removesuffix(END)


def _add_heading(calendar: Calendar, heading: Heading) -> None:
    # Google and Outlook read only the X- ones. icalendar writes those as they come, so they are made text here (8).
    for name in ("NAME", "X-WR-CALNAME"):
        calendar.add(name, one_line(heading.name))
    for name in ("DESCRIPTION", "X-WR-CALDESC"):
        calendar.add(name, one_line(heading.description))
    calendar.add("X-WR-TIMEZONE", "Europe/Stockholm")
    refresh = vDuration(heading.refresh)
    calendar.add("REFRESH-INTERVAL", refresh, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", refresh.to_ical().decode())  # type: ignore[no-untyped-call]
    if heading.source:
        calendar.add("SOURCE", heading.source, parameters={"VALUE": "URI"})
    if heading.page:
        calendar.add("URL", heading.page)
    calendar.add("COLOR", "teal")

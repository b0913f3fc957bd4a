"""iCalendar (RFC 5545, 7986) as docs/feeds.md demands it: pure, from loaded rows to text, without clock or database."""

from planner.feeds.ical.calendar import Heading, calendar_of
from planner.feeds.ical.component import component_for
from planner.feeds.ical.reader import CalendarEntry, read_component

__all__ = ["CalendarEntry", "Heading", "calendar_of", "component_for", "read_component"]

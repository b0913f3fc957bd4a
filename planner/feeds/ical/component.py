"""One occurrence as one VEVENT. The numbers in the comments are the requirements in docs/feeds.md."""

from datetime import date, datetime, timedelta

from icalendar import Event as VEvent
from icalendar import vUri

from planner.core.clock import STOCKHOLM
from planner.core.site import Site
from planner.events.models import Occurrence, OccurrenceState
from planner.feeds import rules, words
from planner.feeds.ical.text import many_lines, one_line, serialised
from planner.venues.models import Venue

UNSTATED_LENGTH = timedelta(hours=1)
"""What the feed gives an occurrence whose end nobody stated: clients otherwise invent 0, 30 or 60 minutes."""


def component_for(occurrence: Occurrence, *, site: Site, changed_at: datetime) -> str:
    """The VEVENT of an occurrence, folded, with CRLF; the same text whenever, wherever and for whomever it is made.

    Takes an occurrence loaded by ``events.queries.occurrences_for_rendering``. ``changed_at`` is when anything printed
    here last changed.
    """
    vevent = VEvent()
    _add_identity(vevent, occurrence, changed_at)
    _add_time(vevent, occurrence)
    _add_state(vevent, occurrence)
    _add_place(vevent, occurrence)
    vevent.add("SUMMARY", one_line(words.summary_of(occurrence)) or "Programpunkt")
    vevent.add("DESCRIPTION", many_lines(words.description_of(occurrence, site=site)))
    vevent.add("URL", words.page_of(occurrence.event, site))
    categories = dict.fromkeys(one_line(name) for name in words.categories_of(occurrence))
    if named := [name for name in categories if name]:
        vevent.add("CATEGORIES", named)
    return serialised(vevent)


def _add_identity(vevent: VEvent, occurrence: Occurrence, changed_at: datetime) -> None:
    vevent.add("UID", one_line(occurrence.uid))
    vevent.add("SEQUENCE", occurrence.sequence)
    vevent.add("DTSTAMP", changed_at)  # without METHOD it is the last change (29)
    vevent.add("LAST-MODIFIED", changed_at)
    vevent.add("CREATED", min(rules.public_since(occurrence), changed_at))


def _add_time(vevent: VEvent, occurrence: Occurrence) -> None:
    starts_at, ends_at = occurrence.starts_at, occurrence.ends_at
    if starts_at is None or rules.is_whole_days(occurrence):
        vevent.add("DTSTART", occurrence.first_day)
        vevent.add("DTEND", _day_after(occurrence.last_day))
        return
    times = (starts_at, ends_at or starts_at + UNSTATED_LENGTH)
    # The local time does not say which of October's two hours is meant, and icalendar loses the fold (26).
    is_double = any(_is_shown_twice(moment) for moment in times)
    for name, moment in zip(("DTSTART", "DTEND"), times, strict=True):
        vevent.add(name, moment if is_double else moment.astimezone(STOCKHOLM))


def _day_after(day: date) -> date:
    return day + timedelta(days=1)


def _is_shown_twice(moment: datetime) -> bool:
    """Whether the wall clock shows this local time twice, because it is set back within the hour."""
    local = moment.astimezone(STOCKHOLM)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _add_state(vevent: VEvent, occurrence: Occurrence) -> None:
    if rules.is_cancelled(occurrence) or occurrence.state is OccurrenceState.POSTPONED:
        status = "CANCELLED"  # there is no POSTPONED, and an unknown status loses the whole feed in Home Assistant (39)
    else:
        status = "TENTATIVE" if occurrence.is_preliminary else "CONFIRMED"
    vevent.add("STATUS", status)
    vevent.add("TRANSP", "TRANSPARENT")  # following a programme makes nobody busy (50)
    vevent.add("CLASS", "PUBLIC")


def _add_place(vevent: VEvent, occurrence: Occurrence) -> None:
    if location := one_line(words.location_of(occurrence)):
        vevent.add("LOCATION", location)
    place = rules.meeting_place(occurrence)
    if place is not None and (point := rules.point_of(place)):
        _add_point(vevent, place, point)
    if link := rules.join_address(occurrence):
        parameters = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Delta på distans"}
        vevent.add("CONFERENCE", link, parameters=parameters)


def _add_point(vevent: VEvent, place: Venue, point: tuple[float, float]) -> None:
    # As text, because icalendar prints a float's own form, which may be 1e-05: that loses the feed in Home Assistant.
    latitude, longitude = (f"{number:.6f}" for number in point)
    vevent.add("GEO", vUri(f"{latitude};{longitude}"))
    parameters = {"VALUE": "URI", "X-APPLE-RADIUS": "70", "X-TITLE": one_line(place.name)}
    if place.address:
        parameters["X-ADDRESS"] = one_line(place.address)
    vevent.add("X-APPLE-STRUCTURED-LOCATION", f"geo:{latitude},{longitude}", parameters=parameters)

"""What a feed may say of an occurrence, and as what: the same in every shape. Pure."""

from datetime import datetime, timedelta

from planner.data.kommuner import kommuner
from planner.events.models import EventStatus, Occurrence, OccurrenceState
from planner.feeds.text import web_address
from planner.venues.models import Venue

LONGEST_BLOCK = timedelta(hours=24)
"""What lasts longer is whole days in a calendar, with the hours in words, and not a block through the nights."""


def is_cancelled(occurrence: Occurrence) -> bool:
    """Whether it, or the whole event, is cancelled."""
    return occurrence.state is OccurrenceState.CANCELLED or occurrence.event.status is EventStatus.CANCELLED


def takes_place(occurrence: Occurrence) -> bool:
    """Whether there is anything to go to, sign up for or join."""
    return occurrence.state.takes_place and not is_cancelled(occurrence)


def is_whole_days(occurrence: Occurrence) -> bool:
    """Whether a calendar shows it as days: no clock time is stated, or it goes on for more than a day and night."""
    starts, ends = occurrence.starts_at, occurrence.ends_at
    return starts is None or (ends is not None and ends - starts > LONGEST_BLOCK)


def meeting_place(occurrence: Occurrence) -> Venue | None:
    """The place that people come to; none where an event is sent from a hall without audience."""
    sent_from = occurrence.has_no_audience_on_site and occurrence.digital_place is not None
    return None if sent_from else occurrence.place


def join_address(occurrence: Occurrence) -> str:
    """The link that anybody may follow; none once it does not take place, or while it is for registered people only."""
    digital = occurrence.digital_place
    return web_address(digital.public_join_url) if digital is not None and takes_place(occurrence) else ""


def point_of(place: Venue) -> tuple[float, float] | None:
    """Latitude and longitude of the place itself; none where they would be of "somewhere in this kommun"."""
    if place.is_placeholder or place.latitude is None or place.longitude is None:
        return None
    point, middle = (place.latitude, place.longitude), kommuner().get(place.kommun_code or "")
    return None if middle and point == (middle.latitude, middle.longitude) else point


def public_since(occurrence: Occurrence) -> datetime:
    """When it became part of the programme: with its event, or later, if it was added."""
    published_at = occurrence.event.published_at
    return max(published_at, occurrence.created_at) if published_at else occurrence.created_at

"""The ways on from the page of an event: what else its hosts arrange, and what else goes on near it that day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from planner.editions.models import EditionState
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Event, Form, Occurrence
from planner.events.queries import beside, organisers_of
from planner.web.language import text_language

SHOWN = 4


@dataclass(frozen=True)
class WayOn:
    """Some other occurrences, and the query of all of them; ``kommun`` is where they are, "" for online."""

    occurrences: Sequence[Occurrence]
    query: CalendarQuery
    kommun: str = ""
    day: date | None = None


def more_from_hosts(session: Session, event: Event, today: date, *, without: Iterable[Event]) -> WayOn:
    """What else the organisers of the event arrange in its week, beside what stands on the page already."""
    query = _in_edition(event, organisations=tuple(host.slug for host in organisers_of(event)))
    return WayOn(_found(session, event, query, _day_of(event, today), without), query)


def near_the_same_day(session: Session, event: Event, today: date, *, without: Iterable[Event]) -> WayOn | None:
    """What else goes on in the same kommun on the day of its next occurrence; online, where that is all there is."""
    occurrence = _next_of(event, today)
    if occurrence is None:
        return None
    day = _day_of(event, today)
    kommun = (occurrence.place.kommun_code or "") if occurrence.place else ""
    if kommun:
        query = _in_edition(event, days=(day,), kommuner=(kommun,))
    elif occurrence.digital_place:
        query = _in_edition(event, days=(day,), forms=(Form.ONLINE,))
    else:
        return None
    return WayOn(_found(session, event, query, day, without), query, kommun, day)


def _found(
    session: Session, event: Event, query: CalendarQuery, day: date, without: Iterable[Event]
) -> Sequence[Occurrence]:
    language, known = text_language(), {event.id, *(each.id for each in without)}
    return beside(session, event.edition, query, day, without=known, limit=SHOWN, language=language)


def _next_of(event: Event, today: date) -> Occurrence | None:
    """The first occurrence that is not over; of an event that is over, its first."""
    ahead = (each for each in event.occurrences if each.last_day >= today)
    return next(ahead, event.occurrences[0] if event.occurrences else None)


def _day_of(event: Event, today: date) -> date:
    occurrence = _next_of(event, today)
    if occurrence is None:
        return event.edition.first_day
    goes_on = occurrence.first_day <= today <= occurrence.last_day
    return today if goes_on else occurrence.first_day


def _in_edition(event: Event, **wishes: tuple[object, ...]) -> CalendarQuery:
    """A query of the event's own edition, by name only where it is not the present one."""
    edition = event.edition.slug if event.edition.state is EditionState.ARCHIVED else ""
    return CalendarQuery(edition=edition).with_(**wishes)

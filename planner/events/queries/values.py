"""Under which values of each filter a public occurrence is found: what the kept shelves are made of.

``narrowing`` says the same the other way round, from the value to the occurrences; a test compares the two.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.core.db import UTCDateTime
from planner.core.idset import IdSet
from planner.data.kommuner import COUNTY_CODE
from planner.editions.models import Edition, Theme
from planner.events.models import (
    CalendarShelf,
    CalendarValue,
    Event,
    EventAudience,
    EventKommun,
    EventLanguage,
    EventTheme,
    Form,
    Hosting,
    HostingState,
    Occurrence,
)
from planner.events.models.calendar import BEGINNING, CALLED_OFF, WHEN
from planner.events.queries.narrowing import in_form, takes_place
from planner.events.queries.needs import needs_met
from planner.events.queries.slots import Slot
from planner.events.queries.visibility import is_published, may_be_named
from planner.organisations.models import Organisation
from planner.venues.models import Venue

MOST_DAYS_KEPT = 31
"""An edition that gathers what happened over a longer time is not kept by day: an exhibition would fill the table."""

AT_A_TIME = 10_000
"""Rows that are held at once when a whole programme is gone through."""

Found = sa.CTE
Values = sa.Select[Any]
Rows = sa.Select[*tuple[Any, ...]]
"""Of ``CalendarValue``, in ``COLUMNS``."""

Shelf = tuple[str, str]
"""A filter and one value of it; ("", "") is the whole programme."""

COLUMNS = ("occurrence_id", "key", "value", "edition_id", "first_day", "starts_at")


def days_of(edition: Edition) -> list[date]:
    """The edition's days, first to last."""
    return [edition.first_day + timedelta(days=n) for n in range((edition.last_day - edition.first_day).days + 1)]


def days_kept(edition: Edition) -> tuple[date, ...]:
    """The days by which an edition's programme is kept: its own, if they are not too many."""
    days = tuple(days_of(edition))
    return days if len(days) <= MOST_DAYS_KEPT else ()


def found_otherwise(session: Session, edition: Edition, ids: Collection[int]) -> list[int]:
    """Those of the occurrences that are found under other values, or stand elsewhere in the order, than is kept."""
    kept = sa.select(*(getattr(CalendarValue, name) for name in COLUMNS)).where(CalendarValue.occurrence_id.in_(ids))
    now = session.execute(values_of_some(edition), {"ids": list(ids)})
    unlike = {tuple(row) for row in session.execute(kept)} ^ {tuple(row) for row in now}
    return sorted({int(row[0]) for row in unlike})


def values_of_all(edition: Edition) -> Rows:
    """The rows of an edition's whole programme."""
    return _rows(Occurrence.edition_id == edition.id, days_kept(edition))


def values_of_some(edition: Edition) -> Rows:
    """The rows of the occurrences with the parameter ``ids``, all of this edition."""
    return _rows_of_some(days_kept(edition))


def shelves_made(session: Session, edition: Edition, ids: Collection[int] | None = None) -> dict[Shelf, IdSet]:
    """What stands on each shelf by the kept values: of an edition's whole programme, or of some occurrences alone."""
    which = CalendarValue.edition_id == edition.id if ids is None else CalendarValue.occurrence_id.in_(ids)
    key, value, id_ = CalendarValue.key, CalendarValue.value, CalendarValue.occurrence_id
    others = sa.select(key, value, id_).where(which, key != WHEN).execution_options(yield_per=AT_A_TIME)
    shelves: defaultdict[Shelf, list[int]] = defaultdict(list)
    for its_key, its_value, its_id in session.execute(others):
        shelves[its_key, its_value].append(its_id)
    times = sa.select(CalendarValue.first_day, CalendarValue.starts_at, value, id_)
    for first_day, starts_at, end, its_id in session.execute(times.where(which, key == WHEN)):
        shelves[WHEN, str(Slot.kept(first_day, starts_at, end))].append(its_id)
    return {shelf: IdSet(members) for shelf, members in shelves.items()}


def is_kept_right(session: Session, edition: Edition) -> bool:
    """Whether what is kept of an edition is what would be kept now; the work of going through all of it."""
    kept = sa.select(*(getattr(CalendarValue, name) for name in COLUMNS)).where(CalendarValue.edition_id == edition.id)
    two_ways = itertools.permutations((values_of_all(edition), kept))
    if any(session.execute(sa.except_(one, other).limit(1)).first() is not None for one, other in two_ways):
        return False
    rows = session.execute(
        sa.select(CalendarShelf.key, CalendarShelf.value, CalendarShelf.number, CalendarShelf.members).where(
            CalendarShelf.edition_id == edition.id
        )
    )
    made = shelves_made(session, edition)
    return {(row[0], row[1]): (row[2], row[3]) for row in rows} == {
        shelf: (len(members), members) for shelf, members in made.items()
    }


@lru_cache(maxsize=16)
def _rows_of_some(days: tuple[date, ...]) -> Rows:
    # Made once: it has some thirty parts, and SQLAlchemy recognises a statement that it has met.
    return _rows(Occurrence.id.in_(sa.bindparam("ids", expanding=True)), days)


def _rows(which: sa.ColumnElement[bool], days: Sequence[date]) -> Rows:
    found = (
        sa.select(
            *(Occurrence.id, Occurrence.event_id, Occurrence.edition_id, Occurrence.place_id),
            *(Occurrence.digital_place_id, Occurrence.first_day, Occurrence.last_day, Occurrence.starts_at),
            *(Occurrence.ends_at, sa.not_(takes_place()).label("is_off")),
        )
        .join(Occurrence.event)
        .where(which, is_published())
        .cte("found")
    )
    kinds: list[tuple[str, Sequence[Values]]] = [("", [values(found, sa.literal(""))]), ("dag", _days(found, days))]
    kinds.append((WHEN, [values(found, _end(found))]))
    kinds.append((CALLED_OFF, [values(found, sa.literal("")).where(found.c.is_off)]))
    kinds += [(key, make(found)) for key, make in VALUES.items()]
    pairs = sa.union(
        *(select.add_columns(sa.literal(key).label("key")) for key, selects in kinds for select in selects)
    ).subquery("pairs")
    starts_at = sa.func.coalesce(found.c.starts_at, sa.literal(BEGINNING, UTCDateTime()), type_=UTCDateTime())
    return sa.select(pairs.c.id, pairs.c.key, pairs.c.value, found.c.edition_id, found.c.first_day, starts_at).join(
        found, found.c.id == pairs.c.id
    )


def values(found: Found, value: sa.SQLColumnExpression[Any]) -> Values:
    """Id and value of what is found; to be joined with where the value stands."""
    return sa.select(found.c.id.label("id"), sa.type_coerce(value, sa.Text()).label("value")).select_from(found)


def _days(found: Found, days: Sequence[date]) -> Sequence[Values]:
    """What goes on over several is found on each."""
    return [
        values(found, sa.literal(day.isoformat())).where(found.c.first_day <= day, found.c.last_day >= day)
        for day in days
    ]


def _end(found: Found) -> sa.ColumnElement[str]:
    """The last day, and the instant if there is one: as ``Slot.kept`` reads them."""
    instant = sa.func.coalesce(sa.cast(found.c.ends_at, sa.Text), "")
    return sa.cast(found.c.last_day, sa.Text).concat("/").concat(instant)


def _forms(found: Found) -> Sequence[Values]:
    return [values(found, sa.literal(form.value)).where(in_form(form, found.c)) for form in Form]


def _kommuner(found: Found) -> Sequence[Values]:
    return (
        values(found, Venue.kommun_code)
        .join(Venue, Venue.id == found.c.place_id)
        .where(Venue.kommun_code.is_not(None)),
        values(found, EventKommun.kommun_code).join(EventKommun, EventKommun.event_id == found.c.event_id),
        values(found, sa.literal(COUNTY_CODE)).join(Event, Event.id == found.c.event_id).where(Event.is_countywide),
    )


def _organisations(found: Found) -> Sequence[Values]:
    own = values(found, Organisation.slug).join(Event, Event.id == found.c.event_id).join(Event.organiser)
    joint = (
        values(found, Organisation.slug)
        # A sum, so that SQLite goes from what is found to its hostings: it would else read every hosting there is.
        .join(Hosting, Hosting.event_id == found.c.event_id + 0)
        .join(Hosting.organisation)
        .where(Hosting.state == HostingState.ACCEPTED)
    )
    return own.where(may_be_named()), joint.where(may_be_named())


def _themes(found: Found) -> Sequence[Values]:
    return (
        values(found, Theme.slug)
        .join(EventTheme, EventTheme.event_id == found.c.event_id)
        .join(Theme, Theme.id == EventTheme.theme_id),
    )


def _audiences(found: Found) -> Sequence[Values]:
    return (values(found, EventAudience.audience).join(EventAudience, EventAudience.event_id == found.c.event_id),)


def _languages(found: Found) -> Sequence[Values]:
    return (values(found, EventLanguage.code).join(EventLanguage, EventLanguage.event_id == found.c.event_id),)


def _venues(found: Found) -> Sequence[Values]:
    at = sa.or_(Venue.id == found.c.place_id, Venue.id == found.c.digital_place_id)
    return (values(found, Venue.slug).join(Venue, at).where(Venue.is_private.is_(False)),)


def _needs(found: Found) -> Sequence[Values]:
    return [met.where(met.selected_columns.value != "") for met in needs_met(found)]


VALUES: Mapping[str, Callable[[Found], Sequence[Values]]] = {
    "form": _forms,
    "kommun": _kommuner,
    "arrangor": _organisations,
    "tema": _themes,
    "malgrupp": _audiences,
    "sprak": _languages,
    "plats": _venues,
    "behov": _needs,
}
"""Address key to the questions that together give each occurrence's values; days beside, which are the edition's."""

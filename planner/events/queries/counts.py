"""How many public occurrences there are for each value of a filter: one question a filter, whatever it counts."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.data.kommuner import COUNTY_CODE
from planner.editions.models import Edition, Theme
from planner.events.calendar_query import NARROWING_KEYS, CalendarQuery
from planner.events.models import (
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
from planner.events.queries.narrowing import in_form
from planner.events.queries.needs import needs_met
from planner.events.queries.public import public_occurrences
from planner.events.queries.visibility import may_be_named
from planner.organisations.models import Organisation
from planner.venues.models import Venue

_Found = sa.CTE
_Values = sa.Select[Any]


def count_by(session: Session, edition: Edition, query: CalendarQuery, key: str) -> dict[str, int]:
    """How many occurrences each value of an address key would give under the query's other filters; no zeros."""
    others = public_occurrences(edition.id, query if key in NARROWING_KEYS else query.without(key))
    if key == "dag":
        return _count_days(session, edition, others)
    if key == "form":
        return _count_forms(session, others)
    found = others.with_only_columns(
        Occurrence.id, Occurrence.event_id, Occurrence.place_id, Occurrence.digital_place_id
    ).cte("found")
    pairs = sa.union(*_VALUES[key](found)).subquery()
    value = pairs.c.value
    rows = session.execute(sa.select(value, sa.func.count()).group_by(value).order_by(value))
    return {str(each): number for each, number in rows}


def count_by_edition(session: Session, query: CalendarQuery) -> dict[int, int]:
    """How many occurrences match in each public edition, by its id; no zeros."""
    rows = session.execute(
        public_occurrences(None, query)
        .with_only_columns(Occurrence.edition_id, sa.func.count())
        .group_by(Occurrence.edition_id)
    )
    return dict(rows.all())


def days_of(edition: Edition) -> list[date]:
    """The edition's days, first to last."""
    return [edition.first_day + timedelta(days=n) for n in range((edition.last_day - edition.first_day).days + 1)]


def _count_days(session: Session, edition: Edition, found: sa.Select[Occurrence]) -> dict[str, int]:
    """Of the edition's own days; what goes on over several counts on each."""
    spans = session.execute(
        found.with_only_columns(Occurrence.first_day, Occurrence.last_day, sa.func.count()).group_by(
            Occurrence.first_day, Occurrence.last_day
        )
    ).all()
    counts = {day: sum(number for first, last, number in spans if first <= day <= last) for day in days_of(edition)}
    return {day.isoformat(): number for day, number in counts.items() if number}


def _count_forms(session: Session, found: sa.Select[Occurrence]) -> dict[str, int]:
    sums = [sa.func.count(sa.case((in_form(form), 1))) for form in Form]
    numbers = session.execute(found.with_only_columns(*sums)).one()
    return {form.value: number for form, number in zip(Form, numbers, strict=True) if number}


def _kommuner(found: _Found) -> Sequence[_Values]:
    return (
        _values(found, Venue.kommun_code)
        .join(Venue, Venue.id == found.c.place_id)
        .where(Venue.kommun_code.is_not(None)),
        _values(found, EventKommun.kommun_code).join(EventKommun, EventKommun.event_id == found.c.event_id),
        _values(found, sa.literal(COUNTY_CODE)).join(Event, Event.id == found.c.event_id).where(Event.is_countywide),
    )


def _organisations(found: _Found) -> Sequence[_Values]:
    own = _values(found, Organisation.slug).join(Event, Event.id == found.c.event_id).join(Event.organiser)
    joint = (
        _values(found, Organisation.slug)
        # A sum, so that SQLite goes from what is found to its hostings: it would else read every hosting there is.
        .join(Hosting, Hosting.event_id == found.c.event_id + 0)
        .join(Hosting.organisation)
        .where(Hosting.state == HostingState.ACCEPTED)
    )
    return own.where(may_be_named()), joint.where(may_be_named())


def _themes(found: _Found) -> Sequence[_Values]:
    return (
        _values(found, Theme.slug)
        .join(EventTheme, EventTheme.event_id == found.c.event_id)
        .join(Theme, Theme.id == EventTheme.theme_id),
    )


def _audiences(found: _Found) -> Sequence[_Values]:
    value = sa.type_coerce(EventAudience.audience, sa.Text())
    return (_values(found, value).join(EventAudience, EventAudience.event_id == found.c.event_id),)


def _languages(found: _Found) -> Sequence[_Values]:
    return (_values(found, EventLanguage.code).join(EventLanguage, EventLanguage.event_id == found.c.event_id),)


def _venues(found: _Found) -> Sequence[_Values]:
    at = sa.or_(Venue.id == found.c.place_id, Venue.id == found.c.digital_place_id)
    return (_values(found, Venue.slug).join(Venue, at).where(Venue.is_private.is_(False)),)


def _values(found: _Found, value: sa.SQLColumnExpression[Any]) -> _Values:
    return sa.select(found.c.id.label("id"), value.label("value")).select_from(found)


_VALUES = {
    "kommun": _kommuner,
    "arrangor": _organisations,
    "tema": _themes,
    "malgrupp": _audiences,
    "sprak": _languages,
    "plats": _venues,
    "behov": needs_met,
}

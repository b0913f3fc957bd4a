"""The gaps of a week: kommun × day and kommun × form, with the same numbers as the programme has."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.data.kommuner import COUNTY_CODE, kommuner
from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Event, EventKommun, Form, Occurrence, Visibility
from planner.events.queries import days_of, public_occurrences
from planner.events.queries.visibility import PUBLIC_STATUSES, may_be_named
from planner.venues.models import Venue


@dataclass
class OverviewRow:
    """One kommun (``17`` what concerns the whole county, "" what names no kommun): occurrences by day and by form."""

    code: str
    total: int = 0
    by_day: dict[date, int] = field(default_factory=dict)
    by_form: dict[Form, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Overview:
    """An edition's days across, its kommuner down. ``total`` counts each occurrence once, whatever its kommuner."""

    days: Sequence[date]
    rows: Sequence[OverviewRow]
    total: OverviewRow


def overview_of(session: Session, edition: Edition) -> Overview:
    """What the public sees of the edition; of one that is not public yet, what it will see. Two questions."""
    days = days_of(edition)
    found = _programme(edition).cte("found")
    kommun = _kommuner(found).subquery()
    spans = (found.c.first_day, found.c.last_day, found.c.is_onsite, found.c.is_online)
    by_kommun = session.execute(
        sa.select(kommun.c.code, *spans, sa.func.count())
        .select_from(found.outerjoin(kommun, kommun.c.id == found.c.id))
        .group_by(kommun.c.code, *spans)
    )
    rows = {code: OverviewRow(code) for code in (*kommuner(), COUNTY_CODE, "")}
    for code, *group in by_kommun:
        _add(rows[code or ""], days, *group)
    total = OverviewRow("")
    for each in session.execute(sa.select(*spans, sa.func.count()).group_by(*spans)):
        _add(total, days, *each)
    return Overview(days, [row for row in rows.values() if row.total or row.code in kommuner()], total)


def _add(row: OverviewRow, days: Sequence[date], first: date, last: date, onsite: bool, online: bool, n: int) -> None:
    row.total += n
    for day in days:
        if first <= day <= last:
            row.by_day[day] = row.by_day.get(day, 0) + n
    # A hybrid is found under either form, as in the calendar's filter.
    forms = {Form.ONSITE: onsite, Form.ONLINE: online, Form.HYBRID: onsite and online}
    forms[Form.UNKNOWN] = not onsite and not online
    for form, is_so in forms.items():
        if is_so:
            row.by_form[form] = row.by_form.get(form, 0) + n


def _programme(edition: Edition) -> sa.Select[*tuple[Any, ...]]:
    if edition.is_public:
        found = public_occurrences(edition, CalendarQuery())
    else:
        found = (
            sa.select(Occurrence)
            .join(Occurrence.event)
            .join(Event.organiser)
            .where(Occurrence.edition_id == edition.id, Event.status.in_(PUBLIC_STATUSES))
            .where(Event.visibility == Visibility.PUBLIC, may_be_named())
        )
    return found.with_only_columns(
        Occurrence.id,
        Occurrence.event_id,
        Occurrence.place_id,
        Occurrence.first_day,
        Occurrence.last_day,
        Occurrence.place_id.is_not(None).label("is_onsite"),
        Occurrence.digital_place_id.is_not(None).label("is_online"),
        Event.is_countywide,
    )


def _kommuner(found: sa.CTE) -> sa.CompoundSelect[Any]:
    """Each occurrence with each kommun that the calendar's filter finds it under."""
    place = sa.select(found.c.id.label("id"), Venue.kommun_code.label("code")).join(Venue, Venue.id == found.c.place_id)
    stated = sa.select(found.c.id, EventKommun.kommun_code).join(EventKommun, EventKommun.event_id == found.c.event_id)
    county = sa.select(found.c.id, sa.literal(COUNTY_CODE)).where(found.c.is_countywide)
    return sa.union(place.where(Venue.kommun_code.is_not(None)), stated, county)

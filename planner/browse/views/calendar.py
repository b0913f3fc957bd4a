"""The calendar: the address is the query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from planner.browse.views.asked import explained, readable
from planner.browse.views.blueprint import blueprint, calendar_url
from planner.browse.views.facets import MOST_DAYS, active_filters, facets_of, ways_out
from planner.browse.views.listing import listing_of
from planner.browse.views.start import coming
from planner.core.errors import NotFound, Problem
from planner.data.kommuner import COUNTY_NAME
from planner.editions.models import Edition, EditionState
from planner.editions.queries import public_editions
from planner.events.calendar_query import CalendarQuery
from planner.events.queries import count_by, days_of, edition_of
from planner.web.access import Level, access
from planner.web.database import db

PAGE_KEY = "sida"


@blueprint.get("/kalender")
@access(Level.ANYONE)
def calendar() -> str | tuple[str, int]:
    """The programme by day, narrowed as the address says; an address that is not understood is explained."""
    session = db.session()
    query, problems = readable(session, (pair for pair in request.args.items(multi=True) if pair[0] != PAGE_KEY))
    if problems:
        return _explained(problems, query), 400
    try:
        edition = edition_of(session, query)
    except NotFound:
        return render_template("browse/not_yet.html", coming=coming(session))
    listing, filters = listing_of(session, edition, query), active_filters(session, query)
    return render_template(
        "browse/calendar.html",
        listing=listing,
        facets=facets_of(session, edition, query),
        filters=filters,
        ways_out=[] if listing.page.total else ways_out(session, edition, query, filters),
        day_strip=_day_strip(session, edition, query),
        edition_links=_edition_links(session, edition, query),
    )


def _explained(problems: Sequence[Problem], rest: CalendarQuery) -> str:
    """What was wrong with the address, and the way to what is left of it."""
    ways_on = [(_("Visa hela kalendern och välj filter"), calendar_url())]
    if rest.is_narrowed:
        ways_on.insert(0, (_("Visa kalendern utan det som inte finns"), calendar_url(rest)))
    return explained(problems, ways_on)


def _edition_links(session: Session, shown: Edition, query: CalendarQuery) -> list[tuple[Edition, str]]:
    """The other public editions, our county's first, with the same wishes but for days, which are of one week."""
    wishes, editions = query.without("dag"), public_editions(session)
    current = next((edition for edition in editions if edition.state is EditionState.PUBLISHED), editions[0])
    others = [edition for edition in editions if edition is not shown]
    return [
        (edition, calendar_url(wishes.with_(edition="" if edition is current else edition.slug)))
        for edition in sorted(others, key=lambda edition: edition.county != COUNTY_NAME)
    ]


@dataclass(frozen=True)
class DayLink:
    """A day of the edition: how much takes place on it, and the query that shows it alone."""

    day: date
    count: int
    query: CalendarQuery
    is_shown: bool


def _day_strip(session: Session, edition: Edition, query: CalendarQuery) -> list[DayLink]:
    days = days_of(edition)
    if len(days) > MOST_DAYS:
        return []
    counts = count_by(session, edition, query, "dag")
    return [
        DayLink(day, counts.get(day.isoformat(), 0), query.with_(days=(day,)), query.days == (day,)) for day in days
    ]

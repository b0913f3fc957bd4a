"""The calendar: the address is the query, and how it is looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from planner.browse.view import KEY, View, read_view
from planner.browse.views import county_map, grids, listing
from planner.browse.views.asked import explained, readable, what_is_asked
from planner.browse.views.blueprint import blueprint, calendar_url
from planner.browse.views.facets import MOST_DAYS, active_filters, facets_of, ways_out
from planner.browse.views.now import moment_above
from planner.browse.views.seen import Seen
from planner.browse.views.start import coming
from planner.core.errors import NotFound, Problem
from planner.data.kommuner import COUNTY_NAME
from planner.editions.models import Edition, EditionState
from planner.editions.queries import public_editions
from planner.events.calendar_query import CalendarQuery
from planner.events.queries import count_by, days_of, edition_of
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.paging import KEY as PAGE_KEY

SEEN: dict[View, Callable[[Session, Edition, CalendarQuery], Seen]] = {
    View.LIST: listing.seen,
    View.DAY: grids.day,
    View.WEEK: grids.week,
    View.MONTH: grids.month,
    View.MAP: county_map.seen,
}


@blueprint.get("/kalender")
@access(Level.ANYONE)
def calendar() -> str | Response | tuple[str, int]:
    """The programme, narrowed and seen as the address says; an address that is not understood is explained."""
    session = db.session()
    query, view, problems = _asked(session)
    if problems:
        return _explained(problems, query, view), 400
    if view is View.LIST and request.args.get(KEY):
        return redirect(calendar_url(query), 301)
    if "" in request.args.values():
        return redirect(f"{calendar_url()}?{what_is_asked()}".removesuffix("?"), 301)
    try:
        edition = edition_of(session, query)
    except NotFound:
        return render_template("browse/not_yet.html", coming=coming(session))
    seen = SEEN[view](session, edition, query)
    return render_template(seen.template, **seen.words, **_frame(session, edition, query, view, seen))


def _asked(session: Session) -> tuple[CalendarQuery, View, list[Problem]]:
    """What the address asks for, in which view, and what is wrong with it."""
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] not in (PAGE_KEY, KEY)]
    query, problems = readable(session, pairs)
    view, unknown = read_view(request.args.getlist(KEY))
    return query, view, [*problems, *unknown]


def _frame(session: Session, edition: Edition, query: CalendarQuery, view: View, seen: Seen) -> dict[str, Any]:
    """What stands around the programme in every view."""
    filters = active_filters(session, query)
    return {
        "edition": edition,
        "query": query,
        "view": view,
        "total": seen.total,
        "facets": facets_of(session, edition, query),
        "filters": filters,
        "moment": moment_above(session, edition, query) if view is View.LIST else None,
        "ways_out": [] if seen.total else ways_out(session, edition, query, filters),
        "view_links": [(_(each.label), _seen_as(query, view, each), each is view) for each in View],
        "day_strip": [] if view.shows_days else _day_strip(session, edition, query, seen.days),
        "edition_links": _edition_links(session, edition, query, view),
    }


def _seen_as(query: CalendarQuery, view: View, other: View) -> str:
    """The same query in another view; a day that one looks at is no wish about the week or the month around it."""
    is_page = view is View.DAY and other.shows_days and len(query.days) == 1
    return calendar_url(query.without("dag") if is_page else query, other)


def _explained(problems: Sequence[Problem], rest: CalendarQuery, view: View) -> str:
    """What was wrong with the address, and the way to what is left of it."""
    ways_on = [(_("Visa hela kalendern och välj filter"), calendar_url())]
    if rest.is_narrowed:
        ways_on.insert(0, (_("Visa kalendern utan det som inte finns"), calendar_url(rest, view)))
    return explained(problems, ways_on)


def _edition_links(session: Session, shown: Edition, query: CalendarQuery, view: View) -> list[tuple[Edition, str]]:
    """The other public editions, our county's first, with the same wishes but for days, which are of one week."""
    wishes, editions = query.without("dag"), public_editions(session)
    current = next((edition for edition in editions if edition.state is EditionState.PUBLISHED), editions[0])
    others = [edition for edition in editions if edition is not shown]
    return [
        (edition, calendar_url(wishes.with_(edition="" if edition is current else edition.slug), view))
        for edition in sorted(others, key=lambda edition: edition.county != COUNTY_NAME)
    ]


@dataclass(frozen=True)
class DayLink:
    """A day of the edition: how much takes place on it, and the query that shows it alone."""

    day: date
    count: int
    query: CalendarQuery
    is_shown: bool


def _day_strip(session: Session, edition: Edition, query: CalendarQuery, shown: tuple[date, ...]) -> list[DayLink]:
    days = days_of(edition)
    if len(days) > MOST_DAYS:
        return []
    counts = count_by(session, edition, query, "dag")
    return [DayLink(day, counts.get(day.isoformat(), 0), query.with_(days=(day,)), shown == (day,)) for day in days]

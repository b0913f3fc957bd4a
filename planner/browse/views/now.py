"""Now and next: for somebody with an hour to spare, on the page of its own and above the calendar."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from planner.browse.views.asked import explained, readable
from planner.browse.views.blueprint import blueprint, calendar_url, now_url
from planner.browse.views.facets import active_filters
from planner.browse.views.start import coming, phase_of
from planner.core.clock import to_utc, utc_now
from planner.core.errors import NotFound
from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.queries import Moment, edition_of, moment_of, next_occurrences
from planner.web.access import Level, access
from planner.web.caching import hold_until
from planner.web.database import db
from planner.web.language import text_language

SHOWN = 12
SHOWN_ABOVE = 3
SHOWN_FIRST = 6
A_MINUTE = timedelta(minutes=1)


@blueprint.get("/nu")
@access(Level.ANYONE)
def now() -> str | tuple[str, int]:
    """What goes on and what begins next, narrowed as the calendar is; outside the week, how it begins."""
    session = db.session()
    query, problems = readable(session, request.args.items(multi=True))
    if problems:
        ways_on = [(_("Se allt som pågår"), now_url()), (_("Visa hela kalendern och välj filter"), calendar_url())]
        return explained(problems, ways_on), 400
    try:
        edition = edition_of(session, query)
    except NotFound:
        return render_template("browse/not_yet.html", coming=coming(session))
    instant = _this_minute()
    phase = phase_of(edition, instant)
    return render_template(
        "browse/now.html",
        query=query,
        edition=edition,
        phase=phase,
        instant=instant,
        filters=active_filters(session, query),
        moment=_moment(session, edition, query, instant, SHOWN) if phase.is_on else None,
        first=_first(session, edition, query) if phase.is_before else [],
    )


def moment_above(session: Session, edition: Edition, query: CalendarQuery) -> Moment | None:
    """The few rows above the calendar while the week is on; nothing when it is not."""
    instant = _this_minute()
    return _moment(session, edition, query, instant, SHOWN_ABOVE) if phase_of(edition, instant).is_on else None


def _this_minute() -> datetime:
    return utc_now().replace(second=0, microsecond=0)


def _moment(session: Session, edition: Edition, query: CalendarQuery, instant: datetime, limit: int) -> Moment:
    hold_until(instant + A_MINUTE)
    return moment_of(session, edition, query, instant, limit=limit, language=text_language())


def _first(session: Session, edition: Edition, query: CalendarQuery) -> object:
    week_begins = to_utc(edition.first_day, time(0), ZoneInfo(edition.time_zone))
    return next_occurrences(session, edition, week_begins, SHOWN_FIRST, query, language=text_language())

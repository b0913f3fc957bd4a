"""Following the programme in one's own calendar: choose, see what it gives, take the address along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from planner.browse.subscription import name_of
from planner.browse.views.asked import explained, readable
from planner.browse.views.blueprint import (
    blueprint,
    calendar_url,
    feed_url,
    public_page,
    short_feed_url,
    subscribe_url,
)
from planner.browse.views.facets import ActiveFilter, Facet, WayOut, active_filters, day_facet, facets_of, ways_out
from planner.browse.views.start import phase_of
from planner.core.clock import to_utc, utc_now
from planner.core.codes import as_code
from planner.core.errors import Invalid, NotFound, Problem
from planner.core.subscription import Subscription
from planner.editions.models import Edition
from planner.events.actions import shorten_query
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Occurrence
from planner.events.queries import count_occurrences, edition_of, next_occurrences, shortened_query
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.forms import takes_no_token
from planner.web.language import text_language
from planner.web.limits import limiter
from planner.web.qr import qr_code

SHOWN_NEXT = 3
A_DAY = 86_400


@blueprint.get("/prenumerera")
@access(Level.ANYONE)
def subscribe() -> str | tuple[str, int]:
    """Choose what to follow, see how much that is, and get it into one's own calendar."""
    session = db.session()
    query, problems = readable(session, request.args.items(multi=True))
    return _explained(problems, query) if problems else _page(session, query)


@blueprint.get("/prenumerera/<code>")
@access(Level.ANYONE)
def subscribe_shortly(code: str) -> str | tuple[str, int]:
    """The same for a query that has been given a short address."""
    session = db.session()
    query, problems = readable(session, shortened_query(session, code).pairs())
    return _explained(problems, query) if problems else _page(session, query, as_code(code))


@blueprint.get("/f/<code>")
@access(Level.ANYONE)
def short(code: str) -> WerkzeugResponse:
    """The calendar page that a short address leads to. Not for ever the same one: slugs change."""
    return redirect(calendar_url(shortened_query(db.session(), code)), 302)


@blueprint.post("/f")
@access(Level.ANYONE)
@takes_no_token
@limiter.limit("10 per minute; 60 per hour")
def shorten() -> WerkzeugResponse | tuple[str, int]:
    """Give a query that is too long a short address, or find the one that it has.

    It takes no token, which would need a cookie. Nobody gains by having somebody else post it: nothing changes for the
    visitor, the same query always has the same address, and what is kept says nothing of who asked.
    """
    session = db.session()
    query, problems = readable(session, request.form.items(multi=True))
    if problems:
        return _explained(problems, query)
    if feed_url(query, "/kalender"):
        return redirect(subscribe_url(query), 303)
    kept = shorten_query(session, query)
    session.commit()
    return redirect(url_for("browse.subscribe_shortly", code=kept.code, _anchor="lagg-till"), 303)


@blueprint.get("/prenumerera/qr-<any(kalender, sida):goal>.svg")
@access(Level.ANYONE)
def qr(goal: str) -> Response:
    """A picture to scan that leads straight to the calendar app, or to the page with every way in."""
    query, problems = readable(db.session(), request.args.items(multi=True))
    if problems:
        raise Invalid(problems)
    return _picture(goal, feed_url(query, "/kalender"), public_page(subscribe_url(query)))


@blueprint.get("/prenumerera/<code>/qr-<any(kalender, sida):goal>.svg")
@access(Level.ANYONE)
def qr_shortly(code: str, goal: str) -> Response:
    """The same for a short address."""
    shortened_query(db.session(), code)
    page = url_for("browse.subscribe_shortly", code=as_code(code))
    return _picture(goal, short_feed_url(as_code(code)), public_page(page))


def _picture(goal: str, feed: str, page: str) -> Response:
    """A code of what would be too much to type; a query without an address of its own has none."""
    if not feed:
        raise NotFound
    text = Subscription(feed, "").webcal if goal == "kalender" else page
    headers = {"Cache-Control": f"public, max-age={A_DAY}"}
    return Response(qr_code(text), mimetype="image/svg+xml", headers=headers)


@dataclass(frozen=True)
class Preview:
    """What a subscriber would have today: how much, what comes next, and if it is nothing, what would give more."""

    edition: Edition
    total: int
    coming: Sequence[Occurrence]
    is_over: bool
    ways_out: Sequence[WayOut]
    facets: Sequence[Facet]


def _preview(session: Session, query: CalendarQuery, filters: Sequence[ActiveFilter]) -> Preview | None:
    """Nothing before the first programme is published; one may subscribe all the same."""
    try:
        edition = edition_of(session, query)
    except NotFound:
        return None
    phase = phase_of(edition, utc_now())
    # From midnight, so that the page is the same all day and can be kept.
    today = to_utc(phase.today, time(0), ZoneInfo(edition.time_zone))
    total = count_occurrences(session, edition, query)
    return Preview(
        edition,
        total=total,
        coming=next_occurrences(session, edition, today, SHOWN_NEXT, query, language=text_language()),
        is_over=phase.is_over,
        ways_out=[] if total else ways_out(session, edition, query, filters),
        facets=[*facets_of(session, edition, query), *day_facet(session, edition, query)],
    )


def _page(session: Session, query: CalendarQuery, code: str = "") -> str:
    filters = active_filters(session, query)
    preview = _preview(session, query, filters)
    words = [each.label for each in filters]
    name = name_of(words, _("och %(count)s till"), preview.edition.name if preview and query.edition else "")
    address = short_feed_url(code) if code else feed_url(query, "/kalender")
    return render_template(
        "browse/subscribe.html",
        query=query,
        code=code,
        filters=filters,
        preview=preview,
        subscription=Subscription(address, name) if address else None,
        name=name,
    )


def _explained(problems: Sequence[Problem], rest: CalendarQuery) -> tuple[str, int]:
    ways_on = [(_("Välj fritt vad du vill prenumerera på"), subscribe_url())]
    if rest.is_narrowed:
        ways_on.insert(0, (_("Prenumerera utan det som inte finns"), subscribe_url(rest)))
    return explained(problems, ways_on), 400

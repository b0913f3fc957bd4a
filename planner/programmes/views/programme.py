"""The programme itself, for whoever holds its address."""

from collections.abc import Sequence
from datetime import date

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.core.clock import STOCKHOLM, utc_now
from planner.core.errors import Invalid, Problem
from planner.core.text import N_
from planner.data.kommuner import COUNTY_CODE, kommuner
from planner.editions.models import Edition
from planner.editions.queries import current_edition
from planner.events.calendar_query import CalendarQuery
from planner.events.queries import count_by, count_occurrences, days_of, list_occurrences
from planner.programmes.actions import remove_occurrence, save_occurrences
from planner.programmes.agenda import agenda_of
from planner.programmes.models import Programme
from planner.programmes.queries import Saved, occurrences_named, saved_in, saved_uids, withdrawn_from
from planner.programmes.views.blueprint import blueprint, calendar_of, drawn, programme_at, public_address
from planner.programmes.views.remembering import remembered_token
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.language import text_language
from planner.web.paging import page_of

PAGE_SIZE = 60


@blueprint.get("/mitt-program/<token>")
@access(Level.HOLDER)
def show(token: str) -> str:
    """What is saved, day by day; what came of the button that led here."""
    return _page(token, programme_at(token))


@blueprint.post("/mitt-program/<token>/spara")
@access(Level.HOLDER)
def save(token: str) -> Response | tuple[str, int]:
    """Save more, or what was taken away by mistake."""
    programme = programme_at(token)
    try:
        count = save_occurrences(db.session(), programme, request.form.getlist("tillfalle"), now=utc_now())
    except Invalid as invalid:
        return _page(token, programme, invalid.problems), 422
    db.session.commit()
    return redirect(url_for("programmes.show", token=token, sparade=count), 303)


@blueprint.post("/mitt-program/<token>/ta-bort")
@access(Level.HOLDER)
def remove(token: str) -> Response:
    """Take one away; the page offers to put it back."""
    uid = request.form.get("tillfalle", "")
    remove_occurrence(db.session(), programme_at(token), uid, now=utc_now())
    db.session.commit()
    return redirect(url_for("programmes.show", token=token, borttaget=uid), 303)


@blueprint.get("/mitt-program/<token>/fler")
@access(Level.HOLDER)
def more(token: str) -> str:
    """A day of the calendar to choose from, for somebody whose browser has nothing to remember."""
    session, programme = db.session(), programme_at(token)
    edition = current_edition(session)
    if edition is None:
        return render_template("programmes/more.html", token=token, programme=programme, edition=None)
    query = _asked(edition)
    page = page_of(count_occurrences(session, edition, query), PAGE_SIZE)
    return render_template(
        "programmes/more.html",
        token=token,
        programme=programme,
        edition=edition,
        query=query,
        page=page,
        days=days_of(edition),
        counts=count_by(session, edition, query, "dag"),
        kommun_codes=(*kommuner(), COUNTY_CODE),
        kommun_counts=count_by(session, edition, query, "kommun"),
        found=sorted(
            list_occurrences(session, edition, query, offset=page.offset, limit=page.size, language=text_language()),
            key=lambda occurrence: occurrence.starts_at is None,
        ),
        held=saved_uids(session, programme),
    )


def _asked(edition: Edition) -> CalendarQuery:
    """One day, the next of the week unless one is asked for, and the kommun if any."""
    query = CalendarQuery.parse([(key, value) for key in ("dag", "kommun") for value in request.args.getlist(key)])
    if len(query.days) > 1 or len(query.kommuner) > 1:
        raise Invalid([Problem("dag", N_("Välj en dag och en kommun i taget."))])
    return query if query.days else query.with_(days=(_next_day(edition),))


def _next_day(edition: Edition) -> date:
    days, today = days_of(edition), _today()
    return next((day for day in days if day >= today), days[0])


def _page(token: str, programme: Programme, problems: list[Problem] | None = None) -> str:
    session = db.session()
    language = text_language()
    saved = saved_in(session, programme, language)
    agenda = agenda_of(saved, withdrawn_from(session, programme), _today())
    removed = _just_removed(saved)
    address = public_address("programmes.show", token)
    return render_template(
        "programmes/show.html",
        token=token,
        programme=programme,
        agenda=agenda,
        problems=problems or [],
        saved=request.args.get("sparade", type=int),
        removed_uid=removed,
        removed=next(iter(occurrences_named(session, [removed], language)), None),
        has_new_address="bytt" in request.args,
        is_remembered=remembered_token() == token,
        address=address,
        calendar=calendar_of(programme, token),
        code=drawn(address),
    )


def _just_removed(saved: Sequence[Saved]) -> str:
    """What the address says was just taken away, unless it has been put back since."""
    uid = request.args.get("borttaget", "")
    return "" if any(one.occurrence.uid == uid for one in saved) else uid


def _today() -> date:
    return utc_now().astimezone(STOCKHOLM).date()

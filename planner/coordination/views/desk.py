"""What waits for the coordinator, the whole programme as a list, and the gaps of the week."""

from flask import render_template, request

from planner.coordination.queries import (
    COUNTED_STATUSES,
    active_editions,
    desk_of,
    event_ids_found,
    events_by_ids,
    overview_of,
)
from planner.coordination.views.blueprint import blueprint, edition_asked
from planner.core.clock import utc_now
from planner.core.text import clean_line
from planner.editions.queries import all_editions
from planner.events.calendar_query import CalendarQuery
from planner.events.models import EventStatus, Form
from planner.events.rules import may_review_event
from planner.organisations.login import current_actor
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.paging import page_of

PAGE_SIZE = 40


@blueprint.get("")
@access(Level.COORDINATOR)
def desk() -> str:
    """Everything that waits, with the county's or the own kommuner's counts."""
    edition, actor = edition_asked(), current_actor()
    return render_template(
        "coordination/desk.html",
        edition=edition,
        editions=active_editions(db.session()),
        desk=desk_of(db.session(), actor, edition, now=utc_now()) if edition else None,
        actor=actor,
        may_review=lambda event: may_review_event(actor, event),
    )


@blueprint.get("/programpunkter")
@access(Level.COORDINATOR)
def events() -> str:
    """The coordinated events of an edition, searched and narrowed to a status."""
    edition, actor = edition_asked(), current_actor()
    words = clean_line(request.args.get("q", ""))[:100]
    asked = request.args.get("status", "")
    status = EventStatus(asked) if asked in COUNTED_STATUSES else None
    ids = event_ids_found(db.session(), actor, edition, words, status) if edition else []
    page = page_of(len(ids), PAGE_SIZE)
    return render_template(
        "coordination/events.html",
        edition=edition,
        editions=all_editions(db.session()),
        events=events_by_ids(db.session(), ids[page.offset : page.offset + page.size]),
        page=page,
        words=words,
        status=status,
        statuses=COUNTED_STATUSES,
    )


@blueprint.get("/oversikt")
@access(Level.COORDINATOR)
def overview() -> str:
    """Kommun × day and kommun × form: where the week is empty."""
    edition = edition_asked()
    return render_template(
        "coordination/overview.html",
        edition=edition,
        editions=all_editions(db.session()),
        overview=overview_of(db.session(), edition) if edition else None,
        forms_of_attendance=Form,
        query=lambda **filters: CalendarQuery(edition=edition.slug if edition else "", **filters),
    )

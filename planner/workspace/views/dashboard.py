"""The first page of the workspace: what waits, what is mine, what is soon too late."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from planner.core.clock import utc_now
from planner.core.errors import Problem
from planner.editions.queries import current_edition, next_edition, open_editions
from planner.events.models import Event, EventStatus
from planner.events.queries import events_of, handovers_waiting_for, hostings_waiting_for, stranded_drafts_of
from planner.events.rules import is_host, is_organiser, missing_for_submission, today_in
from planner.organisations.login import current_actor
from planner.organisations.queries import claims_of, memberships_of
from planner.web.access import Level, access
from planner.web.database import db
from planner.workspace.deadlines import deadlines_of
from planner.workspace.views.blueprint import blueprint

IN_ORDER = (
    EventStatus.RETURNED,
    EventStatus.DRAFT,
    EventStatus.SUBMITTED,
    EventStatus.PUBLISHED,
    EventStatus.CANCELLED,
    EventStatus.WITHDRAWN,
    EventStatus.REJECTED,
    EventStatus.ARCHIVED,
)


@dataclass(frozen=True)
class OwnEvent:
    """One row of the dashboard: an event, whether we lead it, and what it still lacks."""

    event: Event
    is_ours: bool
    missing: Sequence[Problem]


@blueprint.get("/arbetsyta")
@access(Level.SIGNED_IN)
def index() -> str:
    """What waits for the person, their events by state, their organisations, and the days to keep."""
    session, actor, now = db.session(), current_actor(), utc_now()
    memberships = memberships_of(session, actor.id) if actor.id is not None else ()
    edition = next(iter(open_editions(session, now.date())), None) or next_edition(session) or current_edition(session)
    found = events_of(session, [*actor.roles, *actor.claims]) if actor.is_member else ()
    events = [_row(event) for event in found if is_host(actor, event)]
    waiting = hostings_waiting_for(session, actor) if actor.roles else ()
    return render_template(
        "workspace/index.html",
        memberships=memberships,
        claims=claims_of(session, actor.id) if actor.claims and actor.id is not None else (),
        waiting=waiting,
        handovers=handovers_waiting_for(session, actor) if actor.roles else (),
        groups=[(status, [row for row in events if row.event.status is status]) for status in IN_ORDER],
        stranded=stranded_drafts_of(session, actor.id) if actor.id is not None else (),
        has_events=bool(events),
        edition=edition,
        deadlines=deadlines_of(edition, today_in(edition, now)) if edition else (),
    )


def _row(event: Event) -> OwnEvent:
    is_unfinished = event.status in (EventStatus.DRAFT, EventStatus.RETURNED)
    return OwnEvent(
        event=event,
        is_ours=is_organiser(current_actor(), event),
        missing=missing_for_submission(event) if is_unfinished else (),
    )

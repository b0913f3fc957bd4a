"""Making one of two rows in the registry of places."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.coordination.queries import probable_duplicates
from planner.coordination.views.blueprint import blueprint, coordinated_venue
from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotFound, Problem
from planner.core.text import clean_line
from planner.events.queries import occurrence_ids_at_venue
from planner.organisations.login import current_actor
from planner.venues.actions import merge_venues
from planner.venues.models import Venue
from planner.venues.queries import search_venues, similar_venues
from planner.venues.rules import may_merge_venues
from planner.web.access import Level, access, require
from planner.web.database import db

Answered = str | Response | tuple[str, int]


@blueprint.get("/platser")
@access(Level.COORDINATOR)
def venues() -> str:
    """Places that are probably in the registry twice."""
    return render_template("coordination/venues.html", pairs=probable_duplicates(db.session(), current_actor()))


@blueprint.get("/platser/<slug>/sammanslagning")
@access(Level.COORDINATOR)
def choose_merge(slug: str) -> str:
    """Choose the other row: those of nearly the same name, or what a search finds."""
    venue, actor, session = coordinated_venue(slug), current_actor(), db.session()
    words = clean_line(request.args.get("q", ""))[:100]
    if words:
        found = search_venues(session, words, kind=venue.kind, actor=actor, limit=20)
    else:
        found = similar_venues(session, venue.name, venue.kommun_code, venue.kind)
    others = [other for other in found if other.id != venue.id and may_merge_venues(actor, venue, other)]
    return render_template("coordination/merge_choose.html", venue=venue, others=others, words=words)


@blueprint.get("/platser/<slug>/sammanslagning/<other>")
@access(Level.COORDINATOR)
def preview_merge(slug: str, other: str) -> str:
    """Both rows side by side, which one stays, and what moves."""
    kept, merged = _pair(slug, other)
    return _preview(kept, merged)


@blueprint.post("/platser/<slug>/sammanslagning/<other>")
@access(Level.COORDINATOR)
def merge(slug: str, other: str) -> Answered:
    """Make the two rows one."""
    kept, merged = _pair(slug, other)
    try:
        merge_venues(db.session(), kept, merged, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        return _preview(kept, merged, invalid.problems), 422
    db.session.commit()
    flash(_("Platserna är sammanslagna. Den gamla adressen leder vidare."))
    return redirect(url_for("venues.show", slug=kept.slug))


def _pair(slug: str, other: str) -> tuple[Venue, Venue]:
    kept, merged = coordinated_venue(slug), coordinated_venue(other)
    if kept.id == merged.id:
        raise NotFound
    require(may_merge_venues(current_actor(), kept, merged))
    return kept, merged


def _preview(kept: Venue, merged: Venue, problems: list[Problem] | tuple[()] = ()) -> str:
    return render_template(
        "coordination/merge_preview.html",
        kept=kept,
        merged=merged,
        moving=len(occurrence_ids_at_venue(db.session(), merged.id)),
        problems=problems,
    )

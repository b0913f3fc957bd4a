"""Who stands behind the week."""

from itertools import groupby

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from planner.browse.views.blueprint import blueprint
from planner.browse.views.listing import current_listing, other_editions
from planner.core.errors import NotFound
from planner.core.text import swedish_key
from planner.editions.queries import current_edition
from planner.events.calendar_query import CalendarQuery
from planner.events.queries import count_by, public_organisation, public_organisations
from planner.organisations.models import OrganisationKind
from planner.web.access import Level, access
from planner.web.database import db

KINDS = list(OrganisationKind)


@blueprint.get("/arrangorer")
@access(Level.ANYONE)
def organisations() -> str:
    """The organisations of the present week by kind and name; those of other editions only, by name after them."""
    session = db.session()
    edition = current_edition(session)
    counts = count_by(session, edition, CalendarQuery(), "arrangor") if edition else {}
    found = sorted(public_organisations(session), key=lambda each: (swedish_key(each.name), each.id))
    present = [each for each in found if each.is_verified or each.slug in counts]
    by_kind = sorted(present, key=lambda each: KINDS.index(each.kind))
    return render_template(
        "browse/organisations.html",
        groups=[(kind, list(group)) for kind, group in groupby(by_kind, key=lambda each: each.kind)],
        others=[each for each in found if each not in present],
        counts=counts,
    )


@blueprint.get("/arrangorer/<slug>")
@access(Level.ANYONE)
def organisation(slug: str) -> str | Response:
    """One organisation and what it stands behind, as organiser or with its accepted hosting."""
    session = db.session()
    found = public_organisation(session, slug)
    if found is None:
        raise NotFound
    if found.slug != slug:
        return redirect(url_for("browse.organisation", slug=found.slug), 301)
    query = CalendarQuery(organisations=(found.slug,))
    listing = current_listing(session, query)
    return render_template(
        "browse/organisation.html",
        organisation=found,
        listing=listing,
        query=query,
        others=other_editions(session, query, listing),
    )

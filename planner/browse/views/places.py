"""The places of the week, and what is known of how to get in."""

from collections.abc import Sequence

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from planner.browse import accessibility
from planner.browse.maps import maps_of
from planner.browse.views.blueprint import blueprint
from planner.browse.views.listing import current_listing, other_editions
from planner.core.errors import NotFound
from planner.data.kommuner import kommuner
from planner.editions.queries import current_edition
from planner.events.calendar_query import CalendarQuery
from planner.events.queries import count_by
from planner.venues.models import Venue, VenueKind
from planner.venues.queries import public_venues, venue_by_slug
from planner.web.access import Level, access
from planner.web.database import db


@blueprint.get("/platser")
@access(Level.ANYONE)
def venues() -> str:
    """Every place in the register: those of the county by kommun, the digital ones, then those elsewhere."""
    session = db.session()
    edition = current_edition(session)
    found = public_venues(session)
    physical = [venue for venue in found if venue.kind is VenueKind.PHYSICAL]
    return render_template(
        "browse/venues.html",
        groups=_by_kommun(physical),
        elsewhere=[venue for venue in physical if venue.kommun_code not in kommuner()],
        digital=[venue for venue in found if venue.kind is VenueKind.DIGITAL],
        counts=count_by(session, edition, CalendarQuery(), "plats") if edition else {},
    )


def _by_kommun(found: Sequence[Venue]) -> list[tuple[str, list[Venue]]]:
    """Kommun code to its places, in alphabetical order; no empty ones."""
    groups = ((code, [venue for venue in found if venue.kommun_code == code]) for code in kommuner())
    return [(code, venues) for code, venues in groups if venues]


@blueprint.get("/platser/<slug>")
@access(Level.ANYONE)
def venue(slug: str) -> str | Response:
    """A place: the way there, what is known of its accessibility, and what takes place in it."""
    session = db.session()
    found = venue_by_slug(session, slug)
    if found is None or found.is_private:
        raise NotFound
    if found.slug != slug:
        return redirect(url_for("browse.venue", slug=found.slug), 301)
    query = CalendarQuery(venues=(found.slug,))
    listing = current_listing(session, query)
    return render_template(
        "browse/venue.html",
        venue=found,
        maps=maps_of(found),
        accessibility=accessibility.of_venue(found),
        listing=listing,
        query=query,
        others=other_editions(session, query, listing),
    )

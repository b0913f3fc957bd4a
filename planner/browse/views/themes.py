"""The programme of a kommun, and of a theme."""

from flask import render_template

from planner.browse.views.blueprint import blueprint
from planner.browse.views.listing import current_listing, other_editions
from planner.core.errors import NotFound
from planner.data.kommuner import COUNTY_CODE, kommun_by_slug
from planner.events.calendar_query import CalendarQuery
from planner.events.queries import count_occurrences, themes_named
from planner.venues.queries import public_venues
from planner.web.access import Level, access
from planner.web.database import db


@blueprint.get("/kommuner/<slug>")
@access(Level.ANYONE)
def kommun(slug: str) -> str:
    """What takes place in a kommun or concerns it."""
    found = kommun_by_slug().get(slug)
    if found is None:
        raise NotFound
    session = db.session()
    query = CalendarQuery(kommuner=(found.code,))
    countywide = CalendarQuery(kommuner=(COUNTY_CODE,))
    listing = current_listing(session, query)
    return render_template(
        "browse/kommun.html",
        kommun=found,
        listing=listing,
        query=query,
        countywide=countywide,
        countywide_count=count_occurrences(session, listing.edition, countywide) if listing else 0,
        venues=public_venues(session, found.code),
        others=other_editions(session, query, listing),
    )


@blueprint.get("/teman/<slug>")
@access(Level.ANYONE)
def theme(slug: str) -> str:
    """What a theme gathers."""
    session = db.session()
    themes = themes_named(session, (slug,))
    if not themes:
        raise NotFound
    query = CalendarQuery(themes=(slug,))
    listing = current_listing(session, query)
    return render_template(
        "browse/theme.html",
        theme=themes[0],
        listing=listing,
        query=query,
        others=other_editions(session, query, listing),
    )

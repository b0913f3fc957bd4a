"""The programme as a page to print: everything that a query finds, without the site around it.

The calendar itself prints, too, but a page of it at a time; this is all of it. Who wants a file takes the PDF.
"""

from flask import render_template, request
from flask_babel import gettext as _

from planner.browse.programme import by_day
from planner.browse.views.asked import explained, readable
from planner.browse.views.blueprint import blueprint, calendar_url, print_url, public_page
from planner.browse.views.facets import active_filters
from planner.browse.views.start import coming
from planner.core.errors import NotFound
from planner.events.queries import count_occurrences, edition_of, list_occurrences
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.language import text_language
from planner.web.qr import qr_in_page

MOST = 1_000
"""Occurrences, as in the PDF: some hundred pages."""


@blueprint.get("/kalender/utskrift")
@access(Level.ANYONE)
def printed() -> str | tuple[str, int]:
    """All that the address asks for, by day, on one long page."""
    session = db.session()
    query, problems = readable(session, request.args.items(multi=True))
    if problems:
        ways_on = [(_("Skriv ut hela programmet"), print_url()), (_("Visa hela kalendern"), calendar_url())]
        return explained(problems, ways_on), 400
    try:
        edition = edition_of(session, query)
    except NotFound:
        return render_template("browse/not_yet.html", coming=coming(session))
    found = list_occurrences(session, edition, query, limit=MOST, language=text_language())
    live = public_page(calendar_url(query))
    return render_template(
        "browse/printed.html",
        edition=edition,
        query=query,
        filters=active_filters(session, query),
        total=len(found) if len(found) < MOST else count_occurrences(session, edition, query),
        shown=len(found),
        days=by_day(found, query.days),
        live=live,
        code=qr_in_page(live, _("QR-kod till kalendern")),
    )

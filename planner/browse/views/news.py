"""What has changed in the programme: new, moved, called off, back again, with what was before."""

from collections.abc import Sequence

from flask import render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from planner.browse.news import by_day_of_change
from planner.browse.views.asked import explained, readable
from planner.browse.views.blueprint import blueprint, calendar_url, news_url
from planner.browse.views.facets import active_filters
from planner.browse.views.start import coming
from planner.core.errors import NotFound, Problem
from planner.data.kommuner import COUNTY_CODE, kommuner
from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.queries import News, count_from_the_start, count_news, edition_of, list_news
from planner.events.queries.news import MOST_NEWS
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.language import text_language
from planner.web.paging import KEY, Page, page_of

PAGE_SIZE = 50


@blueprint.get("/nytt")
@access(Level.ANYONE)
def news() -> str | tuple[str, int]:
    """What has become otherwise since the programme was published, by day, narrowed as the calendar is."""
    session = db.session()
    query, problems = readable(session, (pair for pair in request.args.items(multi=True) if pair[0] != KEY))
    if problems:
        return _explained(problems, query), 400
    try:
        edition = edition_of(session, query)
    except NotFound:
        return render_template("browse/no_news_yet.html", coming=coming(session))
    page = page_of(count_news(session, edition, query), PAGE_SIZE)
    is_last = page.number == page.count
    return render_template(
        "browse/news.html",
        edition=edition,
        query=query,
        filters=active_filters(session, query),
        page=page,
        days=by_day_of_change(_shown(session, edition, query, page)),
        kommuner=(*kommuner(), COUNTY_CODE),
        most_counted=MOST_NEWS,
        is_cut=is_last and page.total == MOST_NEWS,
        from_the_start=count_from_the_start(session, edition, query) if is_last and edition.published_at else 0,
    )


def _shown(session: Session, edition: Edition, query: CalendarQuery, page: Page) -> list[News]:
    if not page.total:
        return []
    return list_news(session, edition, query, offset=page.offset, limit=page.size, language=text_language())


def _explained(problems: Sequence[Problem], rest: CalendarQuery) -> str:
    ways_on = [(_("Visa allt som är nytt"), news_url()), (_("Visa hela kalendern och välj filter"), calendar_url())]
    if rest.is_narrowed:
        ways_on.insert(0, (_("Visa det som är nytt utan det som inte finns"), news_url(rest)))
    return explained(problems, ways_on)

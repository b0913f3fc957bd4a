"""The calendars of Mitt program and its paper: at secret addresses, for whoever holds them."""

from datetime import timedelta

from flask import Response, request

from planner.core.clock import STOCKHOLM, utc_now
from planner.core.errors import Invalid, NotFound, Problem
from planner.events.calendar_query import CalendarQuery
from planner.feeds import ics, pdf, personal
from planner.feeds.paper.personal import FILE_NAME, saved_on_paper
from planner.feeds.shapes import options_of
from planner.feeds.views.feeds import blueprint
from planner.programmes.models import Programme
from planner.programmes.queries import programme_by_share_token, programme_by_token
from planner.web.access import Level, access
from planner.web.caching import Version, respond
from planner.web.database import db
from planner.web.language import page_tongue

FOR_ITS_HOLDER = "private, max-age=300"
SECOND = timedelta(seconds=1)


@blueprint.get("/mitt-program/<token>.ics")
@access(Level.HOLDER)
def own_programme(token: str) -> Response:
    """What a resident has saved, for whoever holds its address."""
    return _answer(programme_by_token(db.session(), token))


@blueprint.get("/mitt-program/delat/<token>.ics")
@access(Level.HOLDER)
def shared_programme(token: str) -> Response:
    """The same, for whom it was shared with."""
    return _answer(programme_by_share_token(db.session(), token))


@blueprint.get("/mitt-program/<token>.pdf")
@access(Level.HOLDER)
def own_paper(token: str) -> Response:
    """What a resident has saved, to print."""
    return _paper(programme_by_token(db.session(), token))


@blueprint.get("/mitt-program/delat/<token>.pdf")
@access(Level.HOLDER)
def shared_paper(token: str) -> Response:
    """The same, for whom it was shared with."""
    return _paper(programme_by_share_token(db.session(), token))


def _paper(programme: Programme | None) -> Response:
    """Made when it is asked for and kept nowhere: it is somebody's, and says what is ahead today."""
    if programme is None:
        raise NotFound
    arguments = list(request.args.items(multi=True))
    options = options_of(pdf, arguments)
    if str(CalendarQuery.parse(pair for pair in arguments if pair[0] not in pdf.OPTIONS)):
        raise Invalid([Problem("", "Adressen till ett sparat program tar inga filter.")])
    today = utc_now().astimezone(STOCKHOLM).date()
    body = saved_on_paper(db.session(), programme, options, page_tongue(), today)
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": f'inline; filename="{FILE_NAME}"'}
    return Response(body, headers=headers, content_type=pdf.CONTENT_TYPE)


def _answer(programme: Programme | None) -> Response:
    if programme is None:
        raise NotFound
    if str(CalendarQuery.parse(request.args.items(multi=True))):
        raise Invalid([Problem("", "Adressen till ett sparat program tar inga filter.")])
    edge = personal.edge_of(db.session(), programme)
    response = respond(
        Version(edge.parts, edge.changed_at),
        lambda: personal.body(db.session(), programme),
        content_type=ics.CONTENT_TYPE,
        # Two numbers that know nothing of each other may both rise within this second: until it is over, its own
        # date is not given to anybody who would ask by it whether anything has changed since.
        now=utc_now() - SECOND,
        cache_control=FOR_ITS_HOLDER,
    )
    if response.status_code == 200:
        response.headers["Content-Disposition"] = f'inline; filename="{personal.FILE_NAME}"'
    return response

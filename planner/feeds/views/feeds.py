"""The feeds' addresses: those of the pages they belong to, with an ending."""

from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import HTTPException

from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotFound
from planner.core.tongue import SWEDISH, Tongue
from planner.events.calendar_query import CalendarQuery
from planner.feeds import pdf, scopes
from planner.feeds.feed import Feed
from planner.feeds.news import NEWS_SHAPES
from planner.feeds.news import VERSION as NEWS_VERSION
from planner.feeds.news import body as news_of
from planner.feeds.paper import poster
from planner.feeds.reading import rows_of
from planner.feeds.shapes import SHAPES, SPOKEN, HasOptions, Shape, options_of
from planner.web.access import Level, access
from planner.web.caching import Version, respond
from planner.web.database import db
from planner.web.errors import EXPLANATIONS
from planner.web.language import page_tongue
from planner.web.visits import is_for_everybody

blueprint = Blueprint("feeds", __name__)

OPEN_TO_OTHER_SITES = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
PAUSE = 300
"""Seconds that a client should wait when we cannot answer. Thunderbird then keeps its events and tries again."""

MOST_EXPLAINED = 10
"""Problems of one address: whoever made it learns enough from these."""

_ENDING = f"<any({', '.join(SHAPES)}):ending>"


@blueprint.app_template_global()
def feed_shapes() -> list[Shape]:
    """The shapes that every list has, for the pages to offer."""
    return list(SHAPES.values())


@blueprint.get(f"/kalender.{_ENDING}")
@access(Level.ANYONE)
def calendar(ending: str) -> Response:
    """The whole programme, or what the parameters ask for."""
    return _answer(ending, scopes.calendar(db.session(), _asked(ending), _tongue(ending)))


@blueprint.get(f"/arrangorer/<slug>.{_ENDING}")
@access(Level.ANYONE)
def organisation(slug: str, ending: str) -> Response:
    """What an organisation stands behind."""
    return _answer(ending, scopes.organisation(db.session(), slug, _asked(ending), _tongue(ending)))


@blueprint.get(f"/kommuner/<slug>.{_ENDING}")
@access(Level.ANYONE)
def kommun(slug: str, ending: str) -> Response:
    """What concerns a kommun."""
    return _answer(ending, scopes.kommun(db.session(), slug, _asked(ending), _tongue(ending)))


@blueprint.get(f"/teman/<slug>.{_ENDING}")
@access(Level.ANYONE)
def theme(slug: str, ending: str) -> Response:
    """What a theme gathers."""
    return _answer(ending, scopes.theme(db.session(), slug, _asked(ending), _tongue(ending)))


@blueprint.get(f"/platser/<slug>.{_ENDING}")
@access(Level.ANYONE)
def venue(slug: str, ending: str) -> Response:
    """What takes place at a place."""
    return _answer(ending, scopes.venue(db.session(), slug, _asked(ending), _tongue(ending)))


@blueprint.get(f"/evenemang/<slug>.{_ENDING}")
@access(Level.ANYONE)
def event(slug: str, ending: str) -> Response:
    """One event, to add to a calendar of one's own."""
    return _answer(ending, scopes.event(db.session(), slug, _asked(ending), _tongue(ending)))


@blueprint.get("/evenemang/<slug>/affisch.pdf")
@access(Level.ANYONE)
def event_poster(slug: str) -> Response:
    """One event on a sheet to put up."""
    options = options_of(poster, request.args.items(multi=True))
    feed = scopes.event(db.session(), slug, _asked_beside(poster), page_tongue())
    return respond(
        Version(("affisch", poster.VERSION, feed.tongue.texts, urlencode(options), *feed.identity), feed.changed_at),
        lambda: poster.poster_of(feed, rows_of(db.session(), feed), options),
        content_type=pdf.CONTENT_TYPE,
        now=utc_now(),
        headers={**OPEN_TO_OTHER_SITES, "Content-Disposition": f'inline; filename="affisch-{feed.file_name("pdf")}"'},
    )


@blueprint.get(f"/f/<code>.{_ENDING}")
@access(Level.ANYONE)
def short(code: str, ending: str) -> Response:
    """What a query finds that is too long for an address of its own."""
    return _answer(ending, scopes.short(db.session(), code, _asked(ending), _tongue(ending)))


@blueprint.get(f"/nytt.<any({', '.join(NEWS_SHAPES)}):ending>")
@access(Level.ANYONE)
def news(ending: str) -> Response:
    """What has changed in the programme, with what was before."""
    feed = scopes.news(db.session(), CalendarQuery.parse(request.args.items(multi=True)))
    return respond(
        Version((ending, NEWS_VERSION, feed.tongue.texts, *feed.identity), feed.changed_at),
        lambda: news_of(db.session(), feed, ending),
        content_type=NEWS_SHAPES[ending].content_type,
        now=utc_now(),
        headers={**OPEN_TO_OTHER_SITES, "Content-Disposition": f'inline; filename="nytt-{feed.file_name(ending)}"'},
    )


@blueprint.errorhandler(Invalid)
def refuse(error: Invalid) -> Response:
    """An unknown parameter or value gets an explanation: the whole programme would be a wrong answer."""
    return _in_words(400, "\n".join(problem.text for problem in error.problems[:MOST_EXPLAINED]))


@blueprint.errorhandler(NotFound)
def not_found(_error: NotFound) -> Response:
    """404 and never 410, which makes Thunderbird switch a calendar off for good."""
    return _in_words(404, "Den här kalendern finns inte.")


@blueprint.errorhandler(HTTPException)
def refuse_request(error: HTTPException) -> Response:
    """What is refused before any feed is looked for: in words, as everything here."""
    return _in_words(error.code or 400, EXPLANATIONS[error.code if error.code in EXPLANATIONS else 400].text)


@blueprint.errorhandler(Exception)
def unavailable(error: Exception) -> Response:
    """A failure of ours must not empty anybody's calendar: 503, and the client tries again later."""
    current_app.logger.error("a feed failed", exc_info=error)
    response = _in_words(503, "Kalendern kan inte hämtas just nu. Försök igen om en stund.")
    response.headers["Retry-After"] = str(PAUSE)
    return response


def _asked(ending: str) -> CalendarQuery:
    """What the address asks for, without what it says of the shape alone."""
    return _asked_beside(SHAPES[ending])


def _tongue(ending: str) -> Tongue:
    return page_tongue() if ending in SPOKEN else SWEDISH


def _asked_beside(shape: HasOptions) -> CalendarQuery:
    pairs = request.args.items(multi=True)
    return CalendarQuery.parse(pair for pair in pairs if pair[0] not in shape.OPTIONS)


def _answer(ending: str, feed: Feed) -> Response:
    shape = SHAPES[ending]
    options = options_of(shape, request.args.items(multi=True))
    response = respond(
        Version((ending, shape.VERSION, feed.tongue.texts, urlencode(options), *feed.identity), feed.changed_at),
        lambda: shape.body(db.session(), feed, options),
        content_type=shape.CONTENT_TYPE,
        now=utc_now(),
        headers=OPEN_TO_OTHER_SITES,
    )
    if response.status_code == 200:
        purpose = "attachment" if shape.is_download(feed) else "inline"
        response.headers["Content-Disposition"] = f'{purpose}; filename="{feed.file_name(ending)}"'
    return response


def _in_words(status: int, text: str) -> Response:
    headers = {"Cache-Control": "no-store", **(OPEN_TO_OTHER_SITES if is_for_everybody() else {})}
    return Response(f"{text}\n", status, headers, content_type="text/plain; charset=utf-8")

"""The embedded programme itself: one address that any site may frame, or fetch and put among its own.

Both ways use the same document, so that they are kept as one answer and can never differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotFound, Problem
from planner.editions.models import Edition, EditionState
from planner.embed.names import heading_of, names_of
from planner.embed.options import KEYS, Look, Options
from planner.embed.queries import occurrences_ahead
from planner.events.calendar_query import CalendarQuery
from planner.events.changes import what_moved
from planner.events.models import EventStatus, Occurrence
from planner.events.queries import check_query, edition_of, organisers_of
from planner.web.access import Level, access
from planner.web.caching import Version, respond
from planner.web.canonical import public_url
from planner.web.database import db
from planner.web.errors import EXPLANATIONS
from planner.web.filters import day
from planner.web.language import text_language, translated
from planner.web.titles import summary_of, title_of

blueprint = Blueprint("embed", __name__)

KEPT_BY_OTHERS = "public, max-age=300"
ANY_SITE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors *",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}
"""What nothing else on the site says: others may show it. What it may load itself stays as narrow as everywhere."""

_STATIC = Path(__file__).parents[3] / "static"


@blueprint.get("/inbaddat")
@access(Level.ANYONE)
def frame() -> Response:
    """What is ahead of what the address asks for; what is wrong with the address is said in its place."""
    session = db.session()
    query, options, problems = asked_for(session)
    if problems:
        return _refused([_(problem.message, **problem.values) for problem in problems], options)
    try:
        edition = edition_of(session, query)
    except NotFound:
        return _framed(
            "embed/message.html", options, heading="Demokrativeckan", words=[_("Programmet är inte ute än.")]
        )
    names = names_of(session, query, in_words)
    return _framed(
        "embed/frame.html",
        options,
        heading=heading_of(edition.name, names, _("och %(count)s till")),
        shown=_shown(session, edition, query, options),
        calendar=public_url(f"/kalender?{query}" if str(query) else "/kalender"),
    )


@blueprint.get("/inbaddat.css")
@access(Level.ANYONE)
def style() -> Response:
    """How it looks, in the colours that the address says; by itself it changes with the colours alone."""
    options, problems = Options.parse(request.args.items(multi=True))
    if problems:
        raise Invalid(problems)
    colours = f":root, :host {{ --accent: #{options.colour}; --ground: #{options.ground.colour}; }}\n"
    return _file("embed/programme.css", "text/css; charset=utf-8", colours)


@blueprint.get("/inbaddat.js")
@access(Level.ANYONE)
def script() -> Response:
    """What a page that shows the programme loads once, whichever way it shows it and however often."""
    return _file("embed/inbaddat.js", "text/javascript; charset=utf-8")


def asked_for(session: Session, without: Sequence[str] = ()) -> tuple[CalendarQuery, Options, list[Problem]]:
    """What this address asks for (but for some keys), how it shall look, and what is wrong with the rest."""
    pairs = list(request.args.items(multi=True))
    options, problems = Options.parse(pairs)
    try:
        query = check_query(session, CalendarQuery.parse(pair for pair in pairs if pair[0] not in (*KEYS, *without)))
    except Invalid as invalid:
        return CalendarQuery(), options, [*problems, *invalid.problems]
    return query, options, problems


def in_words(value: object) -> str:
    """A value of ours in the language of the page: a day, a form, an audience, a language."""
    return day(value) if isinstance(value, date) else translated(getattr(value, "label", value))


@dataclass(frozen=True)
class Shown:
    """What of the programme there is room for, by the day under which it stands, and whether there is more."""

    edition: Edition
    days: list[tuple[date, list[Occurrence]]]
    has_more: bool

    @property
    def occurrences(self) -> Iterable[Occurrence]:
        return (occurrence for _day, occurrences in self.days for occurrence in occurrences)


def _shown(session: Session, edition: Edition, query: CalendarQuery, options: Options) -> Shown:
    """From the beginning of today on; of an archive all of it."""
    today = utc_now().astimezone(ZoneInfo(edition.time_zone)).date()
    since = today if edition.state is EditionState.PUBLISHED else None
    # One more than there is room for says that there is more; counting all of them would take much longer.
    found = occurrences_ahead(session, edition, query, since, limit=options.most + 1, language=text_language())
    shown = found[: options.most]
    days = groupby(shown, key=lambda occurrence: max(occurrence.first_day, since or occurrence.first_day))
    return Shown(edition, [(each, list(occurrences)) for each, occurrences in days], len(found) > len(shown))


def _framed(template: str, options: Options, status: int = 200, **values: object) -> Response:
    """A document that any site may show."""
    style = urlencode([("grund", options.ground.value), *([("farg", options.accent)] if options.accent else [])])
    page = render_template(template, options=options, looks=Look, style=style, **values)
    response = make_response(page, status)
    response.headers.update(ANY_SITE)
    response.headers["Cache-Control"] = KEPT_BY_OTHERS if status == 200 else "no-store"
    return response


def _refused(words: list[str], options: Options, status: int = 400) -> Response:
    return _framed("embed/message.html", options, status, heading=_("Programmet kan inte visas"), words=words)


def _file(name: str, content_type: str, first: str = "") -> Response:
    """A file at an address that stays: packed, asked about again, and read by any site."""
    path = _STATIC / name
    content = first.encode() + path.read_bytes()
    return respond(
        Version((name, sha256(content).hexdigest()), datetime.fromtimestamp(path.stat().st_mtime, UTC)),
        lambda: content,
        content_type=content_type,
        now=utc_now(),
        cache_control=KEPT_BY_OTHERS,
        headers=ANY_SITE,
    )


@blueprint.app_template_global()
def moved_since(occurrence: Occurrence) -> object:
    """Whether it takes place at another time or place than was once published."""
    event = occurrence.event
    return what_moved(occurrence, is_archived=event.status in (EventStatus.ARCHIVED, EventStatus.CANCELLED))


@blueprint.context_processor
def words() -> dict[str, object]:
    """What the templates of a frame read."""
    return {"title_of": title_of, "summary_of": summary_of, "organisers_of": organisers_of}


@blueprint.errorhandler(Invalid)
def refuse(error: Invalid) -> Response:
    """A style that the address asks for and that cannot be."""
    return _refused([_(problem.message, **problem.values) for problem in error.problems], Options())


@blueprint.errorhandler(HTTPException)
def refuse_request(error: HTTPException) -> Response:
    """What is refused before anything is looked for."""
    explanation = EXPLANATIONS[error.code if error.code in EXPLANATIONS else 400]
    words = [_(explanation.heading), _(explanation.text)]
    return _refused(words, Options(), error.code or 400)


@blueprint.errorhandler(Exception)
def unavailable(error: Exception) -> Response:
    """A failure of ours is told of in the frame: the page around it is somebody else's."""
    current_app.logger.error("an embedded programme failed", exc_info=error)
    return _refused([_("Vi har ett tekniskt fel. Försök igen om några minuter.")], Options(), 503)

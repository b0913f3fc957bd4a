"""The page where a kommun chooses what its own site shows, sees it, and takes along what to paste."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import ImmutableMultiDict

from planner.core.errors import NotFound
from planner.core.text import swedish_key
from planner.data.kommuner import COUNTY_CODE, kommuner
from planner.editions.queries import themes_of
from planner.embed.forms import CHOSEN, EmbedForm
from planner.embed.names import heading_of, names_of
from planner.embed.options import Options
from planner.embed.views.frame import asked_for, in_words
from planner.events.calendar_query import FILTER_KEYS, CalendarQuery
from planner.events.queries import edition_of, public_organisations, themes_named
from planner.web.access import Level, access
from planner.web.canonical import public_url
from planner.web.database import db
from planner.web.fields import Choices
from planner.web.filters import kommun_name
from planner.web.headers import CONTENT_POLICY
from planner.web.language import LANGUAGES, current_code, plain, prefix_of

blueprint = Blueprint("building", __name__)

LANGUAGE = "pa"
SHOWS_A_FRAME = f"{CONTENT_POLICY}; frame-src 'self'"


@blueprint.get("/visa-pa-er-webbplats")
@access(Level.ANYONE)
def choose() -> Response:
    """The form, what it gives, and two ways to paste it."""
    session = db.session()
    query, options, problems = asked_for(session, without=(LANGUAGE,))
    language = request.args.get(LANGUAGE, "")
    language = language if language in LANGUAGES else current_code()
    form = EmbedForm(_typed(query, options, language), choices=_choices(session, query))
    form.validate()
    form.add_problems(problems)
    names = names_of(session, query, in_words)
    page = render_template(
        "embed/choose.html",
        form=form,
        query=query,
        kept=[(key, str(value)) for key in FILTER_KEYS for value in _kept(query, key)],
        kept_names=names_of(session, _only_kept(query), in_words),
        snippet=None if form.has_errors else _snippet(query, options, language, names),
    )
    response = make_response(page, 400 if form.has_errors else 200)
    response.headers["Content-Security-Policy"] = SHOWS_A_FRAME
    return response


@dataclass(frozen=True)
class Snippet:
    """What to paste: ``address`` is the programme's, ``script`` what sizes the frame and shows the element."""

    address: str
    script: str
    calendar: str
    title: str
    here: str
    """The same programme on this site, for showing it here."""


def _snippet(query: CalendarQuery, options: Options, language: str, names: list[str]) -> Snippet:
    asked = urlencode([*query.pairs(), *options.pairs()])
    path = f"/inbaddat?{asked}" if asked else "/inbaddat"
    return Snippet(
        address=public_url(path, language),
        script=public_url("/inbaddat.js", "sv"),
        calendar=public_url(f"/kalender?{query}" if str(query) else "/kalender", language),
        title=heading_of("Demokrativeckan", names, _("och %(count)s till")),
        here=plain(f"{prefix_of(language)}{path}"),
    )


def _typed(query: CalendarQuery, options: Options, language: str) -> ImmutableMultiDict[str, str]:
    """What is in the fields: what the address says, in today's slugs; where it says nothing, what is so anyway."""
    usual = {"visa": options.look.value, "antal": str(options.most), "grund": options.ground.value, LANGUAGE: language}
    asked = {key: value for key, value in request.args.items() if value.strip()}
    understood = {key: str(value) for key in CHOSEN for value in query.values_of(key)[:1]}
    return ImmutableMultiDict({**usual, **asked, **understood})


def _kept(query: CalendarQuery, key: str) -> Sequence[object]:
    """What a query asks for that the form has no field for: other keys, and several values of one."""
    values = query.values_of(key)
    return values if key not in CHOSEN or len(values) > 1 else ()


def _only_kept(query: CalendarQuery) -> CalendarQuery:
    for key in FILTER_KEYS:
        if not _kept(query, key):
            query = query.without(key)
    return query


def _choices(session: Session, query: CalendarQuery) -> dict[str, Choices]:
    """What can be chosen: what the edition offers, and everybody who has a page here, with events so far or not."""
    try:
        themes = [*themes_of(session, edition_of(session, query))]
    except NotFound:
        themes = []
    themes = [*{theme.slug: theme for theme in [*themes, *themes_named(session, query.themes)]}.values()]
    hosts = sorted(public_organisations(session), key=lambda each: swedish_key(each.name))
    return {
        "kommun": [(code, kommun_name(code)) for code in (*kommuner(), COUNTY_CODE)],
        "tema": [(theme.slug, theme.name) for theme in themes],
        "arrangor": [(each.slug, each.name) for each in hosts],
    }

"""The way for search engines to every public page, without following a single filter (decision 0017)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Response, request, url_for
from sqlalchemy.orm import Session

from planner.browse import sitemap as files
from planner.browse.sitemap import Entry
from planner.browse.views.blueprint import blueprint
from planner.core.clock import utc_now
from planner.core.errors import NotFound
from planner.data.kommuner import kommuner
from planner.editions.models import EditionState
from planner.editions.queries import all_themes, public_editions, site_revision
from planner.events.queries import count_public_events, public_event_addresses, public_organisations
from planner.venues.queries import public_venues
from planner.web.access import Level, access
from planner.web.caching import Version, respond
from planner.web.canonical import public_url
from planner.web.database import db
from planner.web.language import DEFAULT

MOST = 50_000
"""Addresses in a file (sitemaps.org)."""
VERSION = 1
NEVER = datetime(1970, 1, 1, tzinfo=UTC)

OF_THE_PROGRAMME = ("browse.start", "browse.calendar", "browse.news", "browse.organisations", "browse.venues")
OTHERS = (
    "browse.subscribe",
    "building.choose",
    "pages.about",
    "pages.open_data",
    "pages.accessibility",
    "pages.privacy",
)


@blueprint.get("/sitemap.xml")
@access(Level.ANYONE)
def sitemap() -> Response:
    """Every page; or if they are too many for a file, every file."""
    return _answer(0, _whole)


@blueprint.get("/sitemap-<int:part>.xml")
@access(Level.ANYONE)
def sitemap_part(part: int) -> Response:
    """One file of many: the first has the lists, the others the events."""
    if not 1 <= part <= 1 + _files_of_events(count_public_events(db.session())):
        raise NotFound
    return _answer(part, lambda session: files.urlset(_events(session, part - 2) if part > 1 else _lists(session)))


def _answer(part: int, body: Callable[[Session], bytes]) -> Response:
    session = db.session()
    changed_at = max((edition.changed_at for edition in public_editions(session)), default=NEVER)
    return respond(
        Version(("sitemap", VERSION, part, session.scalar(site_revision())), changed_at),
        lambda: body(session),
        content_type="application/xml; charset=utf-8",
        now=utc_now(),
    )


def _whole(session: Session) -> bytes:
    count, lists = count_public_events(session), _lists(session)
    if count + len(lists) <= MOST:
        return files.urlset([*lists, *_events(session, 0)])
    parts = range(1, 2 + _files_of_events(count))
    return files.index([(_page("browse.sitemap_part", part=part), None) for part in parts])


def _files_of_events(count: int) -> int:
    return -(-count // MOST)


def _events(session: Session, number: int) -> list[Entry]:
    """So many events as a file takes, by the number of the file from 0 on."""
    found = public_event_addresses(session, offset=number * MOST, limit=MOST)
    return [(_page("browse.event", slug=slug), changed_at) for slug, changed_at in found]


def _lists(session: Session) -> list[Entry]:
    """The pages that gather events, and those that tell of the week; what shows the programme changes with it."""
    editions = public_editions(session)
    current = next((edition for edition in editions if edition.state is EditionState.PUBLISHED), None)
    pages: list[Entry] = [(_page(name), current.changed_at if current else None) for name in OF_THE_PROGRAMME]
    others = (edition for edition in editions if edition is not current)
    pages += [(_page("browse.calendar", upplaga=edition.slug), edition.changed_at) for edition in others]
    pages += [(_page(name), None) for name in OTHERS]
    pages += [(_page("browse.kommun", slug=kommun.slug), None) for kommun in kommuner().values()]
    pages += [(_page("browse.theme", slug=theme.slug), None) for theme in all_themes(session)]
    pages += [(_page("browse.organisation", slug=each.slug), None) for each in public_organisations(session)]
    return pages + [(_page("browse.venue", slug=venue.slug), None) for venue in public_venues(session)]


def _page(name: str, **values: Any) -> str:
    return public_url(url_for(name, **values).removeprefix(request.script_root), DEFAULT)

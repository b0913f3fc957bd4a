"""The blueprint that the public views share, and the words that all their templates know."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date
from flask import Blueprint, current_app, request, url_for

from planner.browse.subscription import fits
from planner.browse.view import KEY as VIEW_KEY
from planner.browse.view import View
from planner.core.errors import NotFound
from planner.core.site import Site
from planner.core.text import clean_line
from planner.data.kommuner import COUNTY_NAME, kommuner
from planner.events.calendar_query import CalendarQuery
from planner.events.changes import Moved, what_moved
from planner.events.models import EventLanguage, EventStatus, Occurrence
from planner.events.models.vocabulary import LANGUAGES
from planner.events.queries import organisers_of
from planner.programmes.rules import is_offered
from planner.venues.models import Feature
from planner.web.language import current_code, current_language, prefix_of, translated
from planner.web.paging import KEY as PAGE_KEY
from planner.web.titles import summary_of, title_of

blueprint = Blueprint("browse", __name__)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@blueprint.url_value_preprocessor
def only_slugs(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """No database is asked for what no address of ours was ever made like; some refuse a NUL."""
    slug = (values or {}).get("slug")
    if slug is not None and (len(slug) > 120 or not _SLUG.match(slug)):
        raise NotFound


def calendar_url(query: CalendarQuery | None = None, view: str = View.LIST, page: str = "") -> str:
    """The calendar's address for a query, of the whole if none, in a view and on a page of that: in this order."""
    seen = [(VIEW_KEY, str(view))] if view != View.LIST else []
    parts = [str(query or ""), urlencode([*seen, *([(PAGE_KEY, page)] if page else [])])]
    asked = "&".join(filter(None, parts))
    return url_for("browse.calendar") + (f"?{asked}" if asked else "")


def in_view(view: str) -> Callable[..., str]:
    """What makes a query the calendar's address in a view: the filters on a page lead back to the same one."""
    return partial(calendar_url, view=view)


def subscribe_url(query: CalendarQuery | None = None) -> str:
    """Where one gets what a query finds into a calendar of one's own."""
    return with_query(url_for("browse.subscribe"), query)


def news_url(query: CalendarQuery | None = None) -> str:
    """Where it says what has changed of what a query finds."""
    return with_query(url_for("browse.news"), query)


def now_url(query: CalendarQuery | None = None) -> str:
    """Where it says what of what a query finds goes on now, and what comes next."""
    return with_query(url_for("browse.now"), query)


def print_url(query: CalendarQuery | None = None) -> str:
    """Where all that a query finds stands on one page to print."""
    return with_query(url_for("browse.printed"), query)


def kommun_url(code: str) -> str:
    """The page of a kommun; of the county, the calendar of what concerns all of it."""
    if code in kommuner():
        return url_for("browse.kommun", slug=kommuner()[code].slug)
    return calendar_url(CalendarQuery(kommuner=(code,)))


def feed_url(query: CalendarQuery | None = None, path: str = "", ending: str = "ics") -> str:
    """The absolute address of a page (this one) in another shape, as a calendar if no other.

    "" for a query that is too long for one: it is followed at a short address.
    """
    page = f"{_site().public_url}{_spoken(ending)}{path or request.path}"
    is_short = query is None or fits(page, str(query))
    return with_query(f"{page}.{ending}", query) if is_short else ""


def short_feed_url(code: str, ending: str = "ics") -> str:
    """The absolute address of a feed whose query is kept under a code."""
    return f"{_site().public_url}{_spoken(ending)}/f/{code}.{ending}"


def _spoken(ending: str) -> str:
    """What people read is in the language of the page that leads there; what programs read is the same in all."""
    return prefix_of(current_code()) if ending == "pdf" else ""


def public_page(url: str) -> str:
    """One of our pages with the host before it, for those who come from elsewhere."""
    return f"{_site().public_url}{url.removeprefix(request.environ.get('planner.root', ''))}"


def _site() -> Site:
    site: Site = current_app.config["SITE"]
    return site


def moved_of(occurrence: Occurrence) -> Moved:
    """Whether it takes place at another time or place than was once published, for its card."""
    event = occurrence.event
    return what_moved(occurrence, is_archived=event.status in (EventStatus.ARCHIVED, EventStatus.CANCELLED))


def save_url(occurrence: Occurrence) -> str:
    """Where an occurrence is saved in one's own programme; "" for what is not offered any more."""
    return url_for("programmes.new", tillfalle=occurrence.uid) if is_offered(occurrence) else ""


def unfiltered(query: CalendarQuery) -> CalendarQuery:
    """Everything in the same edition."""
    return CalendarQuery(edition=query.edition)


def near_choices() -> list[tuple[str, str]]:
    """The kommuner that one may be near, code and name."""
    return [(kommun.code, kommun.name) for kommun in kommuner().values()]


def typed_otherwise(query: CalendarQuery) -> str:
    """What the address asks to search for, if it was read as something else: a typing mistake was mended."""
    typed = clean_line(request.args.get("ord", ""))
    return typed if query.words and typed and typed != query.words else ""


def day_of_month(day: date) -> str:
    """``20 sep.``"""
    return format_date(day, "d MMM", locale=current_language())


def month_name(day: date) -> str:
    """``september 2027``."""
    return format_date(day, "LLLL y", locale=current_language())


def language_names(rows: Iterable[EventLanguage]) -> list[str]:
    """What the languages are called, in small letters: ``svenska``."""
    return [translated(LANGUAGES.get(row.code, row.code)) for row in rows]


def feature_names(features: Iterable[Feature]) -> list[str]:
    """What the features are called, in small letters but for abbreviations."""
    names = (translated(feature.label) for feature in features)
    return [name[:1].lower() + name[1:] for name in names]


def sentence(words: str) -> str:
    """The words with a capital first."""
    return words[:1].upper() + words[1:]


def with_query(address: str, query: CalendarQuery | None) -> str:
    """An address of ours with what is asked for there."""
    return f"{address}?{query}" if query and str(query) else address


@blueprint.context_processor
def words() -> dict[str, Any]:
    """What the templates build their links with."""
    return {
        "calendar_url": calendar_url,
        "in_view": in_view,
        "news_url": news_url,
        "print_url": print_url,
        "now_url": now_url,
        "subscribe_url": subscribe_url,
        "short_feed_url": short_feed_url,
        "public_page": public_page,
        "with_query": with_query,
        "kommun_url": kommun_url,
        "feed_url": feed_url,
        "organisers_of": organisers_of,
        "title_of": title_of,
        "summary_of": summary_of,
        "moved_of": moved_of,
        "save_url": save_url,
        "unfiltered": unfiltered,
        "near_choices": near_choices,
        "typed_otherwise": typed_otherwise,
        "day_of_month": day_of_month,
        "month_name": month_name,
        "language_names": language_names,
        "feature_names": feature_names,
        "sentence": sentence,
        "county": COUNTY_NAME,
    }

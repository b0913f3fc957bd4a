"""From an address to the feed that it stands for. A former address gives the very same feed as the present one."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from babel.dates import format_date
from sqlalchemy.orm import Session

from planner.core.codes import as_code
from planner.core.errors import Invalid, NotFound, Problem
from planner.core.site import site_of
from planner.core.text import N_
from planner.core.tongue import SWEDISH, Tongue
from planner.data.kommuner import COUNTY_CODE, COUNTY_NAME, kommun_by_slug, kommuner
from planner.events.calendar_query import FIELDS, FILTER_KEYS, KEY_LABELS, CalendarQuery, unknown_value
from planner.events.models.vocabulary import LANGUAGES
from planner.events.queries import organisations_named, shortened_query, spelt, themes_named, venues_named
from planner.feeds.feed import Feed
from planner.feeds.queries import event_named, programme_of

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a programme that has never been published last changed."""

_SLUG = re.compile(r"[a-z0-9-]{1,120}\Z")


def calendar(session: Session, asked: CalendarQuery, tongue: Tongue = SWEDISH) -> Feed:
    """The whole programme, or what the query narrows it to."""
    return _feed(session, "/kalender", asked, tongue)


def news(session: Session, asked: CalendarQuery) -> Feed:
    """What has changed in the whole programme, or in what the query narrows it to."""
    return _feed(session, "/nytt", asked, SWEDISH)


def organisation(session: Session, slug: str, asked: CalendarQuery, tongue: Tongue = SWEDISH) -> Feed:
    """What an organisation arranges, or has agreed to stand behind."""
    return _feed_of_row(session, "arrangor", slug, asked, "/arrangorer", organisations_named, tongue)


def venue(session: Session, slug: str, asked: CalendarQuery, tongue: Tongue = SWEDISH) -> Feed:
    """What takes place at a place, on site or digital."""
    return _feed_of_row(session, "plats", slug, asked, "/platser", venues_named, tongue)


def theme(session: Session, slug: str, asked: CalendarQuery, tongue: Tongue = SWEDISH) -> Feed:
    """What a theme gathers."""
    return _feed_of_row(session, "tema", slug, asked, "/teman", _themes, tongue)


def kommun(session: Session, slug: str, asked: CalendarQuery, tongue: Tongue = SWEDISH) -> Feed:
    """What takes place in a kommun, or concerns it."""
    found = kommun_by_slug().get(slug)
    if found is None:
        raise NotFound
    return _feed(session, f"/kommuner/{slug}", asked, tongue, scope=("kommun", found.code), name=found.name)


def event(session: Session, slug: str, asked: CalendarQuery, tongue: Tongue = SWEDISH) -> Feed:
    """One event with all its occurrences: a file to add, which takes no parameters."""
    found = event_named(session, _known_form(slug))
    if found is None:
        raise NotFound
    if str(asked):
        raise Invalid([Problem("", "Adressen till en enda programpunkt tar inga filter.")])
    return Feed(
        site=site_of(session),
        path=f"/evenemang/{found.slug}",
        asked=asked,
        query=asked,
        names=(found.title,),
        edition=found.edition,
        changed_at=found.edition.changed_at,
        event_id=found.id,
        tongue=tongue,
    )


def short(session: Session, code: str, asked: CalendarQuery, tongue: Tongue = SWEDISH) -> Feed:
    """What is kept under a short address. It stands for all its filters, so it takes no others.

    It is promised for ever, so an organisation or a place that the public no longer knows is no error: it finds
    nothing, and the rest of the query still does.
    """
    if str(asked):
        raise Invalid([Problem("", "En kort adress har sina filter redan. Utgå från /kalender för att välja fritt.")])
    query, names = _in_todays_words(session, shortened_query(session, code), tongue, may_be_unknown=True)
    programme = programme_of(session, query.edition)
    return Feed(
        site=site_of(session),
        path=f"/f/{as_code(code)}",
        asked=asked,
        query=query,
        names=names,
        edition=programme.edition if programme else None,
        changed_at=programme.changed_at if programme else NEVER,
        tongue=tongue,
    )


def _feed_of_row(
    session: Session,
    key: str,
    slug: str,
    asked: CalendarQuery,
    pages: str,
    named: Callable[[Session, tuple[str, ...]], dict[str, Any]],
    tongue: Tongue,
) -> Feed:
    row = named(session, (_known_form(slug),)).get(slug)
    if row is None:
        raise NotFound
    return _feed(session, f"{pages}/{row.slug}", asked, tongue, scope=(key, row.slug), name=row.name)


def _feed(
    session: Session,
    path: str,
    asked: CalendarQuery,
    tongue: Tongue,
    *,
    scope: tuple[str, str] | None = None,
    name: str = "",
) -> Feed:
    """The feed of a page, narrowed to what is asked for beside what the page itself is about."""
    if scope is not None:
        asked = _beside(asked, *scope)
    asked, names = _in_todays_words(session, asked, tongue)
    programme = programme_of(session, asked.edition)
    if programme is None and asked.edition:
        raise Invalid([unknown_value("upplaga", asked.edition)])
    return Feed(
        site=site_of(session),
        path=path,
        asked=asked,
        query=asked.with_(**{FIELDS[scope[0]]: (scope[1],)}) if scope else asked,
        names=(name, *names) if name else names,
        edition=programme.edition if programme else None,
        changed_at=programme.changed_at if programme else NEVER,
        tongue=tongue,
    )


def _beside(asked: CalendarQuery, key: str, value: str) -> CalendarQuery:
    """What is asked for beside the value that the path already names."""
    if set(asked.values_of(key)) - {value}:
        message = "Adressen gäller redan en %(what)s. Utgå från /kalender för att välja fritt."
        raise Invalid([Problem(key, message, {"what": KEY_LABELS[key].lower()})])
    return asked.without(key)


def _in_todays_words(
    session: Session, asked: CalendarQuery, tongue: Tongue, *, may_be_unknown: bool = False
) -> tuple[CalendarQuery, tuple[str, ...]]:
    """The query in today's addresses, and what people call each value; one question for each kind of address in it.

    Raises:
        Invalid: one problem for each organisation, theme or venue that the public does not know, unless that may be.
    """
    rows: dict[str, dict[str, Any]] = {
        "arrangor": organisations_named(session, asked.organisations),
        "tema": _themes(session, asked.themes),
        "plats": venues_named(session, asked.venues),
    }
    unknown = [
        unknown_value(key, slug) for key, known in rows.items() for slug in asked.values_of(key) if slug not in known
    ]
    if unknown and not may_be_unknown:
        raise Invalid(unknown)
    today = {
        key: tuple(known[slug].slug if slug in known else slug for slug in asked.values_of(key))
        for key, known in rows.items()
    }
    asked = spelt(session, asked.with_(**{FIELDS[key]: slugs for key, slugs in today.items()}))
    names = {(key, row.slug): row.name for key, known in rows.items() for row in known.values()}
    words = (
        _WORDS[key](value, tongue) if key in _WORDS else names.get((key, value), "")
        for key in FILTER_KEYS
        for value in asked.values_of(key)
    )
    return asked, tuple(filter(None, words))


def _themes(session: Session, slugs: tuple[str, ...]) -> dict[str, Any]:
    return {found.slug: found for found in themes_named(session, slugs)}


def _known_form(slug: str) -> str:
    """The slug, if any address of ours was ever made like it; no database is asked for others, some refuse NUL."""
    if not _SLUG.match(slug):
        raise NotFound
    return slug


_WORDS: dict[str, Callable[[Any, Tongue], str]] = {
    "dag": lambda day, tongue: str(format_date(day, "d MMMM", locale=tongue.code)),
    "kommun": lambda code, tongue: COUNTY_NAME if code == COUNTY_CODE else kommuner()[code].name,
    "malgrupp": lambda audience, tongue: tongue.say(audience.label),
    "form": lambda form, tongue: tongue.say(form.label),
    "sprak": lambda code, tongue: tongue.say(LANGUAGES[code]),
    "nara": lambda code, tongue: tongue.say(N_("nära %(kommun)s")) % {"kommun": kommuner()[code].name},
    "behov": lambda need, tongue: tongue.say(need.label),
    "ord": lambda words, tongue: f"”{words}”",
}

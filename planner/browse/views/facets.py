"""The filters of the calendar: what can be chosen, how much each choice would give, and what is chosen now."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from flask_babel import gettext as _
from markupsafe import escape
from sqlalchemy.orm import Session

from planner.browse.views.blueprint import day_of_month, sentence
from planner.core.text import swedish_key
from planner.data.kommuner import COUNTY_CODE, kommuner
from planner.editions.models import Edition
from planner.editions.queries import themes_of
from planner.events.calendar_query import FILTER_KEYS, KEY_LABELS, NARROWING_KEYS, CalendarQuery
from planner.events.models import Audience, Form
from planner.events.models.needs import Need
from planner.events.models.vocabulary import LANGUAGES
from planner.events.queries import (
    count_by,
    count_occurrences,
    days_of,
    organisations_named,
    themes_named,
    venues_named,
)
from planner.web.filters import day, kommun_name, weekday
from planner.web.language import said, translated

OPEN_FROM_THE_START = ("form", "kommun")
SHOWN_WITH_NOTHING = ("kommun", "tema", "dag")
"""So few that one expects to see all of them."""
MOST_DAYS = 14
"""An edition that gathers what happened over a longer time is not chosen from by day."""
MOST_ORGANISERS = 200
"""Those with the most, and the chosen ones: a page with thousands would be no choice. The others have pages."""
NAMED = ("arrangor", "tema", "plats")

MOST_ALONE = 8
"""Filters that are tried on their own when nothing is found: one question each, and a query may have fifty."""


@dataclass(frozen=True)
class Choice:
    """One value of a filter and how many occurrences it would give."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter of the form."""

    key: str
    label: str
    choices: list[Choice]

    @property
    def chosen(self) -> int:
        """How many values are chosen."""
        return sum(choice.is_chosen for choice in self.choices)

    @property
    def is_said(self) -> bool:
        """Whether the values are called what somebody has called them, in Swedish."""
        return self.key in NAMED

    @property
    def narrows(self) -> bool:
        """Whether a further value gives less, not more."""
        return self.key in NARROWING_KEYS

    @property
    def is_open(self) -> bool:
        return self.chosen > 0 or self.key in OPEN_FROM_THE_START


@dataclass(frozen=True)
class ActiveFilter:
    """A chosen value in words, ours or somebody's, the query without it, and the query of it alone in its edition."""

    label: str
    is_said: bool
    without: CalendarQuery
    alone: CalendarQuery


def facets_of(session: Session, edition: Edition, query: CalendarQuery) -> list[Facet]:
    """The filters of an edition's calendar, each counted under the others: a fixed number of questions."""
    form = _facet(session, edition, query, "form", {form.value: translated(form.label) for form in Form})
    kommun = _facet(session, edition, query, "kommun", {code: kommun_name(code) for code in (*kommuner(), COUNTY_CODE)})
    themes = {theme.slug: theme.name for theme in (*themes_of(session, edition), *themes_named(session, query.themes))}
    tema = _facet(session, edition, query, "tema", themes)
    malgrupp = _facet(session, edition, query, "malgrupp", {each.value: translated(each.label) for each in Audience})
    sprak = _facet(session, edition, query, "sprak", {code: language_name(code) for code in LANGUAGES})
    behov = _facet(session, edition, query, "behov", {each.value: translated(each.label) for each in Need})
    facets = [form, kommun, behov, tema, malgrupp, _organisers(session, edition, query), sprak]
    return [facet for facet in facets if facet.choices]


def day_facet(session: Session, edition: Edition, query: CalendarQuery) -> list[Facet]:
    """The edition's days as one more filter, for a page without the strip of days; none in an edition of many weeks."""
    days = days_of(edition)
    if len(days) > MOST_DAYS:
        return []
    choices = sorted({*days, *query.days})
    labels = {each.isoformat(): sentence(f"{weekday(each)} {day_of_month(each)}") for each in choices}
    return [_facet(session, edition, query, "dag", labels)]


def _facet(session: Session, edition: Edition, query: CalendarQuery, key: str, labels: Mapping[str, str]) -> Facet:
    return _counted(query, key, labels, count_by(session, edition, query, key))


def _organisers(session: Session, edition: Edition, query: CalendarQuery) -> Facet:
    counts = count_by(session, edition, query, "arrangor")
    most = nlargest(MOST_ORGANISERS, counts, key=lambda slug: (counts[slug], slug))
    named = organisations_named(session, sorted({*most, *query.organisations}))
    labels = {slug: named[slug].name for slug in sorted(named, key=lambda slug: swedish_key(named[slug].name))}
    return _counted(query, "arrangor", labels, counts)


def _counted(query: CalendarQuery, key: str, labels: Mapping[str, str], counts: Mapping[str, int]) -> Facet:
    chosen = {str(value) for value in query.values_of(key)}
    shown = labels if key in SHOWN_WITH_NOTHING else [value for value in labels if value in chosen or counts.get(value)]
    choices = [Choice(value, labels[value], counts.get(value, 0), value in chosen) for value in shown]
    return Facet(key, _label(key), choices)


def active_filters(session: Session, query: CalendarQuery) -> list[ActiveFilter]:
    """Every chosen value in words, in canonical order."""
    named = {
        "arrangor": {slug: each.name for slug, each in organisations_named(session, query.organisations).items()},
        "tema": {theme.slug: theme.name for theme in themes_named(session, query.themes)},
        "plats": {slug: each.name for slug, each in venues_named(session, query.venues).items()},
    }
    return [
        ActiveFilter(
            named.get(key, {}).get(value) or _in_words(key, value),
            is_said=key in NAMED,
            without=query.without(key, value),
            alone=CalendarQuery.parse([*CalendarQuery(edition=query.edition).pairs(), (key, str(value))]),
        )
        for key in FILTER_KEYS
        for value in query.values_of(key)
    ]


def _in_words(key: str, value: Any) -> str:
    words: dict[str, Callable[[Any], str]] = {
        "dag": day,
        "kommun": kommun_name,
        "malgrupp": lambda audience: translated(audience.label),
        "form": lambda form: translated(form.label),
        "sprak": language_name,
        "nara": lambda code: _("Nära %(kommun)s", kommun=kommun_name(code)),
        "behov": lambda need: translated(need.label),
        "ord": lambda line: f"”{line}”",
    }
    return words[key](value)


def language_name(code: str) -> str:
    """``Svenska``."""
    return translated(LANGUAGES[code]).capitalize()


@dataclass(frozen=True)
class WayOut:
    """Another query for somebody whose own finds nothing, in words, and how much it gives."""

    words: str
    query: CalendarQuery
    count: int


def ways_out(session: Session, edition: Edition, query: CalendarQuery, filters: Sequence[ActiveFilter]) -> list[WayOut]:
    """For a query that finds nothing: which filter to take away or, if no single one helps, which to keep alone."""
    keys = [key for key in FILTER_KEYS if query.values_of(key)]
    without = [(_("Visa utan filtret %(name)s", name=_label(key).lower()), query.without(key)) for key in keys]
    only = escape(_("Visa bara %(name)s"))
    first = filters[:MOST_ALONE]
    alone = [(only % {"name": said(each.label) if each.is_said else each.label}, each.alone) for each in first]
    return _that_help(session, edition, without) or _that_help(session, edition, alone)


def _that_help(session: Session, edition: Edition, ways: Iterable[tuple[str, CalendarQuery]]) -> list[WayOut]:
    """The ways that give anything, most first."""
    counted = [WayOut(words, query, count_occurrences(session, edition, query)) for words, query in ways]
    return sorted((way for way in counted if way.count), key=lambda way: -way.count)


def _label(key: str) -> str:
    return translated(KEY_LABELS[key])

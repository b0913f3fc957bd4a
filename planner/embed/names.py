"""What people call a query: for the heading of an embedded programme, and the title of its frame."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from planner.core.text import first_that_fit
from planner.data.kommuner import COUNTY_CODE, COUNTY_NAME, kommuner
from planner.events.calendar_query import FILTER_KEYS, CalendarQuery
from planner.events.models.vocabulary import LANGUAGES
from planner.events.queries import organisations_named, themes_named, venues_named

LONGEST = 80
"""Characters of a heading beside the name of the week."""


def names_of(session: Session, query: CalendarQuery, say: Callable[[Any], str]) -> list[str]:
    """Each value in words: names as they are, our own words by ``say``, which knows the language and the days."""
    named: Mapping[str, Mapping[str, str]] = {
        "arrangor": {slug: each.name for slug, each in organisations_named(session, query.organisations).items()},
        "tema": {theme.slug: theme.name for theme in themes_named(session, query.themes)},
        "plats": {slug: each.name for slug, each in venues_named(session, query.venues).items()},
        "kommun": {COUNTY_CODE: COUNTY_NAME, **{code: kommun.name for code, kommun in kommuner().items()}},
    }
    return [
        named.get(key, {}).get(str(value)) or say(LANGUAGES.get(value, value) if key == "sprak" else value)
        for key in FILTER_KEYS
        for value in query.values_of(key)
    ]


def heading_of(programme: str, names: list[str], more: str) -> str:
    """``Demokrativeckan 2027: Arvika, Digitalt``; of very many names the first, and how many more."""
    shown, left_out = first_that_fit(names, LONGEST)
    subject = ", ".join(shown) + (f" {more % {'count': left_out}}" if left_out else "")
    return f"{programme}: {subject}" if subject else programme

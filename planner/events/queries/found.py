"""What is written of events beside what their cards show: where a search may have found them all the same."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from markupsafe import Markup
from sqlalchemy.orm import Session

from planner.data.kommuner import COUNTY_CODE, COUNTY_NAME, kommuner
from planner.editions.models import Theme
from planner.events.models import (
    Audience,
    Event,
    EventAudience,
    EventFeature,
    EventKommun,
    EventLanguage,
    EventText,
    EventTheme,
)
from planner.events.models.vocabulary import LANGUAGES
from planner.events.queries.public import SWEDISH
from planner.venues.models import Answer, Feature

_END_OF_BLOCK = re.compile(r"</(?:p|li|h[1-6]|blockquote|t[dhr])>|<br ?/?>")
"""Where a word ends although no blank stands there."""


@dataclass(frozen=True)
class Written:
    """A text as it reads, without markup, and the language (BCP 47) that it is written in.

    ``key`` is the filter (``KEY_LABELS``) that has it for a value, "" for what reads by itself.
    """

    text: str
    language: str = SWEDISH
    key: str = ""


def written_of(session: Session, event_ids: Collection[int]) -> dict[int, list[Written]]:
    """What ``search.contents`` has of events and not of their places, in the order in which it is worth showing.

    Themes, then what is written in sentences, then for whom and in what way. Always three questions.
    """
    written: dict[int, list[Written]] = defaultdict(list)
    values = [
        (event_id, Written(_IN_WORDS[key](value), key=key))
        for event_id, key, value in sorted(session.execute(_values_of(event_ids)))
    ]
    for event_id, value in values:
        if value.key == "tema":
            written[event_id].append(value)
    own = sa.select(Event.id, Event.series, Event.description_html, Event.activity, Event.number, Event.is_free)
    particulars: dict[int, list[Written]] = {}
    for event_id, series, description, activity, number, is_free in session.execute(own.where(Event.id.in_(event_ids))):
        written[event_id] += [Written(series), Written(_plain(description))]
        particulars[event_id] = [Written(activity.label), Written(number), Written("Gratis" if is_free else "")]
    texts = sa.select(EventText).where(EventText.event_id.in_(event_ids)).order_by(EventText.language)
    for text in session.scalars(texts.execution_options(populate_existing=True)):
        parts = (text.title, text.summary, _plain(text.description_html))
        written[text.event_id] += [Written(part, text.language) for part in parts]
    for event_id, value in values:
        if value.key != "tema":
            written[event_id].append(value)
    for event_id, rest in particulars.items():
        written[event_id] += rest
    return written


_IN_WORDS: Mapping[str, Callable[[str], str]] = {
    "tema": str,
    "malgrupp": lambda value: Audience(value).label,
    "sprak": lambda value: LANGUAGES.get(value, ""),
    "behov": lambda value: Feature(value).label,
    "kommun": lambda value: kommuner()[value].name if value in kommuner() else COUNTY_NAME,
}


def _values_of(event_ids: Collection[int]) -> sa.CompoundSelect[int, str, str]:
    """By which filters the events are found under which values, as far as these are words."""

    def values(key: str, event_id: Any, value: Any, *which: sa.SQLColumnExpression[bool]) -> sa.Select[int, str, str]:
        named = sa.select(event_id, sa.literal(key), sa.type_coerce(value, sa.Text))
        return named.where(event_id.in_(event_ids), *which)

    return sa.union(
        values("tema", EventTheme.event_id, Theme.name, Theme.id == EventTheme.theme_id),
        values("malgrupp", EventAudience.event_id, EventAudience.audience),
        values("sprak", EventLanguage.event_id, EventLanguage.code, EventLanguage.code != SWEDISH),
        values("behov", EventFeature.event_id, EventFeature.feature, EventFeature.answer == Answer.YES),
        values("kommun", EventKommun.event_id, EventKommun.kommun_code),
        values("kommun", Event.id, sa.literal(COUNTY_CODE), Event.is_countywide),
    )


def _plain(html: str) -> str:
    return Markup(_END_OF_BLOCK.sub(" ", html)).striptags()  # noqa: S704 - read, and escaped again where it is shown

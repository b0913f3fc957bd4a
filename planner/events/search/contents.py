"""What of an occurrence can be searched: what the public reads on its page, and nothing else.

No person's name, no note to the organisers, no address to join at, and of the organisations only those that have
accepted.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.data.kommuner import COUNTY_NAME, kommuner
from planner.events.models import Event, Occurrence
from planner.events.models.vocabulary import LANGUAGES
from planner.events.queries.visibility import accepted_hostings
from planner.events.search.words import folded, words_of
from planner.venues.models import Answer, Venue

BETWEEN = "|"
"""Stands between texts that do not follow on each other, so that no phrase goes from one into the next."""


@dataclass(frozen=True)
class Contents:
    """The words of an occurrence. ``names`` are those that a typing mistake is mended to, folded, each once."""

    wording: str
    folded: str
    names: str


def contents_of(occurrence: Occurrence) -> Contents:
    """The words of an occurrence that is loaded as for rendering (``queries.occurrences_for_rendering``)."""
    event = occurrence.event
    names = [words_of(text) for text in (*_names(event), *_place_names(occurrence))]
    rest = [words_of(text) for text in (*_texts(event), *_particulars(occurrence))]
    every = {word for words in (*names, *rest) for word in words}
    return Contents(
        wording=_spaced(f" {BETWEEN} ".join(" ".join(words) for words in (*names, *rest) if words)),
        folded=_spaced(" ".join(sorted({folded(word) for word in every if folded(word) != word}))),
        names=_spaced(" ".join(sorted({folded(word) for words in names for word in words}))),
    )


def _spaced(words: str) -> str:
    return f" {words} " if words else ""


def _names(event: Event) -> Iterator[str]:
    yield event.title
    yield from (text.title for text in event.texts)
    yield event.organiser.name
    yield from (hosting.name for hosting in accepted_hostings(event))
    yield from (theme.name for theme in event.themes)
    yield from (kommuner()[row.kommun_code].name for row in event.kommuner if row.kommun_code in kommuner())
    if event.is_countywide:
        yield COUNTY_NAME


def _place_names(occurrence: Occurrence) -> Iterator[str]:
    for place in filter(None, (occurrence.place, occurrence.digital_place)):
        yield place.name
        yield place.town
        if place.kommun_code in kommuner():
            yield kommuner()[place.kommun_code].name


def _texts(event: Event) -> Iterator[str]:
    yield event.summary
    yield event.description
    yield from (written for text in event.texts for written in (text.summary, text.description))
    yield event.number
    yield event.series
    yield event.activity.label
    if event.is_free:
        yield "Gratis"
    yield from (row.audience.label for row in event.audiences)
    yield from (LANGUAGES.get(row.code, "") for row in event.languages if row.code != "sv")
    yield from (row.feature.label for row in event.features if row.answer is Answer.YES)


def _particulars(occurrence: Occurrence) -> Iterator[str]:
    yield occurrence.label
    yield occurrence.room
    yield occurrence.time_note
    yield from (text for place in (occurrence.place, occurrence.digital_place) if place for text in _address(place))


def _address(place: Venue) -> Iterator[str]:
    yield place.street
    yield place.platform

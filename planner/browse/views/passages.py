"""Where a search found what a card does not show: a theme, a description, a text in another language, an address."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from planner.data.kommuner import kommuner
from planner.events.calendar_query import KEY_LABELS
from planner.events.models import Occurrence
from planner.events.models.vocabulary import RIGHT_TO_LEFT
from planner.events.queries import Written, organisers_of, written_of
from planner.events.search.passages import not_in, passage
from planner.events.search.wishes import Term
from planner.web.language import DEFAULT, translated
from planner.web.titles import easy_summary_of, title_of


@dataclass(frozen=True)
class Passage:
    """Some words of an event around what was found; ``language`` is "" for Swedish, which pages mark as they do all.

    ``heading`` says what they are where they do not say it themselves.
    """

    text: str
    language: str = ""
    heading: str = ""

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"


def passages_of(session: Session, words: str, occurrences: Iterable[Occurrence]) -> dict[int, Passage]:
    """By the id of an occurrence whose card lacks something of what was searched for: where that stands.

    Three questions if any card lacks anything, else none.
    """
    lacking = {each: missing for each in occurrences if (missing := not_in(words, _shown(each)))}
    if not lacking:
        return {}
    written = written_of(session, {each.event_id for each in lacking})
    found = (
        (each.id, _first(missing, [*written.get(each.event_id, []), *_of_places(each)]))
        for each, missing in lacking.items()
    )
    return {occurrence_id: passage for occurrence_id, passage in found if passage}


def _first(missing: list[Term], written: Iterable[Written]) -> Passage | None:
    for each in written:
        if words := passage(missing, each.text):
            language = "" if each.language.startswith(DEFAULT) else each.language
            return Passage(words, language, translated(KEY_LABELS[each.key]) if each.key else "")
    return None


def _of_places(occurrence: Occurrence) -> Iterator[Written]:
    for place in filter(None, (occurrence.place, occurrence.digital_place)):
        for text in (place.name, place.address, place.platform):
            yield Written(text, key="plats")


def _shown(occurrence: Occurrence) -> Iterator[str]:
    """What its card says in any case; components/card.html."""
    event, place = occurrence.event, occurrence.place or occurrence.digital_place
    yield title_of(event).striptags()
    yield easy_summary_of(event) or event.summary
    yield from (organiser.name for organiser in organisers_of(event))
    yield from (occurrence.label, occurrence.room, occurrence.time_note, place.name if place else "")
    if occurrence.place and occurrence.place.kommun_code in kommuner():
        yield kommuner()[occurrence.place.kommun_code].name

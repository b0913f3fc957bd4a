"""A draft as plain text, for whoever wrote it to take away. In Swedish, as what people write and as the letters are."""

from planner.core.dates import day_in_words
from planner.events.actions.changes import LABELS, occurrence_in_words, value_in_words
from planner.events.actions.event_fields import stated
from planner.events.actions.occurrence_fields import stated as stated_of_occurrence
from planner.events.facts import occurrence_facts, when_in_words, where_in_words
from planner.events.models import Event, Occurrence
from planner.events.rules import zone_of

NOT_TOLD = ("title", "image_file")
"""The title stands above, and a picture is no text."""


def draft_as_text(event: Event) -> str:
    """Everything that was stated, under headings. Needs the whole event loaded."""
    names = {
        "themes": {theme.id: theme.name for theme in event.themes},
        "part_of_id": {event.part_of.id: event.part_of.title} if event.part_of else {},
    }
    saved = day_in_words(event.saved_at.astimezone(zone_of(event)).date())
    head = f"{event.title}\n{event.number}, {event.edition.name}\nSparat {saved}"
    values = stated(event)
    words = {label: value_in_words(key, values[key], names) for key, label in LABELS.items() if key not in NOT_TOLD}
    told = [f"{label}\n{text}" for label, text in words.items() if text]
    return "\n\n".join([head, *(_occurrence(one, event) for one in event.occurrences), *told]) + "\n"


def _occurrence(occurrence: Occurrence, event: Event) -> str:
    facts, zone = occurrence_facts(occurrence), zone_of(event)
    values = stated_of_occurrence(occurrence, zone)
    values["reserve_place"] = occurrence.reserve_place.name if occurrence.reserve_place else ""
    others = occurrence_in_words({key: ("", value) for key, value in values.items() if value})
    told = [f"{one.label}: {one.after}" for one in others]
    return "\n".join(["Tillfälle", f"{when_in_words(facts, zone)}, {where_in_words(facts)}", *told])

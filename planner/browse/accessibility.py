"""What is known of a place's or an event's accessibility: what is answered, and what nobody knows yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.events.models import Event
from planner.venues.models import (
    DIGITAL_FEATURES,
    EVENT_FEATURES,
    PLACE_FEATURES,
    Answer,
    Feature,
    Venue,
    VenueFact,
    VenueKind,
)


@dataclass(frozen=True)
class Accessibility:
    """``known`` are answered with yes or no, with a note; ``unknown`` is shown too, for "vet inte" is an answer.

    ``checked`` is the fact that was looked at last, with its day and by whom.
    """

    known: list[tuple[Feature, Answer, str]]
    unknown: list[Feature]
    checked: VenueFact | None = None


def of_venue(venue: Venue) -> Accessibility:
    """What is known of a place. Needs its ``facts`` loaded."""
    asked = PLACE_FEATURES if venue.kind is VenueKind.PHYSICAL else DIGITAL_FEATURES
    facts = {fact.feature: fact for fact in venue.facts}
    answers = {feature: (fact.answer, fact.note) for feature, fact in facts.items()}
    checked = max(
        (fact for fact in venue.facts if fact.checked_on), key=lambda fact: str(fact.checked_on), default=None
    )
    return _of(asked, answers, checked)


def of_event(event: Event) -> Accessibility:
    """What the organiser says of the event itself. Needs its ``features`` loaded."""
    return _of(EVENT_FEATURES, {row.feature: (row.answer, "") for row in event.features}, None)


def _of(
    asked: Iterable[Feature], answers: Mapping[Feature, tuple[Answer, str]], checked: VenueFact | None
) -> Accessibility:
    features = [feature for feature in Feature if feature in answers or feature in set(asked)]
    known = [
        (feature, *answers[feature])
        for feature in features
        if feature in answers and answers[feature][0] is not Answer.UNKNOWN
    ]
    yes_first = sorted(known, key=lambda fact: fact[1] is not Answer.YES)
    answered = {feature for feature, *_ in known}
    return Accessibility(yes_first, [feature for feature in features if feature not in answered], checked)

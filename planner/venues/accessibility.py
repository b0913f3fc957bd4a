"""What is said of a place's accessibility: every feature has an answer, if only "vet inte". Pure."""

from collections.abc import Sequence
from datetime import date

from planner.venues.models import DIGITAL_FEATURES, PLACE_FEATURES, Answer, Feature, Venue, VenueKind


def features_of(kind: VenueKind) -> Sequence[Feature]:
    """What is asked of this kind of place."""
    return DIGITAL_FEATURES if kind is VenueKind.DIGITAL else PLACE_FEATURES


def stated_facts(venue: Venue) -> list[tuple[Feature, Answer, str]]:
    """Each feature with its answer and note; needs the facts loaded."""
    known = {fact.feature: fact for fact in venue.facts}
    return [
        (feature, known[feature].answer, known[feature].note) if feature in known else (feature, Answer.UNKNOWN, "")
        for feature in features_of(venue.kind)
    ]


def checks_of(venue: Venue) -> list[tuple[date, str]]:
    """When somebody checked the facts and who, each pair once, latest first; needs the facts loaded."""
    return sorted({(fact.checked_on, fact.checked_by) for fact in venue.facts if fact.checked_on}, reverse=True)

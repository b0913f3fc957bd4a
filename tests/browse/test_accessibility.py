"""Accessibility: what is answered, and "vet inte" about the rest."""

from datetime import date

from planner.browse.accessibility import Accessibility, of_event, of_venue
from planner.events.models import Event, EventFeature
from planner.venues.models import (
    EVENT_FEATURES,
    PLACE_FEATURES,
    Answer,
    Feature,
    Venue,
    VenueFact,
    VenueKind,
)


def test_place_of_which_nothing_is_known_says_so_of_everything() -> None:
    venue = Venue(kind=VenueKind.PHYSICAL, facts=[])
    assert of_venue(venue) == Accessibility(known=[], unknown=list(PLACE_FEATURES))


def test_answers_stand_yes_first_with_their_notes_and_the_latest_check() -> None:
    lift = VenueFact(feature=Feature.LIFT, answer=Answer.NO, note="", checked_on=date(2027, 5, 1))
    loop = VenueFact(feature=Feature.HEARING_LOOP, answer=Answer.YES, note="Stora salen", checked_on=date(2027, 6, 1))
    dog = VenueFact(feature=Feature.ASSISTANCE_DOG, answer=Answer.UNKNOWN, note="", checked_on=None)
    found = of_venue(Venue(kind=VenueKind.PHYSICAL, facts=[lift, loop, dog]))
    assert found.known == [(Feature.HEARING_LOOP, Answer.YES, "Stora salen"), (Feature.LIFT, Answer.NO, "")]
    assert found.unknown == [each for each in PLACE_FEATURES if each not in (Feature.LIFT, Feature.HEARING_LOOP)]
    assert found.checked is loop


def test_digital_place_is_not_asked_about_doors() -> None:
    captions = VenueFact(feature=Feature.CAPTIONS, answer=Answer.YES, note="", checked_on=None)
    found = of_venue(Venue(kind=VenueKind.DIGITAL, facts=[captions]))
    assert found == Accessibility([(Feature.CAPTIONS, Answer.YES, "")], [Feature.SPEECH_TO_TEXT])


def test_event_may_answer_for_what_a_place_is_usually_asked() -> None:
    event = Event(features=[EventFeature(feature=Feature.QUIET_ROOM, answer=Answer.YES)])
    assert of_event(event) == Accessibility([(Feature.QUIET_ROOM, Answer.YES, "")], list(EVENT_FEATURES))

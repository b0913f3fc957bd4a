"""What is missing before an event can be sent in, and what deserves a thought."""

from datetime import date
from typing import Any

import pytest

from planner.editions.models import Edition
from planner.events.models import (
    Captions,
    Event,
    EventAudience,
    Occurrence,
    OccurrenceState,
    Permit,
    SignUp,
    TimeKind,
)
from planner.events.models.vocabulary import Audience
from planner.events.rules import missing_for_submission, warnings_for
from planner.organisations.models import Organisation
from planner.venues.models import Venue

TUESDAY = date(2027, 9, 21)


def an_occurrence(**columns: Any) -> Occurrence:
    defaults = {
        "time_kind": TimeKind.START_ONLY,
        "first_day": TUESDAY,
        "last_day": TUESDAY,
        "state": OccurrenceState.SCHEDULED,
        "place_id": 1,
        "room": "",
        "is_preliminary": False,
        "recording_url": "",
    }
    return Occurrence(**{**defaults, **columns})


def an_event(*occurrences: Occurrence, organiser_email: str = "", **columns: Any) -> Event:
    """A complete event with one occurrence, but for what a test states."""
    defaults = {
        "title": "Samtal",
        "summary": "Vi samtalar.",
        "audiences": [EventAudience(audience=Audience.EVERYBODY)],
        "contact_email": "kultur@example.se",
        "contact_phone": "",
        "sign_up": SignUp.UNSTATED,
        "sign_up_url": "",
        "sign_up_note": "",
        "image_file": "",
        "image_alt": "",
        "organiser": Organisation(public_email=organiser_email, public_phone=""),
        "edition": Edition(first_day=date(2027, 9, 20), last_day=date(2027, 9, 27)),
        "occurrences": list(occurrences) or [an_occurrence()],
    }
    return Event(**{**defaults, **columns})


def missing(event: Event) -> list[str]:
    return [problem.field for problem in missing_for_submission(event)]


def test_an_event_with_these_few_things_is_complete() -> None:
    assert missing(an_event()) == []


def test_a_title_alone_lacks_the_rest() -> None:
    bare = Event(
        title="Samtal",
        summary="",
        audiences=[],
        contact_email="",
        contact_phone="",
        sign_up=SignUp.UNSTATED,
        sign_up_url="",
        sign_up_note="",
        image_file="",
        image_alt="",
        organiser=Organisation(public_email="", public_phone=""),
        occurrences=[],
    )

    assert missing(bare) == ["summary", "audiences", "contact_email", "occurrences"]


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"summary": ""}, "summary"),
        ({"audiences": []}, "audiences"),
        ({"contact_email": ""}, "contact_email"),
        ({"sign_up": SignUp.EXTERNAL}, "sign_up_url"),
        ({"image_file": "bild.webp"}, "image_alt"),
    ],
)
def test_each_thing_is_asked_for_at_its_field(columns: dict[str, Any], field: str) -> None:
    assert missing(an_event(**columns)) == [field]


@pytest.mark.parametrize(
    "columns",
    [
        {"contact_email": "", "contact_phone": "+46545400000"},
        {"contact_email": "", "organiser_email": "info@example.se"},
        {"sign_up": SignUp.EXTERNAL, "sign_up_url": "https://example.se/anmal"},
        {"sign_up": SignUp.CONTACT},
        {"sign_up": SignUp.NONE},
        {"image_file": "bild.webp", "image_alt": "Ett fullsatt bibliotek"},
    ],
)
def test_one_way_of_saying_it_is_enough(columns: dict[str, Any]) -> None:
    assert missing(an_event(**columns)) == []


def test_signing_up_by_contact_needs_a_contact_or_words() -> None:
    organiser = {"contact_email": "", "organiser_email": "info@example.se", "sign_up": SignUp.CONTACT}

    assert missing(an_event(**organiser)) == ["sign_up_note"]
    assert missing(an_event(**organiser, sign_up_note="Ring biblioteket.")) == []


@pytest.mark.parametrize(
    ("columns", "says_where"),
    [
        ({}, False),
        ({"place_id": 7}, True),
        ({"digital_place_id": 7}, True),
        ({"room": "Någonstans i Arvika"}, True),
        ({"is_preliminary": True}, True),
        ({"time_kind": TimeKind.ON_BOOKING}, True),
        ({"time_kind": TimeKind.WITHIN_SPAN}, False),
    ],
)
def test_every_occurrence_says_where_or_that_it_is_not_settled(columns: dict[str, Any], says_where: bool) -> None:
    event = an_event(an_occurrence(), an_occurrence(**{"place_id": None, **columns}))

    assert missing(event) == ([] if says_where else ["occurrences"])


def test_an_event_whose_occurrences_are_all_called_off_has_none() -> None:
    event = an_event(an_occurrence(state=OccurrenceState.CANCELLED), an_occurrence(state=OccurrenceState.POSTPONED))

    assert missing(event) == ["occurrences"]


SQUARE = Venue(name="Stora torget", is_outdoors=True)
HALL = Venue(name="Aulan", capacity=80, is_outdoors=False)


@pytest.mark.parametrize(
    ("columns", "warned"),
    [
        ({}, []),
        ({"first_day": date(2027, 9, 26), "last_day": date(2027, 10, 2)}, []),
        ({"first_day": date(2027, 9, 28), "last_day": date(2027, 9, 28)}, ["first_day"]),
        ({"first_day": date(2027, 9, 18), "last_day": date(2027, 9, 19)}, ["first_day"]),
        ({"place": HALL, "capacity_onsite": 80}, []),
        ({"place": HALL, "capacity_onsite": 81}, ["capacity_onsite"]),
        ({"place": SQUARE}, ["permit"]),
        ({"place": SQUARE, "permit": Permit.TO_APPLY}, ["permit"]),
        ({"place": SQUARE, "permit": Permit.APPLIED}, []),
        ({"has_no_audience_on_site": True}, ["has_no_audience_on_site"]),
        ({"has_no_audience_on_site": True, "digital_place_id": 3}, []),
        ({"recording_url": "https://example.se/film"}, ["captions"]),
        ({"recording_url": "https://example.se/film", "captions": Captions.COMING}, []),
    ],
)
def test_what_deserves_a_thought(columns: dict[str, Any], warned: list[str]) -> None:
    assert [problem.field for problem in warnings_for(an_event(an_occurrence(**columns)))] == warned

"""What a partner says yes to, and how two such sets differ in words."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest

from planner.events.facts import Difference, differences, material_facts, when_in_words, where_in_words
from planner.events.models import OccurrenceState
from planner.events.queries import lock_event
from tests.factories import make_digital_venue, make_event, make_occurrence, make_organisation, make_venue

ZONE = ZoneInfo("Europe/Stockholm")


@pytest.fixture
def event(session):
    return lock_event(session, make_event(session).id)


def changed_facts(session, event, before):
    session.flush()
    return differences(before, material_facts(lock_event(session, event.id)), ZONE)


def test_nothing_changed(session, event):
    assert changed_facts(session, event, material_facts(event)) == []


def test_small_edits_are_not_material(session, event):
    before = material_facts(event)
    event.summary, event.description, event.price = "Ny", "Ny text", "20 kr"
    event.occurrences[0].room = "Stora salen"
    assert changed_facts(session, event, before) == []


def test_a_place_renamed_in_the_register_is_the_same_place(session, event):
    before = material_facts(event)
    event.occurrences[0].place.name = "Huset med det nya namnet"
    assert changed_facts(session, event, before) == []


def test_title_and_main_organiser(session, event):
    before = material_facts(event)
    other = make_organisation(session, "Region Värmland")
    old_title, old_name = event.title, event.organiser.name
    event.title, event.organiser_id = "En annan rubrik", other.id
    assert changed_facts(session, event, before) == [
        Difference("Rubrik", old_title, "En annan rubrik"),
        Difference("Huvudarrangör", old_name, "Region Värmland"),
    ]


def test_time_place_form_and_state(session, event):
    before = material_facts(event)
    occurrence = event.occurrences[0]
    occurrence.ends_at = occurrence.ends_at.replace(hour=18)
    occurrence.place_id = make_venue(session, "Kulturhuset").id
    occurrence.digital_place_id = make_digital_venue(session, "Zoom").id
    occurrence.state = OccurrenceState.POSTPONED
    old_place = occurrence.place.name
    assert changed_facts(session, event, before) == [
        Difference("Tid", "måndag 20 september 2027 kl. 18–19.30", "måndag 20 september 2027 kl. 18–20.30"),
        Difference("Plats", old_place, "Kulturhuset och digitalt (Zoom)"),
        Difference("Form", "På plats", "På plats och digitalt"),
        Difference("Läge", "Planerat", "Uppskjutet"),
    ]


def test_an_occurrence_more_and_one_less(session, event):
    before = material_facts(event)
    make_occurrence(session, event, start=time(9), end=None, place=make_venue(session, "Torget"))
    added = changed_facts(session, event, before)
    assert added == [Difference("Nytt tillfälle", "", "måndag 20 september 2027 kl. 9, Torget")]
    assert differences(material_facts(lock_event(session, event.id)), before, ZONE) == [
        Difference("Borttaget tillfälle", "måndag 20 september 2027 kl. 9, Torget", "")
    ]


def test_words_for_days_without_clock_and_without_place():
    facts = {"first_day": "2027-09-26", "last_day": "2027-10-02", "starts_at": None, "ends_at": None}
    assert when_in_words({**facts, "time_kind": "opening_hours"}, ZONE) == "26 september–2 oktober 2027"
    assert when_in_words({**facts, "time_kind": "on_booking"}, ZONE) == (
        "26 september–2 oktober 2027, tid efter bokning"
    )
    assert where_in_words({"place": "", "digital_place_slug": None, "digital_place": ""}) == "plats inte angiven"

"""Requirement 30: the stamp rises with everything that is printed, in joined rows too, and with nothing else."""

import pytest

from planner.events import actions
from planner.events.models import HostingRole
from planner.events.queries import lock_event
from planner.organisations.actions import change_organisation, suspend_organisation
from planner.organisations.rules import SYSTEM
from planner.venues.actions import change_venue, merge_venues
from planner.venues.queries import venue_by_slug
from tests.factories import (
    make_hosting,
    make_organisation,
    make_theme,
    make_venue,
)
from tests.feeds.week import Week, assert_same_but_newer, show, stamp


def test_30_new_words_give_a_new_stamp_and_the_same_sequence(week: Week) -> None:
    event = week.publish()
    subscriber = week.follow()
    before = subscriber.event

    week.do(actions.save_event, event, {"title": "Samtal om makt"}, expected_version=None)

    assert subscriber.fetch() == 200
    assert_same_but_newer(before, subscriber.event, rises=False)
    assert subscriber.event.text("SUMMARY") == "Samtal om makt"


def test_30_what_is_not_printed_gives_the_same_bytes(week: Week) -> None:
    event = week.publish()
    subscriber = week.follow()
    before = subscriber.event

    week.do(actions.save_event, event, {"accessibility_note": "Hörslinga finns."}, expected_version=None)
    subscriber.fetch()

    assert subscriber.event.source == before.source


def test_30_venue_renamed(week: Week) -> None:
    event = week.publish()
    subscriber = week.follow()
    before = subscriber.event
    place = week.place_of(event)

    week.do(change_venue, place, {"name": "Stora biblioteket"}, expected_version=place.version)

    assert subscriber.fetch() == 200
    assert_same_but_newer(before, subscriber.event, rises=False)
    assert subscriber.event.text("LOCATION").startswith("Stora biblioteket, ")


def test_30_venues_merged(week: Week) -> None:
    kept = make_venue(week.session, "Ritz")
    event = week.publish()
    place = week.place_of(event)
    subscriber = week.follow()
    at_place = week.follow(f"/platser/{place.slug}.ics")
    before = subscriber.event

    rows = [venue_by_slug(week.session, venue.slug) for venue in (kept, place)]
    week.do(merge_venues, *rows)

    assert subscriber.fetch() == 200
    assert_same_but_newer(before, subscriber.event, rises=False)
    assert subscriber.event.text("LOCATION").startswith("Ritz, ")
    assert at_place.fetch() == 200
    assert list(at_place.events) == list(subscriber.events)


@pytest.mark.parametrize("is_partner", [False, True])
def test_30_organisation_renamed(week: Week, is_partner: bool) -> None:
    organisation = make_organisation(week.session, "Länsstyrelsen")
    if is_partner:
        event = week.publish()
        make_hosting(week.session, event, organisation)
        week.do(show, event)
    else:
        week.publish(organiser=organisation)
    subscriber = week.follow()
    own = week.follow(f"/arrangorer/{organisation.slug}.ics")
    before = subscriber.event

    week.do(
        change_organisation, organisation, {"name": "Länsstyrelsen Värmland"}, expected_version=organisation.version
    )

    assert subscriber.fetch() == 200
    assert_same_but_newer(before, subscriber.event, rises=False)
    assert "Länsstyrelsen Värmland\n" in subscriber.event.text("DESCRIPTION")
    assert own.fetch() == 200
    assert own.calendar is not None
    assert own.calendar.text("X-WR-CALNAME") == "Demokrativeckan 2027 – Länsstyrelsen Värmland"
    assert own.event.source == subscriber.event.source


def test_30_organisation_suspended(week: Week) -> None:
    organisation = make_organisation(week.session, "Bluff AB")
    week.publish(organiser=organisation)
    subscriber = week.follow()

    week.do(suspend_organisation, organisation, "Falska uppgifter.")

    assert subscriber.fetch() == 200
    assert subscriber.events == {}
    assert week.client.get("/arrangorer/bluff-ab.ics").status_code == 404


def test_30_a_partner_accepts_and_later_steps_off(week: Week) -> None:
    partner = make_organisation(week.session, "Region Värmland", public_email="region@example.se")
    event = week.publish()
    subscriber = week.follow()
    own = week.follow("/arrangorer/region-varmland.ics")
    before = subscriber.event
    week.do(actions.invite_organisation, lock_event(week.session, event.id), partner, HostingRole.CO_ORGANISER)
    assert subscriber.fetch() == 304
    assert own.events == {}

    week.do(actions.accept_hosting, week.hosting_of(event))

    assert subscriber.fetch() == 200
    accepted = subscriber.event
    assert_same_but_newer(before, accepted, rises=False)
    assert "Arrangörer: Föreningen Samtal, Region Värmland\n" in accepted.text("DESCRIPTION")
    assert own.fetch() == 200
    assert own.event.source == accepted.source

    week.do(actions.withdraw_hosting, week.hosting_of(event))

    assert subscriber.fetch() == 200
    assert "Arrangör: Föreningen Samtal\n" in subscriber.event.text("DESCRIPTION")
    assert stamp(subscriber.event) > stamp(accepted)
    assert own.fetch() == 200
    assert own.events == {}


def test_30_another_theme(week: Week) -> None:
    theme = make_theme(week.session, "Val och rösträtt", week.edition)
    event = week.publish()
    subscriber = week.follow(f"/teman/{theme.slug}.ics")
    assert subscriber.events == {}

    week.do(actions.save_event, event, {"themes": [theme.id]}, expected_version=None)

    assert subscriber.fetch() == 200
    assert subscriber.event["CATEGORIES"].texts == ["Val och rösträtt", "På plats"]


def test_30_two_changes_in_one_second_have_two_stamps(week: Week) -> None:
    event = week.publish()
    subscriber = week.follow()
    before = subscriber.event
    for title in ("Ett", "Två"):
        actions.save_event(week.session, event, {"title": title}, expected_version=None, actor=SYSTEM, now=week.now)
        assert subscriber.fetch() == 200
        assert stamp(subscriber.event) > stamp(before)
        before = subscriber.event


def test_40_nothing_stays_stored_of_what_is_withdrawn(week: Week) -> None:
    event = week.publish()
    assert week.occurrence_of(event).component.startswith("BEGIN:VEVENT\r\n")

    week.do(actions.withdraw_event, event, "Olagligt.")

    assert week.occurrence_of(event).component == ""

"""Requirements 31, 37–41, 57 and 70 as a subscriber meets them: subscribe, let something happen, subscribe again.

Everything happens through the actions that the pages call. Each test is run by a client that compares ETags and by one
that compares dates.
"""

from datetime import date

import pytest

from planner.editions.actions import archive_edition, change_edition
from planner.events import actions
from planner.events.models import EventStatus, Visibility
from tests.factories import (
    make_digital_venue,
    make_edition,
    make_event,
    make_occurrence,
    make_venue,
)
from tests.feeds.week import Week, assert_same_but_newer, sequence, show, stamp

TUESDAY = date(2027, 9, 21)


def test_published_event_arrives(week: Week) -> None:
    subscriber = week.follow()
    assert subscriber.events == {}

    event = week.publish()

    assert subscriber.fetch() == 200
    assert subscriber.event.text("UID") == week.occurrence_of(event).uid
    assert stamp(subscriber.event) == f"{week.now:%Y%m%dT%H%M%SZ}"
    assert sequence(subscriber.event) == 0
    assert subscriber.fetch() == 304


def test_31_moved_in_time_keeps_its_uid_and_raises_sequence(week: Week) -> None:
    event = week.publish()
    subscriber = week.follow()
    before = subscriber.event

    week.do(actions.change_occurrence, week.occurrence_of(event), {"first_day": TUESDAY, "last_day": TUESDAY})

    assert subscriber.fetch() == 200
    assert_same_but_newer(before, subscriber.event, rises=True)
    assert subscriber.event["DTSTART"].value == "20270921T180000"
    assert subscriber.event.text("DESCRIPTION").startswith("Flyttad från måndag 20 september 2027 kl. 18–19.30.\n")
    assert subscriber.fetch() == 304


def test_31_moved_to_another_place_raises_sequence(week: Week) -> None:
    event = week.publish()
    subscriber = week.follow()
    before = subscriber.event

    week.do(actions.change_occurrence, week.occurrence_of(event), {"place_id": make_venue(week.session, "Ritz").id})

    assert subscriber.fetch() == 200
    assert_same_but_newer(before, subscriber.event, rises=True)
    assert subscriber.event.text("LOCATION").startswith("Ritz, ")
    assert subscriber.event.text("DESCRIPTION").startswith("Tidigare plats: Stadsbiblioteket.\n")


def test_31_moved_online_raises_sequence_and_shows_the_link(week: Week) -> None:
    event = week.publish()
    subscriber = week.follow()
    before = subscriber.event

    week.do(actions.move_occurrence_online, week.occurrence_of(event), make_digital_venue(week.session))

    assert subscriber.fetch() == 200
    assert_same_but_newer(before, subscriber.event, rises=True)
    assert subscriber.event.text("LOCATION") == "https://moten.example/demokrati"
    assert subscriber.event.text("DESCRIPTION").startswith(
        "Flyttat till digitalt.\nTidigare plats: Stadsbiblioteket.\n"
    )


def test_the_reserve_place_is_used(week: Week) -> None:
    event = week.publish(with_occurrence=False)
    reserve = make_venue(week.session, "Ritz")
    outdoors = make_occurrence(week.session, event, reserve_place_id=reserve.id, reserve_note="vid regn")
    week.do(show, event)
    subscriber = week.follow()
    before = subscriber.event
    assert "Reservplats: Ritz, Västra Torggatan 26, 652 24 Karlstad, vid regn\n" in before.text("DESCRIPTION")

    week.do(actions.use_reserve_place, outdoors)

    assert subscriber.fetch() == 200
    assert_same_but_newer(before, subscriber.event, rises=True)
    assert subscriber.event.text("LOCATION").startswith("Ritz, ")


def test_37_cancelled_stays_as_cancelled_without_a_way_in(week: Week) -> None:
    event = week.publish(with_occurrence=False)
    make_occurrence(week.session, event, place=None, digital_place=make_digital_venue(week.session))
    week.do(show, event)
    subscriber = week.follow()
    before = subscriber.event

    week.do(actions.cancel_occurrence, week.occurrence_of(event), "Föreläsaren är sjuk.")

    assert subscriber.fetch() == 200
    assert_same_but_newer(before, subscriber.event, rises=True)
    assert subscriber.event.text("STATUS") == "CANCELLED"
    assert subscriber.event.text("SUMMARY") == "INSTÄLLT: Samtal om demokrati"
    assert subscriber.event.text("DESCRIPTION").startswith("Inställt. Föreläsaren är sjuk.\n")
    assert b"moten.example" not in subscriber.event.source


def test_37_the_whole_event_cancelled_and_on_again(week: Week) -> None:
    event = week.publish()
    subscriber = week.follow()
    original = subscriber.event

    week.do(actions.cancel_event, event, "Salen är stängd.")
    assert subscriber.fetch() == 200
    cancelled = subscriber.event
    week.do(actions.reinstate_event, event)
    assert subscriber.fetch() == 200

    assert_same_but_newer(original, cancelled, rises=True)
    assert cancelled.text("STATUS") == "CANCELLED"
    assert_same_but_newer(cancelled, subscriber.event, rises=True)
    assert subscriber.event.text("STATUS") == "CONFIRMED"
    assert subscriber.event.text("SUMMARY") == "Samtal om demokrati"


def test_39_postponed_and_then_given_a_new_day(week: Week) -> None:
    event = week.publish()
    subscriber = week.follow()
    original = subscriber.event

    week.do(actions.postpone_occurrence, week.occurrence_of(event), "Storm.")
    assert subscriber.fetch() == 200
    postponed = subscriber.event
    week.do(actions.change_occurrence, week.occurrence_of(event), {"first_day": TUESDAY, "last_day": TUESDAY})
    assert subscriber.fetch() == 200

    assert_same_but_newer(original, postponed, rises=True)
    assert (postponed.text("STATUS"), postponed.text("SUMMARY")) == ("CANCELLED", "UPPSKJUTET: Samtal om demokrati")
    assert postponed["DTSTART"].value == original["DTSTART"].value
    assert_same_but_newer(postponed, subscriber.event, rises=True)
    assert subscriber.event.text("STATUS") == "CONFIRMED"
    assert subscriber.event["DTSTART"].value == "20270921T180000"


def test_39_a_cancelled_occurrence_reinstated(week: Week) -> None:
    event = week.publish()
    week.do(actions.cancel_occurrence, week.occurrence_of(event), "Snö.")
    subscriber = week.follow()
    before = subscriber.event

    week.do(actions.reinstate_occurrence, week.occurrence_of(event))

    assert subscriber.fetch() == 200
    assert_same_but_newer(before, subscriber.event, rises=True)
    assert subscriber.event.text("STATUS") == "CONFIRMED"


def test_40_withdrawn_is_gone_at_once_and_comes_back_as_the_same(week: Week) -> None:
    event = week.publish()
    other = week.publish("Ett annat")
    subscriber = week.follow()
    single = week.follow(f"/evenemang/{event.slug}.ics")
    before = single.event

    week.do(actions.withdraw_event, event, "Olagligt.")

    assert subscriber.fetch() == 200
    assert list(subscriber.events) == [week.occurrence_of(other).uid]
    assert single.fetch() == 404

    week.do(actions.take_back_event, event)
    week.do(actions.publish_event, event)

    assert subscriber.fetch() == 200
    assert len(subscriber.events) == 2
    assert_same_but_newer(before, subscriber.events[before.text("UID")], rises=True)


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.SUBMITTED, EventStatus.RETURNED])
def test_40_what_is_not_published_is_nowhere(week: Week, status: EventStatus) -> None:
    subscriber = week.follow()
    event = make_event(week.session, status=status, edition=week.edition)

    week.do(actions.save_event, event, {"summary": "Hemligt."}, expected_version=None)

    assert subscriber.fetch() == 304
    assert week.client.get(f"/evenemang/{event.slug}.ics").status_code == 404


def test_40_made_a_closed_groups_it_is_gone(week: Week) -> None:
    event = week.publish()
    subscriber = week.follow()

    week.do(actions.save_event, event, {"visibility": Visibility.CLOSED}, expected_version=None)

    assert subscriber.fetch() == 200
    assert subscriber.events == {}


def test_41_another_day_is_another_entry_and_leaves_the_first_alone(week: Week) -> None:
    event = week.publish()
    subscriber = week.follow()
    [(uid, before)] = subscriber.events.items()

    week.do(actions.copy_occurrence, week.occurrence_of(event), days=[TUESDAY, date(2027, 9, 22)])

    assert subscriber.fetch() == 200
    assert len(subscriber.events) == 3
    assert subscriber.events[uid].source == before.source
    assert [each["DTSTART"].value[:8] for each in subscriber.events.values()] == ["20270920", "20270921", "20270922"]


def test_57_a_filters_subscriber_learns_that_an_event_has_left(week: Week) -> None:
    event = week.publish()
    subscriber = week.follow("/kalender.ics?dag=2027-09-20")

    week.do(actions.change_occurrence, week.occurrence_of(event), {"first_day": TUESDAY, "last_day": TUESDAY})

    assert subscriber.fetch() == 200
    assert subscriber.events == {}


def test_57_the_newer_edition_is_archived_and_the_older_one_shown_again(week: Week) -> None:
    week.publish()
    week.later(60)
    newer = make_edition(
        week.session,
        "Demokrativeckan 2028",
        slug="2028",
        number_prefix="DV28",
        first_day=date(2028, 9, 18),
        last_day=date(2028, 9, 24),
        changed_at=week.now,
    )
    subscriber = week.follow()
    assert subscriber.events == {}
    assert subscriber.calendar is not None
    assert subscriber.calendar.text("NAME") == "Demokrativeckan 2028"

    week.do(archive_edition, newer)

    assert subscriber.fetch() == 200
    assert subscriber.calendar.text("NAME") == "Demokrativeckan 2027"
    assert len(subscriber.events) == 1


def test_70_an_archived_edition_stays_in_its_subscribers_calendars(week: Week) -> None:
    week.publish()
    subscriber = week.follow()
    before = subscriber.event

    week.do(archive_edition, week.edition)

    assert subscriber.fetch() == 200
    assert subscriber.event.source == before.source


def test_edition_renamed(week: Week) -> None:
    subscriber = week.follow()

    week.do(change_edition, week.edition, {"name": "Demokrativeckan i Värmland 2027"}, expected_version=1)

    assert subscriber.fetch() == 200
    assert subscriber.calendar is not None
    assert subscriber.calendar.text("X-WR-CALNAME") == "Demokrativeckan i Värmland 2027"

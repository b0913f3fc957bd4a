"""What happens to events when an organisation, a place or an edition changes below them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from planner.core.tokens import token_hash
from planner.editions.actions import archive_edition, change_edition
from planner.editions.queries import edition_with_all
from planner.events.actions import add_occurrence, publish_event, save_event
from planner.events.facts import material_facts
from planner.events.models import Event, EventStatus, HostingState, TimeKind
from planner.events.queries import lock_event
from planner.organisations.models import OrganisationSlug, Standing
from planner.organisations.rules import SYSTEM
from planner.organisations.signals import organisation_changed, organisation_registered
from planner.venues.actions import change_venue, merge_venues
from planner.venues.queries import venue_by_id
from tests.events.cast import Cast
from tests.factories import make_hosting, make_occurrence, make_organisation, make_venue

S = EventStatus


@pytest.fixture(autouse=True)
def listening(app: Flask) -> None:
    """The application has connected the listeners."""


@pytest.fixture
def event(cast: Cast, session: Session, now: datetime) -> Event:
    """A published event with an accepted partner."""
    event = cast.event(S.SUBMITTED)
    make_hosting(session, event, cast.region, accepted_facts=material_facts(event))
    return publish_event(session, event, actor=cast.karin, now=now)


def test_an_organisations_new_name_is_in_what_it_organises_and_hosts(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    (occurrence,) = event.occurrences
    for organisation, name in ((cast.organiser, "Föreningen Ord"), (cast.region, "Region Nya Värmland")):
        before = cast.edition.revision
        organisation.name = name
        organisation_changed.send(organisation, session=session, now=now)

        assert name in occurrence.component.replace("\r\n ", "")
        assert cast.edition.revision > before
    assert occurrence.sequence == 0


def test_a_new_name_is_no_material_change_to_a_partner(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    session.add(OrganisationSlug(slug=cast.organiser.slug, organisation_id=cast.organiser.id))
    cast.organiser.name, cast.organiser.slug = "Föreningen Ord", "foreningen-ord"
    organisation_changed.send(cast.organiser, session=session, now=now)

    save_event(session, event, {"summary": "Ny text."}, expected_version=None, actor=cast.anna, now=now)

    (hosting,) = event.hostings
    assert (hosting.accepted_facts or {})["organiser_slug"] == "foreningen-ord"
    assert hosting.needs_confirmation is False


def test_a_suspended_organisations_events_vanish_and_come_back(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    (occurrence,) = event.occurrences

    cast.organiser.standing = Standing.SUSPENDED
    organisation_changed.send(cast.organiser, session=session, now=now)
    assert occurrence.component == ""

    cast.organiser.standing = Standing.VERIFIED
    organisation_changed.send(cast.organiser, session=session, now=now)
    assert (occurrence.component != "", occurrence.sequence) == (True, 1)


def test_a_suspended_partners_name_vanishes(cast: Cast, session: Session, now: datetime, event: Event) -> None:
    (occurrence,) = event.occurrences
    assert "Region Värmland" in occurrence.component.replace("\r\n ", "")

    cast.region.standing = Standing.SUSPENDED
    organisation_changed.send(cast.region, session=session, now=now)

    assert "Region Värmland" not in occurrence.component.replace("\r\n ", "")


def test_a_registered_organisation_is_tied_to_the_invitation_that_led_to_it(
    cast: Cast, session: Session, now: datetime
) -> None:
    event = cast.event()
    hosting = make_hosting(
        session,
        event,
        state=HostingState.ASKED,
        token_hash=token_hash("hemlig"),
        token_expires_at=now + timedelta(days=1),
        invited_email="ny@example.se",
    )
    hosting.organisation_id = None
    session.flush()
    fresh = make_organisation(session, "Den nya föreningen")

    organisation_registered.send(fresh, session=session, now=now, invitation="fel")
    assert hosting.organisation_id is None
    organisation_registered.send(fresh, session=session, now=now, invitation="hemlig")
    assert hosting.organisation is fresh


def test_a_places_new_address_is_in_what_takes_place_there(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    (occurrence,) = event.occurrences
    before = cast.edition.revision
    library = venue_by_id(session, cast.library.id)
    assert library is not None

    change_venue(session, library, {"street": "Nygatan 1"}, expected_version=None, actor=SYSTEM, now=now)

    assert "Nygatan 1" in occurrence.component.replace("\r\n ", "")
    assert (occurrence.sequence, cast.edition.revision > before) == (0, True)


def test_merged_places_move_their_occurrences_and_nobody_else(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    (occurrence,) = event.occurrences
    kept = make_venue(session, "Karlstads stadsbibliotek", street="Västra Torggatan 26")
    elsewhere = make_occurrence(session, event, date(2027, 9, 22), place=make_venue(session, "Aulan"))
    reserve = make_occurrence(session, event, date(2027, 9, 23), place=None, reserve_place_id=cast.library.id)
    rows = [venue_by_id(session, venue.id) for venue in (kept, cast.library)]
    assert rows[0] is not None
    assert rows[1] is not None

    merge_venues(session, rows[0], rows[1], actor=SYSTEM, now=now)

    assert (occurrence.place_id, reserve.reserve_place_id) == (kept.id, kept.id)
    assert elsewhere.place_id not in (kept.id, cast.library.id)
    assert "Karlstads stadsbibliotek" in occurrence.component.replace("\r\n ", "")
    assert occurrence.sequence == 0


def test_a_merge_is_no_material_change_to_a_partner(cast: Cast, session: Session, now: datetime, event: Event) -> None:
    rows = [venue_by_id(session, one.id) for one in (make_venue(session, "Biblioteket i Karlstad"), cast.library)]
    assert rows[0] is not None
    assert rows[1] is not None
    merge_venues(session, rows[0], rows[1], actor=SYSTEM, now=now)

    save_event(session, event, {"summary": "Ny text."}, expected_version=None, actor=cast.anna, now=now)

    assert [hosting.needs_confirmation for hosting in event.hostings] == [False]


def test_an_archived_edition_archives_its_events(cast: Cast, session: Session, now: datetime, event: Event) -> None:
    draft = cast.event(S.DRAFT, title="Utkast")

    archive_edition(session, cast.edition, actor=cast.karin, now=now)

    assert (event.status, draft.status) == (S.ARCHIVED, S.DRAFT)
    assert lock_event(session, event.id).occurrences[0].component != ""


def test_an_open_end_follows_the_editions_last_day(cast: Cast, session: Session, now: datetime, event: Event) -> None:
    fields: Any = {"time_kind": TimeKind.OPENING_HOURS, "first_day": date(2027, 9, 21), "is_open_ended": True}
    open_ended = add_occurrence(session, event, fields, actor=cast.anna, now=now)
    late: Any = {**fields, "first_day": date(2027, 10, 5)}
    beyond = add_occurrence(session, event, late, actor=cast.anna, now=now)
    edition = edition_with_all(session, cast.edition.slug)
    assert edition is not None

    change_edition(session, edition, {"last_day": date(2027, 9, 30)}, expected_version=None, actor=cast.karin, now=now)

    assert [one.last_day for one in (open_ended, beyond)] == [date(2027, 9, 30), date(2027, 10, 5)]
    assert "DTEND;VALUE=DATE:20271001" in open_ended.component
    assert open_ended.sequence == 1


def test_nothing_invents_a_change_where_the_clock_is_known(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    (occurrence,) = event.occurrences
    edition = edition_with_all(session, cast.edition.slug)
    assert edition is not None

    change_edition(session, edition, {"last_day": date(2027, 9, 30)}, expected_version=None, actor=cast.karin, now=now)

    assert (occurrence.last_day, occurrence.sequence) == (date(2027, 9, 20), 0)

"""Saying that an organisation of the register is one's own opens nothing of it until a coordinator has checked."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.editions.models import Edition, EditionState
from planner.events.models import Event, EventStatus, Hosting, HostingState
from planner.events.queries import event_for_editing, hostings_waiting_for
from planner.events.rules import (
    may_answer_hosting,
    may_begin_event,
    may_cancel_event,
    may_edit_event,
    may_manage_hosting,
    may_publish_event,
    may_see_event,
    may_withdraw_event,
)
from planner.organisations import actions
from planner.organisations.models import Organisation, Standing
from planner.organisations.rules import Actor
from planner.venues.rules import may_edit_venue
from tests.browsing import Browser
from tests.factories import (
    actor_of,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_user,
    make_venue,
)
from tests.letterbox import letters_sent

SignIn = Callable[[User], Browser]


@pytest.fixture
def library(session: Session) -> Organisation:
    return make_organisation(session, "Bibliotek Värmland", standing=Standing.UNCLAIMED)


@pytest.fixture
def impostor(session: Session) -> User:
    return make_user(session, "Ingvar Impostor", email="ingvar@example.se")


@pytest.fixture
def edition(session: Session) -> Edition:
    return make_edition(session)


def claim(session: Session, library: Organisation, impostor: User, now: datetime) -> Actor:
    """The impostor with the claim made."""
    fields: actions.OrganisationFields = {"responsible_name": "Ingvar", "website": "https://evil.example"}
    actions.claim_organisation(session, library, fields, actor=actor_of(session, impostor), now=now)
    return actor_of(session, impostor)


def whole(session: Session, event: Event) -> Event:
    """The event with all that the rules ask for."""
    session.flush()
    found = event_for_editing(session, event.id)
    assert found is not None
    return found


def test_the_archive_stays_public_and_nobodys_to_change(
    session: Session, client: Browser, now: datetime, library: Organisation, impostor: User, edition: Edition
) -> None:
    edition.state = EditionState.ARCHIVED
    event = make_event(session, edition=edition, organiser=library, title="Bokcirkel", status=EventStatus.ARCHIVED)
    make_occurrence(session, event)
    address = f"/evenemang/{event.slug}"
    assert client.get(address).status_code == 200

    actor = claim(session, library, impostor, now)

    page = client.get(address)
    assert (page.status_code, "Bibliotek Värmland" in page.get_data(as_text=True)) == (200, True)
    assert client.get("/arrangorer/bibliotek-varmland").status_code == 200
    assert "evil.example" not in client.get("/arrangorer/bibliotek-varmland").get_data(as_text=True)
    assert may_edit_event(actor, whole(session, event)) is False


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.SUBMITTED, EventStatus.PUBLISHED])
def test_what_others_began_for_it_is_out_of_reach(
    session: Session, now: datetime, library: Organisation, impostor: User, edition: Edition, status: EventStatus
) -> None:
    event = make_event(session, edition=edition, organiser=library, status=status)
    actor = claim(session, library, impostor, now)
    event = whole(session, event)

    rules = (may_edit_event, may_cancel_event, may_withdraw_event, may_publish_event, may_manage_hosting)

    assert [rule(actor, event) for rule in rules] == [False] * 5
    assert may_see_event(actor, event) is (status is EventStatus.PUBLISHED)


@pytest.mark.parametrize("state", [HostingState.ASKED, HostingState.ACCEPTED])
def test_questions_to_it_are_not_the_claimants_to_answer_or_read(
    session: Session, now: datetime, library: Organisation, impostor: User, edition: Edition, state: HostingState
) -> None:
    event = make_event(session, edition=edition, status=EventStatus.DRAFT)
    hosting: Hosting = make_hosting(session, event, library, state=state)
    actor = claim(session, library, impostor, now)

    event = whole(session, event)
    assert may_answer_hosting(actor, hosting) is False
    assert (may_see_event(actor, event), may_edit_event(actor, event)) == (False, False)
    assert list(hostings_waiting_for(session, actor)) == []


def test_its_places_are_not_the_claimants(
    session: Session, now: datetime, library: Organisation, impostor: User
) -> None:
    venue = make_venue(session, owner_id=library.id)

    assert may_edit_venue(claim(session, library, impostor, now), venue) is False


def test_the_claimant_drafts_and_sees_nobody_elses(
    session: Session, sign_in: SignIn, now: datetime, library: Organisation, impostor: User, edition: Edition
) -> None:
    edition.state = EditionState.OPEN
    make_event(session, edition=edition, organiser=library, title="Andras", status=EventStatus.DRAFT)
    actor = claim(session, library, impostor, now)
    own = make_event(
        session,
        edition=edition,
        organiser=library,
        title="Mitt eget",
        status=EventStatus.DRAFT,
        created_by_id=impostor.id,
    )
    client = sign_in(impostor)

    event = whole(session, own)
    assert may_begin_event(actor, library)
    assert (may_edit_event(actor, event), may_manage_hosting(actor, event)) == (True, False)
    page = client.get("/arbetsyta").get_data(as_text=True)
    assert ["Mitt eget" in page, "Andras" in page, "Väntar på att verifieras" in page] == [True, False, True]
    begun = client.post("/arbetsyta/evenemang/ny", data={"title": "Bokcirkel om demokrati"})
    assert (begun.status_code, client.get(begun.location).status_code) == (303, 200)
    assert client.get(f"/arbetsyta/evenemang/{own.number.lower()}").status_code == 200


def test_a_refused_claimant_works_with_the_drafts_no_more(
    session: Session, now: datetime, library: Organisation, impostor: User, edition: Edition
) -> None:
    claim(session, library, impostor, now)
    own = make_event(session, edition=edition, organiser=library, status=EventStatus.DRAFT, created_by_id=impostor.id)
    coordinator = make_user(session)

    actions.refuse_organisation(
        session,
        library,
        "Ni är inte biblioteket.",
        actor=Actor(id=coordinator.id, is_county_coordinator=True),
        now=now,
    )

    actor = actor_of(session, impostor)
    assert (may_edit_event(actor, whole(session, own)), may_begin_event(actor, library)) == (False, False)
    assert letters_sent(session)[-1] == ("organisation_claim_refused", "ingvar@example.se")

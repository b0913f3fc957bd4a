"""What coordinators decide: verify, refuse, suspend, reinstate."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.audit.queries import history_of
from planner.core.errors import Invalid, NotAllowed
from planner.organisations import actions
from planner.organisations.models import Organisation, Standing
from planner.organisations.queries import actor_for, members_of, organisations_awaiting_verification
from planner.organisations.rules import SYSTEM, Actor
from planner.organisations.signals import organisation_changed, organisation_registered
from tests.browsing import Browser
from tests.factories import actor_of, make_coordinator, make_organisation, make_user
from tests.letterbox import AssertLetter, letters_sent

WHY = "Vi hittar ingen förening med det namnet."
SHOW = "/arbetsyta/organisationer/fub-karlstad"
SignIn = Callable[[User], Browser]
DECISIONS: dict[str, Callable[[Session, Organisation, Actor, datetime], Organisation]] = {
    "verify": lambda session, it, actor, now: actions.verify_organisation(session, it, actor=actor, now=now),
    "refuse": lambda session, it, actor, now: actions.refuse_organisation(session, it, WHY, actor=actor, now=now),
    "suspend": lambda session, it, actor, now: actions.suspend_organisation(session, it, WHY, actor=actor, now=now),
    "reinstate": lambda session, it, actor, now: actions.reinstate_organisation(session, it, actor=actor, now=now),
}


def make_fub(session: Session, standing: Standing, **columns: Any) -> Organisation:
    """FUB Karlstad with one administrator and one editor."""
    administrator = make_user(session, "Olle Ordförande", email="olle@fub.se")
    editor = make_user(session, "Rut Redaktör", email="rut@fub.se")
    return make_organisation(
        session, "FUB Karlstad", standing=standing, members=[administrator], editors=[editor], **columns
    )


@pytest.mark.parametrize(
    ("decision", "before", "after", "letter"),
    [
        ("verify", Standing.PENDING, Standing.VERIFIED, "organisation_verified"),
        ("verify", Standing.REFUSED, Standing.VERIFIED, "organisation_verified"),
        ("refuse", Standing.PENDING, Standing.REFUSED, "organisation_refused"),
        ("suspend", Standing.VERIFIED, Standing.SUSPENDED, "organisation_suspended"),
        ("reinstate", Standing.SUSPENDED, Standing.VERIFIED, "organisation_reinstated"),
    ],
)
def test_a_decision_is_made_once_told_and_logged(
    session: Session,
    now: datetime,
    assert_letter: AssertLetter,
    decision: str,
    before: Standing,
    after: Standing,
    letter: str,
) -> None:
    organisation = make_fub(session, before)
    coordinator = make_coordinator(session, "1780", "Karin Karlsson")
    told = []

    with organisation_changed.connected_to(lambda it, **_told: told.append(it.standing)):
        for _ in range(2):
            DECISIONS[decision](session, organisation, actor_of(session, coordinator), now)

    assert (organisation.standing, organisation.standing_set_by_id, organisation.standing_set_at) == (
        after,
        coordinator.id,
        now,
    )
    assert letters_sent(session) == [(letter, "olle@fub.se")]
    assert_letter(letter)
    reason = WHY if decision in ("refuse", "suspend") else ""
    assert organisation.standing_reason == reason
    assert [
        (entry.action, entry.actor_name, entry.reason) for entry in history_of(session, "organisation", organisation.id)
    ] == [(f"{decision}_organisation", "Karin Karlsson", reason)]
    assert told == ([] if decision == "refuse" else [after])


@pytest.mark.parametrize(
    ("decision", "standings"),
    [
        ("verify", [Standing.UNCLAIMED, Standing.SUSPENDED]),
        ("refuse", [Standing.UNCLAIMED, Standing.VERIFIED, Standing.SUSPENDED]),
        ("suspend", [Standing.UNCLAIMED, Standing.PENDING, Standing.REFUSED]),
        ("reinstate", [Standing.UNCLAIMED, Standing.PENDING, Standing.REFUSED]),
    ],
)
def test_a_decision_that_does_not_fit_is_refused(
    session: Session, now: datetime, decision: str, standings: list[Standing]
) -> None:
    for standing in standings:
        organisation = make_organisation(session, standing=standing)

        with pytest.raises(Invalid):
            DECISIONS[decision](session, organisation, SYSTEM, now)

        assert organisation.standing is standing


@pytest.mark.parametrize("decision", list(DECISIONS))
def test_neither_members_nor_strangers_nor_other_kommuner_decide(
    session: Session, now: datetime, decision: str
) -> None:
    standing = {"suspend": Standing.VERIFIED, "reinstate": Standing.SUSPENDED}.get(decision, Standing.PENDING)
    organisation = make_fub(session, standing)
    member = members_of(session, organisation)[0].user
    torn = make_coordinator(session, "1780")
    make_organisation(session, "ABF", members=[torn])
    people = [member, make_user(session), make_coordinator(session, "1730")]

    for person in people:
        with pytest.raises(NotAllowed):
            DECISIONS[decision](session, organisation, actor_of(session, person), now)

    assert organisation.standing is standing
    assert letters_sent(session) == []


@pytest.mark.parametrize("decision", ["suspend", "reinstate"])
def test_nobody_decides_about_their_own_organisation(session: Session, now: datetime, decision: str) -> None:
    coordinator = make_coordinator(session)
    standing = {"suspend": Standing.VERIFIED, "reinstate": Standing.SUSPENDED}[decision]
    organisation = make_organisation(session, standing=standing, members=[coordinator])

    with pytest.raises(NotAllowed):
        DECISIONS[decision](session, organisation, actor_of(session, coordinator), now)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_no_has_a_reason(session: Session, now: datetime, reason: str) -> None:
    organisation = make_fub(session, Standing.PENDING)

    with pytest.raises(Invalid) as refusal:
        actions.refuse_organisation(session, organisation, reason, actor=SYSTEM, now=now)
    with pytest.raises(Invalid):
        actions.suspend_organisation(session, organisation, reason, actor=SYSTEM, now=now)

    assert [problem.field for problem in refusal.value.problems] == ["reason"]


@pytest.fixture
def claimed(session: Session, now: datetime) -> Organisation:
    """FUB Karlstad of the register, claimed by Olle from a hosting letter."""
    claimant = make_user(session, "Olle Ordförande", email="olle@fub.se")
    organisation = make_organisation(
        session, "FUB Karlstad", standing=Standing.UNCLAIMED, website="https://old.example"
    )
    return actions.claim_organisation(
        session,
        organisation,
        {"website": "https://fub.se", "about": "Vi", "responsible_name": "Olle"},
        actor=actor_of(session, claimant),
        now=now,
        invitation="abc",
    )


def test_a_verified_claim_becomes_the_organisations_own(session: Session, now: datetime, claimed: Organisation) -> None:
    told: list[str] = []
    claimant_id = claimed.claimed_by_id

    with (
        organisation_registered.connected_to(lambda _it, **with_it: told.append(with_it["invitation"])),
        organisation_changed.connected_to(lambda it, **_with: told.append(it.name)),
    ):
        for _ in range(2):
            actions.verify_organisation(session, claimed, actor=SYSTEM, now=now)

    assert (claimed.website, claimed.about, claimed.is_claim, claimed.standing) == (
        "https://fub.se",
        "Vi",
        False,
        Standing.VERIFIED,
    )
    assert [(member.user_id, member.role.value) for member in members_of(session, claimed)] == [
        (claimant_id, "administrator")
    ]
    assert told == ["abc", "FUB Karlstad"]
    assert letters_sent(session)[-1] == ("organisation_verified", "olle@fub.se")


def test_a_refused_claim_ends_altogether(
    session: Session, now: datetime, claimed: Organisation, assert_letter: AssertLetter
) -> None:
    claimant_id = claimed.claimed_by_id
    assert claimant_id is not None

    actions.refuse_organisation(session, claimed, WHY, actor=SYSTEM, now=now)

    organisation = claimed
    assert (organisation.standing, organisation.website, organisation.is_claim) == (
        Standing.UNCLAIMED,
        "https://old.example",
        False,
    )
    assert (organisation.responsible_name, organisation.terms_accepted_at) == ("", None)
    assert actor_for(session, claimant_id).is_member is False
    assert_letter("organisation_claim_refused")
    entry = history_of(session, "organisation", organisation.id)[0]
    assert (entry.action, entry.reason) == ("refuse_organisation", WHY)


def test_members_of_a_suspended_organisation_work_for_nobody_but_see_why(
    session: Session, sign_in: SignIn, now: datetime
) -> None:
    organisation = make_fub(session, Standing.VERIFIED)
    member = members_of(session, organisation)[0].user
    client = sign_in(member)
    assert client.get(f"{SHOW}/andra").status_code == 200

    actions.suspend_organisation(session, organisation, WHY, actor=SYSTEM, now=now)

    actor = actor_for(session, member.id)
    assert (actor.roles, actor.suspended_from) == ({}, {organisation.id})
    page = client.get(SHOW)
    assert (page.status_code, WHY in page.get_data(as_text=True)) == (200, True)
    assert client.get(f"{SHOW}/andra").status_code == 403


def test_a_refused_organisation_mends_itself_and_asks_again(session: Session, sign_in: SignIn, now: datetime) -> None:
    make_coordinator(session, "1780").email = "karin@karlstad.se"
    organisation = make_fub(session, Standing.REFUSED, standing_reason=WHY)
    client = sign_in(members_of(session, organisation)[0].user)

    assert WHY in client.get(SHOW).get_data(as_text=True)
    answers = [client.post(f"{SHOW}/be-om-ny-kontroll") for _ in range(2)]

    assert [answer.location for answer in answers] == [SHOW, SHOW]
    assert organisation.standing is Standing.PENDING
    assert letters_sent(session) == [("organisation_awaiting", "karin@karlstad.se")]


def test_an_editor_cannot_ask_again(session: Session, sign_in: SignIn) -> None:
    organisation = make_fub(session, Standing.REFUSED)
    editor = next(member.user for member in members_of(session, organisation) if member.role.value == "editor")

    assert sign_in(editor).post(f"{SHOW}/be-om-ny-kontroll").status_code == 403


def test_nobody_verifies_their_own_claim(session: Session, now: datetime) -> None:
    coordinator = make_coordinator(session)
    organisation = make_organisation(session, standing=Standing.UNCLAIMED)
    fields: actions.OrganisationFields = {"responsible_name": "Karin"}
    actions.claim_organisation(session, organisation, fields, actor=actor_of(session, coordinator), now=now)

    with pytest.raises(NotAllowed):
        actions.verify_organisation(session, organisation, actor=actor_of(session, coordinator), now=now)


def test_each_coordinator_sees_what_waits_for_them(session: Session) -> None:
    karlstad = make_organisation(session, "Karlstad", standing=Standing.PENDING, kommun_code="1780")
    eda = make_organisation(session, "Eda", standing=Standing.PENDING, kommun_code="1730")
    county = make_organisation(session, "Länet", standing=Standing.PENDING, kommun_code=None)
    make_organisation(session, "Klar", standing=Standing.VERIFIED, kommun_code="1780")
    make_organisation(session, "Fri", standing=Standing.UNCLAIMED, kommun_code="1730")
    claimant = make_user(session).id
    claimed = make_organisation(
        session, "Krävd", standing=Standing.UNCLAIMED, kommun_code="1730", claim={}, claimed_by_id=claimant
    )

    def waiting(actor: Actor) -> list[Organisation]:
        return list(organisations_awaiting_verification(session, actor))

    assert waiting(actor_of(session, make_coordinator(session, "1730"))) == [eda, claimed]
    assert waiting(actor_of(session, make_coordinator(session))) == [karlstad, eda, county, claimed]
    assert waiting(actor_of(session, make_user(session))) == []

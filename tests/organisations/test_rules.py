"""Who may do what with an organisation, as truth tables."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from planner.organisations import rules
from planner.organisations.models import MemberInvitation, MemberRole, Membership, Organisation, Standing
from planner.organisations.rules import NOBODY, SYSTEM, Actor

ACTORS = {
    "nobody": NOBODY,
    "stranger": Actor(id=1, email="stranger@example.se", roles={8: MemberRole.ADMINISTRATOR}),
    "editor": Actor(id=2, email="editor@example.se", roles={7: MemberRole.EDITOR}),
    "administrator": Actor(id=3, email="administrator@example.se", roles={7: MemberRole.ADMINISTRATOR}),
    "suspended": Actor(id=4, suspended_from=frozenset({7})),
    "claimant": Actor(id=9, claims=frozenset({7})),
    "claiming coordinator": Actor(id=10, is_county_coordinator=True, claims=frozenset({7})),
    "own kommun": Actor(id=5, coordinated_kommuner=frozenset({"1780"})),
    "other kommun": Actor(id=6, coordinated_kommuner=frozenset({"1730"})),
    "county": Actor(id=7, is_county_coordinator=True),
    "county and member": Actor(id=8, is_county_coordinator=True, roles={7: MemberRole.EDITOR}),
    "system": SYSTEM,
}
COORDINATORS = {"own kommun", "county", "county and member", "claiming coordinator", "system"}
CLAIMANTS = {"claimant", "claiming coordinator"}
Rule = Callable[[Actor, Organisation], bool]


def an_organisation(standing: Standing = Standing.VERIFIED, *, claim: dict[str, str] | None = None) -> Organisation:
    return Organisation(id=7, name="FUB Karlstad", kommun_code="1780", standing=standing, claim=claim)


def allowed(rule: Rule, organisation: Organisation) -> set[str]:
    """Who is told yes."""
    return {name for name, actor in ACTORS.items() if rule(actor, organisation)}


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        (rules.may_see_organisation, {"editor", "administrator", "suspended", *COORDINATORS}),
        (rules.may_edit_organisation, {"administrator", *COORDINATORS}),
        (rules.may_rename_organisation, {"administrator", *COORDINATORS}),
        (rules.may_manage_members, {"administrator", *COORDINATORS}),
        (rules.may_invite_members, {"administrator", *COORDINATORS}),
        (rules.may_decide_standing, {"own kommun", "county", "system"}),
        (rules.may_claim_organisation, set()),
        (rules.may_ask_to_join, {"stranger", "suspended", "own kommun", "other kommun", "county"}),
        (rules.may_ask_again, set()),
    ],
)
def test_who_may_what_with_a_verified_organisation(rule: Rule, who: set[str]) -> None:
    assert allowed(rule, an_organisation()) - CLAIMANTS == who - CLAIMANTS


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        (rules.may_see_organisation, {"claimant", *COORDINATORS}),
        (rules.may_edit_organisation, {"claimant", *COORDINATORS}),
        (rules.may_rename_organisation, COORDINATORS),
        (rules.may_manage_members, COORDINATORS),
        (rules.may_invite_members, set()),
        (rules.may_claim_organisation, set()),
        (rules.may_ask_to_join, set()),
        (rules.may_ask_again, set()),
        (rules.may_decide_standing, {"own kommun", "county", "system"}),
    ],
)
def test_a_claim_gives_little_until_somebody_has_checked_it(rule: Rule, who: set[str]) -> None:
    members = {"editor", "administrator", "suspended", "county and member"}

    assert allowed(rule, an_organisation(Standing.UNCLAIMED, claim={"about": ""})) - members == who - members


@pytest.mark.parametrize(
    ("standing", "claimed", "within"),
    [
        (Standing.UNCLAIMED, False, Standing.UNCLAIMED),
        (Standing.UNCLAIMED, True, Standing.PENDING),
        (Standing.VERIFIED, False, Standing.VERIFIED),
    ],
)
def test_a_claimed_one_waits_though_for_the_public_nothing_changed(
    standing: Standing, claimed: bool, within: Standing
) -> None:
    organisation = an_organisation(standing, claim={} if claimed else None)

    assert (organisation.standing, organisation.standing_within) == (standing, within)


@pytest.mark.parametrize(
    ("standing", "claimants", "askers_again", "joiners", "public"),
    [
        (Standing.UNCLAIMED, set(ACTORS) - {"nobody", "system"}, set(), set(), False),
        (Standing.PENDING, set(), set(), set(), False),
        (Standing.VERIFIED, set(), set(), {"stranger"}, True),
        (Standing.REFUSED, set(), {"administrator"}, set(), False),
        (Standing.SUSPENDED, set(), set(), set(), False),
    ],
)
def test_what_each_standing_opens(
    standing: Standing, claimants: set[str], askers_again: set[str], joiners: set[str], public: bool
) -> None:
    organisation = an_organisation(standing)

    assert allowed(rules.may_claim_organisation, organisation) == claimants
    assert allowed(rules.may_ask_again, organisation) == askers_again
    assert {"stranger"} & allowed(rules.may_ask_to_join, organisation) == joiners
    assert rules.may_appear_in_public(organisation) is public


@pytest.mark.parametrize(("kommun_code", "who"), [("1780", COORDINATORS), (None, COORDINATORS - {"own kommun"})])
def test_an_organisation_of_the_whole_county_belongs_to_the_countys_coordinators(
    kommun_code: str | None, who: set[str]
) -> None:
    organisation = an_organisation()
    organisation.kommun_code = kommun_code

    assert {name for name, actor in ACTORS.items() if actor.coordinates(organisation.kommun_code)} == who


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (NOBODY, False),
        (ACTORS["stranger"], False),
        (ACTORS["administrator"], False),
        (SYSTEM, False),
        (Actor(id=9, email="anna@example.se"), True),
        (Actor(email="anna@example.se"), False),
    ],
)
def test_only_whom_the_letter_was_sent_to_may_accept(actor: Actor, may: bool) -> None:
    assert rules.may_accept_member_invitation(actor, MemberInvitation(email="anna@example.se")) is may


@pytest.mark.parametrize(
    ("accepted", "revoked", "days_left", "is_open"),
    [(False, False, 14, True), (False, False, 0, False), (True, False, 14, False), (False, True, 14, False)],
)
def test_an_invitation_is_open_until_answered_taken_back_or_too_old(
    now: datetime, accepted: bool, revoked: bool, days_left: int, is_open: bool
) -> None:
    invitation = MemberInvitation(
        accepted_at=now if accepted else None,
        revoked_at=now if revoked else None,
        expires_at=now + timedelta(days=days_left),
    )

    assert rules.is_open_invitation(invitation, now) is is_open


@pytest.mark.parametrize(
    ("role", "administrators", "is_last"),
    [
        (MemberRole.ADMINISTRATOR, 1, True),
        (MemberRole.ADMINISTRATOR, 2, False),
        (MemberRole.EDITOR, 1, False),
        (MemberRole.EDITOR, 0, False),
    ],
)
def test_the_last_administrator(role: MemberRole, administrators: int, is_last: bool) -> None:
    assert rules.is_last_administrator(Membership(role=role), administrators) is is_last

"""Who may make whom a coordinator, which links work, and for how long one has just signed in."""

from datetime import datetime, timedelta

import pytest

from planner.accounts.commands import Operator
from planner.accounts.models import SignInLink
from planner.accounts.rules import is_recent, is_usable, may_grant_coordinator, problems_with_name
from planner.organisations.models import MemberRole
from planner.organisations.rules import NOBODY, SYSTEM, Actor


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (NOBODY, False),
        (Actor(id=1), False),
        (Actor(id=1, roles={1: MemberRole.ADMINISTRATOR}), False),
        (Actor(id=1, coordinated_kommuner=frozenset({"1780"})), False),
        (Actor(id=1, is_county_coordinator=True), True),
        (SYSTEM, True),
        (Operator(), True),
    ],
)
def test_only_the_countys_coordinators_make_coordinators(actor: Actor | Operator, may: bool) -> None:
    assert may_grant_coordinator(actor) is may


@pytest.mark.parametrize(
    ("minutes_left", "is_used", "usable"),
    [(30, False, True), (0.1, False, True), (0, False, False), (-1, False, False), (30, True, False)],
)
def test_a_link_works_for_its_time_and_once(now: datetime, minutes_left: float, is_used: bool, usable: bool) -> None:
    link = SignInLink(expires_at=now + timedelta(minutes=minutes_left), used_at=now if is_used else None)

    assert is_usable(link, now) is usable


@pytest.mark.parametrize(("minutes_ago", "recent"), [(None, False), (0, True), (29, True), (30, False), (600, False)])
def test_one_has_just_signed_in_for_half_an_hour(now: datetime, minutes_ago: int | None, recent: bool) -> None:
    signed_in_at = None if minutes_ago is None else now - timedelta(minutes=minutes_ago)

    assert is_recent(signed_in_at, now) is recent


@pytest.mark.parametrize(
    ("name", "messages"),
    [
        ("Anna", []),
        ("Demokratiutvecklare", []),
        ("", ["Skriv ditt namn."]),
        ("Anna på www.evil.se", ["Skriv namnet utan webbadress eller e-postadress."]),
        ("a" * 121, ["Namnet får vara högst 120 tecken."]),
    ],
)
def test_a_name_is_needed_but_may_be_a_title(name: str, messages: list[str]) -> None:
    assert [problem.text for problem in problems_with_name(name)] == messages

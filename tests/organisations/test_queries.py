"""Finding organisations, and what a person may speak for."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy.orm import Session

from planner.organisations.models import MemberRole, Standing
from planner.organisations.queries import (
    actor_for,
    organisation_by_name,
    organisation_by_slug,
    organisations_of,
    search_organisations,
)
from planner.organisations.rules import NOBODY
from tests.conftest import QueryCount
from tests.factories import actor_of, make_coordinator, make_member, make_organisation, make_user

LONG = "Föreningen för samtal om demokrati, delaktighet och mänskliga rättigheter i norra Värmland med Klarälvdalen"


@pytest.fixture
def register(session: Session) -> None:
    for name in ("Årjängs kommun", "Kils kommun", "ABF & Sensus, i samverkan", "Åmåls 100%-klubb", LONG):
        make_organisation(session, name)
    make_organisation(session, "Kils båtklubb", standing=Standing.UNCLAIMED)
    make_organisation(session, "Kils väntande", standing=Standing.PENDING)
    make_organisation(session, "Kils avstängda", standing=Standing.SUSPENDED)
    make_organisation(session, "Kils avvisade", standing=Standing.REFUSED)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("arjang", ["Årjängs kommun"]),
        ("ÅRJÄNG", ["Årjängs kommun"]),
        ("kommun kil", ["Kils kommun"]),
        ("kil", ["Kils båtklubb", "Kils kommun", "Kils väntande"]),
        ("abf & sensus", ["ABF & Sensus, i samverkan"]),
        ("100%", ["Åmåls 100%-klubb"]),
        ("klaralvdalen", []),
        ("klarälvdalen", [LONG]),
        ("klarälvdalen xyz", []),
        ("", []),
        (" & ", []),
        ("%", []),
        ("_", []),
    ],
)
def test_the_register_is_searched_by_words(session: Session, words: str, names: list[str]) -> None:
    assert [organisation.name for organisation in search_organisations(session, words)] == names


def test_the_best_come_first_and_no_more_than_wanted(session: Session) -> None:
    for name in ("Norra Kil", "Kil", "Kils kommun", "Östra Kil"):
        make_organisation(session, name)

    assert [organisation.name for organisation in search_organisations(session, "kil", limit=3)] == [
        "Kil",
        "Kils kommun",
        "Norra Kil",
    ]


def test_a_name_is_found_whatever_its_case_and_spaces(session: Session) -> None:
    organisation = make_organisation(session, "FUB Årjäng")

    assert organisation_by_name(session, "  fub  ÅRJÄNG ") is organisation
    assert organisation_by_name(session, "FUB Arjang") is None
    assert organisation_by_slug(session, "fub-arjang") is organisation
    assert organisation_by_slug(session, "fub") is None


def test_an_actor_speaks_for_what_they_work_for(session: Session) -> None:
    user = make_coordinator(session, "1780", "Karin Karlsson")
    mine = make_organisation(session, "Örebro", members=[user])
    other = make_organisation(session, "Arvika", editors=[user])
    suspended = make_organisation(session, "Säffle", members=[user], standing=Standing.SUSPENDED)
    make_organisation(session, "Eda", members=[make_user(session)])

    actor = actor_of(session, user)

    assert (actor.name, actor.coordinated_kommuner, actor.is_county_coordinator) == (
        "Karin Karlsson",
        {"1780"},
        False,
    )
    assert actor.roles == {mine.id: MemberRole.ADMINISTRATOR, other.id: MemberRole.EDITOR}
    assert actor.suspended_from == {suspended.id}
    assert list(organisations_of(session, actor)) == [other, mine]


def test_nobody_is_who_has_closed_or_never_had_an_account(session: Session) -> None:
    user = make_user(session, is_active=False)

    assert (actor_for(session, user.id), actor_for(session, 9999)) == (NOBODY, NOBODY)


@pytest.mark.parametrize("count", [1, 3])
def test_an_actor_costs_the_same_with_one_organisation_and_with_three(
    session: Session, count_queries: Callable[[], AbstractContextManager[QueryCount]], count: int
) -> None:
    user = make_user(session)
    for _ in range(count):
        make_member(session, user, make_organisation(session))
    session.expire_all()

    with count_queries() as queries:
        actor_for(session, user.id)

    assert queries.count == 4

"""Making and unmaking coordinators, from the product and from the command line."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from planner.accounts import actions
from planner.accounts.queries import coordinator_roles, coordinators_for, user_by_email
from planner.audit.queries import history_of
from planner.core.errors import Invalid, NotAllowed
from planner.organisations.queries import actor_for
from planner.organisations.rules import SYSTEM
from tests.factories import actor_of, make_coordinator, make_user
from tests.letterbox import AssertLetter, letters_sent


def test_somebody_becomes_coordinator_of_a_kommun_once(
    session: Session, now: datetime, assert_letter: AssertLetter
) -> None:
    county = make_coordinator(session, name="Lena Länsson")
    user = make_user(session, "Karin Karlsson", email="karin@example.se")

    for _ in range(2):
        actions.grant_coordinator(session, user, "1730", actor=actor_of(session, county), now=now)

    assert actor_for(session, user.id).coordinated_kommuner == {"1730"}
    assert letters_sent(session) == [("coordinator_granted", "karin@example.se")]
    assert_letter("coordinator_granted")
    entries = history_of(session, "user", user.id)
    assert [(entry.action, entry.actor_name, entry.details) for entry in entries] == [
        ("grant_coordinator", "Lena Länsson", {"kommun": "1730"})
    ]


def test_somebody_becomes_coordinator_of_the_county(session: Session, now: datetime) -> None:
    user = make_user(session)

    for _ in range(2):
        actions.grant_coordinator(session, user, None, actor=SYSTEM, now=now)

    assert actor_for(session, user.id).is_county_coordinator
    assert len(letters_sent(session)) == 1


def test_a_kommuns_coordinator_makes_no_others(session: Session, now: datetime) -> None:
    actor = actor_of(session, make_coordinator(session, "1730"))
    user = make_user(session)

    with pytest.raises(NotAllowed):
        actions.grant_coordinator(session, user, "1730", actor=actor, now=now)
    with pytest.raises(NotAllowed):
        actions.revoke_coordinator(session, user, "1730", actor=actor, now=now)


@pytest.mark.parametrize("kommun_code", ["0180", "17", "", "Eda"])
def test_there_must_be_such_a_kommun(session: Session, now: datetime, kommun_code: str) -> None:
    with pytest.raises(Invalid):
        actions.grant_coordinator(session, make_user(session), kommun_code, actor=SYSTEM, now=now)


def test_a_role_is_ended(session: Session, now: datetime, assert_letter: AssertLetter) -> None:
    user = make_coordinator(session, "1730", "Karin Karlsson")
    user.email = "karin@example.se"

    for _ in range(2):
        actions.revoke_coordinator(session, user, "1730", actor=SYSTEM, now=now)

    assert not actor_for(session, user.id).is_coordinator
    assert letters_sent(session) == [("coordinator_revoked", "karin@example.se")]
    assert_letter("coordinator_revoked")


def test_the_county_is_never_without_a_coordinator(session: Session, now: datetime) -> None:
    first = make_coordinator(session)

    with pytest.raises(Invalid):
        actions.revoke_coordinator(session, first, None, actor=actor_of(session, first), now=now)
    second = make_coordinator(session)
    actions.revoke_coordinator(session, first, None, actor=actor_of(session, first), now=now)

    assert [role.user_id for role in coordinator_roles(session)] == [second.id]


def test_a_kommun_has_its_own_coordinators_and_the_countys_each_once(session: Session, now: datetime) -> None:
    eda = make_coordinator(session, "1730", "Beda")
    county = make_coordinator(session, None, "Carl")
    make_coordinator(session, "1715", "Doris")
    make_coordinator(session, "1730", "Erik").is_active = False
    actions.grant_coordinator(session, county, "1730", actor=SYSTEM, now=now)

    assert list(coordinators_for(session, "1730")) == [eda, county]
    assert list(coordinators_for(session, None)) == [county]


def test_the_command_begins_a_new_installation(app: Flask, session: Session) -> None:
    result = app.test_cli_runner().invoke(args=["create-coordinator", "Lena@lansstyrelsen.se", "Lena Länsson"])

    user = user_by_email(session, "lena@lansstyrelsen.se")
    assert user is not None
    assert result.output == (
        "Lena Länsson <lena@lansstyrelsen.se> coordinates the county.\n"
        "Sign in at https://demokrativeckan.example/konto/logga-in\n"
    )
    assert actor_for(session, user.id).is_county_coordinator


def test_the_command_takes_an_account_that_is_there(app: Flask, session: Session) -> None:
    user = make_user(session, "Karin", email="karin@eda.se")
    session.commit()

    result = app.test_cli_runner().invoke(args=["create-coordinator", "karin@eda.se", "Någon", "--kommun", "1730"])

    assert result.exit_code == 0
    assert (user.name, actor_for(session, user.id).coordinated_kommuner) == ("Karin", {"1730"})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lena", "Lena"], "Error: Skriv en e-postadress, till exempel namn@forening.se.\n"),
        (["lena@eda.se", "Lena", "--kommun", "0180"], "Error: Välj en kommun i länet.\n"),
    ],
)
def test_the_command_says_what_is_wrong(app: Flask, session: Session, arguments: list[str], message: str) -> None:
    result = app.test_cli_runner().invoke(args=["create-coordinator", *arguments])

    assert (result.exit_code, result.output) == (1, message)
    assert user_by_email(session, "lena@eda.se") is None

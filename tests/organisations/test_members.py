"""The people of an organisation: roles, removal, leaving, and never without an administrator."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.audit.queries import history_of
from planner.core.errors import Invalid, NotAllowed
from planner.organisations import actions
from planner.organisations.models import MemberRole, Membership, Organisation
from planner.organisations.queries import actor_for, members_of, membership_of
from planner.organisations.rules import Actor
from tests.browsing import Browser
from tests.conftest import QueryCount
from tests.factories import actor_of, make_coordinator, make_member, make_organisation, make_user
from tests.letterbox import AssertLetter, letters_sent

MEMBERS = "/arbetsyta/organisationer/fub-karlstad/medlemmar"
SignIn = Callable[[User], Browser]


@pytest.fixture
def admin(session: Session) -> User:
    return make_user(session, "Olle Ordförande", email="olle@fub.se")


@pytest.fixture
def editor(session: Session) -> User:
    return make_user(session, "Rut Redaktör", email="rut@fub.se")


@pytest.fixture
def fub(session: Session, admin: User, editor: User) -> Organisation:
    return make_organisation(session, "FUB Karlstad", members=[admin], editors=[editor])


def membership(session: Session, organisation: Organisation, user: User) -> Membership:
    """The membership that must be there."""
    found = membership_of(session, organisation.id, user.id)
    assert found is not None
    return found


def roles(session: Session, organisation: Organisation) -> dict[str, str]:
    """Who is what."""
    return {member.user.email: member.role.value for member in members_of(session, organisation)}


def test_a_role_is_changed_told_and_logged_once(
    session: Session, now: datetime, fub: Organisation, admin: User, editor: User, assert_letter: AssertLetter
) -> None:
    for _ in range(2):
        actions.change_member_role(
            session,
            membership(session, fub, editor),
            MemberRole.ADMINISTRATOR,
            actor=actor_of(session, admin),
            now=now,
        )

    assert roles(session, fub) == {"olle@fub.se": "administrator", "rut@fub.se": "administrator"}
    assert letters_sent(session) == [("member_role_changed", "rut@fub.se")]
    assert_letter("member_role_changed")
    entries = history_of(session, "organisation", fub.id)
    assert [(entry.action, entry.details) for entry in entries] == [
        ("change_member_role", {"member": editor.id, "role": "administrator"})
    ]


def test_a_role_taken_away_is_told_too(
    session: Session, now: datetime, fub: Organisation, admin: User, assert_letter: AssertLetter
) -> None:
    other = make_user(session, "Stig Styrelse", email="stig@fub.se")
    make_member(session, other, fub)

    actions.change_member_role(
        session, membership(session, fub, other), MemberRole.EDITOR, actor=actor_of(session, admin), now=now
    )

    assert_letter("member_role_changed", file="member_role_changed_to_editor")


def test_the_last_administrator_stays_one(session: Session, now: datetime, fub: Organisation, admin: User) -> None:
    county = actor_of(session, make_coordinator(session))

    for actor in (actor_of(session, admin), county):
        with pytest.raises(Invalid):
            actions.change_member_role(
                session, membership(session, fub, admin), MemberRole.EDITOR, actor=actor, now=now
            )
        with pytest.raises(Invalid):
            actions.remove_member(session, membership(session, fub, admin), actor=actor, now=now)
    with pytest.raises(Invalid):
        actions.leave_organisation(session, fub, actor=actor_of(session, admin), now=now)

    assert roles(session, fub)["olle@fub.se"] == "administrator"


def test_a_member_is_removed_and_told_once(
    session: Session, now: datetime, fub: Organisation, admin: User, editor: User, assert_letter: AssertLetter
) -> None:
    member = membership(session, fub, editor)

    for _ in range(2):
        actions.remove_member(session, member, actor=actor_of(session, admin), now=now)

    assert actor_for(session, editor.id).roles == {}
    assert letters_sent(session) == [("member_removed", "rut@fub.se")]
    assert_letter("member_removed")
    assert [entry.action for entry in history_of(session, "organisation", fub.id)] == ["remove_member"]


def test_whoever_leaves_is_gone_and_leaving_twice_is_leaving_once(
    session: Session, now: datetime, fub: Organisation, editor: User
) -> None:
    for _ in range(2):
        actions.leave_organisation(session, fub, actor=actor_of(session, editor), now=now)

    assert list(roles(session, fub)) == ["olle@fub.se"]
    assert [entry.action for entry in history_of(session, "organisation", fub.id)] == ["leave_organisation"]
    assert letters_sent(session) == []


@pytest.mark.parametrize("who", ["editor", "stranger", "other administrator", "other kommun"])
def test_others_manage_nobody(
    session: Session, now: datetime, fub: Organisation, admin: User, editor: User, who: str
) -> None:
    elsewhere = make_user(session)
    make_organisation(session, "ABF", members=[elsewhere])
    people = {
        "editor": editor,
        "stranger": make_user(session),
        "other administrator": elsewhere,
        "other kommun": make_coordinator(session, "1730"),
    }
    actor: Actor = actor_of(session, people[who])

    with pytest.raises(NotAllowed):
        actions.change_member_role(
            session, membership(session, fub, editor), MemberRole.ADMINISTRATOR, actor=actor, now=now
        )
    with pytest.raises(NotAllowed):
        actions.remove_member(session, membership(session, fub, admin), actor=actor, now=now)
    with pytest.raises(NotAllowed):
        actions.invite_member(session, fub, "x@fub.se", MemberRole.ADMINISTRATOR, actor=actor, now=now)

    assert roles(session, fub) == {"olle@fub.se": "administrator", "rut@fub.se": "editor"}


def test_an_administrator_works_the_page(
    session: Session, sign_in: SignIn, fub: Organisation, admin: User, editor: User
) -> None:
    client = sign_in(admin)
    member = membership(session, fub, editor)

    assert client.get(MEMBERS).status_code == 200
    assert client.post(f"{MEMBERS}/{member.id}/roll", data={"role": "administrator"}).location == MEMBERS
    assert roles(session, fub)["rut@fub.se"] == "administrator"
    assert client.post(f"{MEMBERS}/{member.id}/roll", data={"role": "king"}).status_code == 422
    removal = f"{MEMBERS}/{member.id}/ta-bort"
    assert client.get(removal).status_code == 200
    assert [client.post(removal).location for _ in range(2)] == [MEMBERS, MEMBERS]
    assert list(roles(session, fub)) == ["olle@fub.se"]
    own = membership(session, fub, admin)
    assert client.post(f"{MEMBERS}/{own.id}/roll", data={"role": "editor"}).location == MEMBERS
    told = "Organisationen behöver minst en administratör. Gör först någon annan till administratör."
    assert told in client.get(MEMBERS).get_data(as_text=True)


def test_an_editor_sees_colleagues_and_no_buttons(
    session: Session, sign_in: SignIn, fub: Organisation, editor: User
) -> None:
    client = sign_in(editor)

    page = client.get(MEMBERS).get_data(as_text=True)

    assert ["olle@fub.se" in page, "Ta bort" in page, "Bjud in någon" in page] == [True, False, False]


def test_a_member_leaves_by_the_page(session: Session, sign_in: SignIn, fub: Organisation, editor: User) -> None:
    client, address = sign_in(editor), "/arbetsyta/organisationer/fub-karlstad/lamna"

    assert client.get(address).status_code == 200
    assert [client.post(address).location for _ in range(2)] == ["/arbetsyta/organisationer"] * 2
    assert client.get(MEMBERS).status_code == 403


def test_a_member_of_another_organisation_is_not_reached_through_ones_own(
    session: Session, sign_in: SignIn, fub: Organisation, admin: User
) -> None:
    other = make_organisation(session, "ABF", members=[make_user(session), make_user(session)])
    foreign = members_of(session, other)[0]
    client = sign_in(admin)

    assert client.get(f"{MEMBERS}/{foreign.id}/ta-bort").status_code == 404
    assert client.post(f"{MEMBERS}/{foreign.id}/roll", data={"role": "editor"}).status_code == 404
    client.post(f"{MEMBERS}/{foreign.id}/ta-bort")
    assert len(members_of(session, other)) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_one_member_and_with_three(
    session: Session,
    sign_in: SignIn,
    count_queries: Callable[[], AbstractContextManager[QueryCount]],
    fub: Organisation,
    admin: User,
    count: int,
) -> None:
    for _ in range(count):
        make_member(session, make_user(session), fub)
    client = sign_in(admin)

    with count_queries() as queries:
        client.get(MEMBERS)

    assert queries.count == 8

"""Two people do the same thing in the same moment, each in a transaction of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from planner.accounts import actions as accounts
from planner.accounts.models import User
from planner.core.errors import Refused
from planner.core.site import Site
from planner.organisations import actions
from planner.organisations.models import MemberRole, Membership, Organisation, Standing
from planner.organisations.queries import actor_for, count_administrators, membership_of
from planner.organisations.rules import SYSTEM
from tests.factories import make_organisation, make_user
from tests.letterbox import token_from

Deed = Callable[[Session, int], object]


@pytest.fixture
def at_once(own_engine: Engine, loopback: None, site: Site) -> Callable[[Deed, Sequence[int]], list[str]]:
    """Does a deed for each person at the same moment; "done" or the name of the refusal, sorted."""

    def attempt(deed: Deed, person_id: int, start: Barrier) -> str:
        with Session(own_engine, info={"site": site}) as session:
            start.wait(timeout=10)
            try:
                deed(session, person_id)
                session.commit()
            except Refused as refusal:
                session.rollback()
                return type(refusal).__name__
            return "done"

    def run(deed: Deed, people: Sequence[int]) -> list[str]:
        start = Barrier(len(people))
        with ThreadPoolExecutor(len(people)) as pool:
            return sorted(pool.map(lambda person_id: attempt(deed, person_id, start), people))

    return run


@pytest.fixture
def own_session(own_engine: Engine, loopback: None, site: Site) -> Session:
    return Session(own_engine, info={"site": site}, expire_on_commit=False)


@pytest.mark.parametrize("way", ["remove each other", "leave", "step down"])
def test_two_administrators_who_go_at_once_leave_one(
    own_session: Session, at_once: Callable[..., list[str]], now: datetime, way: str
) -> None:
    with own_session as session:
        people = [make_user(session), make_user(session)]
        organisation = make_organisation(session, members=people)
        session.commit()
    ids, theirs = [person.id for person in people], {people[0].id: people[1].id, people[1].id: people[0].id}

    def go(session: Session, person_id: int) -> None:
        actor = actor_for(session, person_id)
        whose = theirs[person_id] if way == "remove each other" else person_id
        membership = membership_of(session, organisation.id, whose)
        assert membership is not None
        if way == "leave":
            actions.leave_organisation(session, membership.organisation, actor=actor, now=now)
        elif way == "step down":
            actions.change_member_role(session, membership, MemberRole.EDITOR, actor=actor, now=now)
        else:
            actions.remove_member(session, membership, actor=actor, now=now)

    # Whoever comes second is refused: as no longer an administrator, or as the last one.
    assert at_once(go, ids) in (["Invalid", "done"], ["NotAllowed", "done"])
    with own_session as session:
        assert count_administrators(session, organisation.id) == 1


def test_a_name_registered_twice_at_once_is_registered_once(
    own_session: Session, at_once: Callable[..., list[str]], now: datetime
) -> None:
    with own_session as session:
        people = [make_user(session) for _ in range(3)]
        session.commit()

    def register(session: Session, person_id: int) -> None:
        fields: actions.OrganisationFields = {"name": "FUB Karlstad", "responsible_name": "Olle"}
        actions.register_organisation(session, fields, actor=actor_for(session, person_id), now=now)

    assert at_once(register, [person.id for person in people]) == ["Invalid", "Invalid", "done"]


def test_an_organisation_claimed_twice_at_once_has_one_claimant(
    own_session: Session, at_once: Callable[..., list[str]], now: datetime
) -> None:
    with own_session as session:
        people = [make_user(session) for _ in range(3)]
        organisation = make_organisation(session, standing=Standing.UNCLAIMED)
        session.commit()

    def claim(session: Session, person_id: int) -> None:
        mine = session.get_one(Organisation, organisation.id)
        fields: actions.OrganisationFields = {"responsible_name": "Olle"}
        actions.claim_organisation(session, mine, fields, actor=actor_for(session, person_id), now=now)

    assert at_once(claim, [person.id for person in people]) == ["NotAllowed", "NotAllowed", "done"]
    with own_session as session:
        assert session.get_one(Organisation, organisation.id).claimed_by_id in [person.id for person in people]


def test_a_sign_in_link_used_twice_at_once_lets_in_once(
    own_session: Session, at_once: Callable[..., list[str]], now: datetime
) -> None:
    with own_session as session:
        user = make_user(session, email="anna@example.se")
        accounts.request_sign_in_link(session, "anna@example.se", now=now)
        token = token_from(session, "sign_in_link")
        session.commit()

    outcomes = at_once(lambda session, _id: accounts.sign_in_with_link(session, token, now=now), [user.id] * 3)

    assert outcomes == ["NotFound", "NotFound", "done"]


def test_a_new_account_opened_twice_at_once_is_one(
    own_session: Session, at_once: Callable[..., list[str]], now: datetime
) -> None:
    with own_session as session:
        accounts.request_sign_in_link(session, "anna@example.se", now=now)
        first = token_from(session, "new_account_link")
        accounts.request_sign_in_link(session, "anna@example.se", now=now)
        tokens = [first, token_from(session, "new_account_link")]
        session.commit()

    outcomes = at_once(lambda session, which: accounts.open_account(session, tokens[which], "Anna", now=now), [0, 1])

    assert outcomes in (["done", "done"], ["Invalid", "done"])
    with own_session as session:
        assert session.scalar(sa.select(sa.func.count(User.id))) == 1


def test_an_invitation_accepted_twice_at_once_gives_one_membership(
    own_session: Session, at_once: Callable[..., list[str]], now: datetime
) -> None:
    with own_session as session:
        user = make_user(session, email="anna@example.se")
        organisation = make_organisation(session)
        actions.invite_member(session, organisation, user.email, MemberRole.EDITOR, actor=SYSTEM, now=now)
        token = token_from(session, "member_invitation")
        session.commit()

    def accept(session: Session, person_id: int) -> None:
        actions.accept_member_invitation(session, token, actor=actor_for(session, person_id), now=now)

    assert at_once(accept, [user.id] * 3) == ["done", "done", "done"]
    with own_session as session:
        assert session.scalar(sa.select(sa.func.count(Membership.id))) == 1

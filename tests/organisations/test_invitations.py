"""Invited by letter: sent, renewed, taken back, accepted by the right person once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.accounts.queries import user_by_email
from planner.audit.queries import history_of
from planner.core.errors import Invalid, NotAllowed, NotFound
from planner.organisations import actions
from planner.organisations.jobs import forget_invitations
from planner.organisations.models import MemberInvitation, MemberRole, Organisation, Standing
from planner.organisations.queries import actor_for, members_of, unanswered_invitations
from planner.web.limits import limiter
from tests.browsing import Browser
from tests.factories import actor_of, make_member, make_organisation, make_user
from tests.letterbox import AssertLetter, letters_sent, token_from

SHOW = "/arbetsyta/organisationer/fub-karlstad"
MEMBERS = f"{SHOW}/medlemmar"
SignIn = Callable[[User], Browser]


@pytest.fixture(autouse=True)
def _fresh_limits(app: object) -> None:
    limiter.reset()


@pytest.fixture
def admin(session: Session) -> User:
    return make_user(session, "Olle Ordförande", email="olle@fub.se")


@pytest.fixture
def fub(session: Session, admin: User) -> Organisation:
    return make_organisation(session, "FUB Karlstad", members=[admin])


@pytest.fixture
def invite(session: Session, now: datetime, fub: Organisation, admin: User) -> Callable[..., str]:
    """Invites an address and gives the token of the letter."""

    def invited(email: str = "anna@example.se", role: MemberRole = MemberRole.EDITOR) -> str:
        actions.invite_member(session, fub, email, role, actor=actor_of(session, admin), now=now)
        return token_from(session, "member_invitation")

    return invited


def letter_address(session: Session) -> str:
    return f"/arbetsyta/inbjudan/{token_from(session, 'member_invitation')}"


def test_an_invitation_is_sent_once_by_the_form(
    session: Session, sign_in: SignIn, fub: Organisation, admin: User, assert_letter: AssertLetter
) -> None:
    client = sign_in(admin)

    answers = [client.post(MEMBERS, data={"email": "Anna@Example.se", "role": "editor"}) for _ in range(2)]

    assert [answer.location for answer in answers] == [MEMBERS, MEMBERS]
    assert letters_sent(session) == [("member_invitation", "anna@example.se")]
    assert_letter("member_invitation")
    assert "anna@example.se" in client.get(MEMBERS).get_data(as_text=True)
    assert [entry.action for entry in history_of(session, "organisation", fub.id)] == ["invite_member"]
    stored = session.scalars(sa.select(MemberInvitation)).one()
    assert stored.expires_at == stored.created_at + timedelta(days=14)
    assert stored.token_hash != token_from(session, "member_invitation")


def test_an_administrator_is_invited_with_other_words(
    session: Session, invite: Callable[..., str], assert_letter: AssertLetter
) -> None:
    invite(role=MemberRole.ADMINISTRATOR)

    assert_letter("member_invitation", file="member_invitation_administrator")


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("", "Skriv e-postadressen till den du vill bjuda in."),
        ("anna", "Skriv en hel e-postadress, till exempel namn@kommun.se."),
        ("Olle@FUB.se", "Personen är redan medlem."),
    ],
)
def test_who_cannot_be_invited(
    session: Session, sign_in: SignIn, fub: Organisation, admin: User, email: str, message: str
) -> None:
    answer = sign_in(admin).post(MEMBERS, data={"email": email, "role": "editor"})

    assert (answer.status_code, message in answer.get_data(as_text=True)) == (422, True)
    assert letters_sent(session) == []


def test_a_claimed_organisation_invites_nobody_in_its_name(session: Session, sign_in: SignIn, admin: User) -> None:
    make_organisation(
        session, "Karlstads kommun", standing=Standing.UNCLAIMED, claimed_by_id=admin.id, claim={"about": ""}
    )

    answer = sign_in(admin).post("/arbetsyta/organisationer/karlstads-kommun/medlemmar", data={"email": "a@b.se"})

    assert (answer.status_code, letters_sent(session)) == (403, [])


def test_somebody_with_an_account_accepts(
    session: Session, sign_in: SignIn, fub: Organisation, invite: Callable[..., str]
) -> None:
    anna = make_user(session, "Anna", email="anna@example.se")
    address = f"/arbetsyta/inbjudan/{invite(role=MemberRole.ADMINISTRATOR)}"
    client = sign_in(anna)

    assert client.get(address).status_code == 200
    assert actor_for(session, anna.id).roles == {}
    answers = [client.post(address) for _ in range(2)]

    assert [answer.location for answer in answers] == [SHOW, SHOW]
    assert actor_for(session, anna.id).roles == {fub.id: MemberRole.ADMINISTRATOR}
    assert client.get(address).location == SHOW
    logged = [entry.action for entry in history_of(session, "organisation", fub.id)]
    assert logged == ["accept_member_invitation", "invite_member"]


def test_somebody_new_gets_an_account_on_the_way(
    session: Session, client: Browser, fub: Organisation, invite: Callable[..., str]
) -> None:
    address = f"/arbetsyta/inbjudan/{invite()}"

    assert 'name="name"' in client.get(address).get_data(as_text=True)
    assert client.post(address, data={"name": " "}).status_code == 422
    assert user_by_email(session, "anna@example.se") is None
    answer = client.post(address, data={"name": "Anna Andersson"})

    assert (answer.status_code, answer.location) == (303, "/arbetsyta/organisationer")
    anna = user_by_email(session, "anna@example.se")
    assert anna is not None
    assert (anna.name, actor_for(session, anna.id).roles) == ("Anna Andersson", {fub.id: MemberRole.EDITOR})
    assert client.get(SHOW).status_code == 200


def test_somebody_with_an_account_signs_in_first(
    session: Session, client: Browser, fub: Organisation, invite: Callable[..., str]
) -> None:
    anna = make_user(session, email="anna@example.se")
    address = f"/arbetsyta/inbjudan/{invite()}"

    page = client.get(address).get_data(as_text=True)
    assert f'href="/konto/logga-in?nasta={address}"' in page
    assert client.post(address, data={"name": "Någon annan"}).location == address

    assert actor_for(session, anna.id).roles == {}


def test_a_forwarded_letter_lets_nobody_else_in(
    session: Session, sign_in: SignIn, fub: Organisation, invite: Callable[..., str]
) -> None:
    stranger = make_user(session, email="bo@example.se")
    address = f"/arbetsyta/inbjudan/{invite()}"
    client = sign_in(stranger)

    page = client.get(address).get_data(as_text=True)
    assert "Inbjudan skickades till anna@example.se. Du är inloggad som bo@example.se." in page
    assert client.post(address).location == address

    assert actor_for(session, stranger.id).roles == {}
    assert len(unanswered_invitations(session, fub)) == 1


def test_an_invitation_waits_on_the_page_too(
    session: Session, sign_in: SignIn, fub: Organisation, invite: Callable[..., str]
) -> None:
    invite()
    anna = make_user(session, email="anna@example.se")
    waiting = unanswered_invitations(session, fub)[0]
    address = f"/arbetsyta/organisationer/inbjudningar/{waiting.id}"
    client = sign_in(anna)

    assert f'action="{address}"' in client.get("/arbetsyta/organisationer").get_data(as_text=True)
    assert sign_in(make_user(session)).post(address).status_code == 403
    assert client.post(address).location == SHOW
    assert actor_for(session, anna.id).roles == {fub.id: MemberRole.EDITOR}
    assert client.post("/arbetsyta/organisationer/inbjudningar/9999").status_code == 404


@pytest.mark.parametrize("what", ["expired", "revoked", "invented"])
def test_a_dead_invitation_gets_the_helpful_page(
    session: Session,
    client: Browser,
    sign_in: SignIn,
    admin: User,
    invite: Callable[..., str],
    clock: time_machine.Traveller,
    now: datetime,
    what: str,
) -> None:
    address = f"/arbetsyta/inbjudan/{invite()}"
    anna = make_user(session, email="bo@example.se")
    if what == "expired":
        clock.shift(timedelta(days=14))
    elif what == "revoked":
        waiting = session.scalars(sa.select(MemberInvitation)).one()
        actions.revoke_member_invitation(session, waiting, actor=actor_of(session, admin), now=now)
    else:
        address = "/arbetsyta/inbjudan/" + "a" * 32

    answers = [
        client.get(address),
        client.post(address, data={"name": "Anna"}),
        sign_in(anna).get(address),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert ["Inbjudan gäller inte längre" in answer.get_data(as_text=True) for answer in answers] == [True] * 3
    assert user_by_email(session, "anna@example.se") is None


def test_a_renewed_invitation_has_a_new_link_and_the_old_is_dead(
    session: Session, sign_in: SignIn, now: datetime, fub: Organisation, admin: User, invite: Callable[..., str]
) -> None:
    old = invite()
    waiting = unanswered_invitations(session, fub)[0]
    anna = make_user(session, email="anna@example.se")

    answer = sign_in(admin).post(f"{SHOW}/inbjudningar/{waiting.id}/skicka-igen")

    assert answer.location == MEMBERS
    new = token_from(session, "member_invitation")
    with pytest.raises(NotFound):
        actions.accept_member_invitation(session, old, actor=actor_of(session, anna), now=now)
    assert (
        actions.accept_member_invitation(session, new, actor=actor_of(session, anna), now=now).role is MemberRole.EDITOR
    )
    again = unanswered_invitations(session, fub)
    assert list(again) == []


def test_an_answered_invitation_is_neither_renewed_nor_taken_back(
    session: Session, sign_in: SignIn, now: datetime, fub: Organisation, admin: User, invite: Callable[..., str]
) -> None:
    token = invite()
    anna = make_user(session, email="anna@example.se")
    waiting = unanswered_invitations(session, fub)[0]
    actions.accept_member_invitation(session, token, actor=actor_of(session, anna), now=now)
    actor = actor_of(session, admin)

    with pytest.raises(Invalid):
        actions.renew_member_invitation(session, waiting, actor=actor, now=now)
    with pytest.raises(Invalid):
        actions.revoke_member_invitation(session, waiting, actor=actor, now=now)
    client = sign_in(admin)
    for verb in ("skicka-igen", "ta-tillbaka"):
        assert client.post(f"{SHOW}/inbjudningar/{waiting.id}/{verb}").location == MEMBERS
    assert len(members_of(session, fub)) == 2


def test_an_invitation_is_taken_back_once(
    session: Session, sign_in: SignIn, fub: Organisation, admin: User, invite: Callable[..., str]
) -> None:
    invite()
    waiting = unanswered_invitations(session, fub)[0]
    client = sign_in(admin)

    answers = [client.post(f"{SHOW}/inbjudningar/{waiting.id}/ta-tillbaka") for _ in range(2)]

    assert [answer.location for answer in answers] == [MEMBERS, MEMBERS]
    logged = [entry.action for entry in history_of(session, "organisation", fub.id)]
    assert logged == ["revoke_member_invitation", "invite_member"]


def test_invitations_of_others_are_out_of_reach(
    session: Session, sign_in: SignIn, fub: Organisation, admin: User, invite: Callable[..., str]
) -> None:
    invite()
    waiting = unanswered_invitations(session, fub)[0]
    stranger = make_user(session)
    make_organisation(session, "ABF", members=[stranger])
    client = sign_in(stranger)

    assert client.post(f"{SHOW}/inbjudningar/{waiting.id}/ta-tillbaka").status_code == 403
    assert client.post(f"/arbetsyta/organisationer/abf/inbjudningar/{waiting.id}/ta-tillbaka").status_code == 404
    assert waiting.revoked_at is None


def test_an_editor_invited_as_administrator_becomes_one_and_never_less(
    session: Session, now: datetime, fub: Organisation, admin: User
) -> None:
    anna = make_user(session, email="anna@example.se")
    actor = actor_of(session, admin)
    actions.invite_member(session, fub, anna.email, MemberRole.EDITOR, actor=actor, now=now)
    token = token_from(session, "member_invitation")
    make_member(session, anna, fub, MemberRole.ADMINISTRATOR)

    membership = actions.accept_member_invitation(session, token, actor=actor_of(session, anna), now=now)

    assert membership.role is MemberRole.ADMINISTRATOR


def test_an_open_invitation_takes_the_latest_role(
    session: Session, fub: Organisation, invite: Callable[..., str]
) -> None:
    invite()
    invite(role=MemberRole.ADMINISTRATOR)

    assert [invitation.role for invitation in unanswered_invitations(session, fub)] == [MemberRole.ADMINISTRATOR]
    assert len(letters_sent(session)) == 1


def test_only_the_addressee_accepts(session: Session, now: datetime, invite: Callable[..., str]) -> None:
    token = invite()

    with pytest.raises(NotAllowed):
        actions.accept_member_invitation(session, token, actor=actor_of(session, make_user(session)), now=now)
    with pytest.raises(NotFound):
        actions.accept_member_invitation(session, "x", actor=actor_of(session, make_user(session)), now=now)


def test_invitations_nobody_answered_are_forgotten(
    session: Session, now: datetime, fub: Organisation, invite: Callable[..., str]
) -> None:
    invite()

    assert forget_invitations(session, now + timedelta(days=44)) == 0
    assert forget_invitations(session, now + timedelta(days=45)) == 1


def test_invitations_are_limited(session: Session, sign_in: SignIn, fub: Organisation, admin: User) -> None:
    client = sign_in(admin)

    codes = [
        client.post(MEMBERS, data={"email": f"person{number}@fub.se", "role": "editor"}).status_code
        for number in range(41)
    ]

    assert codes == [303] * 40 + [429]

"""Looking after one's account: name, address, password, one's data, the end."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from planner.accounts import actions
from planner.accounts.models import User
from planner.accounts.passwords import hash_password, is_right_password
from planner.audit.queries import history_of
from planner.core.errors import Invalid, NotFound
from planner.organisations.models import MemberRole, Standing
from planner.organisations.queries import actor_for, members_of
from planner.organisations.rules import NOBODY
from planner.web.limits import limiter
from tests.browsing import Browser
from tests.factories import make_coordinator, make_member, make_organisation, make_user
from tests.letterbox import AssertLetter, letters_sent, token_from

PASSWORD = "fyra ord utan mening"
SignIn = Callable[[User], Browser]


@pytest.fixture(autouse=True)
def _fresh_limits(app: object) -> None:
    limiter.reset()


def logged(session: Session, user: User) -> list[str]:
    """What the log says has happened to an account, oldest first."""
    return [entry.action for entry in reversed(history_of(session, "user", user.id))]


def test_an_account_is_opened_without_rights(session: Session, now: datetime) -> None:
    user = actions.register_user(session, "Anna@Example.SE", "  Anna\tAndersson ", now=now)

    assert (user.email, user.name, user.password_hash) == ("anna@example.se", "Anna Andersson", None)
    actor = actor_for(session, user.id)
    assert (actor.is_signed_in, actor.is_member, actor.is_coordinator) == (True, False, False)


@pytest.mark.parametrize(
    ("email", "name", "field"), [("anna", "Anna", "email"), ("bo@example.se", " ", "name"), ("", "Bo", "email")]
)
def test_an_account_needs_an_address_and_a_name(
    session: Session, now: datetime, email: str, name: str, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.register_user(session, email, name, now=now)

    assert [problem.field for problem in refusal.value.problems] == [field]


def test_an_address_has_one_account(session: Session, now: datetime) -> None:
    make_user(session, email="anna@example.se")

    with pytest.raises(Invalid):
        actions.register_user(session, "ANNA@example.se", "Anna", now=now)


def test_the_page_shows_the_account(session: Session, sign_in: SignIn) -> None:
    page = sign_in(make_coordinator(session, "1730", "Karin Karlsson")).get("/konto").get_data(as_text=True)

    assert ["Karin Karlsson" in page, "Eda kommun" in page, "Inget, du loggar in med en länk" in page] == [True] * 3


def test_a_name_is_changed(session: Session, sign_in: SignIn) -> None:
    user = make_user(session, "Anna")
    client = sign_in(user)

    assert client.get("/konto/namn").status_code == 200
    assert client.post("/konto/namn", data={"name": ""}).status_code == 422
    answer = client.post("/konto/namn", data={"name": "Demokratiutvecklare"})

    assert (answer.status_code, answer.location, user.name) == (303, "/konto", "Demokratiutvecklare")


def test_an_address_is_changed_by_a_letter_to_the_new_one(
    session: Session, sign_in: SignIn, assert_letter: AssertLetter
) -> None:
    user = make_user(session, "Anna Andersson", email="anna@example.se")
    client, elsewhere = sign_in(user), sign_in(user)

    assert client.post("/konto/epost", data={"email": "Anna@forening.se"}).location == "/konto"
    assert user.email == "anna@example.se"
    address = f"/konto/epost/{token_from(session, 'email_change_link')}"
    assert client.get(address).status_code == 200
    assert user.email == "anna@example.se"
    assert client.post(address).location == "/konto"

    assert user.email == "anna@forening.se"
    assert [client.get("/konto").status_code, elsewhere.get("/konto").status_code] == [200, 303]
    assert client.post(address).status_code == 404
    assert_letter("email_change_link", to="anna@forening.se")
    assert_letter("email_changed", to="anna@example.se")
    assert logged(session, user) == ["change_email"]


def test_only_the_person_who_asked_can_use_the_letter(session: Session, sign_in: SignIn, client: Browser) -> None:
    user, other = make_user(session), make_user(session)
    sign_in(user).post("/konto/epost", data={"email": "anna@forening.se"})
    address = f"/konto/epost/{token_from(session, 'email_change_link')}"
    stranger = sign_in(other)

    assert [stranger.get(address).status_code, stranger.post(address).status_code] == [404, 404]
    assert client.get(address).location == f"/konto/logga-in?nasta={address}"
    assert [client.get(address.replace("/epost/", "/ny/")).status_code] == [404]


def test_a_letter_for_a_new_account_cannot_move_one(session: Session, now: datetime) -> None:
    user = make_user(session)
    actions.request_sign_in_link(session, "anna@forening.se", now=now)

    with pytest.raises(NotFound):
        actions.confirm_email_change(session, user, token_from(session, "new_account_link"), now=now)


def test_an_address_that_has_an_account_gets_the_same_answer_and_no_letter(session: Session, sign_in: SignIn) -> None:
    make_user(session, email="bo@example.se")

    answer = sign_in(make_user(session)).post("/konto/epost", data={"email": "bo@example.se"})

    assert (answer.status_code, answer.location) == (303, "/konto")
    assert letters_sent(session) == []


def test_an_address_taken_in_between_is_refused(session: Session, now: datetime) -> None:
    user = make_user(session, email="anna@example.se")
    actions.request_email_change(session, user, "anna@forening.se", now=now)
    make_user(session, email="anna@forening.se")

    with pytest.raises(Invalid):
        actions.confirm_email_change(session, user, token_from(session, "email_change_link"), now=now)


def test_ones_own_address_is_no_change(session: Session, sign_in: SignIn) -> None:
    user = make_user(session, email="anna@example.se")

    assert sign_in(user).post("/konto/epost", data={"email": "ANNA@example.se"}).status_code == 422


def test_a_password_is_set_and_removed(
    session: Session, sign_in: SignIn, new_client: Callable[[], Browser], assert_letter: AssertLetter
) -> None:
    user = make_user(session, "Anna Andersson", email="anna@example.se")
    client, elsewhere = sign_in(user), sign_in(user)

    assert client.post("/konto/losenord", data={"password": "lösenord1234"}).status_code == 422
    assert client.post("/konto/losenord", data={"password": PASSWORD}).location == "/konto"

    assert is_right_password(PASSWORD, user.password_hash)
    assert [client.get("/konto").status_code, elsewhere.get("/konto").status_code] == [200, 303]
    assert_letter("password_changed", file="password_set")
    signed_in = new_client().post("/konto/logga-in/losenord", data={"email": "anna@example.se", "password": PASSWORD})
    assert signed_in.status_code == 303

    assert client.post("/konto/losenord/ta-bort").location == "/konto"
    assert client.post("/konto/losenord/ta-bort").location == "/konto"
    assert user.password_hash is None
    assert_letter("password_changed", file="password_removed")
    assert logged(session, user) == ["set_password", "remove_password"]


def test_a_refused_password_is_not_written_back(session: Session, sign_in: SignIn) -> None:
    page = sign_in(make_user(session)).post("/konto/losenord", data={"password": "Sommaren2027!"})

    assert (page.status_code, "Sommaren2027!" in page.get_data(as_text=True)) == (422, False)


@pytest.mark.parametrize("path", ["/konto/epost", "/konto/losenord", "/konto/losenord/ta-bort", "/konto/stang"])
def test_how_one_gets_in_is_changed_only_by_who_has_just_signed_in(
    session: Session, sign_in: SignIn, clock: time_machine.Traveller, path: str
) -> None:
    user = make_user(session, email="anna@example.se", password_hash=hash_password(PASSWORD))
    client = sign_in(user)
    clock.shift(timedelta(minutes=31))

    answer = client.post(path, data={"email": "new@example.se", "password": "sju sjösjuka sjömän"})

    shown = path.removesuffix("/ta-bort")
    assert (answer.status_code, answer.location) == (303, f"/konto/logga-in?nasta={shown}&igen=1")
    assert (user.email, user.is_active, is_right_password(PASSWORD, user.password_hash)) == (
        "anna@example.se",
        True,
        True,
    )
    assert client.get(answer.location).status_code == 200


def test_one_takes_ones_data_away(session: Session, sign_in: SignIn, now: datetime) -> None:
    user = make_user(session, "Anna", email="anna@example.se", password_hash=hash_password(PASSWORD))
    make_organisation(session, "FUB Karlstad", editors=[user])
    actions.request_sign_in_link(session, "anna@example.se", now=now)

    answer = sign_in(user).get("/konto/uppgifter.json")

    assert answer.headers["Content-Disposition"] == "attachment; filename=mina-uppgifter.json"
    assert json.loads(answer.data) == {
        "account": {
            "name": "Anna",
            "email": "anna@example.se",
            "has_password": True,
            "created_at": "2027-01-10T12:00:00+00:00",
            "last_signed_in_at": None,
        },
        "coordinates": [],
        "letters": [{"subject": "Logga in på Demokrativeckan", "written_at": "2027-08-20T08:15:00+00:00"}],
        "log": [],
        "memberships": [{"organisation": "FUB Karlstad", "role": "editor", "since": "2027-01-10T12:00:00+00:00"}],
        "claims": [],
        "invitations": [],
        "drafts_without_organisation": [],
    }


def test_a_closed_account_is_nobody(session: Session, sign_in: SignIn, assert_letter: AssertLetter) -> None:
    user = make_user(session, "Anna Andersson", email="anna@example.se", password_hash=hash_password(PASSWORD))
    organisation = make_organisation(session, members=[make_user(session)], editors=[user])
    client = sign_in(user)

    assert client.get("/konto/stang").status_code == 200
    answer = client.post("/konto/stang")

    assert (answer.status_code, answer.location) == (303, "/konto/ut?stangt=1")
    assert client.get(answer.location).status_code == 200
    assert client.get("/konto").status_code == 303
    assert (user.name, user.email, user.password_hash) == ("Stängt konto", f"stangt-{user.id}@konto.invalid", None)
    assert actor_for(session, user.id) == NOBODY
    assert_letter("account_closed", to="anna@example.se")
    assert len(members_of(session, organisation)) == 1


def test_an_address_can_open_an_account_again(session: Session, now: datetime) -> None:
    user = make_user(session, email="anna@example.se")
    actions.close_account(session, user, now=now)

    assert actions.register_user(session, "anna@example.se", "Anna", now=now).id != user.id


def test_the_last_administrator_cannot_close_their_account(session: Session, sign_in: SignIn) -> None:
    user = make_user(session, email="anna@example.se")
    make_organisation(session, "FUB Karlstad", members=[user])
    other = make_organisation(session, "ABF")
    make_member(session, user, other, MemberRole.EDITOR)

    answer = sign_in(user).post("/konto/stang")

    message = "Du är enda administratör för FUB Karlstad. Gör någon annan till administratör först."
    assert (answer.status_code, message in answer.get_data(as_text=True)) == (422, True)
    assert user.is_active
    assert set(actor_for(session, user.id).roles.values()) == {MemberRole.EDITOR, MemberRole.ADMINISTRATOR}


def test_whoever_closes_their_account_claims_nothing(session: Session, now: datetime) -> None:
    user = make_user(session)
    organisation = make_organisation(session, standing=Standing.UNCLAIMED, claim={}, claimed_by_id=user.id)

    actions.close_account(session, user, now=now)

    assert (organisation.is_claim, organisation.claimed_by_id) == (False, None)


def test_the_last_coordinator_of_the_county_cannot_close_their_account(session: Session, now: datetime) -> None:
    user = make_coordinator(session)

    with pytest.raises(Invalid):
        actions.close_account(session, user, now=now)
    make_coordinator(session)
    actions.close_account(session, user, now=now)

    assert user.is_active is False


@pytest.mark.parametrize(
    "path",
    [
        "/konto",
        "/konto/namn",
        "/konto/epost",
        "/konto/epost/abc",
        "/konto/losenord",
        "/konto/stang",
        "/konto/uppgifter.json",
    ],
)
def test_nobody_sees_an_account(client: Browser, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.location) == (303, f"/konto/logga-in?nasta={path}")


@pytest.mark.parametrize(
    "path", ["/konto/namn", "/konto/epost", "/konto/losenord", "/konto/losenord/ta-bort", "/konto/ut-overallt"]
)
def test_nobody_changes_an_account(client: Browser, path: str) -> None:
    answer = client.post(path)

    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/konto/logga-in")

"""Coming in by a link or a password, and going out."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from planner.accounts import actions
from planner.accounts.jobs import forget_links
from planner.accounts.models import EmailConfirmation, SignInLink, User
from planner.accounts.passwords import hash_password, needs_rehash
from planner.core.errors import Invalid, NotFound
from planner.web.limits import limiter
from tests.browsing import Browser
from tests.factories import make_user
from tests.letterbox import AssertLetter, letters_sent, token_from

PASSWORD = "fyra ord utan mening"


@pytest.fixture(autouse=True)
def _fresh_limits(app: object) -> None:
    limiter.reset()


def user_of(client: Browser) -> str | None:
    """The session key of whoever is signed in."""
    with client.session_transaction("/konto") as cookie:
        key: str | None = cookie.get("_user_id")
        return key


def test_the_answer_is_the_same_whether_the_address_has_an_account_or_not(session: Session, client: Browser) -> None:
    make_user(session, email="anna@example.se")

    answers = [client.post("/konto/logga-in", data={"email": email}) for email in ("anna@example.se", "bo@example.se")]
    pages = [
        client.get(answer.location).get_data(as_text=True).replace(email, "…")
        for answer, email in zip(answers, ("bo@example.se", "bo@example.se"), strict=True)
    ]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert pages[0] == pages[1]
    assert letters_sent(session) == [("sign_in_link", "anna@example.se"), ("new_account_link", "bo@example.se")]


def test_the_letters_of_signing_in(session: Session, now: datetime, assert_letter: AssertLetter) -> None:
    make_user(session, email="anna@example.se")

    actions.request_sign_in_link(session, " Anna@Example.se", now=now)
    actions.request_sign_in_link(session, "bo@example.se", now=now)

    assert_letter("sign_in_link")
    assert_letter("new_account_link")


def test_opening_the_link_does_nothing_and_the_button_signs_in_once(session: Session, client: Browser) -> None:
    user = make_user(session, email="anna@example.se")
    client.post("/konto/logga-in", data={"email": "anna@example.se", "nasta": "/konto/namn"})
    address = f"/konto/in/{token_from(session, 'sign_in_link')}"

    assert [client.get(address).status_code, client.get(address).status_code] == [200, 200]
    assert user_of(client) is None
    came_in = client.post(address)
    assert (came_in.status_code, came_in.location) == (303, "/konto/namn")
    assert user_of(client) == user.session_key
    again = client.post(address)
    assert again.status_code == 404
    assert user_of(client) == user.session_key


def test_the_session_is_a_new_one(session: Session, client: Browser) -> None:
    make_user(session, email="anna@example.se")
    client.post("/konto/logga-in", data={"email": "anna@example.se"})
    with client.session_transaction("/konto") as cookie:
        cookie["planted"] = "by somebody else"

    client.post(f"/konto/in/{token_from(session, 'sign_in_link')}")

    with client.session_transaction("/konto") as cookie:
        assert sorted(cookie) == ["_fresh", "_id", "_permanent", "_user_id", "signed_in_at"]
        assert cookie.permanent is False


def test_the_session_stays_for_a_fortnight_when_asked_to(session: Session, client: Browser) -> None:
    make_user(session, email="anna@example.se")
    client.post("/konto/logga-in", data={"email": "anna@example.se"})

    answer = client.post(f"/konto/in/{token_from(session, 'sign_in_link')}", data={"stay": "1"})

    assert "Expires=Fri, 03 Sep 2027 08:15:00 GMT" in answer.headers["Set-Cookie"]


def test_a_link_older_than_half_an_hour_is_dead(
    session: Session, client: Browser, clock: time_machine.Traveller
) -> None:
    make_user(session, email="anna@example.se")
    client.post("/konto/logga-in", data={"email": "anna@example.se"})
    address = f"/konto/in/{token_from(session, 'sign_in_link')}"

    clock.shift(timedelta(minutes=30))

    assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
    assert user_of(client) is None


@pytest.mark.parametrize("address", ["/konto/in/x", "/konto/ny/x", "/konto/in/" + "a" * 32])
def test_an_invented_link_gets_the_helpful_page(client: Browser, address: str) -> None:
    answers = [client.get(address), client.post(address)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert ["Länken fungerar inte längre" in answer.get_data(as_text=True) for answer in answers] == [True, True]


def test_links_overtake_each_other_and_the_first_used_ends_the_others(session: Session, now: datetime) -> None:
    make_user(session, email="anna@example.se")
    actions.request_sign_in_link(session, "anna@example.se", now=now)
    first = token_from(session, "sign_in_link")
    actions.request_sign_in_link(session, "anna@example.se", now=now)
    second = token_from(session, "sign_in_link")

    assert actions.sign_in_with_link(session, first, now=now).email == "anna@example.se"
    with pytest.raises(NotFound):
        actions.sign_in_with_link(session, second, now=now)


def test_nobodys_letterbox_is_filled(session: Session, now: datetime) -> None:
    make_user(session, email="anna@example.se")

    for _ in range(7):
        actions.request_sign_in_link(session, "anna@example.se", now=now)
        actions.request_sign_in_link(session, "bo@example.se", now=now)
    actions.request_sign_in_link(session, "anna@example.se", now=now + timedelta(minutes=30))

    sent = letters_sent(session)
    assert (sent.count(("sign_in_link", "anna@example.se")), sent.count(("new_account_link", "bo@example.se"))) == (
        6,
        5,
    )


def test_only_a_hash_of_the_token_is_stored(session: Session, now: datetime) -> None:
    make_user(session, email="anna@example.se")
    actions.request_sign_in_link(session, "anna@example.se", now=now)
    actions.request_sign_in_link(session, "bo@example.se", now=now)

    stored = session.scalars(sa.select(SignInLink.token_hash).union_all(sa.select(EmailConfirmation.token_hash))).all()

    assert [len(value) for value in stored] == [64, 64]
    assert {token_from(session, "sign_in_link"), token_from(session, "new_account_link")}.isdisjoint(stored)


def test_somebody_new_opens_an_account_by_the_link_and_goes_on(session: Session, client: Browser) -> None:
    onward_to = "/arbetsyta/organisationer/ny?inbjudan=abc"
    client.post("/konto/logga-in", data={"email": "Bo@Example.se", "nasta": onward_to})
    address = f"/konto/ny/{token_from(session, 'new_account_link')}"

    assert client.get(address).status_code == 200
    assert client.post(address, data={"name": "  "}).status_code == 422
    opened = client.post(address, data={"name": "Bo  Berg"})

    assert (opened.status_code, opened.location) == (303, onward_to)
    user = session.scalars(sa.select(User)).one()
    assert (user.email, user.name, user.password_hash) == ("bo@example.se", "Bo Berg", None)
    assert user_of(client) == user.session_key
    assert client.post(address, data={"name": "Bo Berg"}).status_code == 404


def test_two_links_to_open_an_account_open_one(session: Session, now: datetime) -> None:
    actions.request_sign_in_link(session, "bo@example.se", now=now)
    first = token_from(session, "new_account_link")
    actions.request_sign_in_link(session, "bo@example.se", now=now)

    opened = actions.open_account(session, first, "Bo", now=now)

    assert actions.open_account(session, token_from(session, "new_account_link"), "Bosse", now=now) is opened


@pytest.mark.parametrize(
    ("onward_to", "location"),
    [
        ("", "/arbetsyta"),
        ("/konto?a=1", "/konto?a=1"),
        ("//evil.se/arbetsyta", "/arbetsyta"),
        ("https://evil.se", "/arbetsyta"),
        ("/\\evil.se", "/arbetsyta"),
        ("/%09/evil.se", "/%09/evil.se"),
    ],
)
@pytest.mark.parametrize("way", ["link", "password"])
def test_signing_in_leads_only_to_pages_of_ours(
    session: Session, client: Browser, onward_to: str, location: str, way: str
) -> None:
    make_user(session, email="anna@example.se", password_hash=hash_password(PASSWORD))
    posted = {"email": "anna@example.se", "nasta": onward_to}

    if way == "password":
        answer = client.post("/konto/logga-in/losenord", data={**posted, "password": PASSWORD})
    else:
        client.post("/konto/logga-in", data=posted)
        answer = client.post(f"/konto/in/{token_from(session, 'sign_in_link')}")

    assert (answer.status_code, answer.location) == (303, location)


def test_a_foreign_address_is_not_even_carried_by_the_form(client: Browser) -> None:
    page = client.get("/konto/logga-in?nasta=//evil.se").get_data(as_text=True)

    assert '<input type="hidden" name="nasta" value="">' in page


def test_the_language_of_the_page_is_kept(session: Session, client: Browser) -> None:
    make_user(session, email="anna@example.se")
    client.post("/en/konto/logga-in", data={"email": "anna@example.se", "nasta": "/konto"})

    answer = client.post(f"/en/konto/in/{token_from(session, 'sign_in_link')}")

    assert answer.location == "/en/konto"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("anna@example.se", "fel lösenord här"),
        ("nobody@example.se", PASSWORD),
        ("without@example.se", PASSWORD),
        ("closed@example.se", PASSWORD),
    ],
)
def test_a_wrong_password_says_nothing_of_what_was_wrong(
    session: Session, client: Browser, email: str, password: str
) -> None:
    make_user(session, email="anna@example.se", password_hash=hash_password(PASSWORD))
    make_user(session, email="without@example.se")
    make_user(session, email="closed@example.se", password_hash=hash_password(PASSWORD), is_active=False)

    answer = client.post("/konto/logga-in/losenord", data={"email": email, "password": password})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "E-postadressen och lösenordet hör inte ihop. Försök igen, eller få en länk." in page
    assert password not in page
    assert user_of(client) is None


def test_one_hash_is_computed_whatever_is_wrong(
    session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user(session, email="anna@example.se", password_hash=hash_password(PASSWORD))
    make_user(session, email="without@example.se")
    computed = []
    verify = PasswordHasher.verify

    def counting(self: PasswordHasher, hashed: str, password: str) -> bool:
        computed.append(password)
        return verify(self, hashed, password)  # type: ignore[return-value]

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    for email in ("anna@example.se", "without@example.se", "nobody@example.se"):
        with pytest.raises(Invalid):
            actions.check_password(session, email, "fel lösenord här", now=now)

    assert computed == ["fel lösenord här"] * 3


def test_a_password_of_older_parameters_is_hashed_anew(session: Session, now: datetime) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    user = make_user(session, email="anna@example.se", password_hash=old)

    assert actions.check_password(session, "Anna@example.se", PASSWORD, now=now) is user

    assert user.password_hash is not None
    assert not needs_rehash(user.password_hash)
    assert user.last_signed_in_at == now


def test_going_out_ends_the_session(session: Session, client: Browser) -> None:
    client.sign_in(make_user(session))

    assert client.get("/konto").status_code == 200
    answer = client.post("/konto/ut")

    assert (answer.status_code, answer.location) == (303, "/konto/ut")
    assert client.get("/konto").status_code == 303
    assert client.get("/konto/ut").status_code == 200


def test_a_link_cannot_be_used_to_go_out(session: Session, client: Browser) -> None:
    client.sign_in(make_user(session))

    assert client.get("/konto/ut").location == "/konto"
    assert client.get("/konto").status_code == 200


def test_going_out_everywhere_ends_other_sessions_and_links_but_not_this_one(
    session: Session, client: Browser, new_client: Callable[[], Browser]
) -> None:
    user = make_user(session, email="anna@example.se")
    here, elsewhere = client, new_client()
    here.sign_in(user)
    elsewhere.sign_in(user)
    elsewhere.post("/konto/logga-in", data={"email": "anna@example.se"})

    here.post("/konto/ut-overallt")

    assert [here.get("/konto").status_code, elsewhere.get("/konto").status_code] == [200, 303]
    assert elsewhere.get(f"/konto/in/{token_from(session, 'sign_in_link')}").status_code == 404


def test_somebody_who_is_in_goes_on_past_the_sign_in_page(session: Session, client: Browser) -> None:
    client.sign_in(make_user(session))

    assert client.get("/konto/logga-in?nasta=/konto/namn").location == "/konto/namn"
    assert client.get("/konto/ny").location == "/arbetsyta/organisationer/ny"


def test_a_form_that_waits_is_spoken_of(client: Browser) -> None:
    page = client.get("/konto/logga-in?nasta=/arbetsyta/kvar/abc").get_data(as_text=True)

    assert "Det du skrev finns kvar. Logga in, så fortsätter du där du var." in page


def test_an_address_that_is_none_is_refused_at_the_field(client: Browser) -> None:
    answer = client.post("/konto/logga-in", data={"email": "anna", "nasta": "/konto"})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert ('value="anna"' in page, 'value="/konto"' in page) == (True, True)


def test_attempts_are_limited_for_an_address_and_for_a_machine(session: Session, client: Browser) -> None:
    make_user(session, email="anna@example.se", password_hash=hash_password(PASSWORD))
    wrong = {"email": "anna@example.se", "password": "fel"}

    codes = [client.post("/konto/logga-in/losenord", data=wrong).status_code for _ in range(11)]
    other_address = client.post("/konto/logga-in/losenord", data={"email": "bo@example.se", "password": "fel"})
    codes_of_links = [
        client.post("/konto/logga-in", data={"email": f"person{number}@example.se"}).status_code for number in range(61)
    ]

    assert codes == [422] * 10 + [429]
    assert other_address.status_code == 422
    assert codes_of_links == [303] * 60 + [429]


def test_guessing_from_one_machine_does_not_lock_the_person_out(session: Session, client: Browser) -> None:
    make_user(session, email="anna@example.se", password_hash=hash_password(PASSWORD))
    for _ in range(11):
        client.post("/konto/logga-in/losenord", data={"email": "anna@example.se", "password": "fel"})

    elsewhere = client.post(
        "/konto/logga-in/losenord",
        data={"email": "anna@example.se", "password": PASSWORD},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )

    assert elsewhere.status_code == 303


def test_signing_in_rightly_is_not_counted(session: Session, client: Browser) -> None:
    make_user(session, email="anna@example.se", password_hash=hash_password(PASSWORD))
    right = {"email": "anna@example.se", "password": PASSWORD}

    assert [client.post("/konto/logga-in/losenord", data=right).status_code for _ in range(12)] == [303] * 12


def test_old_links_are_forgotten(session: Session, now: datetime) -> None:
    make_user(session, email="anna@example.se")
    actions.request_sign_in_link(session, "anna@example.se", now=now)
    actions.request_sign_in_link(session, "bo@example.se", now=now)

    forget_links(session, now + timedelta(hours=24))
    kept = [session.scalar(sa.select(sa.func.count(table.id))) for table in (SignInLink, EmailConfirmation)]
    forget_links(session, now + timedelta(hours=25))
    left = [session.scalar(sa.select(sa.func.count(table.id))) for table in (SignInLink, EmailConfirmation)]

    assert (kept, left) == ([1, 1], [0, 0])

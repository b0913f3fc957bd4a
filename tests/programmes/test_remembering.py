"""The one cookie: only where somebody asked for it, only on these pages, and never what decides anything."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from planner.core.tokens import new_token
from planner.events.models import Occurrence
from planner.programmes.models import Programme
from planner.programmes.views.remembering import KEPT
from tests.factories import KEEN, make_event, make_programme
from tests.programmes.conftest import Resident, token_of
from tests.programmes.test_saving import count, first

NewResident = Callable[[], Resident]
OWN = f"/mitt-program/{KEEN}"
ELSEWHERE = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "", "Origin": "https://ond.example"},
)
"""What a browser says of a form that another site sends. An empty value leaves the header out."""


@pytest.fixture
def talk(session: Session) -> Occurrence:
    return first(session, make_event(session))


@pytest.fixture
def programme(session: Session, talk: Occurrence) -> Programme:
    return make_programme(session, talk)


def without_session(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if value}


class Older(Resident):
    """A browser that sends just the headers that the test gives it."""

    def form_headers(self) -> dict[str, str]:
        return {}


def test_cookie_is_set_when_asked_for_and_reaches_only_these_pages(resident: Resident, programme: Programme) -> None:
    response = resident.post(f"{OWN}/kom-ihag")

    assert response.headers.getlist("Set-Cookie") == [
        f"mitt-program={KEEN}; Expires=Mon, 18 Sep 2028 08:15:00 GMT; Max-Age=34128000; HttpOnly; Path={path};"
        " SameSite=Lax"
        for path in ("/mitt-program", "/latt/mitt-program", "/en/mitt-program")
    ]
    assert KEPT.days == 395
    page = resident.page(response.location)
    assert "Den här webbläsaren kommer ihåg programmet." in page.words


def test_in_production_it_travels_encrypted(
    app: Flask, resident: Resident, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PRODUCTION", True)
    monkeypatch.setitem(app.config, "PROGRAMME_COOKIE", "__Secure-mitt-program")
    for cookie in resident.post(f"{OWN}/kom-ihag").headers.getlist("Set-Cookie"):
        assert cookie.startswith("__Secure-mitt-program=")
        assert "; Secure;" in cookie


@pytest.mark.parametrize("language", ["", "/en"])
def test_next_occurrence_is_one_press_away(
    resident: Resident, session: Session, programme: Programme, language: str
) -> None:
    resident.post(f"{OWN}/kom-ihag")
    debate = first(session, make_event(session, "Debatt"))

    assert resident.get(f"{language}/mitt-program").location == f"{language}{OWN}"
    page = resident.page(f"{language}/mitt-program/ny?tillfalle={debate.uid}")
    [form] = list(page.main.iter("form"))
    assert form.get("action") == f"{language}{OWN}/spara"
    shown = resident.press(form.get("action") or "", tillfalle=debate.uid)
    assert sorted(shown.titles) == ["Debatt", "Samtal om demokrati"]


def test_what_is_saved_already_is_said(resident: Resident, programme: Programme, talk: Occurrence) -> None:
    resident.post(f"{OWN}/kom-ihag")
    page = resident.page(f"/mitt-program/ny?tillfalle={talk.uid}")
    assert "Allt det här finns redan i ditt program." in page.words


def test_forgetting_here_leaves_the_programme(resident: Resident, session: Session, programme: Programme) -> None:
    resident.post(f"{OWN}/kom-ihag")
    assert resident.press("/mitt-program/glom-har", oppen="ja").titles == ["Samtal om demokrati"]
    assert resident.page("/mitt-program").heading == "Mitt program"
    assert resident.kept == {}
    assert count(session, Programme) == 1


def test_a_new_address_is_remembered_in_place_of_the_old_one(resident: Resident, programme: Programme) -> None:
    resident.post(f"{OWN}/kom-ihag")
    renewed = token_of(resident.post(f"{OWN}/ny-adress", data={"form_key": new_token()}))
    assert resident.get("/mitt-program").location == f"/mitt-program/{renewed}"


def test_another_browser_is_told_that_what_it_remembered_is_gone(
    new_resident: NewResident, programme: Programme
) -> None:
    telephone, computer = new_resident(), new_resident()
    telephone.post(f"{OWN}/kom-ihag")
    computer.post(f"{OWN}/ny-adress", data={"form_key": new_token()})

    page = telephone.page("/mitt-program")

    assert "Programmet som webbläsaren kom ihåg finns inte längre" in page.words
    telephone.press("/mitt-program/glom-har")
    assert "finns inte längre" not in telephone.page("/mitt-program").words


def test_deleting_the_programme_takes_the_cookie_away_too(resident: Resident, programme: Programme) -> None:
    resident.post(f"{OWN}/kom-ihag")
    resident.press(f"{OWN}/radera")
    assert resident.kept == {}


def test_nothing_is_set_by_any_other_press(resident: Resident, programme: Programme, talk: Occurrence) -> None:
    for post in ("spara", "namn", "dela", "sluta-dela", "ta-bort", "ny-adress"):
        assert "Set-Cookie" not in resident.post(f"{OWN}/{post}", data={"tillfalle": talk.uid}).headers
    assert resident.kept == {}


@pytest.mark.parametrize("value", ["", "x", "x" * 32, "x" * 4000, "../../konto", "å"])
def test_junk_in_the_cookie_is_nothing(resident: Resident, talk: Occurrence, value: str) -> None:
    resident.set_cookie("mitt-program", value, path="/mitt-program")
    assert resident.page("/mitt-program").heading == "Mitt program"
    assert "Spara i ett nytt program" in resident.page(f"/mitt-program/ny?tillfalle={talk.uid}").words


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_another_site_can_neither_save_nor_remove_nor_make_remember(
    app: Flask, resident: Resident, session: Session, programme: Programme, headers: dict[str, str]
) -> None:
    """Not even if the browser sent the cookie along, which SameSite keeps it from, and not even with the address."""
    app.test_client_class = Older
    older = app.test_client()
    assert isinstance(older, Older)
    older.test_session = session
    for path in ("/mitt-program", "/en/mitt-program"):
        older.set_cookie("mitt-program", KEEN, path=path)
    debate, sent = first(session, make_event(session, "Debatt")), without_session(headers)

    for path in ("ny", "oppna", "glom-har", *(f"{KEEN}/{post}" for post in ("spara", "ta-bort", "radera", "kom-ihag"))):
        answer = older.post(f"/mitt-program/{path}", data={"tillfalle": debate.uid, "address": KEEN}, headers=sent)
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (400, False), path

    assert resident.page(OWN).titles == ["Samtal om demokrati"]
    assert count(session, Programme) == 1


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}])
def test_a_browser_that_does_not_say_where_the_form_stood_saves_but_is_not_made_to_remember(
    app: Flask, session: Session, programme: Programme, headers: dict[str, str]
) -> None:
    app.test_client_class = Older
    older = app.test_client()
    assert isinstance(older, Older)
    older.test_session = session
    debate = first(session, make_event(session, "Debatt"))

    assert older.post(f"{OWN}/spara", data={"tillfalle": debate.uid}, headers=headers).status_code == 303
    for path in (f"{KEEN}/kom-ihag", "glom-har"):
        refused = older.post(f"/mitt-program/{path}", headers=headers)
        assert (refused.status_code, "Set-Cookie" in refused.headers) == (400, False)
        assert "Spara i stället adressen som bokmärke." in refused.get_data(as_text=True)


def test_cookie_alone_changes_nothing(resident: Resident, session: Session, programme: Programme) -> None:
    """Every change is made at an address that holds the token: there is no door that opens by the cookie."""
    resident.post(f"{OWN}/kom-ihag")
    debate = first(session, make_event(session, "Debatt"))
    token = token_of(resident.post("/mitt-program/ny", data={"tillfalle": debate.uid}))
    assert token != KEEN
    assert resident.page(OWN).titles == ["Samtal om demokrati"]

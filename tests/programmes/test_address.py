"""Another address, a shared one, no programme at all: what holds for an old address from that moment on."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from planner.core import logs
from planner.core.tokens import new_token, token_hash
from planner.events.models import Occurrence
from planner.programmes.models import NAME_LENGTH, Programme, SavedOccurrence
from planner.programmes.rules import share_token_of
from tests.browsing import Browser
from tests.factories import KEEN, make_event, make_programme, make_user
from tests.programmes.conftest import Resident, token_of
from tests.programmes.test_saving import count, first

NewResident = Callable[[], Resident]
OWN = f"/mitt-program/{KEEN}"
SHARED = "s" * 32
POSTS = ("spara", "ta-bort", "kom-ihag", "namn", "ny-adress", "radera", "dela", "sluta-dela")
PAGES = ("", "/fler", "/dela", "/hantera", "/radera", ".ics")


@pytest.fixture
def talk(session: Session) -> Occurrence:
    return first(session, make_event(session))


@pytest.fixture
def programme(session: Session, talk: Occurrence) -> Programme:
    return make_programme(session, talk, share_token=SHARED)


@pytest.mark.parametrize(
    "token", ["x" * 32, SHARED, "kort", "\0" * 32, "å" * 32, "x" * 33, "x" * 5000, "..", "a-b_c" * 6]
)
def test_every_door_is_closed_to_another_token(
    resident: Resident, session: Session, programme: Programme, token: str
) -> None:
    before = session.execute(sa.select(Programme.__table__)).all()

    answers = {page: resident.get(f"/mitt-program/{token}{page}").status_code for page in PAGES}
    answers |= {post: resident.post(f"/mitt-program/{token}/{post}").status_code for post in POSTS}

    assert set(answers.values()) == {404}, answers
    assert session.execute(sa.select(Programme.__table__)).all() == before
    assert count(session, SavedOccurrence) == 1


def test_own_token_shows_nothing_as_a_shared_one(resident: Resident, programme: Programme) -> None:
    assert resident.get(f"/mitt-program/delat/{KEEN}").status_code == 404
    assert resident.get(f"/mitt-program/delat/{KEEN}.ics").status_code == 404


def test_a_dead_address_says_so_and_where_to_go(resident: Resident) -> None:
    page = resident.page(f"/mitt-program/{new_token()}", 404)
    assert page.heading == "Här finns inget program"
    assert page.links()["Till Mitt program"] == "/mitt-program"


def test_new_address_takes_everything_along_and_the_old_one_leads_nowhere(
    resident: Resident, session: Session, programme: Programme
) -> None:
    renewed = token_of(resident.post(f"{OWN}/ny-adress", data={"form_key": new_token()}))

    assert renewed != KEEN
    assert {resident.get(f"{OWN}{page}").status_code for page in PAGES} == {404}
    page = resident.page(f"/mitt-program/{renewed}?bytt=ja")
    assert page.titles == ["Samtal om demokrati"]
    assert "Programmet har fått en ny adress" in page.words
    assert resident.page(f"/mitt-program/delat/{SHARED}").titles == ["Samtal om demokrati"]
    assert share_token_of(session.get_one(Programme, programme.id), renewed) == SHARED


def test_pressing_twice_leads_twice_to_the_same_new_address(resident: Resident, programme: Programme) -> None:
    """Without this, the second press would be answered with 404, and the new address would be lost for ever."""
    form = {"form_key": new_token()}
    first_time, second_time = (resident.post(f"{OWN}/ny-adress", data=form) for _press in range(2))
    assert token_of(first_time) == token_of(second_time)
    assert resident.get(f"/mitt-program/{token_of(first_time)}").status_code == 200


def test_key_of_somebody_elses_form_does_not_lead_to_their_new_address(
    resident: Resident, programme: Programme
) -> None:
    resident.post(f"{OWN}/ny-adress", data={"form_key": new_token()})
    assert resident.post(f"{OWN}/ny-adress", data={"form_key": new_token()}).status_code == 404
    assert resident.post(f"{OWN}/ny-adress").status_code == 404


def test_other_device_with_the_old_address_changes_nothing(
    new_resident: NewResident, session: Session, programme: Programme, talk: Occurrence
) -> None:
    telephone, computer = new_resident(), new_resident()
    computer.page(OWN)
    renewed = token_of(telephone.post(f"{OWN}/ny-adress", data={"form_key": new_token()}))

    assert computer.post(f"{OWN}/ta-bort", data={"tillfalle": talk.uid}).status_code == 404
    assert telephone.page(f"/mitt-program/{renewed}").titles == ["Samtal om demokrati"]


def test_forgetting_asks_first_and_leaves_nothing(resident: Resident, session: Session, programme: Programme) -> None:
    asked = resident.page(f"{OWN}/radera")
    assert asked.heading == "Ta bort hela programmet?"
    assert count(session, Programme) == 1

    gone = resident.press(f"{OWN}/radera")

    assert gone.heading == "Programmet är borttaget"
    assert (count(session, Programme), count(session, SavedOccurrence)) == (0, 0)
    assert {resident.get(f"{OWN}{page}").status_code for page in PAGES} == {404}
    assert resident.get(f"/mitt-program/delat/{SHARED}").status_code == 404
    assert resident.post(f"{OWN}/radera").status_code == 404


def test_forgetting_one_programme_leaves_the_others(resident: Resident, session: Session, programme: Programme) -> None:
    other = make_programme(session, first(session, make_event(session)), token=new_token())
    resident.press(f"{OWN}/radera")
    assert session.scalars(sa.select(Programme.id)).all() == [other.id]
    assert session.scalars(sa.select(SavedOccurrence.programme_id)).all() == [other.id]


def test_name_is_shown_cleaned_and_can_be_taken_away(resident: Resident, programme: Programme) -> None:
    assert resident.press(f"{OWN}/namn", name="  Min\u202e\0 <b>vecka</b>\n ").heading == "Min <b>vecka</b>"
    assert resident.page(f"/mitt-program/delat/{SHARED}").heading == "Min <b>vecka</b>"
    assert resident.press(f"{OWN}/namn", name="").heading == "Mitt program"
    assert resident.page(f"/mitt-program/delat/{SHARED}").heading == "Ett delat program"


def test_too_long_a_name_is_kept_and_explained(resident: Resident, session: Session, programme: Programme) -> None:
    name = "å" * (NAME_LENGTH + 1)
    response = resident.post(f"{OWN}/namn", data={"name": name})
    assert response.status_code == 422
    assert f'value="{name}"' in response.get_data(as_text=True)
    assert "Den är 61 tecken nu." in response.get_data(as_text=True)
    assert session.scalars(sa.select(Programme.name)).all() == [""]


def test_sharing_is_asked_for_and_its_address_is_shown_again_later(resident: Resident, session: Session) -> None:
    programme = make_programme(session, first(session, make_event(session)))
    before = resident.page(f"{OWN}/dela")
    assert "delningsadress" not in before.html

    shown = resident.press(f"{OWN}/dela")

    token = share_token_of(session.get_one(Programme, programme.id), KEEN)
    assert f'value="https://demokrativeckan.example/mitt-program/delat/{token}"' in shown.html
    assert resident.page(f"{OWN}/dela").html == shown.html
    assert session.get_one(Programme, programme.id).share_hash == token_hash(token)


def test_shared_page_only_shows_and_does_not_tell_the_way_back(
    resident: Resident, session: Session, programme: Programme
) -> None:
    page = resident.page(f"/mitt-program/delat/{SHARED}")

    assert page.titles == ["Samtal om demokrati"]
    assert KEEN not in page.html
    assert list(page.tree.iter("form")) == []
    assert page.feeds == [f"https://demokrativeckan.example/mitt-program/delat/{SHARED}.ics"]
    assert {resident.post(f"/mitt-program/delat/{SHARED}/{post}").status_code for post in POSTS} == {404}
    assert resident.post(f"/mitt-program/delat/{SHARED}").status_code == 405


def test_share_address_is_exchanged_and_withdrawn_on_its_own(
    resident: Resident, session: Session, programme: Programme
) -> None:
    resident.press(f"{OWN}/dela")
    renewed = share_token_of(session.get_one(Programme, programme.id), KEEN)
    assert resident.get(f"/mitt-program/delat/{SHARED}").status_code == 404
    assert resident.get(f"/mitt-program/delat/{renewed}").status_code == 200

    resident.press(f"{OWN}/sluta-dela")

    assert resident.get(f"/mitt-program/delat/{renewed}").status_code == 404
    assert resident.get(f"/mitt-program/delat/{renewed}.ics").status_code == 404
    assert resident.page(OWN).titles == ["Samtal om demokrati"]


def test_somebody_who_was_shown_it_saves_in_a_programme_of_their_own(
    new_resident: NewResident, session: Session, programme: Programme, talk: Occurrence
) -> None:
    friend = new_resident()
    page = friend.page(f"/mitt-program/delat/{SHARED}")
    assert page.links()["Lägg i mitt program: Samtal om demokrati"] == f"/mitt-program/ny?tillfalle={talk.uid}"
    token = token_of(friend.post("/mitt-program/ny", data={"tillfalle": talk.uid}))
    friend.press(f"/mitt-program/{token}/ta-bort", tillfalle=talk.uid)
    assert friend.page(f"/mitt-program/delat/{SHARED}").titles == ["Samtal om demokrati"]


def test_way_to_ones_own_programme(resident: Resident, programme: Programme) -> None:
    pasted = f"https://demokrativeckan.example/mitt-program/{KEEN}"
    assert resident.press("/mitt-program/oppna", address=pasted).titles == ["Samtal om demokrati"]
    refused = resident.post("/mitt-program/oppna", data={"address": "bokmärke"})
    assert refused.status_code == 422
    assert 'value="bokmärke"' in refused.get_data(as_text=True)


def test_nothing_in_the_database_tells_an_address(
    session: Session, app: Flask, resident: Resident, talk: Occurrence
) -> None:
    token = token_of(resident.post("/mitt-program/ny", data={"tillfalle": talk.uid, "form_key": new_token()}))
    resident.press(f"/mitt-program/{token}/dela")
    renewed = token_of(resident.post(f"/mitt-program/{token}/ny-adress", data={"form_key": new_token()}))
    shared = share_token_of(session.scalars(sa.select(Programme)).one(), renewed)
    assert resident.get(f"/mitt-program/delat/{shared}").status_code == 200

    for table in sa.inspect(session.get_bind()).get_table_names():
        stored = str(session.execute(sa.text(f'SELECT * FROM "{table}"')).all())  # noqa: S608
        assert not [secret for secret in (token, renewed, shared) if secret in stored], table


def test_who_is_signed_in_is_nobody_here(
    session: Session, sign_in: Callable[..., Browser], resident: Resident, programme: Programme
) -> None:
    """Nothing links a programme to an account: the page is the same, and the session is neither read nor renewed."""
    person = sign_in(make_user(session, "Anna Andersson"))
    response = person.get(OWN)
    assert response.get_data(as_text=True) == resident.get(OWN).get_data(as_text=True)
    assert "Set-Cookie" not in response.headers


def test_a_failure_is_logged_without_the_address(
    app: Flask, resident: Resident, programme: Programme, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    monkey = app.view_functions["programmes.show"]

    def fails(token: str) -> str:
        raise RuntimeError(f"/mitt-program/{token} gick sönder")

    fails.access = monkey.access  # type: ignore[attr-defined]
    app.view_functions["programmes.show"] = fails
    app.testing = False
    try:
        assert resident.get(OWN).status_code == 500
    finally:
        app.testing = True
        app.view_functions["programmes.show"] = monkey
    lines = [logs.without_personal_data(None, "", caplog.handler.format(record)) for record in caplog.records]
    assert lines
    assert not [line for line in lines if KEEN in line]


def test_time_of_change_never_falls_behind_any_edition(
    resident: Resident, session: Session, programme: Programme, talk: Occurrence, now: datetime
) -> None:
    ahead = now + timedelta(seconds=7)
    session.execute(sa.text("UPDATE edition SET changed_at = :ahead"), {"ahead": ahead.replace(tzinfo=None)})
    resident.press(f"{OWN}/ta-bort", tillfalle=talk.uid)
    assert session.get_one(Programme, programme.id).changed_at == ahead + timedelta(seconds=1)

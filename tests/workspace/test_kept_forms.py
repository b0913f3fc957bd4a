"""Nothing typed is lost when a session ends, a token no longer holds, or somebody clicks twice."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.core.clock import utc_now
from planner.events.models import Event
from planner.web.keeping import LONGEST, MOST
from planner.web.models import KeptForm
from tests.browsing import Browser
from tests.factories import make_user
from tests.reading import fields_of, heading
from tests.workspace.conftest import SignIn, at, whole

OURS = {"Sec-Fetch-Site": "same-origin"}
TYPED = {"title": "Annas nya rubrik", "summary": "Rad ett.\nRad två.", "version": "1", "base": "{}"}


def test_form_sent_after_the_session_ended_waits_until_one_is_back(
    session: Session, client: Browser, hers: Browser, draft: Event
) -> None:
    fields = {**fields_of(hers.get(at(draft, "/vad"))), **TYPED, "version": "1"}
    fields["base"] = fields_of(hers.get(at(draft, "/vad")))["base"]
    away = client.post(at(draft, "/vad"), data=fields, headers=OURS)
    assert away.status_code == 303
    found = re.fullmatch(r"/konto/logga-in\?nasta=(/arbetsyta/kvar/\S+)", away.location)
    assert found is not None
    assert "Du har blivit utloggad" in client.get(away.location).get_data(as_text=True)

    waiting = hers.get(found[1])
    assert heading(waiting) == "Det du skrev finns kvar"
    for words in ("Annas nya rubrik", "Rad ett.\nRad två."):
        assert words in waiting.get_data(as_text=True)
    again = hers.post(at(draft, "/vad"), data=fields_of(waiting, action="/vad"))
    assert again.status_code == 303
    saved = whole(session, draft)
    assert (saved.title, saved.summary) == ("Annas nya rubrik", "Rad ett.\nRad två.")


def test_kept_form_meets_what_others_saved_meanwhile(
    session: Session, client: Browser, hers: Browser, draft: Event
) -> None:
    old = fields_of(hers.get(at(draft, "/vad")))
    away = client.post(at(draft, "/vad"), data={**old, "title": "Utloggad rubrik"}, headers=OURS)
    hers.post(at(draft, "/vad"), data={**old, "title": "Sparad rubrik"})
    waiting = hers.get(away.location.partition("nasta=")[2])
    answer = hers.post(at(draft, "/vad"), data=fields_of(waiting, action="/vad"))
    assert answer.status_code == 409
    assert "Utloggad rubrik" in answer.get_data(as_text=True)
    assert whole(session, draft).title == "Sparad rubrik"


def test_every_value_of_a_field_is_kept(client: Browser, hers: Browser, draft: Event) -> None:
    away = client.post(at(draft, "/vilka"), data={"audiences": ["unga", "barn"], "age_from": "<b>"}, headers=OURS)
    fields = fields_of(hers.get(away.location.partition("nasta=")[2]), action="/vilka")
    assert fields == {"audiences": ["unga", "barn"], "age_from": ["<b>"]}


def test_passwords_and_tokens_are_never_kept(session: Session, client: Browser, draft: Event) -> None:
    typed = {"title": "Rubrik", "csrf_token": "hemlig", "password": "hemligt", "new_password": "hemligt"}
    client.post(at(draft, "/vad"), data=typed, headers=OURS)
    [kept] = session.scalars(select(KeptForm)).all()
    assert kept.fields == [["title", "Rubrik"]]


def test_one_machine_cannot_fill_what_everybody_shares(session: Session, client: Browser, draft: Event) -> None:
    for _ in range(31):
        client.post(at(draft, "/vad"), data={"title": "Om och om igen"}, headers=OURS)
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    client.post(at(draft, "/vad"), data={"title": "Någon annan"}, headers=OURS, environ_base=elsewhere)
    titles = [kept.fields[0][1] for kept in session.scalars(select(KeptForm))]
    assert (titles.count("Om och om igen"), titles.count("Någon annan")) == (30, 1)


def test_what_another_site_posts_is_not_kept(session: Session, client: Browser, draft: Event) -> None:
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ondska.example"}, {"Origin": "null"}):
        answer = client.post(at(draft, "/vad"), data=TYPED, headers=headers)
        assert answer.location == "/konto/logga-in"
    assert session.scalars(select(KeptForm)).all() == []


def test_browser_that_only_says_where_it_comes_from_is_believed(client: Browser, draft: Event) -> None:
    answer = client.post(at(draft, "/vad"), data=TYPED, headers={"Origin": "http://localhost"})
    assert "/arbetsyta/kvar/" in answer.location


def test_too_much_is_not_kept(session: Session, client: Browser, draft: Event, clock: time_machine.Traveller) -> None:
    assert client.post(at(draft, "/vad"), data={"title": "å" * LONGEST}, headers=OURS).location == "/konto/logga-in"
    expires = utc_now() + timedelta(hours=1)
    for number in range(MOST):
        session.add(KeptForm(token_hash=f"{number:064}", path="/", fields=[], expires_at=expires))
    session.flush()
    assert client.post(at(draft, "/vad"), data=TYPED, headers=OURS).location == "/konto/logga-in"
    clock.shift(timedelta(hours=2))
    assert "/arbetsyta/kvar/" in client.post(at(draft, "/vad"), data=TYPED, headers=OURS).location
    assert len(session.scalars(select(KeptForm)).all()) == 1


def test_kept_form_is_found_for_a_day_and_only_by_its_token(
    client: Browser, hers: Browser, draft: Event, clock: time_machine.Traveller
) -> None:
    path = client.post(at(draft, "/vad"), data=TYPED, headers=OURS).location.partition("nasta=")[2]
    assert hers.get("/arbetsyta/kvar/nagot-annat").status_code == 404
    assert client.get(path).location.startswith("/konto/logga-in?nasta=/arbetsyta/kvar/")
    clock.shift(timedelta(hours=25))
    assert hers.get(path).status_code == 404


def test_form_whose_token_no_longer_holds_waits_too(
    app: Flask, session: Session, sign_in: SignIn, anna: User, draft: Event
) -> None:
    hers = sign_in(anna)
    session.commit()
    # A plain client: its form has a token of a session that is gone.
    answer = FlaskClient.open(
        hers, at(draft, "/vad"), method="POST", data={**TYPED, "csrf_token": "gammal"}, headers=OURS
    )
    assert answer.status_code == 303
    assert heading(hers.get(answer.location)) == "Det du skrev finns kvar"


def test_lost_file_is_told_of(client: Browser, hers: Browser, draft: Event) -> None:
    upload = {"image_alt": "En bild", "image": (BytesIO(b"x"), "bild.png")}
    away = client.post(at(draft, "/bild-och-sprak"), data=upload, headers=OURS)
    text = hers.get(away.location.partition("nasta=")[2]).get_data(as_text=True)
    assert "Bilden eller filen följde inte med." in text


def test_empty_form_and_pages_for_everybody_are_not_kept(
    session: Session, client: Browser, new_client: Callable[[], Browser], draft: Event
) -> None:
    assert client.post(at(draft, "/skicka"), headers=OURS).location == "/konto/logga-in"
    client.post("/konto/lank", data={"email": make_user(session).email}, headers=OURS)
    assert session.scalars(select(KeptForm)).all() == []

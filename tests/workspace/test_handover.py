"""Byt huvudarrangör: asking from the step Arrangörer, answering from the workspace and from the letter."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from planner.accounts.models import User
from planner.events.models import Event, EventStatus, HostingState
from planner.organisations.models import MemberRole, Organisation, Standing
from tests.browsing import Browser
from tests.conftest import QueryCount
from tests.factories import (
    make_coordinator,
    make_event,
    make_handover,
    make_hosting,
    make_member,
    make_organisation,
    make_user,
)
from tests.letterbox import letters_sent, token_from
from tests.reading import errors_of, fields_of, heading
from tests.workspace.conftest import SignIn, at, whole

ASKING = "/arrangorer/huvudarrangor"
TAKING_BACK = "/arrangorer/huvudarrangor/ta-tillbaka"


@pytest.fixture
def region(session: Session) -> Organisation:
    """One that has said yes to Anna's draft, with Petra as its administrator."""
    return make_organisation(session, "Region Värmland", members=[make_user(session, "Petra", email="petra@r.example")])


@pytest.fixture
def petras(session: Session, sign_in: SignIn, region: Organisation) -> Browser:
    return sign_in(session.query(User).filter_by(email="petra@r.example").one())


@pytest.fixture
def joint(session: Session, draft: Event, region: Organisation) -> Event:
    make_hosting(session, draft, region)
    return whole(session, draft)


def ask(browser: Browser, event: Event, **typed: str) -> TestResponse:
    """Send the form as the page gives it, with what is typed besides."""
    return browser.post(at(event, ASKING), data={**fields_of(browser.get(at(event, ASKING))), **typed})


def names(session: Session, event: Event) -> list[str]:
    event = whole(session, event)
    return [event.organiser.name, *(one.name for one in event.hostings if one.state is HostingState.ACCEPTED)]


def say(browser: Browser, event: Event, how: str) -> TestResponse:
    """Press a button of the question on the event's page."""
    pressed = f"/huvudarrangor/{how}"
    return browser.post(at(event, pressed), data=fields_of(browser.get(at(event)), pressed))


def text(answer: TestResponse) -> str:
    return " ".join(answer.get_data(as_text=True).split())


def test_partner_is_asked_from_the_step(session: Session, hers: Browser, joint: Event) -> None:
    assert at(joint, ASKING) in text(hers.get(at(joint, "/arrangorer")))
    assert ask(hers, joint, message="Ni har ju lokalen.").location == at(joint, "/arrangorer")
    handover = whole(session, joint).handover
    assert handover is not None
    assert (handover.hosting.name, handover.former_stays, handover.message) == (
        "Region Värmland",
        True,
        "Ni har ju lokalen.",
    )
    page = text(hers.get(at(joint, "/arrangorer")))
    assert "Region Värmland är tillfrågad om att ta över som huvudarrangör" in page
    assert "Föreningen Samtal står då kvar som medarrangör." in page
    assert hers.get(at(joint, ASKING)).location == at(joint, "/arrangorer")


def test_double_click_asks_once(session: Session, hers: Browser, joint: Event) -> None:
    fields = fields_of(hers.get(at(joint, ASKING)))
    assert [hers.post(at(joint, ASKING), data=fields).status_code for _ in range(2)] == [303, 303]
    assert [name for name, _to in letters_sent(session)] == ["handover_question"]


def test_second_partner_is_not_asked_while_the_first_thinks(session: Session, hers: Browser, joint: Event) -> None:
    other = make_hosting(session, joint, make_organisation(session, "Folkets hus"))
    fields = {**fields_of(hers.get(at(joint, ASKING))), "former": "kvar"}
    asked = next(one for one in whole(session, joint).hostings if one.name == "Region Värmland")
    hers.post(at(joint, ASKING), data={**fields, "partner": str(asked.id)})
    answer = hers.post(at(joint, ASKING), data={**fields, "partner": str(other.id)})
    assert errors_of(answer) == [("#partner", "Ni har redan frågat Region Värmland. Ta tillbaka den frågan först.")]


def test_form_asks_who_and_what_becomes_of_todays(session: Session, hers: Browser, joint: Event) -> None:
    answer = hers.post(at(joint, ASKING), data={"message": "Hej"})
    assert [link for link, _message in errors_of(answer)] == ["#partner", "#former"]
    assert fields_of(answer)["message"] == ["Hej"]


def test_one_that_is_not_able_is_named_and_cannot_be_chosen(
    session: Session, hers: Browser, joint: Event, region: Organisation
) -> None:
    region.standing = Standing.PENDING
    session.flush()
    page = text(hers.get(at(joint, ASKING)))
    assert "Region Värmland är inte verifierad än och kan därför inte ta över." in page
    assert "Ingen kan ta över än." in page
    [hosting] = whole(session, joint).hostings
    answer = hers.post(at(joint, ASKING), data={"partner": str(hosting.id), "former": "kvar"})
    assert (answer.location, whole(session, joint).handover) == (at(joint, ASKING), None)


def test_editor_neither_sees_the_door_nor_enters(
    session: Session, sign_in: SignIn, joint: Event, ours: Organisation
) -> None:
    editor = make_user(session, "Elis Ek")
    make_member(session, editor, ours, MemberRole.EDITOR)
    browser = sign_in(editor)
    assert ASKING not in text(browser.get(at(joint, "/arrangorer")))
    for path in (ASKING, TAKING_BACK):
        assert (browser.get(at(joint, path)).status_code, browser.post(at(joint, path)).status_code) == (403, 403)


def test_coordinator_asks_for_an_organisation_without_accounts(
    session: Session, sign_in: SignIn, joint: Event, ours: Organisation
) -> None:
    joint.status, ours.standing = EventStatus.SUBMITTED, Standing.UNCLAIMED
    session.flush()
    browser = sign_in(make_coordinator(session))
    page = browser.get(at(joint, ASKING))
    assert "Föreningen Samtal har inga egna konton och står inte med efteråt." in text(page)
    assert ask(browser, joint).status_code == 303
    handover = whole(session, joint).handover
    assert handover is not None
    assert (handover.former_stays, handover.is_on_behalf) == (False, True)


def test_question_is_taken_back(session: Session, hers: Browser, joint: Event) -> None:
    ask(hers, joint)
    assert heading(hers.get(at(joint, TAKING_BACK))) == "Ta tillbaka frågan"
    assert [hers.post(at(joint, TAKING_BACK)).location for _ in range(2)] == [at(joint, "/arrangorer")] * 2
    assert whole(session, joint).handover is None
    assert hers.get(at(joint, TAKING_BACK)).location == at(joint, "/arrangorer")


def test_reminder_waits_a_week(hers: Browser, session: Session, joint: Event, clock: time_machine.Traveller) -> None:
    ask(hers, joint)
    first = token_from(session, "handover_question")
    assert "Påminn" not in text(hers.get(at(joint, "/arrangorer")))
    hers.post(at(joint, f"{ASKING}/paminn"))
    assert "mindre än en vecka sedan" in text(hers.get(at(joint, "/arrangorer")))
    clock.shift(timedelta(days=7))
    assert "Påminn Region Värmland" in text(hers.get(at(joint, "/arrangorer")))
    hers.post(at(joint, f"{ASKING}/paminn"))
    assert token_from(session, "handover_question") != first


def test_partner_takes_over_from_the_workspace(session: Session, hers: Browser, petras: Browser, joint: Event) -> None:
    ask(hers, joint)
    assert "Vill Region Värmland ta över som huvudarrangör efter Föreningen Samtal?" in text(petras.get("/arbetsyta"))
    pressed = at(joint, "/huvudarrangor/ja")
    seen = fields_of(petras.get(at(joint)), pressed)
    assert [petras.post(pressed, data=seen).location for _ in range(2)] == [at(joint)] * 2
    assert names(session, joint) == ["Region Värmland", "Föreningen Samtal"]
    page = text(petras.get(at(joint)))
    assert "Ni är nu huvudarrangör." in page
    assert "Frågan gäller inte längre." not in page
    assert "Vill Region Värmland ta över" not in text(petras.get("/arbetsyta"))


def test_partner_declines_from_the_workspace(session: Session, hers: Browser, petras: Browser, joint: Event) -> None:
    ask(hers, joint)
    assert say(petras, joint, "nej").location == at(joint)
    assert (names(session, joint), whole(session, joint).handover) == (["Föreningen Samtal", "Region Värmland"], None)
    assert petras.post(at(joint, "/huvudarrangor/nej")).location == at(joint)
    assert "Frågan gäller inte längre." in text(petras.get(at(joint)))


def test_editor_of_the_asked_reads_the_question_and_does_not_answer(
    session: Session, sign_in: SignIn, hers: Browser, joint: Event, region: Organisation
) -> None:
    ask(hers, joint)
    editor = make_user(session, "Rolf")
    make_member(session, editor, region, MemberRole.EDITOR)
    browser = sign_in(editor)
    page = text(browser.get(at(joint)))
    assert ("En administratör hos er svarar." in page, "/huvudarrangor/ja" in page) == (True, False)
    assert browser.post(at(joint, "/huvudarrangor/ja")).status_code == 403


def test_main_organiser_does_not_answer_for_its_partner(session: Session, hers: Browser, joint: Event) -> None:
    ask(hers, joint)
    assert hers.post(at(joint, "/huvudarrangor/ja")).status_code == 403
    assert names(session, joint) == ["Föreningen Samtal", "Region Värmland"]


def test_nobody_takes_over_what_they_never_saw(session: Session, hers: Browser, petras: Browser, joint: Event) -> None:
    ask(hers, joint)
    seen = fields_of(petras.get(at(joint)), "/huvudarrangor/ja")
    basics = fields_of(hers.get(at(joint, "/vad")))
    hers.post(at(joint, "/vad"), data={**basics, "title": "Samtal om något annat"})
    for sent in (seen, {}):
        again = petras.post(at(joint, "/huvudarrangor/ja"), data=sent)
        assert (again.status_code, heading(again)) == (409, "Samtal om något annat")
    assert say(petras, joint, "ja").status_code == 303
    assert names(session, joint)[0] == "Region Värmland"


def test_what_would_lose_its_contact_says_so(
    session: Session, hers: Browser, petras: Browser, joint: Event, ours: Organisation
) -> None:
    joint.status, ours.public_email = EventStatus.SUBMITTED, "info@samtal.example"
    session.flush()
    ask(hers, joint)
    assert say(petras, joint, "ja").location == at(joint)
    assert "Programpunkten skulle sakna kontakt." in text(petras.get(at(joint)))
    assert names(session, joint)[0] == "Föreningen Samtal"


def test_letter_is_looked_at_without_consequence(
    session: Session, hers: Browser, client: Browser, joint: Event
) -> None:
    ask(hers, joint, message="Ni har ju lokalen.", former="lamnar")
    path = f"/svar/{token_from(session, 'handover_question')}"
    for _ in range(2):
        answer = client.get(path)
        assert heading(answer) == "Vill Region Värmland ta över som huvudarrangör?"
    for words in ("Ni har ju lokalen.", "Samtal om demokrati", "Föreningen Samtal står då inte längre med."):
        assert words in text(answer)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert whole(session, joint).handover is not None


@pytest.mark.parametrize(
    ("how", "leader", "thanks"),
    [
        ("ta-over", "Region Värmland", "Ni är nu huvudarrangör."),
        ("avsta", "Föreningen Samtal", "Ni har tackat nej till att ta över."),
    ],
)
def test_letter_answers_once(
    how: str, leader: str, thanks: str, session: Session, hers: Browser, client: Browser, joint: Event
) -> None:
    ask(hers, joint)
    path = f"/svar/{token_from(session, 'handover_question')}"
    answer = client.post(f"{path}/huvudarrangor", data={**fields_of(client.get(path)), "svar": how})
    assert answer.location == f"/svar/tack/{how}"
    assert thanks in text(client.get(answer.location))
    assert names(session, joint)[0] == leader
    for used in (client.get(path), client.post(f"{path}/huvudarrangor", data={"svar": "avsta"})):
        assert (used.status_code, heading(used)) == (404, "Länken gäller inte längre")


def test_letter_without_an_answer_asks_for_one(session: Session, hers: Browser, client: Browser, joint: Event) -> None:
    ask(hers, joint)
    path = f"/svar/{token_from(session, 'handover_question')}/huvudarrangor"
    answer = client.post(path, data={"svar": "kanske"})
    assert (answer.status_code, errors_of(answer)) == (422, [("", "Välj ett svar.")])
    unseen = client.post(path, data={"svar": "ta-over"})
    assert (unseen.status_code, "Programpunkten har ändrats medan du läste." in text(unseen)) == (409, True)


def test_letter_tells_why_it_cannot_be(
    session: Session, hers: Browser, client: Browser, joint: Event, ours: Organisation
) -> None:
    joint.status, ours.public_email = EventStatus.SUBMITTED, "info@samtal.example"
    session.flush()
    ask(hers, joint)
    path = f"/svar/{token_from(session, 'handover_question')}"
    answer = client.post(f"{path}/huvudarrangor", data=fields_of(client.get(path)))
    assert (answer.status_code, "Programpunkten skulle sakna kontakt." in text(answer)) == (422, True)


def test_link_of_the_question_does_not_answer_the_invitation(
    session: Session, hers: Browser, client: Browser, joint: Event
) -> None:
    ask(hers, joint)
    path = f"/svar/{token_from(session, 'handover_question')}"
    assert client.post(path, data={"svar": "dra-sig-ur"}).status_code == 404
    assert names(session, joint) == ["Föreningen Samtal", "Region Värmland"]


def test_what_somebody_typed_meanwhile_is_saved_without_a_conflict(
    session: Session, hers: Browser, petras: Browser, joint: Event
) -> None:
    ask(hers, joint)
    typed = {**fields_of(hers.get(at(joint, "/vad"))), "summary": "Det jag skrev medan de svarade."}
    say(petras, joint, "ja")
    assert hers.post(at(joint, "/vad"), data=typed).status_code == 303
    event = whole(session, joint)
    assert (event.organiser.name, event.summary) == ("Region Värmland", "Det jag skrev medan de svarade.")


def test_history_tells_it(session: Session, hers: Browser, petras: Browser, joint: Event) -> None:
    ask(hers, joint)
    say(petras, joint, "ja")
    assert "Region Värmland tog över som huvudarrangör efter Föreningen Samtal" in text(
        hers.get(at(joint, "/historik"))
    )


def test_former_one_that_leaves_does_not_find_the_event_any_more(
    session: Session, hers: Browser, petras: Browser, joint: Event
) -> None:
    ask(hers, joint, former="lamnar")
    say(petras, joint, "ja")
    assert (hers.get(at(joint)).status_code, petras.get(at(joint)).status_code) == (404, 200)
    assert "Samtal om demokrati" not in text(hers.get("/arbetsyta"))


@pytest.mark.parametrize("path", ["", "/arrangorer"])
def test_open_question_costs_no_statement(
    path: str,
    session: Session,
    hers: Browser,
    joint: Event,
    region: Organisation,
    count_queries: Callable[[], AbstractContextManager[QueryCount]],
) -> None:
    counts = []
    for _ in range(2):
        with count_queries() as queries:
            assert hers.get(at(joint, path)).status_code == 200
        counts.append(queries.count)
        if whole(session, joint).handover is None:
            make_handover(session, joint, region)
    assert counts == [18, 18]


def test_dashboard_costs_the_same_with_one_question_and_with_three(
    session: Session,
    petras: Browser,
    region: Organisation,
    ours: Organisation,
    count_queries: Callable[[], AbstractContextManager[QueryCount]],
) -> None:
    counts = []
    for rows in (1, 3):
        for number in range(len(counts), rows):
            make_handover(session, make_event(session, f"Fråga {number}", organiser=ours), region)
        with count_queries() as queries:
            page = petras.get("/arbetsyta")
        assert text(page).count("Vill Region Värmland ta över") == rows
        counts.append(queries.count)
    assert counts == [26, 26]

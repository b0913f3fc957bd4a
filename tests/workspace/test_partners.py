"""Arrangörer: asking others, and their answers from the workspace and from the letter."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from planner.accounts.queries import user_by_email
from planner.events.models import Event, EventStatus, Hosting, HostingRole, HostingState
from planner.mail.models import Letter
from planner.organisations.models import Organisation, OrganisationKind
from tests import markup
from tests.browsing import Browser
from tests.factories import make_coordinator, make_hosting, make_organisation, make_user
from tests.reading import errors_of, fields_of, heading
from tests.workspace.conftest import SignIn, at, whole


@pytest.fixture
def region(session: Session) -> Organisation:
    """A member of the register that can be asked."""
    petra = make_user(session, "Petra Persson", email="petra@region.example")
    return make_organisation(session, "Region Värmland", kind=OrganisationKind.REGION, members=[petra])


@pytest.fixture
def petra(session: Session, sign_in: SignIn, region: Organisation) -> Browser:
    user = user_by_email(session, "petra@region.example")
    assert user is not None
    return sign_in(user)


def ask(browser: Browser, event: Event, **typed: str) -> None:
    """Invite Region Värmland through the page."""
    answer = browser.post(at(event, "/arrangorer/bjud-in/region-varmland"), data={"role": "co_organiser", **typed})
    assert answer.location == at(event, "/arrangorer")


def token_of(session: Session, name: str = "hosting_invitation") -> str:
    """The secret of the latest letter's link."""
    letter = session.scalars(select(Letter).where(Letter.name == name).order_by(Letter.id.desc())).first()
    assert letter is not None
    found = re.search(r"/svar/(\S+)", letter.body)
    assert found is not None
    return found[1]


def say(browser: Browser, event: Event, hosting_id: int, how: str) -> TestResponse:
    """Press a button of the question on the event's page."""
    pressed = f"/medverkan/{hosting_id}/{how}"
    return browser.post(at(event, pressed), data=fields_of(browser.get(at(event)), pressed))


def retitle(browser: Browser, event: Event, title: str) -> None:
    """Save another title through the page."""
    browser.post(at(event, "/vad"), data={**fields_of(browser.get(at(event, "/vad"))), "title": title})


def hosting_of(session: Session, event: Event) -> Hosting:
    [hosting] = whole(session, event).hostings
    return hosting


def test_organisation_is_found_and_asked(session: Session, hers: Browser, draft: Event, region: Organisation) -> None:
    found = hers.get(at(draft, "/arrangorer?ord=region")).get_data(as_text=True)
    assert "Bjud in Region Värmland" in found
    ask(hers, draft, role="venue_host", message="Får vi låna aulan?")
    hosting = hosting_of(session, draft)
    assert (hosting.name, hosting.role, hosting.state, hosting.message) == (
        "Region Värmland",
        HostingRole.VENUE_HOST,
        HostingState.ASKED,
        "Får vi låna aulan?",
    )


def test_double_click_asks_once(session: Session, hers: Browser, draft: Event, region: Organisation) -> None:
    ask(hers, draft)
    ask(hers, draft)
    assert len(session.scalars(select(Letter).where(Letter.name == "hosting_invitation")).all()) == 1


def test_organiser_itself_and_unknown_ones_are_not_asked(hers: Browser, draft: Event, ours: Organisation) -> None:
    answer = hers.post(at(draft, f"/arrangorer/bjud-in/{ours.slug}"), data={"role": "co_organiser"})
    assert [message for _link, message in errors_of(answer)] == ["Organisationen är redan huvudarrangör."]
    assert hers.get(at(draft, "/arrangorer/bjud-in/finns-inte")).status_code == 404
    assert hers.post(at(draft, "/arrangorer/bjud-in/finns-inte"), data={"role": "supporter"}).status_code == 404


def test_invitation_by_email_needs_name_and_address(session: Session, hers: Browser, draft: Event) -> None:
    path = at(draft, "/arrangorer/bjud-in-med-e-post")
    answer = hers.post(path, data={"name": "", "email": "ingen", "role": "kung", "message": "Hej"})
    assert [link for link, _message in errors_of(answer)] == ["#name", "#email", "#role"]
    assert fields_of(answer)["message"] == ["Hej"]
    typed = {"name": "Byalaget", "email": "by@laget.example", "role": "participant"}
    assert hers.post(path, data=typed).status_code == 303
    assert hosting_of(session, draft).invited_email == "by@laget.example"


def test_role_and_rights_are_changed(session: Session, hers: Browser, draft: Event, region: Organisation) -> None:
    ask(hers, draft)
    path = at(draft, f"/arrangorer/{hosting_of(session, draft).id}")
    assert hers.post(path, data={"role": "supporter"}).status_code == 303
    hosting = hosting_of(session, draft)
    assert (hosting.role, hosting.may_edit) == (HostingRole.SUPPORTER, False)


def test_role_stands_once_it_was_said_yes_to(
    session: Session, hers: Browser, draft: Event, region: Organisation
) -> None:
    hosting = make_hosting(session, draft, region)
    path = at(draft, f"/arrangorer/{hosting.id}")
    assert fields_of(hers.get(path))["role"] == ["co_organiser"]
    assert hers.post(path, data={"role": "supporter"}).status_code == 303
    hosting = hosting_of(session, draft)
    assert (hosting.role, hosting.may_edit) == (HostingRole.CO_ORGANISER, False)


def test_reminder_waits_a_week(
    session: Session, hers: Browser, draft: Event, region: Organisation, clock: time_machine.Traveller
) -> None:
    ask(hers, draft)
    path = at(draft, f"/arrangorer/{hosting_of(session, draft).id}/paminn")
    assert "Påminn" not in hers.get(at(draft, "/arrangorer")).get_data(as_text=True)
    assert hers.post(path).status_code == 303
    assert "mindre än en vecka sedan" in hers.get(at(draft, "/arrangorer")).get_data(as_text=True)
    clock.shift(timedelta(days=7))
    assert "Påminn Region Värmland" in hers.get(at(draft, "/arrangorer")).get_data(as_text=True)
    first = token_of(session)
    assert hers.post(path).status_code == 303
    assert token_of(session) != first


def test_question_is_taken_back(session: Session, hers: Browser, draft: Event, region: Organisation) -> None:
    ask(hers, draft)
    path = at(draft, f"/arrangorer/{hosting_of(session, draft).id}/ta-tillbaka")
    assert [hers.post(path).status_code for _ in range(2)] == [303, 303]
    assert whole(session, draft).hostings == []


def test_partner_accepts_from_the_workspace(session: Session, hers: Browser, petra: Browser, draft: Event) -> None:
    ask(hers, draft)
    assert "Vill Region Värmland vara med som medarrangör?" in petra.get(at(draft)).get_data(as_text=True)
    path = at(draft, f"/medverkan/{hosting_of(session, draft).id}/ja")
    shown = fields_of(petra.get(at(draft)), path)
    assert [petra.post(path, data=shown).location for _ in range(2)] == [at(draft)] * 2
    hosting = hosting_of(session, draft)
    assert (hosting.state, hosting.answered_by_letter) == (HostingState.ACCEPTED, False)


def test_partner_declines_from_the_workspace(session: Session, hers: Browser, petra: Browser, draft: Event) -> None:
    ask(hers, draft)
    path = at(draft, f"/medverkan/{hosting_of(session, draft).id}/nej")
    assert [petra.post(path).location for _ in range(2)] == ["/arbetsyta"] * 2
    assert hosting_of(session, draft).state is HostingState.DECLINED
    assert petra.get(at(draft)).status_code == 404


def test_main_organiser_does_not_answer_for_its_partner(
    session: Session, hers: Browser, draft: Event, region: Organisation
) -> None:
    ask(hers, draft)
    assert hers.post(at(draft, f"/medverkan/{hosting_of(session, draft).id}/ja")).status_code == 403


def test_partner_confirms_a_change_or_steps_off(session: Session, hers: Browser, petra: Browser, draft: Event) -> None:
    ask(hers, draft)
    hosting_id = hosting_of(session, draft).id
    say(petra, draft, hosting_id, "ja")
    retitle(hers, draft, "Samtal om makt")
    shown = petra.get(at(draft)).get_data(as_text=True)
    for words in ("Ändrat sedan Region Värmland tackade ja", "Samtal om demokrati", "Samtal om makt"):
        assert words in shown
    say(petra, draft, hosting_id, "bekrafta")
    assert hosting_of(session, draft).needs_confirmation is False
    assert heading(petra.get(at(draft, f"/medverkan/{hosting_id}/dra-sig-ur"))) == "Dra er ur"
    petra.post(at(draft, f"/medverkan/{hosting_id}/dra-sig-ur"))
    assert hosting_of(session, draft).state is HostingState.WITHDRAWN


def test_letter_is_looked_at_without_consequence(
    session: Session, hers: Browser, client: Browser, draft: Event, region: Organisation
) -> None:
    ask(hers, draft, message="Ni är bäst.")
    path = f"/svar/{token_of(session)}"
    for _ in range(2):
        answer = client.get(path)
        assert heading(answer) == "Vill Region Värmland vara med?"
    for words in ("Ni är bäst.", "Samtal om demokrati", "måndag 20 september 2027 kl. 18–19.30, Stadsbiblioteket"):
        assert words in answer.get_data(as_text=True)
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert hosting_of(session, draft).state is HostingState.ASKED


@pytest.mark.parametrize(("how", "state"), [("ja", HostingState.ACCEPTED), ("nej", HostingState.DECLINED)])
def test_letter_answers_once(
    how: str, state: HostingState, session: Session, hers: Browser, client: Browser, draft: Event, region: Organisation
) -> None:
    ask(hers, draft)
    path = f"/svar/{token_of(session)}"
    answer = client.post(path, data={**fields_of(client.get(path), path), "svar": how})
    assert answer.location == f"/svar/tack/{how}"
    assert heading(client.get(answer.location)) == "Tack för ert svar"
    hosting = hosting_of(session, draft)
    assert (hosting.state, hosting.answered_by_letter) == (state, True)
    for used in (client.get(path), client.post(path, data={"svar": "nej"})):
        assert (used.status_code, heading(used)) == (404, "Länken gäller inte längre")
    assert hosting_of(session, draft).state is state


def test_letter_without_an_answer_asks_for_one(
    session: Session, hers: Browser, client: Browser, draft: Event, region: Organisation
) -> None:
    ask(hers, draft)
    answer = client.post(f"/svar/{token_of(session)}", data={"svar": "kanske"})
    assert (answer.status_code, errors_of(answer)) == (422, [("", "Välj ett svar.")])


def test_letter_dies_after_thirty_days(
    session: Session,
    hers: Browser,
    client: Browser,
    draft: Event,
    region: Organisation,
    clock: time_machine.Traveller,
) -> None:
    ask(hers, draft)
    path = f"/svar/{token_of(session)}"
    clock.shift(timedelta(days=31))
    assert client.post(path, data={"svar": "ja"}).status_code == 404
    assert client.get("/svar/pahittad").status_code == 404
    assert hosting_of(session, draft).state is HostingState.ASKED


def test_letter_that_thanks_lets_a_partner_step_off_for_four_hundred_days(
    session: Session,
    hers: Browser,
    client: Browser,
    draft: Event,
    region: Organisation,
    clock: time_machine.Traveller,
) -> None:
    ask(hers, draft)
    asked = f"/svar/{token_of(session)}"
    client.post(asked, data={**fields_of(client.get(asked), asked), "svar": "ja"})
    path = f"/svar/{token_of(session, 'hosting_receipt')}"
    clock.shift(timedelta(days=399))
    assert heading(client.get(path)) == "Region Värmland är med"
    clock.shift(timedelta(days=2))
    dead = client.post(path, data={"svar": "dra-sig-ur"})
    assert (dead.status_code, heading(dead)) == (404, "Länken gäller inte längre")
    assert (
        "Länken i en fråga till er gäller i 30 dagar. Länken i brevet om att ni är med gäller i 400 dagar."
        in dead.get_data(as_text=True)
    )
    assert hosting_of(session, draft).state is HostingState.ACCEPTED


def test_letter_about_a_change_confirms_or_steps_off(
    session: Session, hers: Browser, petra: Browser, client: Browser, draft: Event
) -> None:
    ask(hers, draft)
    say(petra, draft, hosting_of(session, draft).id, "ja")
    retitle(hers, draft, "Samtal om makt")
    path = f"/svar/{token_of(session, 'hosting_changed')}"
    answer = client.get(path)
    assert heading(answer) == "Är Region Värmland fortfarande med?"
    assert "Samtal om demokrati" in answer.get_data(as_text=True)
    assert client.post(path, data={"svar": "dra-sig-ur"}).location == "/svar/tack/dra-sig-ur"
    assert hosting_of(session, draft).state is HostingState.WITHDRAWN


def by_email(hers: Browser, event: Event) -> None:
    """Ask an organisation that is not in the register."""
    typed = {"name": "Byalaget", "email": "by@laget.example", "role": "participant"}
    hers.post(at(event, "/arrangorer/bjud-in-med-e-post"), data=typed)


def test_letter_to_somebody_new_leads_to_registering(
    session: Session, hers: Browser, client: Browser, draft: Event
) -> None:
    by_email(hers, draft)
    token = token_of(session)
    assert f"/arbetsyta/organisationer/ny?inbjudan={token}" in client.get(f"/svar/{token}").get_data(as_text=True)
    answer = client.post(f"/svar/{token}", data={"svar": "ja"})
    assert errors_of(answer) == [("", "Registrera organisationen först. Sedan kan den tacka ja.")]
    assert client.post(f"/svar/{token}", data={"svar": "nej"}).status_code == 303
    assert hosting_of(session, draft).state is HostingState.DECLINED


def test_who_registers_from_an_invitation_comes_back_to_answer_it(
    session: Session, hers: Browser, sign_in: SignIn, draft: Event
) -> None:
    by_email(hers, draft)
    path = f"/svar/{token_of(session)}"
    bo = sign_in(make_user(session, "Bo Berg"))
    found = bo.get(link_in(bo.get(path), "Registrera organisationen"))
    form = fields_of(bo.get(link_in(found, "Registrera en ny organisation")), action="/uppgifter")
    terms = {"kind": "association", "kommun_code": "1780", "accepts_terms": "1"}
    registered = bo.post("/arbetsyta/organisationer/ny/uppgifter", data={**form, **terms})
    assert (registered.status_code, registered.location) == (303, path)
    question = bo.get(path)
    assert "Byalaget är registrerad. Nu kan ni svara på inbjudan." in question.get_data(as_text=True)
    assert bo.post(path, data=fields_of(question, path)).location == "/svar/tack/ja"
    hosting = hosting_of(session, draft)
    assert (hosting.name, hosting.state) == ("Byalaget", HostingState.ACCEPTED)
    assert hosting.organisation is not None


def link_in(answer: TestResponse, words: str) -> str:
    """Where the page's link with these words leads."""
    page = markup.parse(answer.get_data(as_text=True))
    return next(str(link.get("href")) for link in page.iter("a") if "".join(link.itertext()).strip() == words)


def test_letter_to_somebody_new_may_be_answered_for_an_organisation_one_works_for(
    session: Session, hers: Browser, petra: Browser, draft: Event
) -> None:
    by_email(hers, draft)
    path = f"/svar/{token_of(session)}"
    assert "Region Värmland" in petra.get(path).get_data(as_text=True)
    assert petra.post(f"{path}/organisation", data={"organisation": "foreningen-samtal"}).status_code == 422
    assert petra.post(f"{path}/organisation", data={"organisation": "region-varmland"}).location == path
    assert petra.post(path, data=fields_of(petra.get(path), path)).status_code == 303
    hosting = hosting_of(session, draft)
    assert (hosting.name, hosting.state) == ("Region Värmland", HostingState.ACCEPTED)


OVERTAKEN = "Programpunkten har ändrats medan du läste. Läs igen och svara sedan."


def test_nobody_says_yes_by_letter_to_what_they_never_saw(
    session: Session, hers: Browser, client: Browser, draft: Event, region: Organisation
) -> None:
    ask(hers, draft)
    path = f"/svar/{token_of(session)}"
    seen = fields_of(client.get(path), path)
    retitle(hers, draft, "Samtal om något annat")
    again = client.post(path, data=seen)
    assert (again.status_code, heading(again)) == (409, "Vill Region Värmland vara med?")
    for words in (OVERTAKEN, "Samtal om något annat"):
        assert words in again.get_data(as_text=True)
    assert hosting_of(session, draft).state is HostingState.ASKED
    assert client.post(path, data=fields_of(again, path)).location == "/svar/tack/ja"


@pytest.mark.parametrize("how", ["ja", "bekrafta"])
def test_nobody_says_yes_from_the_workspace_to_what_they_never_saw(
    how: str, session: Session, hers: Browser, petra: Browser, draft: Event
) -> None:
    ask(hers, draft)
    hosting_id = hosting_of(session, draft).id
    if how == "bekrafta":
        say(petra, draft, hosting_id, "ja")
        retitle(hers, draft, "Samtal om makt")
    pressed = f"/medverkan/{hosting_id}/{how}"
    seen = fields_of(petra.get(at(draft)), pressed)
    retitle(hers, draft, "Samtal om något annat")
    again = petra.post(at(draft, pressed), data=seen)
    assert (again.status_code, heading(again)) == (409, "Samtal om något annat")
    assert OVERTAKEN in again.get_data(as_text=True)
    hosting = hosting_of(session, draft)
    assert (hosting.state is HostingState.ACCEPTED, hosting.needs_confirmation) == (how == "bekrafta",) * 2
    assert petra.post(at(draft, pressed), data=fields_of(again, pressed)).status_code == 303
    hosting = hosting_of(session, draft)
    assert (hosting.state, hosting.needs_confirmation) == (HostingState.ACCEPTED, False)


def test_a_yes_that_does_not_say_what_was_seen_is_shown_the_event_first(
    session: Session, hers: Browser, petra: Browser, client: Browser, draft: Event
) -> None:
    ask(hers, draft)
    by_letter = client.post(f"/svar/{token_of(session)}", data={"svar": "ja"})
    signed_in = petra.post(at(draft, f"/medverkan/{hosting_of(session, draft).id}/ja"))
    assert [by_letter.status_code, signed_in.status_code] == [409, 409]
    assert hosting_of(session, draft).state is HostingState.ASKED


def test_no_and_stepping_off_are_heard_whatever_was_seen(
    session: Session, hers: Browser, client: Browser, draft: Event, region: Organisation
) -> None:
    ask(hers, draft)
    path = f"/svar/{token_of(session)}"
    retitle(hers, draft, "Samtal om något annat")
    assert client.post(path, data={"svar": "nej"}).location == "/svar/tack/nej"


def test_receipt_shows_what_was_said_yes_to_and_lets_the_partner_step_off(
    session: Session, hers: Browser, client: Browser, draft: Event, region: Organisation
) -> None:
    ask(hers, draft)
    asked = f"/svar/{token_of(session)}"
    client.post(asked, data=fields_of(client.get(asked), asked))
    path = f"/svar/{token_of(session, 'hosting_receipt')}"
    page = client.get(path)
    shown = page.get_data(as_text=True)
    assert heading(page) == "Region Värmland är med"
    for words in ("Samtal om demokrati", "Stadsbiblioteket", "Dra oss ur"):
        assert words in shown
    for words in ("Vi är fortfarande med", "Ert namn står kvar tills ni svarar.", "har ändrat en programpunkt"):
        assert words not in shown
    assert fields_of(page, path) == {"svar": ["dra-sig-ur"]}
    assert client.post(path, data=fields_of(page, path)).location == "/svar/tack/dra-sig-ur"
    assert hosting_of(session, draft).state is HostingState.WITHDRAWN


@pytest.fixture
def others(session: Session, draft: Event) -> None:
    """One that has said yes, one that has said no, and one that was asked on its private address."""
    make_hosting(session, draft, make_organisation(session, "Folkets hus"))
    make_hosting(session, draft, make_organisation(session, "Tennisklubben"), state=HostingState.DECLINED)
    session.add(
        Hosting(
            event=draft,
            invited_email="privat@byn.example",
            invited_name="Byalaget",
            role=HostingRole.SUPPORTER,
            state=HostingState.ASKED,
            asked_at=draft.created_at,
        )
    )
    session.flush()


def test_one_that_is_only_asked_sees_neither_who_else_was_nor_what_coordinators_wrote(
    session: Session, hers: Browser, petra: Browser, draft: Event, others: None
) -> None:
    ask(hers, draft)
    draft.status, draft.decision_reason = EventStatus.RETURNED, "Skriv vem som talar."
    for path in ("/arrangorer", "/historik"):
        assert (hers.get(at(draft, path)).status_code, petra.get(at(draft, path)).status_code) == (200, 404)
    for path in ("", "/skicka", "/tillfallen"):
        shown = petra.get(at(draft, path)).get_data(as_text=True)
        for words in ("Tennisklubben", "Byalaget", "privat@byn.example", "Skriv vem som talar.", "/historik"):
            assert words not in shown
    assert "Folkets hus" in petra.get(at(draft)).get_data(as_text=True)


def test_a_partner_that_has_said_yes_and_a_coordinator_see_everything(
    session: Session, sign_in: SignIn, petra: Browser, draft: Event, region: Organisation, others: None
) -> None:
    make_hosting(session, draft, region)
    draft.status = EventStatus.SUBMITTED
    for browser in (petra, sign_in(make_coordinator(session))):
        assert browser.get(at(draft, "/historik")).status_code == 200
        shown = browser.get(at(draft, "/arrangorer")).get_data(as_text=True)
        assert [words in shown for words in ("Tennisklubben", "Byalaget")] == [True, True]

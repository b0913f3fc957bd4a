"""The first page, beginning an event, and throwing a draft away."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.editions.models import Edition, EditionState
from planner.events.models import Event, EventStatus, HostingState
from planner.organisations.models import Organisation, Standing
from tests.browsing import Browser
from tests.conftest import QueryCount
from tests.factories import (
    make_coordinator,
    make_edition,
    make_event,
    make_hosting,
    make_organisation,
    make_user,
)
from tests.reading import errors_of, fields_of, heading
from tests.workspace.conftest import SignIn, at, whole

NEW = "/arbetsyta/evenemang/ny"


def test_newcomer_is_led_on_in_one_step(session: Session, sign_in: SignIn) -> None:
    browser = sign_in(make_user(session))
    text = browser.get("/arbetsyta").get_data(as_text=True)
    assert 'href="/arbetsyta/organisationer/ny">Registrera er organisation</a>' in text
    assert browser.get(NEW).location == "/arbetsyta/organisationer/ny"


def test_member_without_events_is_led_to_the_first(hers: Browser, ours: Organisation, edition: Edition) -> None:
    text = hers.get("/arbetsyta").get_data(as_text=True)
    assert f'href="{NEW}">Skriv er första programpunkt</a>' in text


def test_dashboard_says_what_waits_and_what_is_missing(
    session: Session, hers: Browser, ours: Organisation, edition: Edition
) -> None:
    edition.submit_by, edition.print_by = date(2027, 8, 31), date(2027, 9, 1)
    make_event(session, "Halvt utkast", organiser=ours, edition=edition, status=EventStatus.DRAFT, summary="")
    returned = {"status": EventStatus.RETURNED, "decision_reason": "Skriv var ni är."}
    make_event(session, "Återlämnad", organiser=ours, edition=edition, **returned)
    invited = make_event(session, "Deras fest", organiser=make_organisation(session, "De andra"), edition=edition)
    make_hosting(session, invited, ours, state=HostingState.ASKED)
    text = " ".join(hers.get("/arbetsyta").get_data(as_text=True).split())
    for words in (
        "De andra vill ha med Föreningen Samtal som medarrangör.",
        "Saknas: sammanfattning, målgrupp, kontakt",
        "Skriv var ni är.",
        "Sista dag att skicka in programpunkter<br><strong>tisdag 31 augusti 2027</strong> · om 11 dagar",
        "Verifierad",
    ):
        assert words in text


def test_dashboard_shows_nothing_of_the_neighbours(stranger: Browser, draft: Event) -> None:
    assert "Samtal om demokrati" not in stranger.get("/arbetsyta").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/arbetsyta", ""])
def test_pages_cost_the_same_with_one_and_with_three(
    path: str,
    session: Session,
    hers: Browser,
    ours: Organisation,
    draft: Event,
    count_queries: Callable[[], AbstractContextManager[QueryCount]],
) -> None:
    address = path or at(draft)

    def cost() -> int:
        with count_queries() as queries:
            assert hers.get(address).status_code == 200
        return queries.count

    make_hosting(session, draft, state=HostingState.ASKED)
    first = cost()
    for number in range(2):
        other = make_organisation(session, f"Annan {number}")
        event = make_event(session, f"Till {number}", organiser=ours, edition=draft.edition, status=EventStatus.DRAFT)
        make_hosting(session, event, other, state=HostingState.ASKED)
        make_hosting(session, whole(session, draft), other, state=HostingState.ASKED)
    assert cost() == first


def test_draft_exists_at_once_with_only_a_title(
    session: Session, hers: Browser, ours: Organisation, edition: Edition
) -> None:
    fields = fields_of(hers.get(NEW))
    assert set(fields) == {"form_key", "organisation", "edition", "title"}
    answer = hers.post(NEW, data={**fields, "title": "Lunchsamtal"})
    [event] = session.scalars(select(Event)).all()
    assert (answer.location, event.title, event.status) == (at(event, "/vad"), "Lunchsamtal", EventStatus.DRAFT)


def test_double_click_begins_one_event(session: Session, hers: Browser, ours: Organisation, edition: Edition) -> None:
    fields = {**fields_of(hers.get(NEW)), "title": "Lunchsamtal"}
    answers = [hers.post(NEW, data=fields) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert len(session.scalars(select(Event)).all()) == 1


def test_same_key_of_somebody_else_is_another_form(
    session: Session, hers: Browser, stranger: Browser, ours: Organisation, edition: Edition
) -> None:
    fields = {**fields_of(hers.get(NEW)), "title": "Lunchsamtal"}
    theirs = {**fields_of(stranger.get(NEW)), "title": "Deras", "form_key": fields["form_key"]}
    hers.post(NEW, data=fields)
    stranger.post(NEW, data=theirs)
    assert {event.title for event in session.scalars(select(Event))} == {"Lunchsamtal", "Deras"}


def test_title_is_asked_for(hers: Browser, ours: Organisation, edition: Edition) -> None:
    answer = hers.post(NEW, data={**fields_of(hers.get(NEW)), "title": "   "})
    assert (answer.status_code, errors_of(answer)) == (422, [("#title", "Skriv en rubrik.")])


def test_one_who_works_for_several_chooses_and_cannot_choose_others(
    session: Session, hers: Browser, ours: Organisation, edition: Edition, anna: User
) -> None:
    other = make_organisation(session, "Grannföreningen")
    make_organisation(session, "Annas andra", members=[anna])
    fields = fields_of(hers.get(NEW))
    assert "organisation" not in fields
    answer = hers.post(NEW, data={**fields, "title": "Fest"})
    assert [link for link, _message in errors_of(answer)] == ["#organisation"]
    assert hers.post(NEW, data={**fields, "title": "Fest", "organisation": str(other.id)}).status_code == 422
    assert hers.post(NEW, data={**fields, "title": "Fest", "organisation": str(ours.id)}).status_code == 303


def test_closed_week_takes_nothing_in(session: Session, hers: Browser, ours: Organisation, edition: Edition) -> None:
    fields = {**fields_of(hers.get(NEW)), "title": "För sent"}
    edition.submit_by = date(2027, 8, 19)
    assert "Just nu går det inte att anmäla programpunkter" in hers.get(NEW).get_data(as_text=True)
    assert hers.post(NEW, data=fields).status_code == 422
    assert session.scalars(select(Event)).all() == []


def test_week_is_chosen_when_two_are_open(
    session: Session, hers: Browser, ours: Organisation, edition: Edition
) -> None:
    later = make_edition(
        session,
        "Demokrativeckan 2028",
        slug="2028",
        number_prefix="DV28",
        first_day=date(2028, 9, 18),
        last_day=date(2028, 9, 24),
        state=EditionState.OPEN,
    )
    answer = hers.post(NEW, data={**fields_of(hers.get(NEW)), "title": "Nästa år", "edition": str(later.id)})
    assert answer.location == "/arbetsyta/evenemang/dv28-0001/vad"


def test_pending_organisation_works_with_drafts(session: Session, sign_in: SignIn, edition: Edition) -> None:
    user = make_user(session)
    make_organisation(session, "Nya föreningen", members=[user], standing=Standing.PENDING)
    browser = sign_in(user)
    assert "Väntar på att verifieras" in browser.get("/arbetsyta").get_data(as_text=True)
    assert browser.post(NEW, data={**fields_of(browser.get(NEW)), "title": "Fest"}).status_code == 303


def test_coordinator_begins_on_behalf_of_an_organisation(
    session: Session, sign_in: SignIn, ours: Organisation, edition: Edition
) -> None:
    browser = sign_in(make_coordinator(session))
    path = f"{NEW}?organisation={ours.slug}"
    answer = browser.post(path, data={**fields_of(browser.get(path)), "title": "Hjälpt på traven"})
    assert answer.status_code == 303
    assert heading(browser.get(answer.location)) == "Vad"


def test_coordinator_without_an_organisation_is_led_to_the_desk(session: Session, sign_in: SignIn) -> None:
    text = sign_in(make_coordinator(session)).get("/arbetsyta").get_data(as_text=True)
    assert 'href="/samordning">Till samordningen</a>' in text


def test_draft_is_thrown_away(session: Session, hers: Browser, draft: Event) -> None:
    path = at(draft, "/ta-bort")
    assert [hers.post(path).location for _ in range(2)] == ["/arbetsyta"] * 2
    assert session.scalars(select(Event)).all() == []


def test_sent_in_event_is_not_thrown_away(
    session: Session, hers: Browser, ours: Organisation, edition: Edition
) -> None:
    event = make_event(session, organiser=ours, edition=edition, status=EventStatus.SUBMITTED)
    assert hers.get(at(event, "/ta-bort")).status_code == 403
    assert hers.post(at(event, "/ta-bort")).status_code == 403


STANDINGS: list[tuple[EventStatus, dict[str, Any], str]] = [
    (EventStatus.SUBMITTED, {}, "Insänd: väntar på granskning"),
    (EventStatus.RETURNED, {"decision_reason": "Skriv var."}, "Skriv var."),
    (EventStatus.REJECTED, {"decision_reason": "Inte öppen."}, "Inte öppen."),
    (EventStatus.CANCELLED, {"decision_reason": "Sjukdom."}, "Sjukdom."),
    (EventStatus.WITHDRAWN, {"decision_reason": "Fel vecka."}, "Avpublicerad: syns inte för allmänheten"),
    (EventStatus.PUBLISHED, {}, "Den syns i programmet när Demokrativeckan 2027 publiceras."),
    (EventStatus.ARCHIVED, {}, "Arkiverad"),
]


@pytest.mark.parametrize(("status", "columns", "words"), STANDINGS)
def test_page_of_an_event_says_where_it_stands(
    status: EventStatus,
    columns: dict[str, Any],
    words: str,
    session: Session,
    hers: Browser,
    ours: Organisation,
    edition: Edition,
) -> None:
    event = make_event(session, organiser=ours, edition=edition, status=status, **columns)
    assert words in hers.get(at(event)).get_data(as_text=True)

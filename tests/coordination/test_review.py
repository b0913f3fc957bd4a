"""Reviewing: reading, deciding, being late, taking away, noting a change."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.audit.queries import history_of
from planner.coordination.actions import decide, take_away
from planner.coordination.decisions import Decision
from planner.core.errors import Invalid, NotAllowed, StaleVersion
from planner.editions.models import Criterion, Edition
from planner.events.actions import change_occurrence
from planner.events.models import Audience, Event, EventStatus, HostingState
from planner.events.queries import event_for_editing
from planner.mail.models import Letter
from planner.organisations.models import MemberRole, Organisation, Standing
from planner.organisations.rules import SYSTEM
from tests.browsing import Browser
from tests.coordination.conftest import SignIn
from tests.factories import (
    actor_of,
    make_event,
    make_handover,
    make_hosting,
    make_member,
    make_occurrence,
    make_organisation,
)


@pytest.fixture
def event(session: Session, edition: Edition, organiser: Organisation) -> Event:
    return make_event(
        session,
        "Demokratikväll",
        organiser=organiser,
        edition=edition,
        status=EventStatus.SUBMITTED,
        audiences=[Audience.EVERYBODY],
    )


@pytest.fixture
def criterion(session: Session, edition: Edition) -> Criterion:
    return session.scalars(sa.select(Criterion)).one()


def review(client: Browser, event: Event, **form: Any) -> Any:
    data = {"version": str(event.version), "reason": "", "criterion": "", **form}
    return client.post(f"/samordning/granskning/{event.number.lower()}/beslut", data=data)


def now_it_is(session: Session, event: Event) -> Event:
    found = event_for_editing(session, event.id)
    assert found is not None
    return found


def test_the_page_shows_the_event_what_is_hidden_and_the_criteria(
    session: Session, event: Event, in_karlstad: User, sign_in: SignIn
) -> None:
    partner = make_organisation(session, "Ännu inte med")
    make_hosting(session, event, partner, state=HostingState.ASKED)
    make_occurrence(session, make_event(session, "Samtidigt", with_occurrence=False))

    page = sign_in(in_karlstad).get(f"/samordning/granskning/{event.number.lower()}").get_data(as_text=True)

    public, _heading, hidden = page.partition("Det här syns inte för alla")
    assert "Vi talar om vad demokrati betyder i vardagen." in public
    assert "Ännu inte med" not in public
    assert "Ännu inte med" in hidden
    assert "Samma plats samtidigt" in public
    assert "Programpunkten är öppen för alla." in hidden
    assert 'name="decision" value="publish"' in hidden


def test_the_page_costs_the_same_with_one_partner_as_with_three(
    session: Session, event: Event, in_karlstad: User, sign_in: SignIn, count_queries: Any
) -> None:
    client = sign_in(in_karlstad)

    def cost() -> int:
        with count_queries() as queries:
            client.get(f"/samordning/granskning/{event.number.lower()}")
        return int(queries.count)

    def add() -> None:
        make_hosting(session, event, make_organisation(session, "Partner"))
        make_occurrence(session, event)
        make_event(session, "Samtidigt")

    add()
    with_one = cost()
    add()
    add()
    assert (with_one, cost()) == (20, 20)


def test_publishing_tells_the_organiser_and_shows_it_to_everybody(
    session: Session, event: Event, in_karlstad: User, sign_in: SignIn
) -> None:
    before = event.edition_id, session.get_one(Edition, event.edition_id).revision
    client = sign_in(in_karlstad)

    response = review(client, event, decision="publish")

    assert response.location == "/samordning?upplaga=2027"
    assert now_it_is(session, event).status is EventStatus.PUBLISHED
    assert session.get_one(Edition, before[0]).revision == before[1] + 1
    assert [letter.name for letter in session.scalars(sa.select(Letter))] == ["event_published"]
    assert "Arrangören har fått ett brev" in client.get("/samordning").get_data(as_text=True)


def test_returning_needs_words_and_sends_them(
    session: Session, event: Event, in_karlstad: User, sign_in: SignIn
) -> None:
    client = sign_in(in_karlstad)

    refused = review(client, event, decision="return", reason=" ")
    assert refused.status_code == 422
    assert "Skriv vad som behöver kompletteras" in refused.get_data(as_text=True)
    review(client, event, decision="return", reason="Var är det?")

    returned = now_it_is(session, event)
    assert (returned.status, returned.decision_reason) == (EventStatus.RETURNED, "Var är det?")


def test_rejecting_needs_a_criterion_and_a_reason(
    session: Session, event: Event, criterion: Criterion, in_karlstad: User, sign_in: SignIn
) -> None:
    client = sign_in(in_karlstad)

    without = review(client, event, decision="reject", reason="Det är reklam.")
    assert without.status_code == 422
    assert "Det är reklam." in without.get_data(as_text=True)
    assert review(client, event, decision="reject", criterion="9999", reason="Nej").status_code == 422
    review(client, event, decision="reject", criterion=str(criterion.id), reason="Det är reklam.")

    rejected = now_it_is(session, event)
    assert rejected.status is EventStatus.REJECTED
    assert rejected.decision_criterion is criterion
    entry = history_of(session, "event", event.id)[0]
    assert (entry.action, entry.actor_name, entry.reason) == ("reject_event", "Karin Karlstad", "Det är reklam.")


def test_a_decision_must_be_chosen(session: Session, event: Event, in_karlstad: User, sign_in: SignIn) -> None:
    response = review(sign_in(in_karlstad), event, reason="Hm")

    assert response.status_code == 422
    assert "Välj ett beslut." in response.get_data(as_text=True)


def test_what_is_incomplete_or_not_verified_is_not_published(
    session: Session, event: Event, organiser: Organisation, in_karlstad: User, sign_in: SignIn
) -> None:
    client = sign_in(in_karlstad)
    organiser.standing = Standing.PENDING
    session.flush()
    assert "Verifiera organisationen först" in review(client, event, decision="publish").get_data(as_text=True)

    organiser.standing, event.summary = Standing.VERIFIED, ""
    session.flush()
    refused = review(client, event, decision="publish")

    assert refused.status_code == 422
    assert "Skriv kort vad som händer" in refused.get_data(as_text=True)
    assert now_it_is(session, event).status is EventStatus.SUBMITTED


def test_the_second_of_two_reviewers_is_told_who_was_first(
    session: Session, event: Event, county: User, in_karlstad: User, sign_in: SignIn
) -> None:
    review(sign_in(county), event, decision="publish")

    late = review(sign_in(in_karlstad), event, decision="return", reason="Kompletterar ni med en tid?")

    page = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "Någon hann före dig" in page
    assert "Lena Län" in page
    assert "Kompletterar ni med en tid?" in page
    assert now_it_is(session, event).status is EventStatus.PUBLISHED


def test_a_reviewer_who_agrees_too_late_is_told_as_well(
    session: Session, event: Event, county: User, in_karlstad: User, sign_in: SignIn
) -> None:
    review(sign_in(county), event, decision="publish")

    assert review(sign_in(in_karlstad), event, decision="publish").status_code == 409


def test_a_double_click_decides_once(session: Session, event: Event, in_karlstad: User, sign_in: SignIn) -> None:
    client = sign_in(in_karlstad)

    responses = [review(client, event, decision="publish") for _ in range(2)]

    assert [response.status_code for response in responses] == [302, 302]
    assert [entry.action for entry in history_of(session, "event", event.id)] == ["publish_event"]


def test_an_event_that_was_saved_since_is_read_again_first(
    session: Session, event: Event, in_karlstad: User, sign_in: SignIn
) -> None:
    event.version = 2
    session.flush()
    client = sign_in(in_karlstad)

    late = client.post(
        f"/samordning/granskning/{event.number.lower()}/beslut",
        data={"version": "1", "decision": "return", "reason": "Skriv mer.", "criterion": ""},
    )

    page = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "Skriv mer." in page
    assert 'name="version" value="2"' in page
    assert now_it_is(session, event).status is EventStatus.SUBMITTED


def test_a_reviewer_who_read_another_time_reads_again(
    session: Session, event: Event, in_karlstad: User, sign_in: SignIn, now: datetime
) -> None:
    client, read = sign_in(in_karlstad), event.version
    occurrence = now_it_is(session, event).occurrences[0]
    change_occurrence(session, occurrence, {"first_day": date(2027, 9, 25)}, actor=SYSTEM, now=now)
    session.flush()

    late = review(client, event, version=str(read), decision="publish")

    assert late.status_code == 409
    assert now_it_is(session, event).status is EventStatus.SUBMITTED


def test_nobody_reviews_what_their_own_organisation_hosts(
    session: Session, event: Event, organiser: Organisation, in_karlstad: User, sign_in: SignIn
) -> None:
    make_member(session, in_karlstad, organiser, MemberRole.EDITOR)
    client = sign_in(in_karlstad)

    page = client.get(f"/samordning/granskning/{event.number.lower()}").get_data(as_text=True)

    assert "En annan samordnare får besluta" in page
    assert 'name="decision"' not in page
    assert review(client, event, decision="publish").status_code == 403
    assert now_it_is(session, event).status is EventStatus.SUBMITTED


@pytest.mark.parametrize("path", ["", "/logg"])
def test_other_kommuners_events_and_drafts_are_not_shown(
    session: Session, event: Event, in_kil: User, in_karlstad: User, anna: User, sign_in: SignIn, path: str
) -> None:
    draft = make_event(session, "Utkast", organiser=event.organiser, status=EventStatus.DRAFT)

    def status(user: User, of: Event) -> int:
        return sign_in(user).get(f"/samordning/granskning/{of.number.lower()}{path}").status_code

    assert status(in_kil, event) in (403, 404)
    assert status(anna, event) == 403
    assert status(in_karlstad, draft) == 404
    assert sign_in(in_karlstad).get(f"/samordning/granskning/dv27-9999{path}").status_code == 404


@pytest.mark.parametrize("action", ["beslut", "avpublicera", "sedd"])
def test_strangers_change_nothing(
    session: Session, event: Event, in_kil: User, anna: User, sign_in: SignIn, action: str
) -> None:
    event.status, event.changed_after_review_at = EventStatus.PUBLISHED, event.created_at
    session.flush()
    data = {"version": "1", "decision": "publish", "reason": "Bort", "criterion": ""}

    for user in (in_kil, anna):
        response = sign_in(user).post(f"/samordning/granskning/{event.number.lower()}/{action}", data=data)
        assert response.status_code in (403, 404)
    unchanged = now_it_is(session, event)
    assert unchanged.status is EventStatus.PUBLISHED
    assert unchanged.changed_after_review_at is not None


def test_a_published_event_is_taken_away_with_a_reason(
    session: Session, event: Event, in_karlstad: User, sign_in: SignIn
) -> None:
    event.status = EventStatus.PUBLISHED
    session.flush()
    client = sign_in(in_karlstad)
    address = f"/samordning/granskning/{event.number.lower()}/avpublicera"

    assert client.post(address, data={"reason": "", "version": "1"}).status_code == 422
    assert client.post(address, data={"reason": "Fel dag", "version": "7"}).status_code == 409
    assert client.post(address, data={"reason": "Fel dag", "version": "1"}).status_code == 302

    withdrawn = now_it_is(session, event)
    assert (withdrawn.status, withdrawn.decision_reason) == (EventStatus.WITHDRAWN, "Fel dag")
    again = client.post(address, data={"reason": "En annan orsak", "version": "1"})
    assert again.status_code == 422


def test_a_change_after_the_review_is_noted_as_seen(
    session: Session, event: Event, in_karlstad: User, sign_in: SignIn, now: datetime
) -> None:
    event.status, event.changed_after_review_at = EventStatus.PUBLISHED, now - timedelta(hours=3)
    session.flush()
    client = sign_in(in_karlstad)
    assert "Markera som sedd" in client.get(f"/samordning/granskning/{event.number.lower()}").get_data(as_text=True)

    client.post(f"/samordning/granskning/{event.number.lower()}/sedd")

    assert now_it_is(session, event).changed_after_review_at is None


def test_the_log_tells_everything(session: Session, event: Event, in_karlstad: User, sign_in: SignIn) -> None:
    client = sign_in(in_karlstad)
    review(client, event, decision="return", reason="Var är det?")

    page = client.get(f"/samordning/granskning/{event.number.lower()}/logg").get_data(as_text=True)

    assert "Lämnade tillbaka för komplettering" in page
    assert "Karin Karlstad" in page
    assert "Var är det?" in page


def test_the_page_says_that_a_partner_is_asked_to_take_over(
    session: Session, sign_in: SignIn, event: Event, in_karlstad: User
) -> None:
    make_handover(session, event, make_organisation(session, "Region Värmland"))

    page = sign_in(in_karlstad).get(f"/samordning/granskning/{event.number.lower()}").get_data(as_text=True)

    assert "Region Värmland är tillfrågad om att ta över som huvudarrangör." in page


def test_the_actions_themselves_ask_who_it_is_and_what_they_saw(
    session: Session, event: Event, anna: User, in_karlstad: User, now: datetime
) -> None:
    stranger, reviewer = actor_of(session, anna), actor_of(session, in_karlstad)
    options: dict[str, Any] = {"reason": "x", "criterion_id": None, "now": now}

    with pytest.raises(NotAllowed):
        decide(session, event, Decision.PUBLISH, expected_version=1, actor=stranger, **options)
    with pytest.raises(StaleVersion):
        decide(session, event, Decision.PUBLISH, expected_version=2, actor=reviewer, **options)
    with pytest.raises(Invalid):
        decide(session, event, Decision.REJECT, expected_version=1, actor=reviewer, **options)
    with pytest.raises(StaleVersion):
        take_away(session, event, "x", expected_version=2, actor=reviewer, now=now)

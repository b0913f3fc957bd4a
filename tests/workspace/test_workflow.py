"""Granska och skicka, and what happens to the whole event afterwards."""

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.editions.models import Edition
from planner.events.models import Audience, Event, EventStatus
from planner.organisations.models import Organisation, Standing
from tests.browsing import Browser
from tests.factories import make_event, make_hosting, make_member, make_user
from tests.reading import errors_of
from tests.workspace.conftest import SignIn, at, whole


@pytest.fixture
def ready(session: Session, ours: Organisation, edition: Edition) -> Event:
    """A draft that lacks nothing."""
    return make_event(
        session,
        organiser=ours,
        edition=edition,
        status=EventStatus.DRAFT,
        audiences=[Audience.EVERYBODY],
        contact_email="hej@samtal.example",
    )


def test_review_lists_what_is_missing_with_links_to_its_field(hers: Browser, draft: Event) -> None:
    text = hers.get(at(draft, "/skicka")).get_data(as_text=True)
    assert f'href="{at(draft, "/vilka")}#audiences"' in text
    assert f'href="{at(draft, "/praktiskt")}#contact_email"' in text


def test_review_shows_the_criteria_and_that_it_becomes_an_official_document(hers: Browser, ready: Event) -> None:
    text = hers.get(at(ready, "/skicka")).get_data(as_text=True)
    for words in ("Kriterier för Demokrativeckan 2027", "Programpunkten är öppen för alla.", "allmän handling"):
        assert words in text


def test_incomplete_event_is_not_sent_in(session: Session, hers: Browser, draft: Event) -> None:
    answer = hers.post(at(draft, "/skicka"))
    assert answer.status_code == 422
    assert "Det här saknas innan den kan skickas in" in answer.get_data(as_text=True)
    assert whole(session, draft).status is EventStatus.DRAFT


def test_complete_event_is_sent_in_once_and_taken_back(session: Session, hers: Browser, ready: Event) -> None:
    assert [hers.post(at(ready, "/skicka")).location for _ in range(2)] == [at(ready)] * 2
    assert whole(session, ready).status is EventStatus.SUBMITTED
    assert hers.get(at(ready, "/ta-tillbaka")).status_code == 200
    assert hers.post(at(ready, "/ta-tillbaka")).status_code == 303
    assert whole(session, ready).status is EventStatus.DRAFT


def test_partner_edits_but_does_not_send_in(session: Session, sign_in: SignIn, ready: Event) -> None:
    user = make_user(session, "Petra")
    region = make_hosting(session, ready).organisation_id
    organisation = session.get(Organisation, region)
    assert organisation is not None
    make_member(session, user, organisation)
    browser = sign_in(user)
    assert "Skicka in för granskning" not in browser.get(at(ready, "/skicka")).get_data(as_text=True)
    assert browser.post(at(ready, "/skicka")).status_code == 403
    assert browser.post(at(ready, "/stall-in"), data={"reason": "x"}).status_code == 403


def test_administrator_publishes_where_the_week_lets_her(
    session: Session, hers: Browser, ready: Event, edition: Edition
) -> None:
    assert hers.post(at(ready, "/publicera")).status_code == 403
    edition.verified_may_publish = True
    assert "Publicera nu" in hers.get(at(ready, "/skicka")).get_data(as_text=True)
    assert [hers.post(at(ready, "/publicera")).status_code for _ in range(2)] == [303, 303]
    assert whole(session, ready).status is EventStatus.PUBLISHED


def test_unverified_organisation_does_not_publish(
    session: Session, hers: Browser, ready: Event, edition: Edition, ours: Organisation
) -> None:
    edition.verified_may_publish, ours.standing = True, Standing.PENDING
    assert "Publicera nu" not in hers.get(at(ready, "/skicka")).get_data(as_text=True)
    assert hers.post(at(ready, "/publicera")).status_code == 403


def test_published_event_is_cancelled_and_reinstated(session: Session, hers: Browser, published: Event) -> None:
    assert errors_of(hers.post(at(published, "/stall-in"), data={"reason": " "})) == [("#reason", "Skriv varför.")]
    assert hers.post(at(published, "/stall-in"), data={"reason": "Föreläsaren är sjuk."}).status_code == 303
    saved = whole(session, published)
    assert (saved.status, saved.decision_reason) == (EventStatus.CANCELLED, "Föreläsaren är sjuk.")
    assert "Föreläsaren är sjuk." in hers.get(at(published)).get_data(as_text=True)
    assert hers.post(at(published, "/aterta")).status_code == 303
    assert whole(session, published).status is EventStatus.PUBLISHED


def test_published_event_is_withdrawn(session: Session, hers: Browser, published: Event) -> None:
    assert hers.post(at(published, "/avpublicera"), data={"reason": "Fel vecka."}).status_code == 303
    assert whole(session, published).status is EventStatus.WITHDRAWN


@pytest.mark.parametrize("path", ["/stall-in", "/avpublicera", "/aterta"])
def test_draft_is_neither_cancelled_nor_withdrawn(path: str, hers: Browser, draft: Event) -> None:
    assert hers.get(at(draft, path)).status_code == 403
    assert hers.post(at(draft, path), data={"reason": "Varför inte?"}).status_code == 422


def test_history_tells_who_did_what_in_plain_words(session: Session, hers: Browser, ready: Event, anna: User) -> None:
    hers.post(at(ready, "/skicka"))
    hers.post(at(ready, "/ta-tillbaka"))
    text = " ".join(hers.get(at(ready, "/historik")).get_data(as_text=True).split())
    for words in ("20 augusti 2027 kl. 10.15</time>, Anna Andersson", "Skickade in för granskning", "Tog tillbaka"):
        assert words in text

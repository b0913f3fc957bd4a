"""Every page of the workspace, looked at by who may and by who may not."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.events.models import Event, HostingState
from tests.browsing import Browser
from tests.conftest import QueryCount
from tests.factories import make_event, make_hosting, make_occurrence, make_organisation, make_user, make_venue
from tests.reading import heading
from tests.workspace.conftest import SignIn, at, whole

PAGES = {
    "": "Samtal om demokrati",
    "/vad": "Vad",
    "/tillfallen": "När och var",
    "/tillfallen/ny": "Nytt tillfälle",
    "/tillfallen/{occurrence}": "Ändra tillfället",
    "/tillfallen/{occurrence}/kopiera": "Kopiera tillfället",
    "/tillfallen/{occurrence}/ta-bort": "Ta bort tillfället",
    "/tillfallen/{occurrence}/stall-in": "Ställ in tillfället",
    "/tillfallen/{occurrence}/flytta-digitalt": "Flytta till digitalt",
    "/vilka": "Vilka",
    "/praktiskt": "Tillgänglighet och anmälan",
    "/arrangorer": "Arrangörer",
    "/arrangorer?ord=region": "Arrangörer",
    "/arrangorer/bjud-in/region-varmland": "Bjud in Region Värmland",
    "/arrangorer/bjud-in-med-e-post": "Bjud in med e-post",
    "/arrangorer/huvudarrangor": "Byt huvudarrangör",
    "/arrangorer/{hosting}": "Region Värmland",
    "/arrangorer/{hosting}/ta-tillbaka": "Ta tillbaka inbjudan",
    "/bild-och-sprak": "Bild och fler språk",
    "/sprak/sv-lattlast": "Lättläst svenska",
    "/sprak/ar": "Arabiska",
    "/skicka": "Granska och skicka",
    "/historik": "Historik",
    "/kalenderappar": "Så ser kalenderapparna ditt evenemang",
    "/kalenderappar/{occurrence}": "Så ser kalenderapparna ditt evenemang",
    "/ta-bort": "Ta bort utkastet",
}


@pytest.fixture
def paths(session: Session, draft: Event) -> dict[str, str]:
    hosting = make_hosting(session, draft, state=HostingState.ASKED)
    return {
        at(draft, path.format(occurrence=draft.occurrences[0].id, hosting=hosting.id)): words
        for path, words in PAGES.items()
    }


def test_organiser_sees_every_page_of_her_draft(hers: Browser, paths: dict[str, str]) -> None:
    assert {path: heading(hers.get(path)) for path in paths} == paths


def test_pages_speak_english_too(hers: Browser, paths: dict[str, str]) -> None:
    assert {hers.get(f"/en{path}").status_code for path in paths} == {200}


def test_organiser_next_door_does_not_know_that_a_draft_exists(stranger: Browser, paths: dict[str, str]) -> None:
    assert {path: stranger.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_visitor_is_sent_to_sign_in_and_back(client: Browser, draft: Event) -> None:
    answer = client.get(at(draft, "/vad"))
    assert answer.status_code == 303
    assert answer.location == f"/konto/logga-in?nasta={at(draft, '/vad')}"


POSTS = (
    "/vad",
    "/tillfallen/ny",
    "/tillfallen/{occurrence}",
    "/tillfallen/{occurrence}/kopiera",
    "/tillfallen/{occurrence}/ta-bort",
    "/tillfallen/{occurrence}/stall-in",
    "/vilka",
    "/praktiskt",
    "/arrangorer/bjud-in/grannforeningen",
    "/arrangorer/bjud-in-med-e-post",
    "/arrangorer/{hosting}",
    "/arrangorer/{hosting}/paminn",
    "/arrangorer/{hosting}/ta-tillbaka",
    "/arrangorer/huvudarrangor",
    "/arrangorer/huvudarrangor/paminn",
    "/arrangorer/huvudarrangor/ta-tillbaka",
    "/huvudarrangor/ja",
    "/medverkan/{hosting}/ja",
    "/medverkan/{hosting}/dra-sig-ur",
    "/bild-och-sprak",
    "/sprak/sv-lattlast",
    "/skicka",
    "/publicera",
    "/stall-in",
    "/aterta",
    "/avpublicera",
    "/ta-tillbaka",
    "/ta-bort",
)


@pytest.mark.parametrize("path", POSTS)
def test_organiser_next_door_changes_nothing(path: str, session: Session, stranger: Browser, draft: Event) -> None:
    hosting = make_hosting(session, draft, state=HostingState.ASKED)
    address = at(draft, path.format(occurrence=draft.occurrences[0].id, hosting=hosting.id))
    assert stranger.post(address, data={"title": "Kapad"}).status_code == 404


@pytest.mark.parametrize("path", POSTS)
def test_published_event_is_no_more_open_to_the_organiser_next_door(
    path: str, session: Session, stranger: Browser, published: Event
) -> None:
    hosting = make_hosting(session, published, state=HostingState.ASKED)
    address = at(published, path.format(occurrence=published.occurrences[0].id, hosting=hosting.id))
    assert stranger.post(address, data={"title": "Kapad"}).status_code == 404


def test_occurrence_of_another_event_is_not_found(session: Session, hers: Browser, draft: Event) -> None:
    other = whole(session, make_event(session, "Något helt annat", organiser=make_organisation(session, "Andra")))
    for path in ("", "/kopiera", "/stall-in"):
        assert hers.get(at(draft, f"/tillfallen/{other.occurrences[0].id}{path}")).status_code == 404


@pytest.mark.parametrize("path", ["/vad", "/tillfallen/ny", "/vilka", "/praktiskt", "/bild-och-sprak"])
def test_one_who_was_asked_reads_but_does_not_change(
    path: str, session: Session, sign_in: SignIn, draft: Event, anna: User
) -> None:
    partner = make_user(session, "Petra")
    make_hosting(session, draft, make_organisation(session, "Partnern", members=[partner]), state=HostingState.ASKED)
    browser = sign_in(partner)
    assert browser.get(at(draft)).status_code == 200
    assert browser.get(at(draft, path)).status_code == 403
    assert browser.post(at(draft, path), data={"title": "Kapad"}).status_code == 403


def test_partner_who_may_not_edit_reads_but_does_not_change(session: Session, sign_in: SignIn, draft: Event) -> None:
    partner = make_user(session, "Petra")
    make_hosting(session, draft, make_organisation(session, "Partnern", members=[partner]), may_edit=False)
    browser = sign_in(partner)
    assert browser.get(at(draft, "/skicka")).status_code == 200
    assert browser.get(at(draft, "/vad")).status_code == 403


def test_unknown_event_is_not_found(hers: Browser, ours: object) -> None:
    assert hers.get("/arbetsyta/evenemang/dv99-0001").status_code == 404


PINNED = {"": 18, "/tillfallen": 18, "/arrangorer": 18, "/kalenderappar": 18}


@pytest.mark.parametrize("path", PINNED)
def test_page_asks_as_often_for_three_rows_as_for_one(
    path: str,
    session: Session,
    hers: Browser,
    draft: Event,
    count_queries: Callable[[], AbstractContextManager[QueryCount]],
) -> None:
    make_hosting(session, draft, make_organisation(session, "Partner 1"))
    counts = {}
    for rows in (1, 3):
        for number in range(2, rows + 1):
            make_hosting(session, draft, make_organisation(session, f"Partner {number}"))
            make_occurrence(session, draft, place=make_venue(session, f"Plats {number}"))
        with count_queries() as queries:
            assert hers.get(at(draft, path)).status_code == 200
        event = whole(session, draft)
        counts[len(event.occurrences), len(event.hostings)] = queries.count
    assert counts == dict.fromkeys([(1, 1), (3, 3)], PINNED[path])

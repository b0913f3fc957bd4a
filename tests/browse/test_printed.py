"""The programme as a page to print: all of it, and nothing of the site around it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.browse.views import printed
from planner.events.models import EventStatus, Form, TimeKind
from tests.browse.reading import PublicPage, text
from tests.browsing import Browser
from tests.factories import MONDAY, make_edition, make_event, make_occurrence, make_venue

Counter = Callable[[], AbstractContextManager[Any]]


def show(client: Browser, asked: str = "") -> PublicPage:
    return PublicPage(client.get(f"/kalender/utskrift{asked}"))


def test_everything_the_query_finds_is_on_one_page_without_navigation(session: Session, client: Browser) -> None:
    place = make_venue(session, "Folkets hus", kommun_code="1784", street="Torget 1", town="Arvika")
    shown = make_event(session, "Samtal i Arvika", with_occurrence=False)
    make_occurrence(session, shown, place=place)
    make_event(session, "Samtal i Karlstad")

    page = show(client, "?kommun=1784")

    assert page.with_class("sheet__title") == ["Samtal i Arvika"]
    assert page.heading == "Demokrativeckan 2027"
    assert page.with_class("sheet__subject") == ["Arvika"]
    assert "På plats Folkets hus, Torget 1, Arvika" in page.words
    assert "version" in page.with_class("sheet__stamp")[0]
    assert [each.tag for each in page.tree.iter() if each.tag in ("nav", "header", "footer")] == ["header"]


def test_it_leads_to_the_pdf_of_the_same_and_back(session: Session, client: Browser) -> None:
    make_event(session)

    links = show(client, "?form=pa-plats").links()

    pdf = "https://demokrativeckan.example/kalender.pdf?form=pa-plats"
    assert (links["A4"], links["A4 med stor text"]) == (pdf, f"{pdf}&storlek=stor")
    assert links["Tillbaka till kalendern"] == "/kalender?form=pa-plats"
    assert links["demokrativeckan.example/kalender?form=pa-plats"].endswith("example/kalender?form=pa-plats")


def test_what_is_off_is_struck_through_and_said_and_days_stand_apart(session: Session, client: Browser) -> None:
    make_event(session, "Mötet", status=EventStatus.CANCELLED)
    lasting = make_event(session, "Utställningen", with_occurrence=False)
    times = {"time_kind": TimeKind.OPENING_HOURS, "starts_at": None, "ends_at": None}
    make_occurrence(session, lasting, last_day=MONDAY.replace(day=24), **times)

    page = show(client)

    assert [text(each) for each in page.main.iter("s")] == ["Mötet"]
    assert page.with_class("badge") == ["Inställt"]
    assert page.with_class("sheet__when") == ["kl. 18–19.30", "20–24 sep."]


def test_above_the_bound_it_says_so(session: Session, client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "MOST", 2)
    edition = make_edition(session)
    for _number in range(3):
        make_event(session, edition=edition)

    page = show(client)

    assert len(page.with_class("sheet__title")) == 2
    assert "Här står de 2 första av 3 tillfällen." in page.words


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_questions_however_much_there_is(
    session: Session, client: Browser, count_queries: Counter, rows: int
) -> None:
    edition = make_edition(session)
    for _number in range(rows):
        make_event(session, edition=edition)

    with count_queries() as counted:
        page = show(client)

    assert len(page.with_class("sheet__title")) == rows
    assert counted.count == 4


def test_an_address_that_is_not_understood_is_explained(session: Session, client: Browser) -> None:
    make_edition(session)

    page = PublicPage(client.get(f"/kalender/utskrift?form=luft&kommun=1784&ord={Form.HYBRID}"), 400)

    assert page.links()["Skriv ut hela programmet"] == "/kalender/utskrift"


@pytest.mark.parametrize("address", ["/kalender?form=hybrid", "/kommuner/arvika", "/arrangorer/foreningen-samtal"])
def test_every_list_can_be_printed(session: Session, client: Browser, address: str) -> None:
    make_event(session)
    page = PublicPage(client.get(address))

    path, _question, asked = address.partition("?")
    links = page.links(page.section("Skriv ut"))
    assert links["A3 för anslagstavlan"].startswith(f"https://demokrativeckan.example{path}.pdf?{asked}")
    assert client.get(links["Visa som en sida att skriva ut"]).status_code == 200


def test_an_event_has_a_poster(session: Session, client: Browser) -> None:
    make_event(session)
    page = PublicPage(client.get("/evenemang/samtal-om-demokrati"))

    assert page.links(page.section("Skriv ut"))["A4"] == "/evenemang/samtal-om-demokrati/affisch.pdf"

"""The pages of the kommuner and of the themes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.data.kommuner import kommuner
from planner.editions.models import EditionState
from planner.events.models import EventStatus
from tests.browse.reading import PublicPage
from tests.browsing import Browser
from tests.factories import make_edition, make_event, make_occurrence, make_organisation, make_theme, make_venue

Counter = Callable[[], AbstractContextManager[Any]]


def show(client: Browser, address: str) -> PublicPage:
    return PublicPage(client.get(address))


@pytest.mark.parametrize("slug", [kommun.slug for kommun in kommuner().values()])
def test_every_kommun_has_a_page_empty_or_not(session: Session, client: Browser, slug: str) -> None:
    page = show(client, f"/kommuner/{slug}")
    assert page.with_class("empty__title") == ["Inget i programmet här just nu"]
    assert page.feeds == [f"https://demokrativeckan.example/kommuner/{slug}.ics"]


def test_kommun_has_what_takes_place_in_it_or_concerns_it(session: Session, client: Browser) -> None:
    make_event(session, "I Karlstad")
    make_event(session, "Gäller Arvika", kommuner=["1784"])
    elsewhere = make_event(session, "I Arvika", with_occurrence=False)
    make_occurrence(session, elsewhere, place=make_venue(session, "Arvika bibliotek", kommun_code="1784"))
    make_event(session, "Hela länet", is_countywide=True)
    page = show(client, "/kommuner/arvika")
    assert page.heading == "Arvika kommun"
    assert page.titles == ["Gäller Arvika", "I Arvika"]
    assert page.links()["Visa kommunen och hela länet"] == "/kalender?kommun=17&kommun=1784"
    assert page.links()["Arvika bibliotek"] == "/platser/arvika-bibliotek"
    assert show(client, "/kommuner/karlstad").heading == "Karlstads kommun"


@pytest.mark.parametrize("address", ["/kommuner/stockholm", "/kommuner/1784", "/teman/okant", "/teman/%00"])
def test_unknown_ones_are_not_found(session: Session, client: Browser, address: str) -> None:
    make_edition(session)
    assert client.get(address).status_code == 404


def test_theme_has_its_text_its_events_and_other_editions(session: Session, client: Browser) -> None:
    theme = make_theme(session, "Kultur")
    theme.description = "Om kulturens roll."
    make_event(session, "Med", themes=[theme])
    make_event(session, "Utan")
    make_event(session, "Utkast", themes=[theme], status=EventStatus.DRAFT)
    old = make_edition(session, "Demokrativeckan 2021", slug="2021", number_prefix="A", state=EditionState.ARCHIVED)
    make_event(session, "Då", themes=[theme], edition=old)
    page = show(client, "/teman/kultur")
    assert (page.heading, page.with_class("lead"), page.titles) == ("Kultur", ["Om kulturens roll."], ["Med"])
    assert page.feeds == ["https://demokrativeckan.example/teman/kultur.ics"]
    assert page.links()["Demokrativeckan 2021"] == "/kalender?upplaga=2021&tema=kultur"
    assert show(client, "/en/teman/kultur").feeds == page.feeds


def test_when_only_archived_editions_are_left_they_are_shown(session: Session, client: Browser) -> None:
    theme = make_theme(session, "Kultur")
    old = make_edition(session, "Demokrativeckan 2021", slug="2021", number_prefix="A", state=EditionState.ARCHIVED)
    make_event(session, "Då", themes=[theme], edition=old)
    assert show(client, "/teman/kultur").titles == ["Då"]


def test_pages_cost_the_same_number_of_questions_whatever_they_show(
    session: Session, client: Browser, count_queries: Counter
) -> None:
    theme, organiser = make_theme(session, "Kultur"), make_organisation(session)
    made, counts = 0, []
    for rows in (1, 3, 40):
        while made < rows:
            make_event(session, f"Samtal {made}", organiser=organiser, themes=[theme])
            made += 1
        with count_queries() as of_theme:
            assert len(show(client, "/teman/kultur").titles) == rows
        with count_queries() as of_kommun:
            assert len(show(client, "/kommuner/karlstad").titles) == rows
        counts.append((of_theme.count, of_kommun.count))
    assert counts == [(7, 9)] * 3

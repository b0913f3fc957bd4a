"""The front page before, in and after the week, and before there is one."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy.orm import Session

from planner.editions.models import Edition, EditionState
from planner.events.models import EventStatus, OccurrenceState
from tests.browse.reading import PublicPage, text
from tests.browsing import Browser
from tests.factories import (
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_venue,
)

Counter = Callable[[], AbstractContextManager[Any]]


def show(client: Browser, language: str = "") -> PublicPage:
    return PublicPage(client.get(f"{language}/"))


def test_before_the_week_it_shows_how_it_begins(session: Session, client: Browser) -> None:
    event = make_event(session, "Utställning", with_occurrence=False)
    make_occurrence(session, event, MONDAY, last_day=date(2027, 9, 24), start=None)
    make_event(session, "Invigning")
    page = show(client)
    assert page.heading == "Demokrativeckan 2027"
    assert page.with_class("hero__days") == ["20–27 september 2027"]
    assert text(page.section("Så börjar veckan")).startswith("Så börjar veckan Hela kalendern mån 20 sep. kl. 18–19.30")
    assert page.titles == ["Invigning", "Utställning"]
    assert page.links()["Se programmet: 2 tillfällen"] == "/kalender"
    assert page.feeds == ["https://demokrativeckan.example/kalender.ics"]


def test_in_the_week_it_shows_what_goes_on_and_comes_next(
    session: Session, client: Browser, clock: time_machine.Traveller
) -> None:
    event = make_event(session, with_occurrence=False)
    for hour, label in ((9, "slut"), (11, "nu"), (18, "i kväll")):
        make_occurrence(session, event, MONDAY, start=time(hour), end=time(hour + 1), label=label)
    make_occurrence(session, event, MONDAY, start=time(13), end=None, label="inställt", state=OccurrenceState.CANCELLED)
    make_occurrence(session, event, MONDAY + timedelta(1), label="i morgon")
    clock.move_to("2027-09-20T11:30+02:00")
    page = show(client)
    assert page.titles == [f"Samtal om demokrati: {label}" for label in ("nu", "i kväll", "i morgon")]
    assert "Nu och härnäst" in page.words
    assert "I dag 20 sep. 4 tillfällen" in page.words


def test_when_everything_is_over_it_says_so(session: Session, client: Browser, clock: time_machine.Traveller) -> None:
    make_event(session)
    clock.move_to("2027-10-01T12:00+02:00")
    page = show(client)
    assert "Veckan är slut. Programmet finns kvar att läsa." in page.words
    assert page.titles == ["Samtal om demokrati"]
    assert "Anmälan till den här veckan är stängd." in page.words


def test_on_the_last_evening_nothing_more_is_planned(
    session: Session, client: Browser, clock: time_machine.Traveller
) -> None:
    make_event(session)
    clock.move_to("2027-09-27T21:00+02:00")
    page = show(client)
    assert (page.titles, "Inget mer är planerat." in page.words) == ([], True)


def test_every_kommun_has_its_count_zeros_too(session: Session, client: Browser) -> None:
    make_event(session, is_countywide=True, kommuner=["1784"])
    links = show(client).links()
    kommuner = {words: url for words, url in links.items() if url.startswith(("/kommuner/", "/kalender?kommun"))}
    assert len(kommuner) == 17
    assert kommuner["Karlstad 1 tillfälle"] == "/kommuner/karlstad"
    assert kommuner["Arvika 1 tillfälle"] == "/kommuner/arvika"
    assert kommuner["Årjäng 0 tillfällen"] == "/kommuner/arjang"
    assert kommuner["Hela länet 1 tillfälle"] == "/kalender?kommun=17"


def test_days_and_forms_lead_to_the_calendar(session: Session, client: Browser) -> None:
    event = make_event(session)
    make_occurrence(session, event, date(2027, 9, 22), digital_place=make_digital_venue(session))
    page = show(client)
    assert page.links()["måndag 20 sep. 1 tillfälle"] == "/kalender?dag=2027-09-20"
    assert page.links()["tisdag 21 sep. 0 tillfällen"] == "/kalender?dag=2027-09-21"
    assert page.with_class("way__title") == [
        "På plats 2 tillfällen",
        "Digitalt 1 tillfälle",
        "På plats och digitalt 1 tillfälle",
    ]


def test_organisers_find_their_way_in_while_the_edition_takes_events(session: Session, client: Browser) -> None:
    make_edition(session, submit_by=date(2027, 8, 31), contact_email="veckan@varmland.example", intro="Ett.\n\nTvå.")
    page = show(client)
    assert page.links()["Anmäl en programpunkt"] == "/arbetsyta"
    assert "Sista dag att anmäla är tisdag 31 augusti 2027." in page.words
    assert page.links()["veckan@varmland.example"] == "mailto:veckan@varmland.example"
    assert text(page.section("Om veckan")) == "Om veckan Ett. Två."
    assert "De första programpunkterna visas här så snart de är publicerade." in page.words


def test_organisers_who_come_too_late_are_told(session: Session, client: Browser) -> None:
    make_edition(session, submit_by=date(2027, 8, 19))
    assert "Anmälan till den här veckan är stängd." in show(client).words


def test_before_any_edition_is_published_it_tells_what_is_coming(session: Session, client: Browser) -> None:
    edition = make_edition(session, state=EditionState.OPEN, submit_by=date(2027, 8, 31))
    make_event(session, edition=edition, status=EventStatus.SUBMITTED)
    page = show(client)
    assert page.heading == "Demokrativeckan"
    coming = text(page.section("Demokrativeckan 2027"))
    assert "20–27 september 2027" in coming
    assert "Nu kan organisationer i hela länet anmäla sina programpunkter." in coming
    assert "Samtal om demokrati" not in page.html


def test_planned_edition_takes_nothing_in_yet(session: Session, client: Browser) -> None:
    make_edition(session, state=EditionState.PLANNED)
    page = show(client)
    assert "Veckan planeras." in page.words
    assert "Anmäl en programpunkt" not in page.links()


def test_empty_site_answers_too(session: Session, client: Browser) -> None:
    assert "Nästa vecka är inte bestämd än." in show(client).words


def test_next_edition_and_archive_stand_below(session: Session, client: Browser) -> None:
    def edition(name: str, slug: str, state: EditionState, **columns: Any) -> Edition:
        return make_edition(session, name, slug=slug, number_prefix=slug, state=state, **columns)

    make_event(session)
    edition("Demokrativeckan 2028", "2028", EditionState.OPEN)
    edition("Demokrativeckan 2021", "2021", EditionState.ARCHIVED)
    edition("Falun 2017", "falun", EditionState.ARCHIVED, county="Dalarnas län")
    page = show(client)
    assert "Demokrativeckan 2028" in page.words
    archive = page.section("Tidigare upplagor")
    assert page.links(archive) == {
        "Demokrativeckan 2021": "/kalender?upplaga=2021",
        "Falun 2017": "/kalender?upplaga=falun",
    }
    assert "1 program från andra län" in text(archive)


def test_page_costs_the_same_number_of_questions_whatever_it_shows(
    session: Session, client: Browser, count_queries: Counter
) -> None:
    organiser = make_organisation(session)
    counts, made = [], 0
    for rows in (1, 3, 60):
        while made < rows:
            event = make_event(session, f"Samtal {made}", organiser=organiser, with_occurrence=False)
            make_occurrence(session, event, place=make_venue(session, f"Plats {made}"))
            make_hosting(session, event, make_organisation(session, f"Partner {made}"))
            made += 1
        with count_queries() as counted:
            assert len(show(client).titles) == min(rows, 6)
        counts.append(counted.count)
    assert counts == [10, 10, 10]


def test_english_has_its_own_addresses(session: Session, client: Browser) -> None:
    make_event(session)
    page = show(client, "/en")
    assert "/en/evenemang/samtal-om-demokrati" in page.links().values()
    assert "/en/kommuner/karlstad" in page.links().values()


@pytest.mark.parametrize("address", ["/", "/?utm_source=brev", "/?sida=9"])
def test_head_and_strange_queries(session: Session, client: Browser, address: str) -> None:
    make_event(session)
    assert client.head(address).status_code == 200

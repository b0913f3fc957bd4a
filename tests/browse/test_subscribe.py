"""Choosing what to follow, seeing what it gives, and taking the address along."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from sqlalchemy.orm import Session

from planner.editions.models import EditionState
from planner.events.actions import shorten_query
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Audience, EventStatus, Form
from planner.organisations.models import OrganisationSlug
from tests.browse.reading import PublicPage, has_class, text
from tests.browse.subscribing import HOST, address_on, pictures, show
from tests.browsing import Browser
from tests.factories import (
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_occurrence,
    make_organisation,
    make_theme,
    make_venue,
)

Counter = Callable[[], AbstractContextManager[Any]]


def test_it_says_how_many_there_are_and_the_next_three(session: Session, client: Browser) -> None:
    organiser = make_organisation(session)
    for days, title in ((4, "Sist"), (0, "Först"), (2, "Tredje"), (1, "Tvåa")):
        event = make_event(session, title, organiser=organiser, with_occurrence=False)
        make_occurrence(session, event, MONDAY + timedelta(days))
    make_event(session, "Inställt", organiser=organiser, status=EventStatus.CANCELLED)

    page = show(client, "form=pa-plats")

    assert "5 tillfällen i Demokrativeckan 2027." in page.words
    assert page.titles[-3:] == ["Först", "Tvåa", "Tredje"]
    assert page.links()["Visa i kalendern"] == "/kalender?form=pa-plats"


def test_in_the_week_the_next_ones_are_todays_and_later_all_day_long(
    session: Session, client: Browser, clock: time_machine.Traveller
) -> None:
    for days in (0, 1, 2, 3, 4):
        event = make_event(session, f"Dag {days}", with_occurrence=False)
        make_occurrence(session, event, MONDAY + timedelta(days))
    pages = []
    for hour in (5, 19):
        clock.move_to(datetime(2027, 9, 21, hour, tzinfo=UTC))
        pages.append(show(client))

    assert pages[0].titles == ["Dag 1", "Dag 2", "Dag 3"]
    assert pages[1].html == pages[0].html


def test_it_gives_every_way_in(session: Session, client: Browser) -> None:
    make_event(session)

    page = show(client, "kommun=1780&form=pa-plats")

    feed = f"{HOST}/kalender.ics?kommun=1780&form=pa-plats"
    webcal = feed.replace("https:", "webcal:")
    assert (address_on(page), page.feeds) == (feed, [feed])
    links = page.links()
    assert links["Öppna i Kalender"] == links["Öppna i ICSx5"] == webcal
    assert parse_qs(urlsplit(links["Öppna i Google Kalender"]).query) == {"cid": [webcal]}
    asked = {"url": [feed], "name": ["Demokrativeckan – Karlstad, På plats"]}
    assert parse_qs(urlsplit(links["Outlook.com, privat"]).query) == asked
    assert parse_qs(urlsplit(links["Outlook på jobbet eller i skolan"]).query) == asked
    for words in ("Ändringar syns efter 8–24 timmar.", "ungefär tre timmar enligt Microsoft", "från var femte minut"):
        assert words in page.words


def test_the_form_is_the_calendars_and_asks_for_days_too(session: Session, client: Browser) -> None:
    edition = make_edition(session)
    make_theme(session, "Kultur", edition)
    make_event(session, edition=edition, languages=["ar"], audiences=[Audience.YOUTH])

    page = show(client, "plats=stadsbiblioteket&dag=2027-09-20&kommun=1780")

    [form] = [form for form in page.main.iter("form") if form.get("role") == "search"]
    assert (form.get("method"), form.get("action")) == ("get", "/prenumerera#det-har-far-du")
    names = {each.get("name") for each in form.iter("input")}
    assert names == {"ord", "form", "kommun", "tema", "malgrupp", "arrangor", "sprak", "dag", "plats"}
    checked = [(each.get("name"), each.get("value")) for each in form.iter("input") if each.get("checked") is not None]
    assert checked == [("kommun", "1780"), ("dag", "2027-09-20")]
    assert page.links()["Ta bort filtret: Karlstad"] == "/prenumerera?dag=2027-09-20&plats=stadsbiblioteket"
    assert page.links()["Rensa alla filter"] == "/prenumerera"
    assert "Du följer bara dagarna som du har valt." in page.words


def test_nothing_yet_may_be_followed_and_can_be_widened(session: Session, client: Browser) -> None:
    make_event(session)

    page = show(client, "kommun=1780&form=digitalt")

    assert page.with_class("empty__title") == ["Inget i programmet just nu"]
    assert "Det som kommer till syns i din kalender av sig självt." in page.words
    assert page.links()["Visa utan filtret form"] == "/prenumerera?kommun=1780"
    assert address_on(page) == f"{HOST}/kalender.ics?kommun=1780&form=digitalt"


def test_before_anything_is_published_one_may_subscribe_all_the_same(session: Session, client: Browser) -> None:
    make_edition(session, state=EditionState.OPEN)

    page = show(client)

    assert "Inget program är publicerat än." in page.words
    assert address_on(page) == f"{HOST}/kalender.ics"
    assert client.get("/kalender.ics").status_code == 200


def test_after_the_week_the_next_programme_comes_by_itself(
    session: Session, client: Browser, clock: time_machine.Traveller
) -> None:
    make_event(session)
    clock.move_to(datetime(2027, 10, 20, tzinfo=UTC))

    page = show(client)

    assert "Veckan är slut. Prenumerera ändå om du vill ha nästa program" in page.words
    assert "Nästa gång veckan ordnas kommer det nya programmet till samma kalender." in page.words


def test_an_archived_edition_is_followed_by_name_and_promises_nothing_new(session: Session, client: Browser) -> None:
    old = make_edition(
        session,
        "Demokrativeckan 2021",
        slug="2021",
        number_prefix="DV21",
        state=EditionState.ARCHIVED,
        first_day=date(2021, 9, 20),
        last_day=date(2021, 9, 27),
    )
    event = make_event(session, edition=old, with_occurrence=False)
    make_occurrence(session, event, date(2021, 9, 21))

    page = show(client, "upplaga=2021")

    assert "1 tillfälle i Demokrativeckan 2021" in page.words
    assert "Veckan är slut och ändras knappast mer." in page.words
    assert "Nästa gång veckan ordnas" not in page.words
    assert parse_qs(urlsplit(page.links()["Outlook.com, privat"]).query)["name"] == ["Demokrativeckan 2021"]


def test_unknown_filters_are_explained_as_on_the_calendar(session: Session, client: Browser) -> None:
    make_event(session)

    page = PublicPage(client.get("/prenumerera?kommun=1780&form=flygande"), status=400)

    assert page.heading == "Filtret stämmer inte"
    assert "”flygande”" in page.words
    assert page.links()["Prenumerera utan det som inte finns"] == "/prenumerera?kommun=1780"
    assert page.links()["Välj fritt vad du vill prenumerera på"] == "/prenumerera"


def test_former_slugs_become_todays(session: Session, client: Browser) -> None:
    organisation = make_organisation(session, "Nya namnet")
    session.add(OrganisationSlug(slug="gamla-namnet", organisation_id=organisation.id))
    make_event(session, organiser=organisation)

    assert address_on(show(client, "arrangor=gamla-namnet")) == f"{HOST}/kalender.ics?arrangor=nya-namnet"


def test_in_english_the_address_is_the_same(session: Session, client: Browser) -> None:
    make_event(session)

    page = show(client, "kommun=1780", language="/en")

    assert page.heading == "Subscribe"
    assert address_on(page) == f"{HOST}/kalender.ics?kommun=1780"
    assert f"{HOST}/en/prenumerera?kommun=1780" in next(iter(pictures(page).values()))


PAGES = {
    "/": "/prenumerera",
    "/kalender?kommun=1780&form=pa-plats": "/prenumerera?kommun=1780&form=pa-plats",
    "/kommuner/karlstad": "/prenumerera?kommun=1780",
    "/arrangorer": "/prenumerera",
    "/arrangorer/foreningen-samtal": "/prenumerera?arrangor=foreningen-samtal",
    "/platser": "/prenumerera",
    "/platser/stadsbiblioteket": "/prenumerera?plats=stadsbiblioteket",
    "/teman/manskliga-rattigheter": "/prenumerera?tema=manskliga-rattigheter",
}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_list_leads_here_with_its_query(session: Session, client: Browser, path: str, language: str) -> None:
    make_event(session, themes=[make_theme(session)])

    page = PublicPage(client.get(f"{language}{path}"))

    leading = [url for url in page.links().values() if url.startswith(f"{language}/prenumerera")]
    assert leading == [f"{language}{PAGES[path]}"]
    assert client.get(leading[0]).status_code == 200


def test_each_page_has_one_panel_and_its_own_feed(session: Session, client: Browser) -> None:
    make_event(session, themes=[make_theme(session)])
    for path in PAGES:
        if path in ("/arrangorer", "/platser"):
            continue
        page = PublicPage(client.get(path))
        panels = [each for each in page.main.iter("section") if has_class(each, "subscribe")]
        assert [text(next(each.iter("h2"))) for each in panels] == ["Följ i din egen kalender"]
        [feed] = page.feeds
        assert feed.replace("https:", "webcal:") in page.links().values()
        parts = urlsplit(feed)
        assert client.get(f"{parts.path}?{parts.query}").status_code == 200


def test_one_event_is_first_of_all_a_file_to_add(session: Session, client: Browser) -> None:
    make_event(session, "Quiz")

    page = PublicPage(client.get("/evenemang/quiz"))

    feed = f"{HOST}/evenemang/quiz.ics"
    assert page.links()["Lägg till i kalendern"] == feed
    assert page.links()["Apple, Thunderbird och andra"] == feed.replace("https:", "webcal:")
    assert address_on(page) == feed
    assert "Prenumerera på det här" not in page.links()


def test_page_costs_the_same_number_of_questions_whatever_it_shows(
    session: Session, client: Browser, count_queries: Counter
) -> None:
    organiser = make_organisation(session)
    code = shorten_query(session, CalendarQuery(forms=(Form.ONSITE,))).code
    made, counts = 0, []
    for rows in (1, 3):
        while made < rows:
            event = make_event(session, f"Samtal {made}", organiser=organiser, with_occurrence=False)
            make_occurrence(
                session,
                event,
                MONDAY + timedelta(made),
                place=make_venue(session, f"Plats {made}"),
                digital_place=make_digital_venue(session, f"Rum {made}"),
            )
            made += 1
        for path in ("/prenumerera", f"/prenumerera/{code}", "/prenumerera/qr-sida.svg", f"/f/{code}"):
            with count_queries() as counted:
                client.get(path)
            counts.append(counted.count)
    assert counts[:4] == counts[4:] == [15, 16, 0, 1]


def test_head_and_no_cookie(session: Session, client: Browser) -> None:
    make_event(session)

    response = client.head("/prenumerera?kommun=1780")

    assert (response.status_code, response.data, "Set-Cookie" in response.headers) == (200, b"", False)

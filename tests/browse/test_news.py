"""What has changed in the programme: by the day of the change, with what was before, for whatever part of it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.browse.views import news as view
from planner.editions.models import EditionState
from planner.events.actions import (
    cancel_event,
    cancel_occurrence,
    change_occurrence,
    move_occurrence_online,
    publish_event,
    reinstate_event,
    save_event,
    withdraw_event,
)
from planner.events.actions.publication import show_all
from planner.events.models import Event, EventStatus, EventText
from planner.events.queries import lock_event
from tests.browse.reading import PublicPage, text
from tests.browsing import Browser
from tests.events.cast import Cast, make_cast
from tests.factories import MONDAY, make_edition, make_occurrence, make_venue

Counter = Callable[[], AbstractContextManager[Any]]
DAY = timedelta(days=1)


@pytest.fixture
def cast(session: Session, now: datetime) -> Cast:
    cast = make_cast(session)
    cast.edition.published_at = now - 20 * DAY
    return cast


@pytest.fixture
def event(cast: Cast, session: Session, now: datetime) -> Event:
    """On the Monday at 18 in the library in Karlstad; it was in the programme from the start."""
    cast.edition.state = EditionState.OPEN
    event = publish_event(session, cast.event(EventStatus.SUBMITTED), actor=cast.karin, now=now - 25 * DAY)
    cast.edition.state = EditionState.PUBLISHED
    session.flush()
    return event


def show(client: Browser, query: str = "", language: str = "") -> PublicPage:
    return PublicPage(client.get(f"{language}/nytt{'?' + query if query else ''}"))


def cards(page: PublicPage) -> list[str]:
    """The words of each card."""
    return [text(each) for each in page.main.iter("article")]


def test_a_new_time_stands_with_the_old_one(
    cast: Cast, session: Session, now: datetime, client: Browser, event: Event
) -> None:
    change_occurrence(session, event.occurrences[0], {"start": time(17)}, actor=cast.anna, now=now)

    page = show(client)
    assert page.heading == "Nytt i programmet"
    assert page.day_headings == ["Fredag 20 augusti 2027 1 ändring"]
    assert cards(page) == [
        "Ny tid Ändrat kl. 10.15 Samtal om demokrati Måndag 20 september 2027 kl. 17–19.30 "
        "Förut: måndag 20 september 2027 kl. 18–19.30 Stadsbiblioteket, Karlstad"
    ]
    assert page.links()["Samtal om demokrati"] == "/evenemang/samtal-om-demokrati"
    [mark] = [text(each) for each in page.main.iter("del")]
    assert mark == "måndag 20 september 2027 kl. 18–19.30"


def test_each_thing_that_can_happen_says_what_it_is(
    cast: Cast, session: Session, now: datetime, client: Browser, event: Event
) -> None:
    (occurrence,) = event.occurrences
    save: Any = {"title": "Annat"}
    steps: list[Callable[[datetime], object]] = [
        lambda at: change_occurrence(session, occurrence, {"is_preliminary": True}, actor=cast.anna, now=at),
        lambda at: change_occurrence(
            session, occurrence, {"is_preliminary": False, "start": time(17)}, actor=cast.anna, now=at
        ),
        lambda at: save_event(session, event, save, expected_version=None, actor=cast.anna, now=at),
        lambda at: cancel_event(session, event, "Talaren är sjuk.", actor=cast.anna, now=at),
        lambda at: reinstate_event(session, event, actor=cast.anna, now=at),
        lambda at: move_occurrence_online(session, occurrence, cast.room, actor=cast.anna, now=at),
        lambda at: change_occurrence(session, occurrence, {"digital_place_id": None}, actor=cast.anna, now=at),
        lambda at: cancel_occurrence(session, occurrence, "Ingen har anmält sig.", actor=cast.anna, now=at),
    ]
    for hours, step in enumerate(steps):
        step(now + timedelta(hours=hours))

    at_17, at_18 = "Måndag 20 september 2027 kl. 17–19.30", "Måndag 20 september 2027 kl. 18–19.30"
    told = [card.replace("Annat ", "", 1).partition(" Ändrat kl. ") for card in cards(show(client))]
    assert [(kind, rest.partition(" ")[2]) for kind, _said, rest in told] == [
        ("Inställt", f"Ingen har anmält sig. {at_17}"),
        ("Ny plats", f"{at_17} Ingen plats angiven Förut: Länets videorum"),
        ("Flyttat till digitalt", f"{at_17} Länets videorum Förut: Stadsbiblioteket"),
        ("Blir av igen", f"{at_17} Stadsbiblioteket"),
        ("Inställt", f"{at_17} Stadsbiblioteket"),
        ("Ny rubrik", f"Hette förut Samtal om demokrati {at_17} Stadsbiblioteket"),
        ("Ny tid", f"{at_17} Förut: {at_18.lower()} Stadsbiblioteket Tiden är inte längre preliminär."),
        ("Preliminärt", f"{at_18} Stadsbiblioteket"),
    ]


def test_what_is_new_stands_apart_and_many_are_folded(
    cast: Cast, session: Session, now: datetime, client: Browser, event: Event
) -> None:
    change_occurrence(session, event.occurrences[0], {"start": time(17)}, actor=cast.anna, now=now - DAY)
    made = [cast.event(title=f"Nytt samtal {number}") for number in range(10)]
    make_occurrence(session, made[-1], MONDAY + DAY)
    show_all(session, [one.id for one in made], now=now - DAY)

    page = show(client)
    assert page.day_headings == ["Torsdag 19 augusti 2027 1 ändring och 10 nya"]
    assert len(cards(page)) == 1
    rows = page.with_class("news-new__row")
    assert len(rows) == 10
    assert rows[0] == (
        "Nytt samtal 9 Måndag 20 september 2027 kl. 18–19.30 och 1 tillfälle till Stadsbiblioteket, Karlstad"
    )
    assert "Visa 2 till" in page.words


def test_what_was_there_from_the_start_is_one_line(
    session: Session, client: Browser, event: Event, now: datetime, cast: Cast
) -> None:
    page = show(client)
    assert page.with_class("empty__title") == ["Inget har ändrats sedan programmet publicerades"]
    assert page.with_class("news-beginning") == [
        "Programmet publicerades lördag 31 juli 2027 med 1 programpunkt. Se programmet"
    ]
    narrowed = show(client, "kommun=1780")
    assert narrowed.with_class("empty__title") == ["Inget har ändrats av det du har valt"]
    assert narrowed.with_class("news-beginning") == [
        "Programmet publicerades lördag 31 juli 2027. 1 programpunkt av det du har valt var med från början. "
        "Se programmet"
    ]
    links = narrowed.links()
    assert links["Visa allt som är nytt"] == "/nytt"
    assert links["Se programmet med samma val"] == "/kalender?kommun=1780"


def test_whoever_follows_a_kommun_hears_of_what_has_left_it(
    cast: Cast, session: Session, now: datetime, client: Browser, event: Event
) -> None:
    other = make_venue(session, "Arvika bibliotek", kommun_code="1784")
    change_occurrence(session, event.occurrences[0], {"place_id": other.id}, actor=cast.anna, now=now)

    for query in ("kommun=1780", "kommun=1784", "plats=stadsbiblioteket", "plats=arvika-bibliotek", "form=pa-plats"):
        assert len(cards(show(client, query))) == 1, query
    for query in ("kommun=1730", "form=digitalt", "dag=2027-09-21"):
        assert cards(show(client, query)) == [], query


def test_chosen_filters_can_be_taken_away_and_another_kommun_chosen(
    session: Session, client: Browser, event: Event
) -> None:
    page = show(client, "kommun=1780&form=pa-plats")
    assert page.links()["Ta bort filtret: Karlstad"] == "/nytt?form=pa-plats"
    [form] = [form for form in page.main.iter("form") if form.get("role") == "search"]
    hidden = [(each.get("name"), each.get("value")) for each in form.iter("input")]
    chosen = [text(each) for each in form.iter("option") if each.get("selected") is not None]
    assert (form.get("action"), hidden, chosen) == ("/nytt", [("form", "pa-plats")], ["Karlstad"])


def test_unknown_filter_is_explained_as_in_the_calendar(session: Session, client: Browser, event: Event) -> None:
    page = PublicPage(client.get("/nytt?form=flygande&kommun=1780"), 400)
    assert page.heading == "Filtret stämmer inte"
    assert "Det finns ingen form som heter ”flygande”." in page.words
    assert page.links()["Visa det som är nytt utan det som inte finns"] == "/nytt?kommun=1780"


def test_many_come_page_by_page(
    cast: Cast, session: Session, now: datetime, client: Browser, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "PAGE_SIZE", 2)
    for hour, start in enumerate((9, 10, 11)):
        at = now + timedelta(hours=hour)
        change_occurrence(session, event.occurrences[0], {"start": time(start)}, actor=cast.anna, now=at)

    first, second = show(client), show(client, "sida=2")
    assert (len(cards(first)), len(cards(second))) == (2, 1)
    assert (first.with_class("news-beginning"), len(second.with_class("news-beginning"))) == ([], 1)
    assert first.links()["Nästa"] == "/nytt?sida=2"
    assert [client.get(f"/nytt?sida={number}").status_code for number in ("3", "0", "x")] == [404, 404, 404]


def test_a_list_that_is_cut_says_so(
    cast: Cast, session: Session, now: datetime, client: Browser, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "MOST_NEWS", 1)
    change_occurrence(session, event.occurrences[0], {"start": time(17)}, actor=cast.anna, now=now)
    page = show(client)
    assert "Äldre ändringar visas inte." in page.words
    assert page.with_class("news-beginning") == []


def test_withdrawn_is_gone_with_its_history(
    cast: Cast, session: Session, now: datetime, client: Browser, event: Event
) -> None:
    change_occurrence(session, event.occurrences[0], {"start": time(17)}, actor=cast.anna, now=now)
    withdraw_event(session, lock_event(session, event.id), "Fel", actor=cast.anna, now=now + DAY)
    assert "Samtal om demokrati" not in show(client).html


def test_before_anything_is_published_the_page_says_what_will_come(session: Session, client: Browser) -> None:
    make_edition(session, state=EditionState.OPEN)
    page = show(client)
    assert (page.heading, "20–27 september 2027" in page.words) == ("Nytt i programmet", True)


def test_an_archive_is_no_longer_waited_for(session: Session, client: Browser) -> None:
    make_edition(session, state=EditionState.ARCHIVED)
    assert "Upplagan är avslutad och finns kvar som arkiv." in show(client).words


def test_in_english_ours_is_english_and_theirs_is_marked(
    cast: Cast, session: Session, now: datetime, client: Browser, event: Event
) -> None:
    session.add(EventText(event_id=event.id, language="en", title="Talking of democracy"))
    change_occurrence(session, event.occurrences[0], {"start": time(17)}, actor=cast.anna, now=now)
    page = show(client, language="/en")
    assert page.heading == "New in the programme"
    assert cards(page) == [
        "New time Changed 10:15 Talking of democracy Monday 20 September 2027 17:00–19:30 "
        "Before: Monday 20 September 2027 18:00–19:30 Stadsbiblioteket, Karlstad"
    ]
    swedish = [text(each) for each in page.main.iter() if each.get("lang") == "sv"]
    assert swedish == ["Demokrativeckan 2027", "Stadsbiblioteket"]


@pytest.fixture
def feeds_in_head() -> Callable[[PublicPage], list[tuple[str, str]]]:
    def read(page: PublicPage) -> Iterator[tuple[str, str]]:
        for link in page.tree.iter("link"):
            if link.get("rel") == "alternate" and link.get("type"):
                yield link.get("type") or "", link.get("href") or ""

    return lambda page: list(read(page))


def test_page_leads_to_its_feeds_and_the_calendar_of_the_same(
    session: Session, client: Browser, event: Event, feeds_in_head: Callable[[PublicPage], list[tuple[str, str]]]
) -> None:
    page = show(client, "kommun=1780", "/en")
    host = "https://demokrativeckan.example"
    assert feeds_in_head(page) == [
        ("application/atom+xml", f"{host}/nytt.atom?kommun=1780"),
        ("application/rss+xml", f"{host}/nytt.rss?kommun=1780"),
    ]
    assert page.links()["RSS"] == f"{host}/nytt.rss?kommun=1780"
    assert page.links()["Subscribe to this"] == "/en/prenumerera?kommun=1780"


def test_too_many_choices_for_an_address_have_no_feed(
    session: Session, client: Browser, event: Event, feeds_in_head: Callable[[PublicPage], list[tuple[str, str]]]
) -> None:
    page = show(client, "&".join(f"dag=2027-09-{day}" for day in range(10, 29)))
    assert feeds_in_head(page) == []
    assert "Med så här många val blir adressen för lång. Välj färre." in page.words


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/", "/nytt"),
        ("/kalender?kommun=1780", "/nytt?kommun=1780"),
        ("/kommuner/karlstad", "/nytt?kommun=1780"),
        ("/platser/stadsbiblioteket", "/nytt?plats=stadsbiblioteket"),
        ("/arrangorer/foreningen-samtal", "/nytt?arrangor=foreningen-samtal"),
        ("/om", "/nytt"),
    ],
)
def test_every_list_leads_to_what_is_new_in_it(
    session: Session, client: Browser, event: Event, address: str, leads_to: str
) -> None:
    page = PublicPage(client.get(address))
    assert leads_to in page.links(page.tree).values()


@pytest.mark.parametrize("much", [1, 3, 24])
def test_page_costs_the_same_number_of_questions_whatever_it_shows(
    cast: Cast, session: Session, now: datetime, client: Browser, count_queries: Counter, much: int
) -> None:
    made = [cast.event(title=f"Samtal {number}").id for number in range(much)]
    show_all(session, made, now=now - DAY)
    for one in made:
        change_occurrence(
            session, lock_event(session, one).occurrences[0], {"start": time(17)}, actor=cast.anna, now=now
        )
    with count_queries() as counted:
        assert len(cards(show(client))) == much
    assert counted.count == 5

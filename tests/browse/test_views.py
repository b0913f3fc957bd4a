"""The same query by day, by week, by month and on the map: nothing is lost, nothing is added, and nothing grows."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy.orm import Session

from planner.browse.shading import step_of, steps_up_to
from planner.data.kommuner import kommuner
from planner.events.actions.counting import count_anew
from planner.events.calendar_query import CalendarQuery
from planner.events.models import EventStatus, Form, TimeKind
from tests.browse.reading import PublicPage, has_class, text
from tests.browse.test_calendar import wish
from tests.browsing import Browser
from tests.events.programme import EACH_WAY, everything, make_programme, slow_filter
from tests.factories import MONDAY, make_edition, make_event, make_occurrence, make_organisation, make_venue

Counter = Callable[[], AbstractContextManager[Any]]
TUESDAY, WEDNESDAY = MONDAY + timedelta(1), MONDAY + timedelta(2)
BY_DAYS = ("vecka", "manad")
SVG = "{http://www.w3.org/2000/svg}"


def show(client: Browser, query: str = "", view: str = "", page: str = "", language: str = "") -> PublicPage:
    asked = "&".join(filter(None, (query, f"vy={view}" if view else "", f"sida={page}" if page else "")))
    return PublicPage(client.get(f"{language}/kalender{'?' + asked if asked else ''}"))


def entries(page: PublicPage) -> list[str]:
    """Every occurrence that a view by days shows: its title and when it is."""
    shown = [each for each in page.main.iter() if has_class(each, "entry__title", "bar__title", "hour__title")]
    return [text(each) for each in shown]


def pages_of(client: Browser, query: str, view: str) -> list[PublicPage]:
    """The page of a view that an address leads to, and all that lie before and after it."""
    found = [show(client, query, view)]
    for way in ("prev", "next"):
        page = found[0]
        while links := [each.get("href") for each in page.main.iter("a") if each.get("rel") == way]:
            page = PublicPage(client.get(links[0]))
            found.append(page)
            assert len(found) < 20
    return found


def named(session: Session) -> dict[str, str]:
    """The UID of every occurrence to a title that no other has: a test can then compare sets of them."""
    for number, occurrence in enumerate(everything(session)):
        occurrence.label = f"nr {number:03}"
    session.flush()
    return {each.uid: f"{each.event.title}: {each.label}," for each in everything(session)}


@EACH_WAY
@pytest.mark.usefixtures("few")
def test_every_view_shows_exactly_what_the_list_shows(session: Session, client: Browser, is_kept: bool) -> None:
    edition = make_programme(session)
    if is_kept:
        count_anew(session, edition)
    titles, occurrences = named(session), everything(session)
    choose = random.Random(2027)
    queries = [CalendarQuery(), *(wish(choose) for _ in range(5))]
    for query in queries:
        expected = {titles[uid] for uid in slow_filter(occurrences, query)}
        for view in BY_DAYS:
            pages = pages_of(client, str(query), view)
            shown = {next(t for t in titles.values() if line.startswith(t)) for page in pages for line in entries(page)}
            more = [int(words.split()[1]) for page in pages for words in page.with_class("grid-more")]
            assert shown <= expected, (str(query), view)
            assert (not more) is (shown == expected), (str(query), view)
            assert len(expected - shown) <= sum(more), (str(query), view)
        for day in query.days or (MONDAY, WEDNESDAY):
            that_day = query.with_(days=(day,))
            shown = entries(show(client, str(that_day), "dag"))
            expected_then = sorted(titles[uid] for uid in slow_filter(occurrences, that_day))
            assert sorted(next(t for t in titles.values() if line.startswith(t)) for line in shown) == expected_then


def test_map_and_its_table_have_the_numbers_of_the_lists_that_they_lead_to(session: Session, client: Browser) -> None:
    make_programme(session)
    occurrences, choose = everything(session), random.Random(2028)
    for query in [CalendarQuery(), *(wish(choose) for _ in range(4))]:
        page = show(client, str(query), "karta")
        if not slow_filter(occurrences, query):
            assert page.with_class("empty__title") == ["Inget i programmet passar alla filter på en gång"]
            continue
        expected = {
            kommun.name: (len(slow_filter(occurrences, in_it)), f"/kalender?{in_it}")
            for kommun, in_it in ((each, query.with_(kommuner=(each.code,))) for each in kommuner().values())
        }
        drawn = [each for each in page.main.iter(f"{SVG}a") if has_class(each, "county-map__area")]
        numbers = [text(each) for each in page.main.iter(f"{SVG}tspan") if has_class(each, "county-map__number")]
        said = [(each.get("aria-label") or "").split(" tillf")[0].rpartition(": ")[::2] for each in drawn]
        assert {
            name: (int(number), link.get("href")) for (name, number), link in zip(said, drawn, strict=True)
        } == expected
        assert numbers == [number for _name, number in said]
        rows = [[text(cell) for cell in row] for row in page.main.iter("tr")][1:]
        countywide, online = (query.with_(kommuner=("17",)), query.with_(forms=(Form.ONLINE,)))
        assert rows == [
            *([name, str(number)] for name, (number, _url) in expected.items()),
            ["Hela länet", str(len(slow_filter(occurrences, countywide)))],
            ["Digitalt", str(len(slow_filter(occurrences, online)))],
        ]


@pytest.mark.parametrize(
    ("most", "labels"),
    [
        (0, ["0"]),
        (1, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (5, ["0", "1–2", "3–4", "5"]),
        (11, ["0", "1–3", "4–6", "7–9", "10–11"]),
        (1000, ["0", "1–250", "251–500", "501–750", "751–1000"]),
    ],
)
def test_shades_of_the_map_are_few_and_cover_every_number(most: int, labels: list[str]) -> None:
    steps = steps_up_to(most)
    assert [step.label for step in steps] == labels
    assert sorted({step_of(count, steps) for count in range(most + 1)}) == [step.number for step in steps]


def test_chosen_kommun_is_marked_on_the_map(session: Session, client: Browser) -> None:
    make_event(session)
    page = show(client, "kommun=1780", "karta")
    assert [each.get("aria-label") for each in page.main.iter(f"{SVG}a") if each.get("aria-current")] == [
        "Karlstad: 1 tillfälle"
    ]


def test_day_has_its_hours_and_what_has_none_apart(session: Session, client: Browser) -> None:
    event = make_event(session, "Samtal", organiser=make_organisation(session), with_occurrence=False)
    make_occurrence(session, event, MONDAY, last_day=TUESDAY, start=time(21, 30), end=time(0, 30))
    make_occurrence(session, event, TUESDAY, start=time(18, 15), end=time(19))
    make_occurrence(session, event, TUESDAY, start=time(18), end=None)
    make_occurrence(session, event, TUESDAY, start=time(9))
    make_occurrence(session, event, TUESDAY, start=None, time_kind=TimeKind.ON_BOOKING)
    make_occurrence(session, event, MONDAY, last_day=WEDNESDAY, start=None, time_note="10–16")
    page = show(client, "dag=2027-09-21", "dag")
    assert page.with_class("hour__clock") == ["Från kvällen innan", "Klockan 09", "Klockan 18"]
    assert page.with_class("hour__when") == ["21.30–00.30", "09.00–19.30", "18.00", "18.15–19.00"]
    assert [words.partition(" · ")[0] for words in page.with_class("bar__facts")] == ["20–22 sep.", "Tid efter bokning"]
    assert page.with_class("calendar__count") == ["Tisdag 21 september 2027"]
    assert page.links()["Mån 20 sep."] == "/kalender?dag=2027-09-20&vy=dag"
    assert page.links()["Ons 22 sep."] == "/kalender?dag=2027-09-22&vy=dag"


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2027-08-01T10:00:00Z", "Måndag 20 september 2027"),
        ("2027-09-22T21:59:00Z", "Onsdag 22 september 2027 (i dag)"),
        ("2027-09-22T22:00:00Z", "Torsdag 23 september 2027 (i dag)"),
        ("2027-12-01T10:00:00Z", "Måndag 20 september 2027"),
    ],
)
def test_day_without_a_date_is_today_in_the_week_and_else_its_first(
    session: Session, client: Browser, now: str, day: str
) -> None:
    make_event(session)
    with time_machine.travel(now, tick=False):
        assert show(client, "", "dag").with_class("calendar__count") == [day]


def test_empty_day_leads_to_the_days_around_it(session: Session, client: Browser) -> None:
    event = make_event(session)
    make_occurrence(session, event, MONDAY + timedelta(30))
    page = show(client, "dag=2027-10-01", "dag")
    assert page.with_class("empty__title") == ["Inget i programmet passar alla filter på en gång"]
    beyond = show(client, "dag=2027-10-20", "dag")
    assert beyond.links()["Mån 20 sep."] == "/kalender?dag=2027-09-20&vy=dag"
    assert show(client, "dag=2027-09-27", "dag").with_class("empty__title") != []


def test_links_of_a_grid_say_the_whole_date(session: Session, client: Browser) -> None:
    event = make_event(session, "Samtal", with_occurrence=False)
    make_occurrence(session, event, TUESDAY)
    make_occurrence(session, event, MONDAY, last_day=WEDNESDAY, start=None)
    cancelled = make_event(session, "Föredrag", status=EventStatus.CANCELLED, with_occurrence=False)
    make_occurrence(session, cancelled, TUESDAY, start=time(20), end=None)
    for view in BY_DAYS:
        assert sorted(entries(show(client, "", view))) == [
            "Föredrag, tisdag 21 september 2027 kl. 20, inställt",
            "Samtal, 20–22 september 2027",
            "Samtal, tisdag 21 september 2027 kl. 18–19.30",
        ]


def test_bar_lies_over_its_days_and_stops_at_the_ends_of_the_row(session: Session, client: Browser) -> None:
    event = make_event(session, with_occurrence=False)
    make_occurrence(session, event, MONDAY - timedelta(3), last_day=WEDNESDAY, start=None)
    make_occurrence(session, event, TUESDAY, last_day=MONDAY + timedelta(20), start=None)
    bars = [each for each in show(client, "", "vecka").main.iter("li") if has_class(each, "bar")]
    ends = [[bar.get(name) for name in ("data-from", "data-to", "data-begun", "data-goes-on")] for bar in bars]
    assert ends == [["1", "3", "", None], ["2", "8", None, ""]]


def test_month_is_a_table_with_the_numbers_of_its_weeks(session: Session, client: Browser) -> None:
    make_event(session)
    page = show(client, "", "manad")
    heads = [text(each) for each in page.main.iter("th")]
    assert heads == ["v.", *(f"{day}dag{day[:2]}" for day in ("mån", "tis", "ons", "tors", "fre", "lör", "sön")),
                     *(f"Vecka {number}" for number in range(35, 40))]  # fmt: skip
    assert page.links()["20måndag 20 september 2027, 1 tillfälle"] == "/kalender?dag=2027-09-20&vy=dag"
    assert page.links()["Vecka 38"] == "/kalender?vy=vecka"
    assert page.links()["Vecka 37"] == "/kalender?vy=vecka&sida=2027-09-13"


def test_weeks_and_months_go_as_far_as_the_programme(session: Session, client: Browser) -> None:
    event = make_event(session)
    make_occurrence(session, event, date(2027, 9, 28))
    make_occurrence(session, event, date(2027, 12, 1))
    headings = [page.with_class("week__head")[0] for page in pages_of(client, "", "vecka")]
    assert headings == [
        "20–27 september 2027 28 september–3 oktober 2027",
        "28 september–3 oktober 2027 20–27 september 2027 29 november–5 december 2027",
        "29 november–5 december 2027 28 september–3 oktober 2027",
    ]
    assert [page.with_class("week__head")[0].split()[0] for page in pages_of(client, "", "manad")] == [
        "September",
        "December",
    ]


def test_view_keeps_the_query_and_stands_last(session: Session, client: Browser) -> None:
    make_event(session)
    page = show(client, "form=pa-plats&kommun=1780", "vecka")
    assert {words: page.links()[words] for words in ("Lista", "Dag", "Vecka", "Månad", "Karta")} == {
        "Lista": "/kalender?kommun=1780&form=pa-plats",
        "Dag": "/kalender?kommun=1780&form=pa-plats&vy=dag",
        "Vecka": "/kalender?kommun=1780&form=pa-plats&vy=vecka",
        "Månad": "/kalender?kommun=1780&form=pa-plats&vy=manad",
        "Karta": "/kalender?kommun=1780&form=pa-plats&vy=karta",
    }
    [current] = [each for each in page.main.iter("a") if each.get("aria-current") == "page"]
    assert text(current) == "Vecka"
    assert page.links()["Ta bort filtret: Karlstad"] == "/kalender?form=pa-plats&vy=vecka"
    [form] = [form for form in page.main.iter("form") if form.get("role") == "search"]
    hidden = [(each.get("name"), each.get("value")) for each in form.iter("input") if each.get("type") == "hidden"]
    assert hidden == [("vy", "vecka")]
    assert page.feeds == ["https://demokrativeckan.example/kalender.ics?kommun=1780&form=pa-plats"]


def test_day_that_one_looks_at_does_not_narrow_the_week(session: Session, client: Browser) -> None:
    make_event(session)
    page = show(client, "dag=2027-09-20", "dag")
    assert page.links()["Vecka"] == "/kalender?vy=vecka"
    assert page.links()["Lista"] == "/kalender?dag=2027-09-20"


def test_list_has_no_name_in_the_address(session: Session, client: Browser) -> None:
    make_event(session)
    response = client.get("/en/kalender?vy=lista&kommun=1780")
    assert (response.status_code, response.location) == (301, "/en/kalender?kommun=1780")
    response = client.get("/kalender?vy=&kommun=1780")
    assert (response.status_code, response.location) == (301, "/kalender?kommun=1780")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("vy=klocka", "Kalendern har ingen vy som heter ”klocka”."),
        ("vy=dag&vy=vecka", "Välj en vy i taget."),
        ("vy=k%E2%80%AElocka", "Kalendern har ingen vy som heter ”klocka”."),
    ],
)
def test_unknown_view_is_explained(session: Session, client: Browser, query: str, words: str) -> None:
    make_event(session)
    page = PublicPage(client.get(f"/kalender?kommun=1780&{query}"), status=400)
    assert words in page.words


@pytest.mark.parametrize(
    "query",
    ["vy=vecka&sida=2027-09-31", "vy=vecka&sida=2027-9-1", "vy=vecka&sida=9999-12-31", "vy=manad&sida=2027-13",
     "vy=manad&sida=%E2%80%AE", "vy=manad&sida=0001-01", "vy=dag&sida=2", "vy=dag&sida=x"],
)  # fmt: skip
def test_pages_that_no_view_has_are_not_found(session: Session, client: Browser, query: str) -> None:
    make_event(session)
    assert client.get(f"/kalender?{query}").status_code == 404


@pytest.mark.parametrize("view", ["dag", *BY_DAYS, "karta"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2027-02-28"])
def test_any_day_can_be_asked_for_in_any_view(session: Session, client: Browser, view: str, day: str) -> None:
    make_event(session)
    assert show(client, f"dag={day}", view).heading == "Kalender"


def test_months_go_on_through_what_lasts_into_them(session: Session, client: Browser) -> None:
    """What lasts from September into November has an October, both ways; weeks lead to what begins."""
    event = make_event(session, "Höstens utställning", with_occurrence=False)
    make_occurrence(session, event, MONDAY, last_day=date(2027, 11, 2), start=None)
    for month, beside in {
        "2027-09": ["/kalender?vy=manad&sida=2027-10"],
        "2027-10": ["/kalender?vy=manad&sida=2027-09", "/kalender?vy=manad&sida=2027-11"],
        "2027-11": ["/kalender?vy=manad&sida=2027-10"],
    }.items():
        page = show(client, "", "manad", month)
        assert [each.get("href") for each in page.main.iter("a") if each.get("rel") in ("prev", "next")] == beside
        assert len(entries(page)) > 0


@pytest.mark.parametrize("path", ["kalender.ics", "kalender.json", "kalender.xlsx"])
def test_feeds_know_no_views(session: Session, client: Browser, path: str) -> None:
    make_event(session)
    assert client.get(f"/{path}?vy=dag").status_code == 400


MORE_THAN_THE_LIST = {"dag": 2, "vecka": 1, "manad": 1, "karta": -1}
"""Questions that a view asks beside those of the list."""


@pytest.mark.parametrize("view", list(MORE_THAN_THE_LIST))
def test_view_costs_the_same_number_of_questions_whatever_it_shows(
    session: Session, client: Browser, count_queries: Counter, view: str
) -> None:
    edition, organiser = make_edition(session), make_organisation(session)
    counts = []
    for number in (1, 2):
        for n in range(number):
            event = make_event(session, f"Händelse {number} {n}", edition=edition, organiser=organiser)
            make_occurrence(session, event, MONDAY, last_day=WEDNESDAY, start=None, place=make_venue(session))
        for asked in ("", view):
            session.expire_all()
            with count_queries() as counted:
                show(client, "", asked)
            counts.append(counted.count)
    as_list, as_view, *again = counts
    assert again == [as_list, as_view]
    assert as_view - as_list == MORE_THAN_THE_LIST[view]


def test_thousand_on_a_day_make_no_heavier_page(session: Session, client: Browser) -> None:
    event = make_event(session, "En programpunkt med ett namn av vanlig längd", with_occurrence=False)
    for _ in range(500):
        make_occurrence(session, event, MONDAY)
        make_occurrence(session, event, MONDAY, last_day=TUESDAY, start=None)
    pages = {view: show(client, "", view) for view in ("dag", *BY_DAYS)}
    assert {view: len(entries(page)) for view, page in pages.items()} == {"dag": 140, "vecka": 14, "manad": 6}
    assert pages["vecka"].with_class("grid-more") == ["och 492 till måndag 20 september 2027"]
    assert "Och 494 till, i listan" in pages["vecka"].words
    assert pages["dag"].links()["Nästa"] == "/kalender?vy=dag&sida=2"
    assert len(entries(show(client, "", "dag", "5"))) == 100
    assert max(len(page.html) for page in pages.values()) < 400_000

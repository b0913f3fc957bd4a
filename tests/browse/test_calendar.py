"""The calendar: the address is the query, and the page shows what the query means."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, time, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy.orm import Session

from planner.browse.views import facets
from planner.data.kommuner import kommuner
from planner.editions.models import EditionState
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Audience, EventStatus, Form, TimeKind
from planner.events.models.needs import Need
from planner.organisations.models import OrganisationSlug
from tests.browse.reading import PublicPage
from tests.browsing import Browser
from tests.events.programme import AUDIENCES, LANGUAGES, everything, make_programme, slow_filter
from tests.factories import (
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_theme,
    make_venue,
)

Counter = Callable[[], AbstractContextManager[Any]]
TUESDAY, WEDNESDAY = MONDAY + timedelta(1), MONDAY + timedelta(2)


def show(client: Browser, query: str = "", language: str = "") -> PublicPage:
    return PublicPage(client.get(f"{language}/kalender{'?' + query if query else ''}"))


def wish(choose: random.Random) -> CalendarQuery:
    """A query such as people make."""

    def some(*values: Any) -> list[Any]:
        return choose.sample(values, choose.choice((0, 0, 0, 1, 2)))

    return CalendarQuery(
        edition=choose.choice(("", "", "2021")),
        days=some(*(MONDAY + timedelta(n) for n in range(8))),  # type: ignore[arg-type]
        kommuner=some("17", "1780", "1784", "1730"),  # type: ignore[arg-type]
        organisations=some("arrangor-a", "arrangor-b"),  # type: ignore[arg-type]
        themes=some("kultur", "miljo"),  # type: ignore[arg-type]
        audiences=some(*AUDIENCES),  # type: ignore[arg-type]
        forms=some(*Form),  # type: ignore[arg-type]
        languages=some(*LANGUAGES),  # type: ignore[arg-type]
        venues=some("biblioteket-0", "rum-ett"),  # type: ignore[arg-type]
        near=choose.choice(("", "", "1784")),
        needs=some(Need.HEARING_LOOP, Need.SPEECH_TO_TEXT),  # type: ignore[arg-type]
    )


def test_page_shows_exactly_what_the_query_means(session: Session, client: Browser) -> None:
    make_programme(session)
    occurrences = everything(session)
    titles = {each.uid: each.event.title for each in occurrences}
    choose = random.Random(2027)
    sizes = set()
    for query in [CalendarQuery(), CalendarQuery(edition="2021"), *(wish(choose) for _ in range(9))]:
        expected = slow_filter(occurrences, query)
        page = show(client, str(query))
        assert sorted(page.titles) == sorted(titles[uid] for uid in expected), str(query)
        [count] = page.with_class("calendar__count")
        words = {0: "Inga tillfällen", 1: "1 tillfälle"}
        assert count == words.get(len(expected), f"{len(expected)} tillfällen")
        sizes.add(len(expected))
    assert len(sizes) > 3


def test_days_come_in_order_and_what_goes_on_for_days_stands_once(session: Session, client: Browser) -> None:
    organiser = make_organisation(session)
    event = make_event(session, "Samtal", organiser=organiser, with_occurrence=False)
    make_occurrence(session, event, WEDNESDAY)
    make_occurrence(session, event, MONDAY)
    exhibition = make_event(session, "Utställning", organiser=organiser, with_occurrence=False)
    make_occurrence(session, exhibition, MONDAY, last_day=WEDNESDAY, start=None, time_note="10–16")
    page = show(client)
    assert page.day_headings == ["Måndag 20 september 2027 2 tillfällen", "Onsdag 22 september 2027 1 tillfälle"]
    assert page.titles == ["Samtal", "Utställning", "Samtal"]
    assert page.with_class("lasting__when") == ["20–22 september 2027 · 10–16"]
    assert show(client, "dag=2027-09-22").day_headings == ["Onsdag 22 september 2027 2 tillfällen"]
    assert show(client, "dag=2027-09-21").titles == ["Utställning"]


def test_evening_past_midnight_says_its_day_under_the_next_one(session: Session, client: Browser) -> None:
    event = make_event(session, with_occurrence=False)
    make_occurrence(session, event, MONDAY, last_day=TUESDAY, start=time(21, 30), end=time(0, 30))
    assert show(client).with_class("card__when") == ["kl. 21.30–0.30"]
    [when] = show(client, "dag=2027-09-21").with_class("card__when")
    assert when == "20–21 sep. kl. 21.30–0.30"


def test_many_that_go_on_for_days_are_all_on_the_page(session: Session, client: Browser) -> None:
    event = make_event(session, "Utställning", with_occurrence=False)
    for _ in range(8):
        make_occurrence(session, event, MONDAY, last_day=WEDNESDAY, start=None)
    page = show(client)
    assert len(page.titles) == 8
    assert "Visa 3 till som pågår flera dagar" in page.words


def test_chosen_filters_can_be_taken_away_one_by_one(session: Session, client: Browser) -> None:
    edition = make_edition(session)
    make_theme(session, "Kultur", edition)
    make_organisation(session, "Region Värmland")
    make_venue(session, "Parken")
    make_event(session, languages=["ar"])
    page = show(
        client,
        "sprak=ar&tema=kultur&arrangor=region-varmland&dag=2027-09-20&kommun=17&form=hybrid&malgrupp=unga&plats=parken"
        "&behov=horslinga&nara=1784&ord=samtal",
    )
    taken = {words: dict(parse_qsl(urlsplit(url).query)) for words, url in page.links().items() if "Ta bort" in words}
    everything_else = {
        "dag": "2027-09-20",
        "kommun": "17",
        "arrangor": "region-varmland",
        "tema": "kultur",
        "malgrupp": "unga",
        "form": "hybrid",
        "sprak": "ar",
        "plats": "parken",
        "nara": "1784",
        "behov": "horslinga",
        "ord": "samtal",
    }
    words = {
        "dag": "måndag 20 september 2027",
        "kommun": "Hela länet",
        "arrangor": "Region Värmland",
        "tema": "Kultur",
        "malgrupp": "Unga (13–25 år)",
        "form": "På plats och digitalt",
        "sprak": "Arabiska",
        "plats": "Parken",
        "nara": "Nära Arvika",
        "behov": "Hörslinga",
        "ord": "”samtal”",
    }
    assert taken == {
        f"Ta bort filtret: {words[key]}": {other: value for other, value in everything_else.items() if other != key}
        for key in everything_else
    }
    assert page.links()["Rensa alla"] == "/kalender"


def test_form_is_a_plain_get_form_that_keeps_what_it_does_not_show(session: Session, client: Browser) -> None:
    make_edition(session, slug="2021", number_prefix="DV21", state=EditionState.ARCHIVED)
    make_event(session)
    make_venue(session, "Parken")
    page = show(client, "upplaga=2021&dag=2027-09-20&plats=parken&form=pa-plats&kommun=1780")
    [form] = [form for form in page.main.iter("form") if form.get("role") == "search"]
    assert (form.get("method"), form.get("action")) == ("get", "/kalender")
    fields = list(form.iter("input"))
    hidden = [(each.get("name"), each.get("value")) for each in fields if each.get("type") == "hidden"]
    checked = [(each.get("name"), each.get("value")) for each in fields if each.get("checked") is not None]
    assert hidden == [("upplaga", "2021"), ("dag", "2027-09-20"), ("plats", "parken")]
    assert checked == [("form", "pa-plats"), ("kommun", "1780")]


def test_empty_values_that_forms_send_ask_for_nothing(session: Session, client: Browser) -> None:
    make_event(session)
    assert client.get("/kalender?ord=&nara=&form=&upplaga=").headers["Location"] == "/kalender"
    answer = client.get("/en/kalender?ord=a+%26+b&kommun=&form=digitalt&vy=dag")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/kalender?ord=a+%26+b&form=digitalt&vy=dag")


def test_counts_beside_the_choices_hold_under_the_other_filters(session: Session, client: Browser) -> None:
    event = make_event(session, audiences=[Audience.YOUTH])
    make_occurrence(session, event, TUESDAY, place=make_venue(session, "Aulan", kommun_code="1784"))
    make_occurrence(session, event, TUESDAY, place=None, digital_place=make_digital_venue(session))
    page = show(client, "form=pa-plats")
    choices = page.with_class("facet__choice")
    assert choices[:2] == ["På plats 2 tillfällen", "Digitalt 1 tillfälle"]
    assert "Arvika 1 tillfälle" in choices
    assert "Karlstad 1 tillfälle" in choices
    assert "Eda 0 tillfällen" in choices
    assert "Unga (13–25 år) 2 tillfällen" in choices
    assert "Alla 0 tillfällen" not in choices
    assert page.with_class("day-strip__count")[:3] == ["1 tillfälle", "1 tillfälle", "0 tillfällen"]


def test_of_very_many_organisers_those_with_the_most_can_be_chosen_and_the_chosen_ones(
    session: Session, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(("Arvika kommun", "Bygdegården", "Cirkeln"), start=1):
        organiser = make_organisation(session, name)
        for count in range(number):
            make_event(session, f"{name} {count}", organiser=organiser)
    monkeypatch.setattr(facets, "MOST_ORGANISERS", 1)
    organisers = ("Arvika kommun", "Bygdegården", "Cirkeln")
    choices = show(client, "arrangor=arvika-kommun").with_class("facet__choice")
    assert [each for each in choices if each.startswith(organisers)] == [
        "Arvika kommun 1 tillfälle",
        "Cirkeln 3 tillfällen",
    ]


def test_nothing_found_says_which_filter_to_take_away(session: Session, client: Browser) -> None:
    make_event(session)
    page = show(client, "kommun=1780&form=digitalt")
    assert page.with_class("empty__title") == ["Inget i programmet passar alla filter på en gång"]
    assert page.links()["Visa utan filtret form"] == "/kalender?kommun=1780"
    assert "Visa utan filtret kommun" not in page.links()


def test_nothing_found_offers_single_filters_when_no_single_one_is_in_the_way(
    session: Session, client: Browser
) -> None:
    make_event(session)
    page = show(client, "kommun=1780&form=digitalt&sprak=ar")
    assert page.links()["Visa bara Karlstad"] == "/kalender?kommun=1780"


def test_many_chosen_filters_are_folded_and_each_can_still_be_taken_away(session: Session, client: Browser) -> None:
    make_event(session)
    codes = [code for code in kommuner() if code != "1780"]
    page = show(client, "&".join(f"kommun={code}" for code in codes))
    lists = [each for each in page.main.iter("ul") if each.get("aria-label") in ("Valda filter", "Fler valda filter")]
    assert [len(list(each)) for each in lists] == [11, 5]
    assert page.with_class("more-chips")[0].startswith("Visa 5 filter till")
    assert sum(words.startswith("Ta bort filtret:") for words in page.links()) == len(codes)


def test_nothing_found_tries_a_bounded_number_of_filters(
    session: Session, client: Browser, count_queries: Counter
) -> None:
    make_event(session)
    slugs = [make_organisation(session, f"Utan program {number}").slug for number in range(40)]
    counts = []
    for asked in (slugs[:10], slugs):
        with count_queries() as counted:
            page = show(client, str(CalendarQuery(organisations=tuple(asked), languages=("ar",), forms=(Form.ONLINE,))))
        assert page.with_class("calendar__count") == ["Inga tillfällen"]
        counts.append(counted.count)
    assert counts[0] == counts[1]


def test_edition_without_events_says_that_they_will_come(session: Session, client: Browser) -> None:
    make_edition(session)
    assert show(client).with_class("empty__title") == ["Det finns inga programpunkter än"]


def test_unknown_keys_and_values_are_named_and_the_rest_is_kept(session: Session, client: Browser) -> None:
    make_event(session)
    response = client.get("/kalender?kommun=1780&form=flygande&fargen=r%C3%B6d&tema=astrologi")
    page = PublicPage(response, status=400)
    assert page.heading == "Filtret stämmer inte"
    for words in ("”flygande”", "”fargen”", "”astrologi”"):
        assert words in page.words
    assert page.links()["Visa kalendern utan det som inte finns"] == "/kalender?kommun=1780"
    assert page.links()["Visa hela kalendern och välj filter"] == "/kalender"


@pytest.mark.parametrize("query", ["arrangor=finns-inte", "tema=x", "plats=y", "upplaga=1999", "dag=2027-13-01", "x=1"])
def test_each_unknown_thing_is_a_bad_request(session: Session, client: Browser, query: str) -> None:
    make_event(session)
    page = PublicPage(client.get(f"/kalender?kommun=1780&{query}"), status=400)
    assert page.links()["Visa kalendern utan det som inte finns"] == "/kalender?kommun=1780"
    assert PublicPage(client.get(f"/en/kalender?kommun=1780&{query}"), status=400).heading


@pytest.mark.parametrize("query", ["dag=%00", "tema=%FF%FE", "kommun=<script>", "=", "&&&", "form=%E2%80%AE", "%00=1"])
def test_junk_never_fails(session: Session, client: Browser, query: str) -> None:
    make_event(session)
    assert client.get(f"/kalender?{query}").status_code in (200, 400)


def test_former_slug_and_merged_place_find_what_they_became(session: Session, client: Browser) -> None:
    event = make_event(session, organiser=make_organisation(session, "Nya namnet"), with_occurrence=False)
    session.add(OrganisationSlug(slug="gamla-namnet", organisation_id=event.organiser_id))
    kept = make_venue(session, "Kulturhuset")
    make_venue(session, "Kulturhus", merged_into_id=kept.id)
    make_occurrence(session, event, place=kept)
    page = show(client, "arrangor=gamla-namnet&plats=kulturhus")
    assert page.titles == ["Samtal om demokrati"]
    assert page.feeds == ["https://demokrativeckan.example/kalender.ics?arrangor=nya-namnet&plats=kulturhuset"]


def test_page_names_its_feed_without_language_or_page(session: Session, client: Browser) -> None:
    make_event(session)
    assert show(client).feeds == ["https://demokrativeckan.example/kalender.ics"]
    english = show(client, "form=pa-plats&kommun=1780", language="/en")
    assert english.feeds == ["https://demokrativeckan.example/kalender.ics?kommun=1780&form=pa-plats"]


def test_more_than_200_come_on_pages(session: Session, client: Browser) -> None:
    event = make_event(session, with_occurrence=False)
    for number in range(201):
        make_occurrence(session, event, MONDAY, label=f"{number:03}")
    first, second = show(client), show(client, "sida=2")
    assert (len(first.titles), len(second.titles)) == (200, 1)
    assert "Här visas 1–200." in first.words
    assert first.links()["Nästa"] == "/kalender?sida=2"
    assert not set(first.titles) & set(second.titles)
    assert client.get("/kalender?sida=3").status_code == 404
    assert client.get("/kalender?sida=x").status_code == 404


def test_other_editions_are_a_step_away(session: Session, client: Browser) -> None:
    make_event(session, "Nu")
    old = make_edition(
        session, "Demokrativeckan 2021", slug="2021", number_prefix="DV21", state=EditionState.ARCHIVED, year=2021
    )
    old.first_day, old.last_day = date(2021, 9, 20), date(2021, 9, 27)
    coming = make_edition(session, "2028", slug="2028", number_prefix="DV28", state=EditionState.OPEN)
    past = make_event(session, "Då", edition=old, with_occurrence=False)
    make_occurrence(session, past, date(2021, 9, 20))
    make_event(session, "Sen", edition=coming)
    now = show(client, "kommun=1780&dag=2027-09-20")
    assert now.titles == ["Nu"]
    assert now.links()["Demokrativeckan 2021"] == "/kalender?upplaga=2021&kommun=1780"
    then = show(client, "upplaga=2021&kommun=1780")
    assert then.titles == ["Då"]
    assert then.links()["Demokrativeckan 2027"] == "/kalender?kommun=1780"
    assert "2028" not in now.html + then.html


def test_edition_over_a_long_time_has_no_strip_of_days(session: Session, client: Browser) -> None:
    edition = make_edition(session)
    edition.last_day = MONDAY + timedelta(400)
    make_event(session, edition=edition)
    page = show(client)
    assert page.titles == ["Samtal om demokrati"]
    assert page.with_class("day-strip") == []


def test_before_anything_is_published_the_page_says_what_is_coming(session: Session, client: Browser) -> None:
    make_event(session, edition=make_edition(session, state=EditionState.OPEN))
    page = show(client)
    assert "Inget program är publicerat än." in page.words
    assert "20–27 september 2027" in page.words
    assert "Samtal om demokrati" not in page.html


def test_cancelled_stays_with_the_word(session: Session, client: Browser) -> None:
    make_event(session, status=EventStatus.CANCELLED)
    page = show(client)
    assert page.titles == ["Samtal om demokrati"]
    assert page.with_class("badge") == ["Inställt"]


def test_page_costs_the_same_number_of_questions_whatever_it_shows(
    session: Session, client: Browser, count_queries: Counter
) -> None:
    edition = make_edition(session)
    organiser = make_organisation(session)
    made, counts = 0, []
    for rows in (1, 3, 199):
        while made < rows:
            event = make_event(session, f"Samtal {made}", organiser=organiser, edition=edition, with_occurrence=False)
            make_occurrence(session, event, MONDAY + timedelta(made % 8), place=make_venue(session, f"Plats {made}"))
            make_hosting(session, event, make_organisation(session, f"Partner {made}"))
            made += 1
        with count_queries() as counted:
            assert len(show(client).titles) == rows
        counts.append(counted.count)
    assert counts == [16, 16, 16]


def test_head_and_no_cookie(session: Session, client: Browser) -> None:
    make_event(session)
    response = client.head("/kalender?kommun=1780")
    assert (response.status_code, response.data, "Set-Cookie" in response.headers) == (200, b"", False)


def test_every_kind_of_time_has_a_card(session: Session, client: Browser) -> None:
    event = make_event(session, with_occurrence=False)
    for kind in (TimeKind.OPENING_HOURS, TimeKind.ON_BOOKING, TimeKind.WITHIN_SPAN):
        make_occurrence(session, event, start=None, time_kind=kind, label=kind.value)
    make_occurrence(session, event, end=None, label="öppet slut")
    assert show(client).with_class("card__clock") == [
        "Hela dagen",
        "Tid efter bokning",
        "Någon gång under dagen",
        "kl. 18",
    ]

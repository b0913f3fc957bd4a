"""Requirements 63 and 69: the addresses that calendar apps are given."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.browse.subscription import LONGEST_ADDRESS, ROOM, name_of
from planner.browse.views.blueprint import feed_url, short_feed_url
from planner.core.codes import LONGEST, codes_of
from planner.core.subscription import Subscription
from planner.data.kommuner import kommuner
from planner.events.calendar_query import MOST_VALUES, CalendarQuery
from planner.events.models import Audience, Form
from planner.feeds.shapes import SHAPES

FEED = "https://demokrativeckan.example/kalender.ics?dag=2027-09-20&kommun=1784"
MORE = "och %(count)s till"

slugs = st.from_regex(r"[a-z0-9]{1,30}(-[a-z0-9]{1,29}){0,3}", fullmatch=True)
queries = st.builds(
    CalendarQuery,
    days=st.lists(st.dates(), max_size=5),
    kommuner=st.lists(st.sampled_from(list(kommuner())), max_size=5),
    organisations=st.lists(slugs, max_size=MOST_VALUES - 30),
    themes=st.lists(slugs, max_size=5),
    audiences=st.lists(st.sampled_from(Audience), max_size=5),
    forms=st.lists(st.sampled_from(Form), max_size=4),
    venues=st.lists(slugs, max_size=6),
)


def test_69_webcal_google_and_outlook() -> None:
    calendar = Subscription(FEED, "Demokrativeckan – Arvika & Eda")

    assert calendar.webcal == "webcal://demokrativeckan.example/kalender.ics?dag=2027-09-20&kommun=1784"
    assert calendar.google.startswith("https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F")
    assert parse_qs(urlsplit(calendar.google).query) == {"cid": [calendar.webcal]}
    for address, host in ((calendar.outlook, "outlook.live.com"), (calendar.office, "outlook.office.com")):
        assert urlsplit(address).hostname == host
        assert urlsplit(address).path == "/calendar/0/addfromweb"
        assert parse_qs(urlsplit(address).query) == {"url": [FEED], "name": ["Demokrativeckan – Arvika & Eda"]}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=queries, ending=st.sampled_from(list(SHAPES)))
def test_63_no_published_address_is_longer_than_256_characters(app: Flask, query: CalendarQuery, ending: str) -> None:
    with app.test_request_context("/kalender"):
        direct = feed_url(query, "/kalender", ending)
        short = short_feed_url(list(codes_of(str(query)))[-1], ending)

    for address in (direct, short):
        assert len(address) <= LONGEST_ADDRESS
        assert len(Subscription(address, "").webcal) <= LONGEST_ADDRESS
    assert direct == "" or direct.endswith(str(query))


@pytest.mark.parametrize("ending", SHAPES)
def test_63_a_query_is_too_long_for_every_shape_or_for_none(app: Flask, ending: str) -> None:
    room = LONGEST_ADDRESS - ROOM - len("webcal://demokrativeckan.example/kalender?arrangor=")
    fits, not_quite = (CalendarQuery(organisations=("a" * length,)) for length in (room, room + 1))
    with app.test_request_context("/kalender"):
        assert feed_url(fits, "/kalender", ending) == f"https://demokrativeckan.example/kalender.{ending}?{fits}"
        assert feed_url(not_quite, "/kalender", ending) == ""


@pytest.mark.parametrize("ending", SHAPES)
def test_63_there_is_room_for_each_ending_and_what_it_asks_of_its_shape(ending: str) -> None:
    for offer in SHAPES[ending].OFFERS:
        assert len(f".{ending}&{offer.options}") <= ROOM


def test_63_the_longest_pages_have_short_enough_feeds(app: Flask) -> None:
    with app.test_request_context(f"/arrangorer/{'a' * 120}"):
        assert len(feed_url()) <= LONGEST_ADDRESS
        assert len(short_feed_url("2" * LONGEST)) <= LONGEST_ADDRESS


def test_a_calendar_is_named_after_what_it_is_narrowed_to() -> None:
    assert name_of([], MORE) == "Demokrativeckan"
    assert name_of(["Arvika", "Digitalt"], MORE) == "Demokrativeckan – Arvika, Digitalt"
    assert name_of(["Arvika"], MORE, "Demokrativeckan 2021") == "Demokrativeckan 2021 – Arvika"
    assert name_of(["x" * 60, "y" * 60, "z"], MORE) == f"Demokrativeckan – {'x' * 60} och 2 till"

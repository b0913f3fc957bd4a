"""Dates, times and numbers as domain.md §5 wants them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from flask import Flask, request

from planner.events.models import TimeKind
from planner.web import filters


@dataclass
class Time:
    """The facts of an occurrence that a filter reads."""

    time_kind: TimeKind
    first_day: date = date(2027, 9, 21)
    last_day: date = date(2027, 9, 21)
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    is_open_ended: bool = False


EVENING = datetime(2027, 9, 21, 16, 0, tzinfo=UTC)
LATER = datetime(2027, 9, 21, 17, 30, tzinfo=UTC)
NIGHT = datetime(2027, 9, 21, 23, 0, tzinfo=UTC)

WHEN = [
    (Time(TimeKind.START_AND_END, starts_at=EVENING, ends_at=LATER), "tisdag 21 september 2027 kl. 18–19.30"),
    (Time(TimeKind.START_ONLY, starts_at=EVENING), "tisdag 21 september 2027 kl. 18"),
    (Time(TimeKind.OPENING_HOURS), "tisdag 21 september 2027"),
    (Time(TimeKind.OPENING_HOURS, last_day=date(2027, 9, 27)), "21–27 september 2027"),
    (Time(TimeKind.WITHIN_SPAN), "tisdag 21 september 2027, någon gång under dagen"),
    (
        Time(TimeKind.WITHIN_SPAN, last_day=date(2027, 10, 2)),
        "21 september–2 oktober 2027, någon gång under perioden",
    ),
    (Time(TimeKind.ON_BOOKING, last_day=date(2027, 9, 27)), "21–27 september 2027, tid efter bokning"),
    (
        Time(TimeKind.OPENING_HOURS, last_day=date(2027, 9, 27), is_open_ended=True),
        "från 21 september 2027 och tills vidare",
    ),
    (
        Time(TimeKind.START_AND_END, last_day=date(2027, 9, 22), starts_at=EVENING, ends_at=NIGHT),
        "tisdag 21 september 2027 kl. 18–onsdag 22 september 2027 kl. 1",
    ),
]


@pytest.mark.parametrize(("time", "words"), WHEN)
def test_when_for_each_kind_of_knowledge_about_a_time(app: Flask, time: Time, words: str) -> None:
    with app.test_request_context():
        assert filters.when(time) == words


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (Time(TimeKind.START_AND_END, starts_at=EVENING, ends_at=LATER), "kl. 18–19.30"),
        (Time(TimeKind.OPENING_HOURS), "Hela dagen"),
        (Time(TimeKind.OPENING_HOURS, last_day=date(2027, 9, 27)), "Flera dagar"),
        (Time(TimeKind.ON_BOOKING), "Tid efter bokning"),
    ],
)
def test_the_time_alone_as_a_title(app: Flask, time: Time, words: str) -> None:
    with app.test_request_context():
        assert filters.when_time(time, as_title=True) == words


def test_when_in_english(app: Flask) -> None:
    with app.test_request_context():
        request.environ["planner.language"] = "en"
        assert filters.when(WHEN[0][0]) == "Tuesday 21 September 2027 18:00–19:30"
        assert filters.when(WHEN[4][0]) == "Tuesday 21 September 2027, some time during the day"


def test_the_machine_time_has_an_offset_when_the_clock_is_known() -> None:
    assert filters.machine_time(Time(TimeKind.START_ONLY, starts_at=EVENING)) == "2027-09-21T18:00:00+02:00"
    assert filters.machine_time(Time(TimeKind.ON_BOOKING)) == "2027-09-21"


def test_days_and_moments(app: Flask) -> None:
    with app.test_request_context():
        assert filters.day(date(2027, 9, 20)) == "måndag 20 september 2027"
        assert filters.day_title(date(2027, 9, 20)) == "Måndag 20 september 2027"
        assert filters.date_plain(date(2027, 9, 20)) == "20 september 2027"
        assert filters.day(NIGHT) == "onsdag 22 september 2027"
        assert filters.clock_from(EVENING) == "18.00"
        assert filters.moment(datetime(2027, 8, 20, 8, 15, tzinfo=UTC)) == "20 augusti 2027 kl. 10.15"


def test_numbers(app: Flask) -> None:
    with app.test_request_context():
        assert filters.number(188827) == "188\u00a0827"
        assert filters.number(-3.5, 1) == "−3,5"
        assert filters.percent(82.6) == "82,6\u00a0%"
        request.environ["planner.language"] = "en"
        assert filters.number(188827) == "188,827"
        assert filters.percent(82.6) == "82.6%"


def test_addresses_and_names(app: Flask) -> None:
    with app.test_request_context():
        assert filters.phone("+46545400000") == "054-540\u00a000\u00a000"
        assert filters.postcode("65226") == "652\u00a026"
        assert filters.kommun_name("1730") == "Eda"
        assert filters.kommun_official_name("1730") == "Eda kommun"
        assert filters.kommun_name("17") == "Hela länet"
        assert filters.kommun_name(None) == ""
        assert filters.host("https://www.karlstad.se/demokrati") == "karlstad.se"
        assert filters.listing(["Region Värmland"]) == "Region Värmland"
        assert filters.listing(["Kil", "Eda", "Grums"]) == "Kil, Eda och Grums"

"""Days and times in words, as good public texts write them."""

from datetime import UTC, date, datetime

import pytest

from planner.core.clock import STOCKHOLM
from planner.core.dates import clock_in_words, day_in_words, days_in_words


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "måndag 20 september 2027"), ("en", "Monday 20 September 2027")]
)
def test_a_day_has_its_weekday_and_year(language: str, words: str) -> None:
    assert day_in_words(date(2027, 9, 20), language) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2027, 9, 20), date(2027, 9, 20), "måndag 20 september 2027"),
        (date(2027, 9, 20), date(2027, 9, 27), "20–27 september 2027"),
        (date(2027, 9, 26), date(2027, 10, 2), "26 september–2 oktober 2027"),
        (date(2027, 12, 30), date(2028, 1, 2), "30 december 2027–2 januari 2028"),
    ],
)
def test_a_span_of_days_says_nothing_twice(first: date, last: date, words: str) -> None:
    assert days_in_words(first, last) == words


@pytest.mark.parametrize(
    ("end", "language", "words"),
    [
        (None, "sv", "kl. 18"),
        (datetime(2027, 9, 20, 17, 30, tzinfo=UTC), "sv", "kl. 18–19.30"),
        (None, "en", "18:00"),
        (datetime(2027, 9, 20, 17, 30, tzinfo=UTC), "en", "18:00–19:30"),
    ],
)
def test_a_time_is_local_and_whole_hours_have_no_minutes_in_swedish(
    end: datetime | None, language: str, words: str
) -> None:
    assert clock_in_words(datetime(2027, 9, 20, 16, 0, tzinfo=UTC), end, STOCKHOLM, language) == words

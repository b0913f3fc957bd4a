"""Time: instants in UTC, days and wall-clock times in the county."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from planner.core.clock import STOCKHOLM, exists_locally, to_utc, utc_now

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


def test_now_is_utc_to_the_second() -> None:
    with time_machine.travel(datetime(2027, 8, 20, 8, 15, 30, 999_999, tzinfo=UTC), tick=False):
        assert utc_now() == datetime(2027, 8, 20, 8, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        (date(2027, 9, 20), time(18, 0), datetime(2027, 9, 20, 16, 0, tzinfo=UTC)),
        (date(2027, 1, 20), time(18, 0), datetime(2027, 1, 20, 17, 0, tzinfo=UTC)),
        (date(2027, 9, 20), time(0, 30), datetime(2027, 9, 19, 22, 30, tzinfo=UTC)),
        (SPRING, time(1, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (SPRING, time(3, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (AUTUMN, time(2, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (AUTUMN, time(3, 0), datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_local_time_is_one_instant_and_the_first_of_two_in_october(day: date, at: time, instant: datetime) -> None:
    assert to_utc(day, at, STOCKHOLM) == instant


@pytest.mark.parametrize("at", [time(2, 0), time(2, 30), time(2, 59)])
def test_a_time_that_the_clock_skips_does_not_exist(at: time) -> None:
    assert not exists_locally(SPRING, at, STOCKHOLM)
    with pytest.raises(ValueError, match="does not exist in Europe/Stockholm"):
        to_utc(SPRING, at, STOCKHOLM)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31)).map(lambda moment: moment.replace(microsecond=0)))  # noqa: DTZ001
def test_what_exists_comes_back_as_the_same_wall_time(moment: datetime) -> None:
    if exists_locally(moment.date(), moment.time(), STOCKHOLM):
        back = to_utc(moment.date(), moment.time(), STOCKHOLM).astimezone(STOCKHOLM)
        assert back.replace(tzinfo=None) == moment
    else:
        assert (moment.hour, moment.month, moment.isoweekday()) == (2, 3, 7)
        assert (moment + timedelta(days=7)).month == 4

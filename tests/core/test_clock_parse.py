"""A clock time as people write it."""

from datetime import time

import pytest

from planner.core.clock import parse_clock_time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", time(9)),
        ("09", time(9)),
        ("0", time(0)),
        ("9.30", time(9, 30)),
        ("09:30", time(9, 30)),
        ("0930", time(9, 30)),
        ("930", time(9, 30)),
        ("2359", time(23, 59)),
        ("00.00", time(0)),
        ("kl 9", time(9)),
        ("kl. 9.30", time(9, 30)),
        ("kl.18", time(18)),
        ("Kl 18.00", time(18)),
        ("klockan 18", time(18)),
        ("  17.15 ", time(17, 15)),
        ("kl\u00a09", time(9)),
    ],
)
def test_clock_time_as_people_write_it(text: str, expected: time) -> None:
    assert parse_clock_time(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "24",
        "24.00",
        "17:65",
        "9::30",
        "9.3",
        "09300",
        "-9",
        "9-11",
        "nio",
        "kl",
        "9 30",
        "9,30",
        "٩",
        "9.30.00",
        "9am",
    ],
)
def test_what_is_not_a_clock_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a clock time|must be in"):
        parse_clock_time(text)

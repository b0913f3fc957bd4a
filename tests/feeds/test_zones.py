"""Requirements 22–26: the time zone, against the world's own data."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.clock import STOCKHOLM, exists_locally
from planner.feeds.ical import calendar_of
from tests.feeds.strict import Component, Property, instant_of, read
from tests.feeds.unsaved import entry, occurrence

ZONE = read(calendar_of([])).children[0]
SUNDAY = 6


def last_sunday(year: int, month: int) -> date:
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() - SUNDAY) % 7)


def offset_of(each: Property) -> timedelta:
    sign, hours, minutes = re.fullmatch(r"([+-])(\d\d)(\d\d)", each.value).groups()  # type: ignore[union-attr]
    return (1 if sign == "+" else -1) * timedelta(hours=int(hours), minutes=int(minutes))


def onset(rule: Component, year: int) -> datetime:
    """The instant at which an observance begins in a year, as its own lines say and nothing else."""
    month = re.fullmatch(r"FREQ=YEARLY;BYMONTH=(\d+);BYDAY=-1SU", rule["RRULE"].value)
    assert month is not None
    first = rule["DTSTART"].moment
    assert isinstance(first, datetime)
    local = datetime.combine(last_sunday(year, int(month[1])), first.time())
    return (local - offset_of(rule["TZOFFSETFROM"])).replace(tzinfo=UTC)


def test_22_the_zone_is_defined_before_the_events() -> None:
    made = occurrence()
    found = entry(made)

    assert found["DTSTART"].parameters["TZID"] == [ZONE.text("TZID")]


@pytest.mark.parametrize("year", range(1996, 2100))
def test_23_every_transition_equals_the_worlds(year: int) -> None:
    world = ZoneInfo("Europe/Stockholm")
    for rule in ZONE.children:
        change = onset(rule, year)

        assert (change - timedelta(seconds=1)).astimezone(world).utcoffset() == offset_of(rule["TZOFFSETFROM"])
        assert change.astimezone(world).utcoffset() == offset_of(rule["TZOFFSETTO"])


def test_24_one_standard_and_one_daylight_with_a_yearly_rule() -> None:
    assert [rule.name for rule in ZONE.children] == ["DAYLIGHT", "STANDARD"]
    for rule in ZONE.children:
        first = rule["DTSTART"].moment
        assert isinstance(first, datetime)
        # The first onset follows the rule itself, which clients that expand from DTSTART rely on.
        assert onset(rule, first.year).replace(tzinfo=None) + offset_of(rule["TZOFFSETFROM"]) == first
        assert {each.name for each in rule.properties} == {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE"}


def test_25_times_are_local_under_the_plain_name_of_the_zone() -> None:
    found = entry(occurrence())

    assert found["DTSTART"].parameters == {"TZID": ["Europe/Stockholm"]}
    assert found["DTSTART"].value == "20270921T180000"


@given(
    start=st.datetimes(datetime(2027, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    length=st.timedeltas(timedelta(seconds=1), timedelta(hours=20)),
)
def test_26_every_instant_survives_and_every_local_time_exists_once(start: datetime, length: timedelta) -> None:
    start, length = start.replace(microsecond=0), timedelta(seconds=int(length.total_seconds()) or 1)
    first, last = (moment.astimezone(STOCKHOLM).date() for moment in (start, start + length))

    found = entry(occurrence(starts_at=start, ends_at=start + length, first_day=first, last_day=last))

    for name, meant in (("DTSTART", start), ("DTEND", start + length)):
        each = found[name]
        if each.value.endswith("Z"):
            assert each.moment == meant
        else:
            local = each.moment
            assert isinstance(local, datetime)
            assert exists_locally(local.date(), local.time(), STOCKHOLM)
            offsets = {local.replace(tzinfo=STOCKHOLM, fold=fold).utcoffset() for fold in (0, 1)}
            assert len(offsets) == 1, "a local time that the clock shows twice"
            assert instant_of(each, offsets.pop() or timedelta()) == meant


def test_26_octobers_double_hour_is_in_utc() -> None:
    # 31 October 2027 has 02.30 twice: at 00.30 and at 01.30 UTC.
    for hour in (0, 1):
        start = datetime(2027, 10, 31, hour, 30, tzinfo=UTC)
        made = occurrence(
            starts_at=start,
            ends_at=datetime(2027, 10, 31, 5, tzinfo=UTC),
            first_day=start.date(),
            last_day=start.date(),
        )

        found = entry(made)

        assert found["DTSTART"].value == f"20271031T0{hour}3000Z"
        assert found["DTEND"].value == "20271031T050000Z"

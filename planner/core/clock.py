"""Time: the clock, and the step between local wall time and UTC."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def utc_now() -> datetime:
    """The present instant in UTC, to the second: nothing stored or published is finer."""
    return datetime.now(UTC).replace(microsecond=0)


def exists_locally(day: date, at: time, zone: ZoneInfo) -> bool:
    """Whether the wall clock shows this time on this day: 02.00–02.59 is skipped on the last Sunday of March."""
    local = datetime.combine(day, at, tzinfo=zone)
    return local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)


def to_utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant of a local time; the first of the two in October's double hour.

    Raises:
        ValueError: the wall clock never shows this time.
    """
    if not exists_locally(day, at, zone):
        raise ValueError(f"{day} {at} does not exist in {zone.key}")
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


_CLOCK_TIME = re.compile(
    r"(?:klockan|kl\.?)?\s*(?:([0-9]{1,2})(?:[.:]([0-9]{2}))?|([0-9]{1,2})([0-9]{2}))", re.IGNORECASE
)


def parse_clock_time(text: str) -> time:
    """A clock time as people write it: 9, 9.30, 09:30, 0930, "kl. 9".

    Raises:
        ValueError: not a time of day; 24.00 is none, the next day begins at 00.00.
    """
    match = _CLOCK_TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a clock time: {text!r}")
    hour, minute, packed_hour, packed_minute = match.groups()
    return time(int(hour or packed_hour), int(minute or packed_minute or 0))

"""Time: the clock, and the step between local wall time and UTC."""

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

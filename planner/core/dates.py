"""Days and times in words, as good Swedish (and English) public text has them: for pages, letters and feeds alike."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Others are slips of the finger; at the calendar's own ends a day has none after it and no instant in UTC."""

_DAY = {"sv": "EEEE d MMMM y", "en": "EEEE d MMMM y"}
"""As good public text has it. Other languages write their days as CLDR says."""
FROM = {"sv": "kl. ", "fi": "klo "}
POINT = {"sv", "fi"}
"""Where hours and minutes have a point between them."""


def is_plausible(day: date) -> bool:
    """Whether anybody can have meant the day."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def spans_days(first: date, last: date, *, has_clock: bool) -> bool:
    """Whether something goes on for days, rather than past a midnight."""
    return (last - first).days >= (2 if has_clock else 1)


def day_in_words(day: date, language: str = "sv") -> str:
    """``måndag 20 september 2027``: lower case, always with the year."""
    return format_date(day, _DAY.get(language, "full"), locale=language)


def days_in_words(first: date, last: date, language: str = "sv") -> str:
    """``20–27 september 2027``, ``26 september–2 oktober 2027``; one day with its weekday."""
    if first == last:
        return day_in_words(first, language)
    if language not in _DAY:
        return format_interval(first, last, "yMMMMd", locale=language)
    end = format_date(last, "d MMMM y", locale=language)
    if first.year != last.year:
        return f"{format_date(first, 'd MMMM y', locale=language)}–{end}"
    if first.month != last.month:
        return f"{format_date(first, 'd MMMM', locale=language)}–{end}"
    return f"{first.day}–{end}"


def clock_in_words(start: datetime, end: datetime | None, zone: ZoneInfo, language: str = "sv") -> str:
    """``kl. 18``, ``kl. 18–19.30``: a point, whole hours without minutes; the local time of the zone."""
    times = [_clock(moment.astimezone(zone), language) for moment in (start, end) if moment is not None]
    return FROM.get(language, "") + "–".join(times)


def _clock(moment: datetime, language: str) -> str:
    if language in POINT:
        return str(moment.hour) if not moment.minute else f"{moment.hour}.{moment.minute:02}"
    return f"{moment.hour:02}:{moment.minute:02}"

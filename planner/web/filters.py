"""Template filters: Swedish and English dates, times, numbers and addresses (domain.md §5), in the page's language.

An occurrence or a venue is known here only by its attributes, so that this room stays below the features.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol
from flask import Flask
from markupsafe import Markup

from planner.core.addresses import shown_phone
from planner.core.clock import STOCKHOLM
from planner.core.dates import POINT, clock_in_words, day_in_words, days_in_words, spans_days
from planner.data.kommuner import COUNTY_CODE, COUNTY_NAME, kommuner
from planner.web.language import current_language, translated


class Timed(Protocol):
    """What is known of a time: the facts of an occurrence that the filters read."""

    time_kind: Any
    first_day: date
    last_day: date
    starts_at: datetime | None
    ends_at: datetime | None
    is_open_ended: bool


def init_app(app: Flask) -> None:
    """Give the templates their filters."""
    filters = (
        day, day_title, day_short, date_plain, weekday, days, clock, clock_from, moment, when, when_days,
        when_days_short, when_time, machine_time, phone, postcode, number, percent, kommun_name, kommun_official_name,
        sanitised, listing, host,
    )  # fmt: skip
    app.jinja_env.tests["lasting_for_days"] = lasts_for_days
    app.jinja_env.filters.update({function.__name__: function for function in filters})


def day(value: date) -> str:
    """``måndag 20 september 2027``."""
    return day_in_words(_local_day(value), current_language())


def day_title(value: date) -> str:
    """``Måndag 20 september 2027``: a day as a heading."""
    words = day(value)
    return words[:1].upper() + words[1:]


def day_short(value: date) -> str:
    """``mån 20 sep.``: for narrow places where the year stands beside it."""
    return format_date(_local_day(value), "EEE d MMM", locale=current_language())


def date_plain(value: date) -> str:
    """``20 september 2027``, without the weekday."""
    return format_date(_local_day(value), "d MMMM y", locale=current_language())


def weekday(value: date) -> str:
    """``måndag``."""
    return format_date(_local_day(value), "EEEE", locale=current_language())


def days(first: date, last: date) -> str:
    """``20–27 september 2027``; one day with its weekday."""
    return days_in_words(first, last, current_language())


def clock(start: datetime, end: datetime | None = None) -> str:
    """``kl. 18–19.30``, in the county's time."""
    return clock_in_words(start, end, STOCKHOLM, current_language())


def clock_from(value: datetime) -> str:
    """``18.30``, of equal width: for tables and the left column of cards."""
    return f"{_local(value):%H.%M}" if current_language() in POINT else f"{_local(value):%H:%M}"


def moment(value: datetime) -> str:
    """``20 augusti 2027 kl. 10.15``: when something was done."""
    return f"{format_date(_local(value).date(), 'd MMMM y', locale=current_language())} {clock(value)}"


def when(occurrence: Timed) -> str:
    """The whole line: ``tisdag 21 september 2027 kl. 18–19.30``, for every kind of knowledge about a time."""
    if occurrence.starts_at and occurrence.first_day != occurrence.last_day:
        return _over_midnight(occurrence.starts_at, occurrence.ends_at)
    if occurrence.starts_at:
        return f"{when_days(occurrence)} {clock(occurrence.starts_at, occurrence.ends_at)}"
    words = when_time(occurrence) if str(occurrence.time_kind) != "opening_hours" else ""
    return f"{when_days(occurrence)}, {words}" if words else when_days(occurrence)


def when_days(occurrence: Timed) -> str:
    """The days without the time; one that goes on until further notice says so."""
    if occurrence.is_open_ended and occurrence.first_day != occurrence.last_day:
        start = format_date(occurrence.first_day, "d MMMM y", locale=current_language())
        return translated("från %(day)s och tills vidare") % {"day": start}
    return days_in_words(occurrence.first_day, occurrence.last_day, current_language())


def when_days_short(occurrence: Timed) -> str:
    """``tis 21 sep.``, ``20–26 sep.``: where the year stands beside it."""
    language, first, last = current_language(), occurrence.first_day, occurrence.last_day
    if first == last:
        return format_date(first, "EEE d MMM", locale=language)
    if occurrence.is_open_ended:
        return translated("från %(day)s") % {"day": format_date(first, "d MMM", locale=language)}
    start = str(first.day) if first.month == last.month else format_date(first, "d MMM", locale=language)
    return f"{start}–{format_date(last, 'd MMM', locale=language)}"


def lasts_for_days(occurrence: Timed) -> bool:
    """Whether it spans days, rather than going on past midnight."""
    return spans_days(occurrence.first_day, occurrence.last_day, has_clock=occurrence.starts_at is not None)


def when_time(occurrence: Timed, as_title: bool = False) -> str:
    """The time without the day: ``kl. 18–19.30``, ``tid efter bokning``, ``hela dagen``."""
    if occurrence.starts_at and not lasts_for_days(occurrence):
        return clock(occurrence.starts_at, occurrence.ends_at)
    many = occurrence.first_day != occurrence.last_day
    match str(occurrence.time_kind):
        case "on_booking":
            words = translated("tid efter bokning")
        case "within_span":
            words = translated("någon gång under perioden") if many else translated("någon gång under dagen")
        case _:
            words = translated("flera dagar") if many else translated("hela dagen")
    return words[:1].upper() + words[1:] if as_title else words


def _over_midnight(start: datetime, end: datetime | None) -> str:
    """``fredag 24 september 2027 kl. 20–lördag 25 september 2027 kl. 1``: both ends with their days."""
    first = f"{day(start)} {clock(start)}"
    return first if end is None else f"{first}–{day(end)} {clock(end)}"


def machine_time(occurrence: Timed) -> str:
    """The value of a ``datetime`` attribute: an instant with offset when it is known, else the first day."""
    return _local(occurrence.starts_at).isoformat() if occurrence.starts_at else occurrence.first_day.isoformat()


def phone(stored: str) -> str:
    """``+46545400000`` as ``054-540 00 00``."""
    return shown_phone(stored).replace(" ", "\u00a0")


def postcode(stored: str) -> str:
    """``65226`` as ``652 26``."""
    return f"{stored[:3]}\u00a0{stored[3:]}" if len(stored) == 5 else stored


def number(value: int | float, decimals: int = 0) -> str:
    """``188 827`` and ``82,6`` in Swedish, ``188,827`` and ``82.6`` in English; a real minus sign."""
    group, point = get_group_symbol(current_language()), get_decimal_symbol(current_language())
    shown = f"{value:,.{decimals}f}".replace("-", "−")
    return shown.translate({ord(","): group, ord("."): point})


def percent(value: float, decimals: int = 1) -> str:
    """``82,6 %`` in Swedish, ``82.6%`` in English; the value is already in hundredths."""
    sign: str = Locale(current_language()).percent_formats[None].suffix[0]
    return number(value, decimals) + sign


def kommun_name(code: str | None) -> str:
    """The short name of a kommun by its code; the whole county by its own."""
    if code == COUNTY_CODE:
        return translated("Hela länet")
    return kommuner()[code].name if code in kommuner() else ""


def kommun_official_name(code: str | None) -> str:
    """``Karlstads kommun``, ``Eda kommun``; ``Värmlands län`` for the county."""
    if code == COUNTY_CODE:
        return COUNTY_NAME
    return kommuner()[code].official_name if code in kommuner() else ""


def sanitised(stored_html: str) -> Markup:
    """HTML that ``planner.core.markdown`` made from Markdown. The one place where stored text is trusted as HTML."""
    return Markup(stored_html)  # noqa: S704


def listing(words: Iterable[str]) -> str:
    """``a, b och c``."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} {translated('och')} {last}" if most else last


def host(address: str) -> str:
    """The host of a web address, so that one sees where a link leads: ``karlstad.se``."""
    return address.partition("://")[2].partition("/")[0].removeprefix("www.")


def _local(value: datetime, zone: ZoneInfo = STOCKHOLM) -> datetime:
    return value.astimezone(zone)


def _local_day(value: date) -> date:
    return _local(value).date() if isinstance(value, datetime) else value

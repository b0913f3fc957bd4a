"""The rows of a feed as the pages of a programme: by day, what goes on for several days apart, as on the website."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import segno
from babel.dates import format_date

from planner.core.clock import STOCKHOLM
from planner.core.dates import clock_in_words, day_in_words, days_in_words
from planner.core.text import N_
from planner.core.tongue import Tongue
from planner.feeds.feed import PUBLISHER, Feed
from planner.feeds.offers import Options
from planner.feeds.paper import words
from planner.feeds.paper.typesetting import typeset
from planner.feeds.rows import Row, When

A_DAY = timedelta(hours=24)
LONGEST_ADDRESS = 60
"""Characters that have room below a page; a longer one is in the QR code alone."""


@dataclass(frozen=True)
class Sheet:
    """What stands on the paper around its entries; the address is where one sees what holds now."""

    tongue: Tongue
    title: str
    heading: str
    about: str
    address: str
    short_address: str
    stamp: str
    changed_at: datetime
    days: str = ""
    filters: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


def sheet_of(feed: Feed) -> Sheet:
    """The paper of a feed."""
    edition = feed.edition
    days = days_in_words(edition.first_day, edition.last_day, feed.tongue.code) if edition else ""
    return Sheet(
        tongue=feed.tongue,
        title=feed.name,
        heading=feed.programme,
        about=feed.about,
        address=feed.address(),
        short_address=short_address(feed),
        stamp=stamp_of(feed),
        changed_at=feed.changed_at,
        days=words.capital(days),
        filters=(feed.subject,) if feed.names else (),
        keywords=feed.names,
    )


def programme_of(
    sheet: Sheet,
    rows: Sequence[Row],
    options: Options,
    *,
    asked: Collection[date] = (),
    number: int,
    notes: Sequence[str] = (),
    beside: Mapping[str, words.Line] | None = None,
) -> bytes:
    """The document of the rows, oldest day first; ``number`` is how many there are in all.

    ``beside`` is a line more of news for some, by UID.
    """
    paper, is_large = options.get("papper", "a4"), options.get("storlek") == "stor"
    programme = days_of(rows, asked, sheet.tongue)
    for entry in (entry for day in programme for kind in ("timed", "lasting") for entry in day[kind]):
        entry["news"] += [line] if (line := (beside or {}).get(entry["uid"])) else []
    values = {
        **_heading(sheet, number),
        "paper": paper,
        "look": f"{paper}-stor" if is_large else paper,
        "notes": list(notes),
        "programme": programme,
    }
    return typeset("programme", values, changed_at=sheet.changed_at)


def notes_on(feed: Feed, rows: Sequence[Row], left_out: int) -> list[str]:
    """What has to be known before one reads on: that nothing was found, or not all has room."""
    tongue = feed.tongue
    if not rows:
        return [tongue.say(N_("Inga tillfällen hittades."))]
    if not left_out:
        return []
    note = N_(
        "Här står de %(shown)s första av %(total)s tillfällen, till och med %(day)s. Resten får inte plats: välj dag,"
        " kommun eller tema på %(address)s och skriv ut i delar."
    )
    return [
        tongue.say(note)
        % {
            "shown": len(rows),
            "total": len(rows) + left_out,
            "day": day_in_words(rows[-1].when.first_day, tongue.code),
            "address": f"{without_scheme(feed.site.public_url)}{tongue.prefix}/kalender",
        }
    ]


def days_of(rows: Sequence[Row], asked: Collection[date], tongue: Tongue) -> list[dict[str, Any]]:
    """The rows under the first day on which each matches; one entry each, however many days it goes on."""
    days: dict[date, dict[str, list[dict[str, Any]]]] = {}
    for row in rows:
        day = first_matching_day(row.when, asked)
        kinds = days.setdefault(day, {"timed": [], "lasting": []})
        kinds["lasting" if goes_on_for_days(row.when) else "timed"].append(entry_of(row, day, tongue))
    with_year = len({day.year for row in rows for day in (row.when.first_day, row.when.shown_until)}) > 1
    lasting = tongue.say(N_("Pågår flera dagar"))
    return [
        {"name": _name(day, tongue, with_year=with_year), "lasting-name": lasting, **days[day]} for day in sorted(days)
    ]


def first_matching_day(when: When, asked: Collection[date]) -> date:
    """The day under which it is listed: its first, or the first of those asked for."""
    return min((day for day in asked if when.first_day <= day <= when.shown_until), default=when.first_day)


def goes_on_for_days(when: When) -> bool:
    """Whether it is a matter of days, like an exhibition, and not of an evening that ends after midnight."""
    if when.starts_at is None or when.ends_at is None:
        return when.first_day != when.shown_until
    return when.ends_at - when.starts_at > A_DAY


def entry_of(row: Row, day: date, tongue: Tongue) -> dict[str, Any]:
    """One entry, in words alone."""
    return {
        "uid": row.uid,
        "url": row.url,
        "title": words.title_of(row, tongue),
        "time": words.time_of(row.when, day, tongue),
        "off": words.is_off(row),
        "state": words.state_of(row, tongue),
        "news": words.news_of(row, tongue),
        "summary": words.summary_of(row, tongue),
        "form": row.where.form.value,
        "form-label": tongue.say(words.WORDS_FOR_FORM[row.where.form]),
        "place": words.place_of(row.where.place),
        "online": words.online_of(row, tongue),
        "link": row.where.online.link if row.where.online else "",
        "concerns": words.concerns(row, tongue),
        "note": words.written(words.capital(row.when.note), tongue),
        "hosts": words.hosts_of(row, tongue),
        "practical": words.practical_of(row, tongue),
    }


def stamp_of(feed: Feed) -> str:
    """Of when the document is: the programme's own date, never that of the fetch."""
    if feed.edition is None:
        return feed.tongue.say(N_("Inget program är publicerat."))
    stamp = N_("Programmet som det var %(moment)s, version %(version)s.")
    at = moment_in_words(feed.changed_at, feed.tongue)
    return feed.tongue.say(stamp) % {"moment": at, "version": feed.edition.revision}


def moment_in_words(moment: datetime, tongue: Tongue) -> str:
    """``20 augusti 2027 kl. 10.15``."""
    at = moment.astimezone(STOCKHOLM)
    day = format_date(at.date(), "d MMMM y", locale=tongue.code)
    return f"{day} {clock_in_words(at, None, STOCKHOLM, tongue.code)}"


def without_scheme(address: str) -> str:
    """An address as people write it."""
    return address.partition("://")[2].removeprefix("www.")


def short_address(feed: Feed) -> str:
    """What one can type: the page's own address, and its filters too where they are few."""
    whole = without_scheme(feed.address())
    return whole if len(whole) <= LONGEST_ADDRESS else whole.partition("?")[0]


def qr(address: str) -> str:
    """The address as a drawing that a telephone reads, also with a seventh of it worn away."""
    file = BytesIO()
    segno.make_qr(address, error="m", boost_error=False).save(
        file, kind="svg", border=2, dark="#000", light=None, xmldecl=False, svgns=True
    )
    return file.getvalue().decode()


def _heading(sheet: Sheet, number: int) -> dict[str, Any]:
    say = sheet.tongue.say
    count = say(N_("1 tillfälle.")) if number == 1 else say(N_("%(count)s tillfällen.")) % {"count": number}
    return {
        "lang": sheet.tongue.code,
        "title": sheet.title,
        "heading": sheet.heading,
        "publisher": PUBLISHER,
        "about": sheet.about,
        "keywords": list(sheet.keywords),
        "days": sheet.days,
        "filters": list(sheet.filters),
        "count": f"{count} {sheet.stamp}",
        "stamp": sheet.stamp,
        "address": sheet.address,
        "short-address": sheet.short_address,
        "qr": qr(sheet.address),
        "qr-text": say(N_("QR-kod till %(address)s")) % {"address": without_scheme(sheet.address)},
        "latest": say(N_("Det senaste:")),
        "page": say(N_("Sida %(page)s av %(pages)s")),
        "changeable": say(N_("Programmet kan ha ändrats.")),
        "latest-at": say(N_("Det senaste finns på")),
    }


def _name(day: date, tongue: Tongue, *, with_year: bool) -> str:
    """The day as a heading; mostly without the year, which stands above."""
    name = day_in_words(day, tongue.code) if with_year else format_date(day, "EEEE d MMMM", locale=tongue.code)
    return words.capital(name)

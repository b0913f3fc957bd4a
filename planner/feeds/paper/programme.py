"""The rows of a feed as the pages of a programme: by day, what goes on for several days apart, as on the website."""

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import segno
from babel.dates import format_date

from planner.core.clock import STOCKHOLM
from planner.core.dates import clock_in_words, day_in_words, days_in_words
from planner.feeds.feed import PUBLISHER, Feed
from planner.feeds.offers import Options
from planner.feeds.paper import words
from planner.feeds.paper.typesetting import typeset
from planner.feeds.rows import Row, When
from planner.feeds.text import shorten

A_DAY = timedelta(hours=24)
LONGEST_ADDRESS = 60
"""Characters that have room below a page; a longer one is in the QR code alone."""


def programme_of(feed: Feed, rows: Sequence[Row], options: Options, *, left_out: int = 0) -> bytes:
    """The document of the rows, oldest day first."""
    paper, is_large = options.get("papper", "a4"), options.get("storlek") == "stor"
    values = {
        **_heading(feed, number=len(rows) + left_out),
        "paper": paper,
        "look": f"{paper}-stor" if is_large else paper,
        "notes": _notes(feed, rows, left_out),
        "programme": days_of(rows, feed.query.days),
    }
    return typeset("programme", values, changed_at=feed.changed_at)


def days_of(rows: Sequence[Row], asked: Sequence[date]) -> list[dict[str, Any]]:
    """The rows under the first day on which each matches; one entry each, however many days it goes on."""
    days: dict[date, dict[str, list[dict[str, Any]]]] = {}
    for row in rows:
        day = first_matching_day(row.when, asked)
        kinds = days.setdefault(day, {"timed": [], "lasting": []})
        kinds["lasting" if goes_on_for_days(row.when) else "timed"].append(entry_of(row, day))
    with_year = len({day.year for row in rows for day in (row.when.first_day, row.when.shown_until)}) > 1
    return [
        {"name": _name(day, with_year=with_year), "lasting-name": "Pågår flera dagar", **days[day]}
        for day in sorted(days)
    ]


def first_matching_day(when: When, asked: Sequence[date]) -> date:
    """The day under which it is listed: its first, or the first of those asked for."""
    return min((day for day in asked if when.first_day <= day <= when.shown_until), default=when.first_day)


def goes_on_for_days(when: When) -> bool:
    """Whether it is a matter of days, like an exhibition, and not of an evening that ends after midnight."""
    if when.starts_at is None or when.ends_at is None:
        return when.first_day != when.shown_until
    return when.ends_at - when.starts_at > A_DAY


def entry_of(row: Row, day: date) -> dict[str, Any]:
    """One entry, in words alone."""
    return {
        "uid": row.uid,
        "url": row.url,
        "title": words.title_of(row),
        "time": words.time_of(row.when, day),
        "off": words.is_off(row),
        "state": words.state_of(row),
        "news": words.news_of(row),
        "summary": "" if words.is_off(row) else shorten(row.summary, words.LONGEST_SUMMARY),
        "form": row.where.form.value,
        "form-label": words.WORDS_FOR_FORM[row.where.form],
        "place": words.place_of(row.where.place),
        "online": words.online_of(row),
        "link": row.where.online.link if row.where.online else "",
        "concerns": words.concerns(row),
        "note": words.capital(row.when.note),
        "hosts": words.hosts_of(row),
        "practical": words.practical_of(row),
    }


def stamp_of(feed: Feed) -> str:
    """Of when the document is: the programme's own date, never that of the fetch."""
    if feed.edition is None:
        return "Inget program är publicerat."
    at = feed.changed_at.astimezone(STOCKHOLM)
    day = format_date(at.date(), "d MMMM y", locale="sv")
    return f"Programmet som det var {day} {clock_in_words(at, None, STOCKHOLM)}, version {feed.edition.revision}."


def without_scheme(address: str) -> str:
    """An address as people write it."""
    return address.partition("://")[2].removeprefix("www.")


def short_address(feed: Feed) -> str:
    """What one can type: the page's own address, and its filters too where they are few."""
    whole = without_scheme(feed.address())
    return whole if len(whole) <= LONGEST_ADDRESS else without_scheme(f"{feed.site.public_url}{feed.path}")


def qr(address: str) -> str:
    """The address as a drawing that a telephone reads, also with a seventh of it worn away."""
    file = BytesIO()
    segno.make_qr(address, error="m", boost_error=False).save(
        file, kind="svg", border=2, dark="#000", light=None, xmldecl=False, svgns=True
    )
    return file.getvalue().decode()


def _heading(feed: Feed, *, number: int) -> dict[str, Any]:
    edition = feed.edition
    count = f"{number} {'tillfälle' if number == 1 else 'tillfällen'}"
    return {
        "title": feed.name,
        "heading": feed.programme,
        "publisher": PUBLISHER,
        "about": feed.about,
        "keywords": list(feed.names),
        "days": words.capital(days_in_words(edition.first_day, edition.last_day)) if edition else "",
        "filters": [feed.subject] if feed.names else [],
        "count": f"{count}. {stamp_of(feed)}",
        "stamp": stamp_of(feed),
        "address": feed.address(),
        "shown-address": without_scheme(feed.address()),
        "short-address": short_address(feed),
        "qr": qr(feed.address()),
    }


def _notes(feed: Feed, rows: Sequence[Row], left_out: int) -> list[str]:
    if not rows:
        return ["Inga tillfällen hittades."]
    if not left_out:
        return []
    last = day_in_words(rows[-1].when.first_day)
    return [
        f"Här står de {len(rows)} första av {len(rows) + left_out} tillfällen, till och med {last}. Resten får inte"
        f" plats: välj dag, kommun eller tema på {without_scheme(feed.site.public_url)}/kalender och skriv ut i delar."
    ]


def _name(day: date, *, with_year: bool) -> str:
    """The day as a heading; mostly without the year, which stands above."""
    return words.capital(day_in_words(day) if with_year else format_date(day, "EEEE d MMMM", locale="sv"))

"""The feed as an Excel workbook, to sort, count and print: real dates and times, and texts that are never formulas."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO

from babel.dates import format_date
from sqlalchemy.orm import Session
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planner.core.text import N_
from planner.editions.models import Edition
from planner.events.queries import days_of
from planner.feeds.columns import COLUMNS, Cell
from planner.feeds.feed import LICENCE_IN_WORDS, PUBLISHER, Feed
from planner.feeds.offers import Offer, Options
from planner.feeds.reading import rows_of
from planner.feeds.rows import Row
from planner.feeds.text import shorten

ENDING = "xlsx"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VERSION = 1
LABEL = "Excel"
USE = N_("För att sortera, räkna och skriva ut.")
OFFERS: tuple[Offer, ...] = (Offer(N_("Excel")), Offer(N_("Excel med ett blad för varje dag"), "blad=dag"))
OPTIONS: Mapping[str, tuple[str, ...]] = {"blad": ("dag",)}

WHOLE = "Programmet"
OTHER_DAYS = "Andra dagar"

LONGEST_CELL = 32_767
LONGEST_LINK = 2_000
MOST_LINKS = 65_530
"""Excel opens no file with more, or longer ones; what is above stands there as text."""

PRINTED = [column.heading for column in COLUMNS].index("Huvudarrangör")
"""The last column on paper: when, what, where and whose."""

_ILLEGAL = re.compile("[\ufffe\uffff]")
"""What no XML document may hold; the library takes care of the rest."""


def is_download(feed: Feed) -> bool:
    """It is opened in another program."""
    return True


def body(session: Session, feed: Feed, options: Options) -> bytes:
    """The workbook: one sheet of everything, oldest day first, or one for each day on which something takes place."""
    rows = rows_of(session, feed)
    is_by_day = options.get("blad") == "dag" and feed.edition is not None
    sheets = by_day(rows, feed.edition) if is_by_day and feed.edition else {}
    return workbook_of(feed, sheets or {WHOLE: rows})


def by_day(rows: Sequence[Row], edition: Edition) -> dict[str, list[Row]]:
    """The rows under each day of the edition on which they take place or go on; those of no such day come last."""
    days = days_of(edition)
    pattern = "EEE d MMM" if days[0].year == days[-1].year else "EEE d MMM y"
    sheets = {
        format_date(day, pattern, locale="sv").replace(".", "").capitalize(): [
            row for row in rows if row.when.first_day <= day <= row.when.shown_until
        ]
        for day in days
    }
    sheets[OTHER_DAYS] = [row for row in rows if row.when.first_day > days[-1] or row.when.shown_until < days[0]]
    return {name: found for name, found in sheets.items() if found}


def workbook_of(feed: Feed, sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """The rows in their sheets. It is dated by its content: the same rows give the same bytes."""
    file = BytesIO()
    workbook = Workbook(file, {"in_memory": True})
    workbook.set_properties(
        {
            "title": _legal(feed.name),
            "author": PUBLISHER,
            "comments": f"{feed.address()}\n{LICENCE_IN_WORDS}",
            "created": feed.changed_at.astimezone(UTC).replace(tzinfo=None),
        }
    )
    formats = _formats(workbook)
    for name, rows in sheets.items():
        _fill(workbook.add_worksheet(name), feed, rows, formats)
    workbook.close()
    return file.getvalue()


def has_room_for_links(lines: int) -> bool:
    """Whether Excel opens a sheet of so many lines with every address as a link."""
    return lines * sum(column.is_link for column in COLUMNS) <= MOST_LINKS


def _formats(workbook: Workbook) -> dict[str, Format]:
    looks = {
        "heading": {"bold": True, "font_color": "#ffffff", "bg_color": "#0c3b30", "text_wrap": True, "valign": "top"},
        "text": {"text_wrap": True, "valign": "top"},
        "link": {"font_color": "#0b5cad", "underline": 1, "valign": "top"},
        "day": {"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"},
        "clock": {"num_format": "hh:mm", "align": "left", "valign": "top"},
        "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "left", "valign": "top"},
    }
    return {name: workbook.add_format(look) for name, look in looks.items()}


def _fill(sheet: Worksheet, feed: Feed, rows: Sequence[Row], formats: Mapping[str, Format]) -> None:
    has_links = has_room_for_links(len(rows))
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.heading, formats["heading"])
        for line, row in enumerate(rows, start=1):
            _write(sheet, line, number, column.value(row), formats, is_link=column.is_link and has_links)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    _prepare_for_paper(sheet, feed, lines=len(rows))


def _write(
    sheet: Worksheet, line: int, number: int, cell: Cell, formats: Mapping[str, Format], *, is_link: bool
) -> None:
    match cell:
        case None | "":
            return
        case datetime():
            sheet.write_datetime(line, number, cell, formats["moment"])
        case date():
            sheet.write_datetime(line, number, cell, formats["day"])
        case time():
            sheet.write_datetime(line, number, cell, formats["clock"])
        case str() if is_link and len(cell) <= LONGEST_LINK:
            sheet.write_url(line, number, cell, formats["link"])
        case str():
            # Never the library's ``write``, which takes what begins with "=" for a formula.
            sheet.write_string(line, number, shorten(_legal(cell), LONGEST_CELL), formats["text"])


def _prepare_for_paper(sheet: Worksheet, feed: Feed, *, lines: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.print_area(0, 0, lines, PRINTED)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{shorten(_legal(feed.name), 100).replace('&', '&&')}&R&P/&N")


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)

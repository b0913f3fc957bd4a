"""The feed as CSV (RFC 4180) that a Swedish Excel opens as a table when one double-clicks it.

Excel parts cells at the list separator of the computer's region, which is a semicolon wherever the comma stands in
decimals, and reads UTF-8 only after a byte order mark. Days and times are written as ISO 8601, which it knows.
"""

import csv
import re
from collections.abc import Mapping
from datetime import datetime, time
from io import StringIO

from sqlalchemy.orm import Session

from planner.core.text import N_
from planner.feeds.columns import COLUMNS, Cell
from planner.feeds.feed import Feed
from planner.feeds.offers import Offer, Options
from planner.feeds.reading import rows_of

ENDING = "csv"
CONTENT_TYPE = "text/csv; charset=utf-8; header=present"
VERSION = 1
LABEL = "CSV"
USE = N_("För kalkylprogram och andra system som läser tabeller.")
OFFERS: tuple[Offer, ...] = (Offer(N_("CSV")),)
OPTIONS: Mapping[str, tuple[str, ...]] = {}

_FORMULA = re.compile(r"\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet may run instead of showing it, in the wide letters of Asian input too."""


def is_download(feed: Feed) -> bool:
    """A browser would show it as a heap of text."""
    return True


def body(session: Session, feed: Feed, options: Options) -> bytes:
    """The table, oldest day first."""
    return table_of([[column.value(row) for column in COLUMNS] for row in rows_of(session, feed)])


def table_of(rows: list[list[Cell]]) -> bytes:
    """The rows under their headings. Each cell is quoted, so that it ends where it ends whatever is in it."""
    lines = StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(column.heading for column in COLUMNS)
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return lines.getvalue().encode("utf-8-sig")


def as_text(cell: Cell) -> str:
    """What stands in the cell. What somebody wrote as a formula gets an apostrophe before it and stays text."""
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case time():
            return f"{cell:%H:%M}"
        case str():
            return f"'{cell}" if _FORMULA.match(cell) else cell
    return cell.isoformat()

"""The feed as a PDF to print and hang up: tagged, by day, with the way to what holds now.

Paper and size of the letters are options of the shape; the occurrences are those of the list.
"""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from planner.core.text import N_
from planner.feeds.feed import Feed
from planner.feeds.offers import Offer, Options
from planner.feeds.paper.programme import notes_on, programme_of, sheet_of
from planner.feeds.queries import count_of
from planner.feeds.reading import rows_of

ENDING = "pdf"
CONTENT_TYPE = "application/pdf"
VERSION = 1
LABEL = "PDF"
USE = N_("För att skriva ut och sätta upp.")
OFFERS: tuple[Offer, ...] = ()
OPTIONS: Mapping[str, tuple[str, ...]] = {"papper": ("a4", "a3"), "storlek": ("normal", "stor")}

MOST_ROWS = 1_000
"""As in a calendar: some 120 pages. What is above is said on the first."""


def is_download(feed: Feed) -> bool:
    """A browser shows it, and prints it from there."""
    return False


def body(session: Session, feed: Feed, options: Options) -> bytes:
    """The document. It is dated by the programme: the same revision gives the same bytes."""
    rows = rows_of(session, feed, most=MOST_ROWS + 1)
    left_out = count_of(session, feed) - MOST_ROWS if len(rows) > MOST_ROWS else 0
    shown = rows[:MOST_ROWS]
    notes, number = notes_on(feed, shown, left_out), len(shown) + left_out
    return programme_of(sheet_of(feed), shown, options, asked=feed.query.days, number=number, notes=notes)

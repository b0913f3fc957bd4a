"""The feed as iCalendar: joined from components that were rendered when their occurrences changed."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from planner.core.text import N_
from planner.feeds.feed import Feed
from planner.feeds.ical import Heading, calendar_of
from planner.feeds.offers import Offer, Options
from planner.feeds.queries import latest_components

ENDING = "ics"
CONTENT_TYPE = "text/calendar; charset=utf-8"
VERSION = 1
LABEL = "iCalendar"
USE = N_("För kalendern i mobilen eller datorn. Nya, ändrade och inställda programpunkter syns av sig själva.")
OFFERS: tuple[Offer, ...] = ()
OPTIONS: Mapping[str, tuple[str, ...]] = {}

MOST_BYTES = 980_000
"""Google refuses a feed from 1 MB on; the rest is for what stands around the components."""

MOST_COMPONENTS = 1_000
"""Google loses events somewhere past 1,100."""


def is_download(feed: Feed) -> bool:
    """One event is a file to add; the others are calendars to follow."""
    return feed.event_id is not None


def body(session: Session, feed: Feed, options: Options) -> bytes:
    """The calendar file: of everything that a query finds, to follow, or of one event, to add."""
    found, total = latest_components(session, feed, MOST_COMPONENTS)
    if feed.event_id is not None:
        return calendar_of(found)
    kept = latest_that_fit(found)
    return calendar_of(kept, _heading(feed, dropped=total - len(kept)))


def latest_that_fit(components: list[str]) -> list[str]:
    """The last of them, in the same order, as many as calendar apps take: the oldest are dropped first."""
    kept = components[-MOST_COMPONENTS:]
    excess = sum(len(component.encode()) for component in kept) - MOST_BYTES
    first = 0
    while excess > 0:
        excess -= len(kept[first].encode())
        first += 1
    return kept[first:]


def _heading(feed: Feed, *, dropped: int) -> Heading:
    about = feed.about
    if dropped:
        about += (
            f" De {dropped} första får inte plats. Välj till exempel kommun, dag eller tema för en kortare kalender."
        )
    return Heading(
        name=feed.name,
        description=f"{about} Ändrade och inställda programpunkter uppdateras av sig själva.",
        source=feed.address(f".{ENDING}"),
        page=feed.address(),
        refresh=feed.refresh,
    )

"""The feed as RSS 2.0: what has changed last comes first, with the time of the event in words."""

from collections.abc import Mapping
from operator import attrgetter

from sqlalchemy.orm import Session

from planner.core.text import N_
from planner.feeds.entries import channel_of, entries_of
from planner.feeds.feed import Feed
from planner.feeds.offers import Offer, Options
from planner.feeds.reading import rows_of
from planner.feeds.syndication import RSS_TYPE, rss_of

ENDING = "rss"
CONTENT_TYPE = RSS_TYPE
VERSION = 1
LABEL = "RSS"
USE = N_("För nyhetsläsare och webbplatser. Det som ändrats senast kommer först.")
OFFERS: tuple[Offer, ...] = (Offer(N_("RSS")),)
OPTIONS: Mapping[str, tuple[str, ...]] = {}


def is_download(feed: Feed) -> bool:
    """A reader subscribes to it."""
    return False


def body(session: Session, feed: Feed, options: Options) -> bytes:
    """The document. An entry's ``guid`` is the UID that calendars know it by."""
    return rss_of(channel_of(feed, ENDING), entries_of(rows_of(session, feed), attrgetter("uid")))

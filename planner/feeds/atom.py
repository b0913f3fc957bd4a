"""The feed as Atom (RFC 4287): the same entries as in RSS, for readers that like it better."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from planner.core.text import N_
from planner.feeds.entries import channel_of, entries_of, tag_of
from planner.feeds.feed import Feed
from planner.feeds.offers import Offer, Options
from planner.feeds.reading import rows_of
from planner.feeds.syndication import ATOM_TYPE, atom_of

ENDING = "atom"
CONTENT_TYPE = ATOM_TYPE
VERSION = 1
LABEL = "Atom"
USE = N_("Samma innehåll som i RSS, för läsare som hellre vill ha Atom.")
OFFERS: tuple[Offer, ...] = ()
OPTIONS: Mapping[str, tuple[str, ...]] = {}


def is_download(feed: Feed) -> bool:
    """A reader subscribes to it."""
    return False


def body(session: Session, feed: Feed, options: Options) -> bytes:
    """The document. An entry's ``id`` is made of the UID that calendars know it by, for it has to be an IRI."""
    entries = entries_of(rows_of(session, feed), lambda row: tag_of(row.uid, feed.site))
    return atom_of(channel_of(feed, ENDING), entries)

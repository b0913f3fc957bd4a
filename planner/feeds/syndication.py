"""RSS 2.0 and Atom (RFC 4287) documents: pure, from a few values to bytes, without clock or database.

Written with the standard library, which escapes; what no XML document may hold, escaped or not, is taken out before.
The newest change comes first, whatever order the entries are given in: most readers keep it as it is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from operator import attrgetter
from xml.etree import ElementTree as ET

from planner.core.text import clean_line

ATOM_TYPE = "application/atom+xml; charset=utf-8"
RSS_TYPE = "application/rss+xml; charset=utf-8"

_ATOM = "http://www.w3.org/2005/Atom"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 allows nowhere, not even as a reference (2.2)."""


@dataclass(frozen=True)
class Entry:
    """One thing to read.

    ``id`` stays the same for ever and is no address: an IRI in Atom (RFC 4287 4.2.6), anything in RSS. ``updated`` is
    the latest change that a reader should hear of, ``published`` when the entry first appeared. ``summary`` is plain
    text; ``html``, if there is any, sanitised HTML that says the same. ``authors`` and ``categories`` are names.
    """

    id: str
    title: str
    link: str
    updated: datetime
    published: datetime
    summary: str = ""
    html: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Channel:
    """What a document says of itself.

    ``address`` is the document's own, ``page`` that of the same as a page, ``id`` (for Atom) an IRI that outlives
    both. ``minutes`` is how long a reader may wait before it asks again. The times come from what is told, never from
    a clock: the same entries give the same bytes.
    """

    id: str
    title: str
    description: str
    address: str
    page: str
    updated: datetime
    author: str
    language: str = "sv"
    minutes: int = 60
    rights: str = ""


def atom_of(channel: Channel, entries: Iterable[Entry]) -> bytes:
    """The channel as an Atom document."""
    entries = _newest_first(entries)
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": channel.language})
    _add(feed, "id", channel.id)
    _add(feed, "title", clean_line(channel.title))
    _add_if(feed, "subtitle", clean_line(channel.description))
    _add(feed, "updated", _timestamp(_latest(channel, entries)))
    _add_author(feed, channel.author)
    _add(feed, "link", rel="self", type="application/atom+xml", href=channel.address)
    _add(feed, "link", rel="alternate", type="text/html", href=channel.page)
    _add_if(feed, "rights", channel.rights)
    for entry in entries:
        _add_atom_entry(feed, entry)
    return _document(feed)


def rss_of(channel: Channel, entries: Iterable[Entry]) -> bytes:
    """The channel as an RSS document."""
    entries = _newest_first(entries)
    rss = ET.Element("rss", {"version": "2.0", "xmlns:atom": _ATOM, "xmlns:dc": _DUBLIN_CORE})
    feed = ET.SubElement(rss, "channel")
    _add(feed, "title", clean_line(channel.title))
    _add(feed, "link", channel.page)
    _add(feed, "description", clean_line(channel.description) or clean_line(channel.title))
    _add(feed, "language", channel.language)
    _add_if(feed, "copyright", channel.rights)
    _add(feed, "lastBuildDate", _mail_date(_latest(channel, entries)))
    _add(feed, "ttl", str(channel.minutes))
    _add(feed, "atom:link", rel="self", type="application/rss+xml", href=channel.address)
    for entry in entries:
        _add_rss_item(feed, entry)
    return _document(rss)


def _add_atom_entry(feed: ET.Element, entry: Entry) -> None:
    node = ET.SubElement(feed, "entry")
    _add(node, "id", entry.id)
    _add(node, "title", clean_line(entry.title))
    _add(node, "link", rel="alternate", type="text/html", href=entry.link)
    _add(node, "updated", _timestamp(entry.updated))
    _add(node, "published", _timestamp(entry.published))
    for name in entry.authors:
        _add_author(node, name)
    for name in _categories(entry):
        _add(node, "category", term=name)
    _add_if(node, "summary", entry.summary)
    _add_if(node, "content", entry.html, type="html")


def _add_author(node: ET.Element, name: str) -> None:
    _add(ET.SubElement(node, "author"), "name", clean_line(name))


def _add_rss_item(feed: ET.Element, entry: Entry) -> None:
    node = ET.SubElement(feed, "item")
    _add(node, "title", clean_line(entry.title))
    _add(node, "link", entry.link)
    _add(node, "guid", entry.id, isPermaLink="false")
    # Readers sort by this date, so it is that of the latest change; RSS has no other.
    _add(node, "pubDate", _mail_date(entry.updated))
    for name in entry.authors:
        # RSS's own author is an e-mail address.
        _add(node, "dc:creator", clean_line(name))
    for name in _categories(entry):
        _add(node, "category", name)
    _add_if(node, "description", entry.html or _as_html(entry.summary))


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> None:
    node = ET.SubElement(parent, tag, {name: _ILLEGAL.sub("", value) for name, value in attributes.items()})
    node.text = _ILLEGAL.sub("", text)


def _add_if(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    """An element, if there is anything to say in it."""
    if text:
        _add(parent, tag, text, **attributes)


def _categories(entry: Entry) -> list[str]:
    """Each name once, and none that is empty."""
    return [name for name in dict.fromkeys(map(clean_line, entry.categories)) if name]


def _newest_first(entries: Iterable[Entry]) -> Sequence[Entry]:
    """What changed at the same time stays in the order in which it was given."""
    return sorted(entries, key=attrgetter("updated"), reverse=True)


def _latest(channel: Channel, entries: Sequence[Entry]) -> datetime:
    """When the document last changed: never before its newest entry, whose date may lie a second ahead."""
    return max((channel.updated, *(entry.updated for entry in entries[:1])))


def _as_html(text: str) -> str:
    """Plain text as the HTML that every reader of RSS takes a description for."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\n", "<br>")


def _timestamp(moment: datetime) -> str:
    """A date of RFC 3339, in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _mail_date(moment: datetime) -> str:
    """A date of RFC 822 with four digits of the year, as RSS wants it."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def _document(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()

"""What RSS 2.0 and RFC 4287 ask of a document, read with feedparser and with the standard library.

Each rule has its source beside it. Every RSS and Atom document that a test fetches goes through ``read_rss`` or
``read_atom``.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET

import feedparser

ATOM = "{http://www.w3.org/2005/Atom}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_WEB = re.compile(r"https?://[!-~]+\Z")
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[!-~]+\Z")
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
_RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\Z")


def read_rss(source: bytes) -> Any:
    """The document as feedparser understands it, if it keeps every rule."""
    channel = _root(source, "rss").find("channel")
    assert channel is not None
    assert [child.tag for child in channel][:3] == ["title", "link", "description"]  # required (RSS 2.0)
    for tag in ("title", "link", "description", "language", "lastBuildDate", "ttl"):
        assert len(channel.findall(tag)) == 1, tag
    assert _text(channel, "title")
    assert _text(channel, "description")
    assert _WEB.match(_text(channel, "link"))
    assert int(_text(channel, "ttl")) > 0
    [self_link] = channel.findall(f"{ATOM}link")  # the RSS Advisory Board's best practices
    assert self_link.get("rel") == "self"
    assert self_link.get("type") == "application/rss+xml"
    assert _WEB.match(self_link.get("href", ""))
    dates = [_rss_date(_text(item, "pubDate")) for item in channel.findall("item")]
    assert dates == sorted(dates, reverse=True)
    assert not dates or _rss_date(_text(channel, "lastBuildDate")) >= dates[0]
    _check_items(channel.findall("item"))
    return _parsed(source, "rss20")


def read_atom(source: bytes) -> Any:
    """The document as feedparser understands it, if it keeps every rule."""
    feed = _root(source, f"{ATOM}feed")
    entries = feed.findall(f"{ATOM}entry")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang")
    assert len(feed.findall(f"{ATOM}author")) == 1  # 4.1.1: of the feed, or of each entry
    for node in (feed, *entries):
        for tag in ("id", "title", "updated"):  # 4.1.1, 4.1.2
            assert len(node.findall(f"{ATOM}{tag}")) == 1, tag
        assert _IRI.match(_text(node, f"{ATOM}id"))  # 4.2.6
        assert len(_links(node, "alternate")) == 1  # 4.1.2: one of a type and language
    [address] = _links(feed, "self")
    assert _WEB.match(address)
    ids = [_text(entry, f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    dates = [_atom_date(_text(entry, f"{ATOM}updated")) for entry in entries]
    assert dates == sorted(dates, reverse=True)
    assert not dates or _atom_date(_text(feed, f"{ATOM}updated")) >= dates[0]
    for entry in entries:
        _check_entry(entry)
    return _parsed(source, "atom10")


def _root(source: bytes, tag: str) -> ET.Element:
    assert source.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n')
    assert b"<!" not in source  # no document type, so no entities; and no CDATA, which ends where somebody writes "]]>"
    root = ET.fromstring(source)  # noqa: S314 - our own document, without entities
    assert root.tag == tag
    return root


def _check_items(items: list[ET.Element]) -> None:
    for item in items:
        for tag in ("title", "link", "guid", "pubDate"):
            assert len(item.findall(tag)) == 1, tag
        assert _text(item, "title")
        assert _WEB.match(_text(item, "link"))
        guid = item.find("guid")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"
        assert item.find("author") is None  # would have to be an e-mail address
        assert all(_text(item, tag) for tag in ("category", f"{DUBLIN_CORE}creator") if item.find(tag) is not None)
    guids = [_text(item, "guid") for item in items]
    assert len(set(guids)) == len(guids)


def _check_entry(entry: ET.Element) -> None:
    assert _atom_date(_text(entry, f"{ATOM}published")) <= _atom_date(_text(entry, f"{ATOM}updated"))
    for category in entry.findall(f"{ATOM}category"):
        assert category.get("term")  # 4.2.2
    content = entry.find(f"{ATOM}content")
    assert content is None or content.get("type") == "html"
    summary = entry.find(f"{ATOM}summary")
    assert summary is None or summary.get("type") is None  # plain text (3.1.1)


def _links(node: ET.Element, rel: str) -> list[str]:
    return [link.get("href", "") for link in node.findall(f"{ATOM}link") if link.get("rel") == rel]


def _text(node: ET.Element, tag: str) -> str:
    return node.findtext(tag) or ""


def _atom_date(text: str) -> datetime:
    assert _RFC_3339.match(text)
    return datetime.fromisoformat(text)


def _rss_date(text: str) -> datetime:
    assert _RFC_822.match(text)
    return parsedate_to_datetime(text).astimezone(UTC)


def _parsed(source: bytes, version: str) -> Any:
    parsed = feedparser.parse(source, response_headers={"content-type": "application/xml; charset=utf-8"})
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == version
    return parsed

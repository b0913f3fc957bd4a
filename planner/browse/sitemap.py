"""sitemap.xml (sitemaps.org 0.9): every public page, once, in Swedish; the other languages stand in its head."""

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.sax.saxutils import escape

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Entry = tuple[str, datetime | None]
"""An absolute address, and when what it shows was last changed; nothing if nobody knows."""


def urlset(pages: Iterable[Entry]) -> bytes:
    """A file of pages."""
    return _document("urlset", "url", pages)


def index(files: Iterable[Entry]) -> bytes:
    """A file of such files, for when there are too many pages for one."""
    return _document("sitemapindex", "sitemap", files)


def _document(root: str, element: str, entries: Iterable[Entry]) -> bytes:
    lines = (f"<{element}><loc>{escape(address)}</loc>{_changed(at)}</{element}>\n" for address, at in entries)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n'
    return f"{head}{''.join(lines)}</{root}>\n".encode()


def _changed(moment: datetime | None) -> str:
    return f"<lastmod>{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if moment else ""

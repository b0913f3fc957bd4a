"""The rows as things to read: what a news reader shows of an occurrence, in RSS, Atom and JSON Feed alike."""

import re
from collections.abc import Callable, Sequence
from urllib.parse import quote

from markupsafe import Markup, escape

from planner.core.site import Site
from planner.feeds.feed import LICENCE_IN_WORDS, PUBLISHER, Feed
from planner.feeds.rows import Row
from planner.feeds.syndication import Channel, Entry
from planner.feeds.text import shorten
from planner.feeds.words import LONGEST_TEXT

OURS_SINCE = 2026
"""The year in which the tag addresses (RFC 4151) were first given out. It never changes."""

_LINK = re.compile(r"https?://\S+\Z")


def channel_of(feed: Feed, ending: str) -> Channel:
    """What the feed says of itself."""
    page = feed.address()
    return Channel(
        id=tag_of(page.removeprefix(feed.site.public_url), feed.site),
        title=feed.name,
        description=f"{feed.about} Det som ändrats senast kommer först.",
        address=feed.address(f".{ending}"),
        page=page,
        updated=feed.changed_at,
        author=PUBLISHER,
        minutes=int(feed.refresh.total_seconds()) // 60,
        rights=LICENCE_IN_WORDS,
    )


def entries_of(rows: Sequence[Row], id_of: Callable[[Row], str]) -> list[Entry]:
    """The rows as entries. The time stands in the title: readers show the day of the change beside it."""
    return [
        Entry(
            id=id_of(row),
            title=f"{row.headline} – {row.when.words}",
            link=row.url,
            updated=row.changed_at,
            published=row.published_at,
            summary=in_words(row),
            html=as_html(row),
            authors=tuple(host.name for host in row.organisers),
            categories=row.categories,
        )
        for row in rows
    ]


def tag_of(name: str, site: Site) -> str:
    """An IRI that is no address: it stays when the site moves (RFC 4151)."""
    return f"tag:{site.uid_domain},{OURS_SINCE}:{quote(name, safe='/?=&@+')}"


def in_words(row: Row) -> str:
    """What has changed, and when and where it is: plain text, a line each."""
    return "\n".join((*row.news, _time(row), *((row.where.words,) if row.where.words else ())))


def as_html(row: Row) -> str:
    """What has changed, when and where, the text, and what else there is to know."""
    news = [Markup("<strong>{}</strong>").format(line) for line in row.news]
    blocks = [
        news,
        [escape(line) for line in (_time(row), row.where.words) if line],
        [escape(shorten(row.summary, LONGEST_TEXT))] if row.summary else [],
        [_with_link(line) for line in row.details],
    ]
    return Markup("").join(Markup("<p>{}</p>").format(Markup("<br>").join(block)) for block in blocks if block)


def _time(row: Row) -> str:
    return ". ".join(f"{part[:1].upper()}{part[1:]}" for part in (row.when.words, row.when.note) if part)


def _with_link(line: str) -> Markup:
    """The line, with the address at its end as a link, if there is one."""
    found = _LINK.search(line)
    if found is None:
        return escape(line)
    return Markup('{}<a href="{}">{}</a>').format(line[: found.start()], found.group(), found.group())

"""What has changed in the programme, for news readers: an entry for each thing to tell, with what was before.

An entry has the address of its item for ever, and tells anew when the item is corrected. What ends where it began stays
as one that says so: somebody may have read of it in between, and no reader takes an entry away again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.models import NewsKind, OccurrenceState
from planner.events.news import Seen, Told
from planner.events.queries import News, count_from_the_start, list_news
from planner.events.queries.news import MOST_NEWS
from planner.feeds.entries import channel_of, tag_of
from planner.feeds.feed import Feed
from planner.feeds.syndication import ATOM_TYPE, RSS_TYPE, Channel, Entry, atom_of, rss_of
from planner.feeds.text import plain, single_line
from planner.feeds.words import page_of, when_of

MOST_ENTRIES = 100
VERSION = 1


@dataclass(frozen=True)
class NewsShape:
    """One of the two shapes: its type, and what writes it."""

    content_type: str
    write: Callable[[Channel, Sequence[Entry]], bytes]


NEWS_SHAPES = {"atom": NewsShape(ATOM_TYPE, atom_of), "rss": NewsShape(RSS_TYPE, rss_of)}


def body(session: Session, feed: Feed, ending: str) -> bytes:
    """The document."""
    entries = _entries(session, feed, feed.edition) if feed.edition else []
    if ending == "rss":
        # RSS knows no date of change: what is told anew there is something new to read.
        entries = [replace(one, id=f"{one.id}#{int(one.updated.timestamp())}") for one in entries]
    return NEWS_SHAPES[ending].write(_channel(feed, ending), entries)


def _channel(feed: Feed, ending: str) -> Channel:
    return replace(
        channel_of(feed, ending),
        title=f"Nytt i {feed.name}",
        description="Det som har kommit till, flyttats, ställts in eller blir av igen, med vad som gällde förut.",
    )


def _entries(session: Session, feed: Feed, edition: Edition) -> list[Entry]:
    """The latest, and below them, if there is room, that the programme was published."""
    found = list_news(session, edition, feed.query, limit=MOST_ENTRIES, with_undone=True)
    entries = [_entry(news, feed) for news in found]
    return entries if len(entries) == MOST_ENTRIES else [*entries, *_beginning(session, feed, edition)]


def _entry(news: News, feed: Feed) -> Entry:
    told = [line for line in news.told if NewsKind.UNDONE not in line.kinds] or news.told
    reasons = dict.fromkeys(escape(single_line(one.reason)) for one in told if one.reason)
    lines = [*_former_title(told), *map(_line, told), *reasons]
    html = Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)
    return Entry(
        id=tag_of(f"nytt/{news.item.id}", feed.site),
        title=f"{news.kind.label}: {news.event.title}",
        link=page_of(news.event, feed.site),
        updated=news.item.at,
        published=news.item.at,
        summary=plain(html),
        html=html,
        categories=tuple(kind.label for one in told for kind in one.kinds),
    )


def _former_title(told: Sequence[Told]) -> list[Markup]:
    for one in told:
        if one.before is not None and NewsKind.RETITLED in one.kinds:
            return [_otherwise("Ny rubrik", one.after.title, one.before.title)]
    return []


def _line(one: Told) -> Markup:
    """What has become of an occurrence; then when and where it is, and was if that is what has changed."""
    before, after, is_on = one.before, one.after, one.after.state.takes_place
    sentences = [escape(_STATES.get(after.state) or _SAYINGS.get(one.kinds[0], ""))]
    if before is not None and is_on and NewsKind.MOVED in one.kinds:
        sentences.append(_otherwise("Ny tid", when_of(after), when_of(before)))
    else:
        sentences.append(escape(f"{_sentence(when_of(after))}."))
    if before is not None and is_on and {NewsKind.NEW_PLACE, NewsKind.MOVED_ONLINE} & {*one.kinds}:
        sentences.append(_otherwise("Ny plats", _where(after), _where(before)))
    elif after.places != (None, None):
        sentences.append(escape(f"{_sentence(_where(after))}."))
    sentences += [escape(_CERTAINTY[kind]) for kind in one.kinds if kind in _CERTAINTY]
    label = Markup("{}: ").format(single_line(one.occurrence.label)) if one.occurrence.label else Markup("")
    return label + Markup(" ").join(filter(None, sentences))


_STATES = {
    OccurrenceState.CANCELLED: "Inställt.",
    OccurrenceState.POSTPONED: "Uppskjutet, nytt datum är inte bestämt.",
}
_SAYINGS = {
    NewsKind.REINSTATED: "Blir av igen.",
    NewsKind.MOVED_ONLINE: "Flyttat till digitalt.",
    NewsKind.BACK: "Tillbaka i programmet.",
    NewsKind.UNDONE: "Ändringen är tillbakatagen, det som gällde förut gäller.",
}
_CERTAINTY = {NewsKind.PRELIMINARY: "Tiden är preliminär.", NewsKind.SETTLED: "Tiden är inte längre preliminär."}


def _otherwise(label: str, now: str, before: str) -> Markup:
    return Markup("<strong>{}:</strong> {}. Förut: <del>{}</del>.").format(label, single_line(now), single_line(before))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _where(seen: Seen) -> str:
    digital = f"digitalt ({single_line(seen.digital_place)})" if seen.digital_place else ""
    return " och ".join(part for part in (single_line(seen.place), digital) if part) or "ingen plats angiven"


def _beginning(session: Session, feed: Feed, edition: Edition) -> list[Entry]:
    """That the programme was published, with all that was in it: one entry, however much that is."""
    if edition.published_at is None:
        return []
    number = count_from_the_start(session, edition, feed.query)
    items = "programpunkt" if number == 1 else "programpunkter"
    at_least = "Minst " if number >= MOST_NEWS else ""
    chosen = f" ({feed.subject})" if feed.names else ""
    return [
        Entry(
            id=tag_of(f"nytt/{edition.slug}", feed.site),
            title=f"Programmet är publicerat: {edition.name}",
            link=replace(feed, path="/kalender").address(),
            updated=edition.published_at,
            published=edition.published_at,
            summary=f"{at_least}{number} {items}{chosen} var med från början.",
        )
    ]

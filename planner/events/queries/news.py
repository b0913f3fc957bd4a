"""What has changed in the programme. Of what the public may not see now nothing is told, whatever it once was."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, contains_eager, selectinload
from sqlalchemy.sql.base import ExecutableOption

from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Event, EventText, NewsItem, NewsKind, NewsLine, Occurrence
from planner.events.news import Told, told
from planner.events.queries.narrowing import Condition, conditions_of
from planner.events.queries.public import SWEDISH, public_occurrences
from planner.events.queries.visibility import may_be_seen

MOST_NEWS = 1_000
"""Items of one list, and events that are counted. Going no further keeps a page's cost the same however much there is.
"""


@dataclass(frozen=True)
class News:
    """One item of the list: what became of an event at one time, and of which of the occurrences asked for.

    ``latest`` are the lines, by id, that nothing has followed on: what they say is so still.
    """

    item: NewsItem
    lines: list[NewsLine]
    latest: set[int]

    @property
    def event(self) -> Event:
        return self.item.event

    @property
    def kind(self) -> NewsKind:
        """The weightiest of its lines'."""
        return min((line.kind for line in self.lines), key=lambda kind: kind.weight)

    @property
    def told(self) -> list[Told]:
        """Its lines, read."""
        return [told(line, is_latest=line.id in self.latest) for line in self.lines]


def count_news(session: Session, edition: Edition, query: CalendarQuery) -> int:
    """How many items match, counted to ``MOST_NEWS``."""
    found = _items(edition, query, is_told()).with_only_columns(NewsItem.id).limit(MOST_NEWS).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(found)) or 0


def list_news(
    session: Session,
    edition: Edition,
    query: CalendarQuery,
    *,
    offset: int = 0,
    limit: int = MOST_NEWS,
    with_undone: bool = False,
    language: str = SWEDISH,
) -> list[News]:
    """What has become of what matches, or matched before, latest first, with titles in a language.

    Always two questions, three in another language than Swedish. ``with_undone`` adds what was taken back at once, for
    those who may have read of it meanwhile.
    """
    which = sa.true() if with_undone else is_told()
    items = session.scalars(
        _items(edition, query, which).join(NewsItem.event).options(*_for_items(language)).offset(offset).limit(limit)
    ).all()
    found = {item.id: News(item, [], set()) for item in items}
    for line, is_latest in session.execute(
        _lines(query, which)
        .add_columns(_is_latest())
        .where(NewsLine.item_id.in_(found))
        .options(
            contains_eager(NewsLine.occurrence).defer(Occurrence.component, raiseload=True),
            contains_eager(NewsLine.occurrence).joinedload(Occurrence.place),
        )
        .order_by(Occurrence.first_day, Occurrence.starts_at, Occurrence.id)
    ):
        found[line.item_id].lines.append(line)
        if is_latest:
            found[line.item_id].latest.add(line.id)
    return list(found.values())


def _for_items(language: str) -> tuple[ExecutableOption, ...]:
    event = contains_eager(NewsItem.event)
    titles = Event.texts.and_(EventText.language == language)
    return (
        event.defer(Event.description, raiseload=True),
        event.defer(Event.description_html, raiseload=True),
        *([event.selectinload(titles).load_only(EventText.title)] if language != SWEDISH else []),
    )


def count_from_the_start(session: Session, edition: Edition, query: CalendarQuery) -> int:
    """How many of the events that match were in the programme when it was published, counted to ``MOST_NEWS``."""
    came_later = sa.select(NewsLine.id).where(
        NewsLine.occurrence_id == Occurrence.id, NewsLine.kind.in_((NewsKind.NEW, NewsKind.ADDED))
    )
    there = public_occurrences(edition, query).where(~came_later.exists())
    counted = there.with_only_columns(Occurrence.event_id).distinct().limit(MOST_NEWS).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(counted)) or 0


def recent_news(session: Session, event_ids: Collection[int], *, since: datetime) -> dict[int, NewsItem]:
    """The latest item of each event with its lines, if it is that new; by the event's id."""
    found = session.scalars(
        sa.select(NewsItem)
        .where(NewsItem.event_id.in_(event_ids), NewsItem.at >= since)
        .options(selectinload(NewsItem.lines))
        .order_by(NewsItem.id)
    )
    return {item.event_id: item for item in found}


def is_told() -> Condition:
    """Whether a line says anything: one that ends where it began does not."""
    return NewsLine.kind != NewsKind.UNDONE


def _is_latest() -> Condition:
    later = aliased(NewsLine)
    return ~sa.select(later.id).where(later.occurrence_id == NewsLine.occurrence_id, later.id > NewsLine.id).exists()


def _items(edition: Edition, query: CalendarQuery, which: Condition) -> sa.Select[NewsItem]:
    lines = _lines(query, which).where(NewsLine.item_id == NewsItem.id)
    return (
        sa.select(NewsItem)
        .where(NewsItem.edition_id == edition.id, lines.correlate(NewsItem).exists())
        .order_by(NewsItem.at.desc(), NewsItem.id.desc())
    )


def _lines(query: CalendarQuery, which: Condition) -> sa.Select[NewsLine]:
    """What matches in any edition: whoever asks names the items, and the database shall start from those."""
    matched = sa.and_(NewsLine.first_day.is_not(None), *conditions_of(query, NewsLine))
    matches = sa.and_(sa.true(), *conditions_of(query))
    return (
        sa.select(NewsLine)
        .join(NewsLine.occurrence)
        .join(Occurrence.event)
        .where(which, may_be_seen(), sa.or_(matches, matched))
    )

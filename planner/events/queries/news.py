"""What has changed in the programme. Of what the public may not see now nothing is told, whatever it once was."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, selectinload

from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Event, NewsItem, NewsKind, NewsLine, Occurrence
from planner.events.queries.narrowing import Condition, conditions_of
from planner.events.queries.public import public_occurrences
from planner.events.queries.visibility import may_be_seen

MOST_NEWS = 1_000
"""Items of one list. Counting no further keeps a page's cost the same however much has happened."""


@dataclass(frozen=True)
class News:
    """One item of the list: what became of an event at one time, and of which of the occurrences asked for."""

    item: NewsItem
    lines: list[NewsLine]

    @property
    def event(self) -> Event:
        return self.item.event

    @property
    def kind(self) -> NewsKind:
        """The weightiest of its lines'."""
        return min((line.kind for line in self.lines), key=lambda kind: kind.weight)


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
) -> list[News]:
    """What has become of what matches, or matched before, latest first: always two questions.

    ``with_undone`` adds what was taken back at once, for those who may have read of it meanwhile.
    """
    told = sa.true() if with_undone else is_told()
    items = session.scalars(
        _items(edition, query, told)
        .join(NewsItem.event)
        .options(contains_eager(NewsItem.event).defer(Event.description, raiseload=True))
        .options(contains_eager(NewsItem.event).defer(Event.description_html, raiseload=True))
        .offset(offset)
        .limit(limit)
    ).all()
    lines: dict[int, list[NewsLine]] = {item.id: [] for item in items}
    for line in session.scalars(
        _lines(edition, query, told)
        .where(NewsLine.item_id.in_(lines))
        .options(contains_eager(NewsLine.occurrence).defer(Occurrence.component, raiseload=True))
        .order_by(Occurrence.first_day, Occurrence.starts_at, Occurrence.id)
    ):
        lines[line.item_id].append(line)
    return [News(item, lines[item.id]) for item in items]


def count_from_the_start(session: Session, edition: Edition, query: CalendarQuery) -> int:
    """How many of the events that match were in the programme when it was published."""
    came_later = sa.select(NewsLine.id).where(
        NewsLine.occurrence_id == Occurrence.id, NewsLine.kind.in_((NewsKind.NEW, NewsKind.ADDED))
    )
    there = public_occurrences(edition.id, query).where(~came_later.exists())
    return session.scalar(there.with_only_columns(sa.func.count(Occurrence.event_id.distinct()))) or 0


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


def _items(edition: Edition, query: CalendarQuery, told: Condition) -> sa.Select[NewsItem]:
    lines = _lines(edition, query, told).where(NewsLine.item_id == NewsItem.id)
    return (
        sa.select(NewsItem)
        .where(NewsItem.edition_id == edition.id, lines.correlate(NewsItem).exists())
        .order_by(NewsItem.at.desc(), NewsItem.id.desc())
    )


def _lines(edition: Edition, query: CalendarQuery, told: Condition) -> sa.Select[NewsLine]:
    matched = sa.and_(NewsLine.first_day.is_not(None), *conditions_of(query, NewsLine))
    matches = sa.and_(sa.true(), *conditions_of(query))
    return (
        sa.select(NewsLine)
        .join(NewsLine.occurrence)
        .join(Occurrence.event)
        .where(Occurrence.edition_id == edition.id, told, may_be_seen(), sa.or_(matches, matched))
    )

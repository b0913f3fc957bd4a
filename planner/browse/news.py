"""What has changed in the programme as people read it: by the day on which it changed, what is new apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from planner.events.models import Event, NewsKind
from planner.events.news import Told
from planner.events.queries import News


@dataclass(frozen=True)
class Story:
    """What became of one event at one time."""

    event: Event
    kind: NewsKind
    at: datetime
    lines: list[Told]

    @property
    def former_title(self) -> str:
        """What it was called before, if that is among what has changed."""
        return next((line.before.title for line in self.lines if line.before and NewsKind.RETITLED in line.kinds), "")

    @property
    def reasons(self) -> list[str]:
        """Why, each reason once."""
        return list(dict.fromkeys(line.reason for line in self.lines if line.reason))


@dataclass
class NewsDay:
    """One day: what became another, and what came to the programme."""

    day: date
    changed: list[Story] = field(default_factory=list)
    new: list[Story] = field(default_factory=list)


def by_day_of_change(found: Iterable[News]) -> Sequence[NewsDay]:
    """The news, latest first, under their days in the same order, so a list may be cut into pages first."""
    days: dict[date, NewsDay] = {}
    for news in found:
        day = days.setdefault(news.item.day, NewsDay(news.item.day))
        story = Story(news.event, news.kind, news.item.at, news.told)
        (day.new if news.kind is NewsKind.NEW else day.changed).append(story)
    return list(days.values())

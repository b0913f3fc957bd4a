"""What the public sees otherwise than before becomes news. ``publication`` writes it down; nothing else thinks of it.

Only while a programme is on: what an edition holds when it is published, and what is imported into an archive, has been
there from the start and is nobody's news.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from planner.editions.models import EditionState
from planner.events.models import Event, NewsItem, NewsKind, NewsLine, Occurrence
from planner.events.news import Seen, facts_to_see, kinds_of
from planner.events.queries import recent_news
from planner.events.rules import is_shown, today_in

QUIET = timedelta(minutes=30)
"""What follows on the last change of an event within this time corrects it, and is told as one with it."""


def record_news(
    session: Session,
    occurrences: Sequence[Occurrence],
    *,
    shown_before: Collection[Occurrence],
    rescheduled: Collection[Occurrence],
    now: datetime,
) -> None:
    """Write down what the public sees otherwise than before; the occurrences are those of whole events, fully loaded.

    ``rescheduled`` are those whose time, place or state has become another. A place that another row of the register
    took over, or that got another name, has not.
    """
    known = {occurrence.event_id for occurrence in occurrences if occurrence.seen_facts is not None}
    told: dict[Event, list[NewsLine]] = defaultdict(list)
    for occurrence in occurrences:
        was_shown = occurrence in shown_before
        enters = None if was_shown else _entrance(occurrence, occurrence.event_id in known)
        line = _line(occurrence, enters, is_rescheduled=occurrence in rescheduled)
        _look(occurrence)
        if line is not None:
            told[occurrence.event].append(line)
    if told:
        _tell(session, told, now)


def _entrance(occurrence: Occurrence, is_known: bool) -> NewsKind:
    """How what was not shown comes before the public: back, or for the first time, of an event that it knows or not."""
    if occurrence.seen_facts is not None:
        return NewsKind.BACK
    return NewsKind.ADDED if is_known else NewsKind.NEW


def _look(occurrence: Occurrence) -> None:
    """Remember what the public sees. What was hidden before the programme was public has been seen by nobody."""
    if is_shown(occurrence.event):
        occurrence.seen_facts = facts_to_see(occurrence)
    elif not occurrence.event.edition.is_public:
        occurrence.seen_facts = None


def _line(occurrence: Occurrence, enters: NewsKind | None, *, is_rescheduled: bool) -> NewsLine | None:
    """What there is to tell, if anything."""
    event, before = occurrence.event, occurrence.seen_facts
    if event.edition.state is not EditionState.PUBLISHED or not is_shown(event):
        return None
    after = facts_to_see(occurrence)
    if enters is None and before is not None and not is_rescheduled:
        before = {**after, "title": before["title"]}
    kind = enters or _kind(before, after)
    if kind is NewsKind.UNDONE:
        return None
    return NewsLine(occurrence_id=occurrence.id, kind=kind, before=before, after=after, **_left(before))


def _kind(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> NewsKind:
    """The weightiest of what has changed; nothing has where it is not known what was seen before."""
    kinds = kinds_of(Seen.of(before), Seen.of(after)) if before is not None else []
    return kinds[0] if kinds else NewsKind.UNDONE


def _left(before: Mapping[str, Any] | None) -> dict[str, Any]:
    """The days and the places that it is found by though it is there no longer."""
    if before is None:
        return {}
    seen = Seen.of(before)
    return {key: getattr(seen, key) for key in ("first_day", "last_day", "place_id", "digital_place_id")}


def _tell(session: Session, told: Mapping[Event, Sequence[NewsLine]], now: datetime) -> None:
    """Write each event's lines to its item: the one that it had a moment ago, or a new one."""
    recent = recent_news(session, [event.id for event in told], since=now - QUIET)
    for event, lines in told.items():
        item = recent.get(event.id)
        if item is None:
            item = NewsItem(edition_id=event.edition_id, event_id=event.id, lines=[])
            session.add(item)
        item.at, item.day = now, today_in(event.edition, now)
        for line in lines:
            _join(item, line)
    session.flush()


def _join(item: NewsItem, line: NewsLine) -> None:
    """Add the line; or let one about the same occurrence go from what was before both to what is after both."""
    earlier = next((one for one in item.lines if one.occurrence_id == line.occurrence_id), None)
    if earlier is None:
        item.lines.append(line)
        return
    earlier.after = line.after
    if not earlier.kind.enters:
        earlier.kind = line.kind if line.kind.enters else _kind(earlier.before, earlier.after)

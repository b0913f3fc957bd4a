"""What an occurrence was before it moved, in a form that a page can put into words beside what it is now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from planner.events.facts import occurrence_facts
from planner.events.models import Occurrence, OccurrenceState, TimeKind

_WHEN = ("time_kind", "first_day", "last_day", "starts_at", "ends_at")
_WHERE = ("place_slug", "digital_place_slug")


@dataclass(frozen=True)
class PastTime:
    """A time that no longer holds, with the attributes of an occurrence that tell when it is."""

    time_kind: TimeKind
    first_day: date
    last_day: date
    starts_at: datetime | None
    ends_at: datetime | None
    is_open_ended: bool = False


@dataclass(frozen=True)
class PastPlace:
    """The names of the places that no longer hold, "" for none."""

    place: str
    digital_place: str


@dataclass(frozen=True)
class Changes:
    """The times and the places that an occurrence has had, latest first, without those that it has again."""

    times: list[PastTime]
    places: list[PastPlace]


@dataclass(frozen=True)
class Moved:
    """What a card says of an occurrence that takes place otherwise than was once published."""

    in_time: bool
    in_place: bool


def changes_of(occurrence: Occurrence) -> Changes:
    """What has changed since the occurrence was first published. Needs ``previous_times`` and the places loaded."""
    now = occurrence_facts(occurrence)
    return _compared([previous.facts for previous in reversed(occurrence.previous_times)], now)


def changes_since(occurrence: Occurrence, moment: datetime) -> Changes:
    """The time and the place that it had at an instant, where it has others now; needs the same loaded."""
    later = [previous.facts for previous in occurrence.previous_times if previous.replaced_at >= moment]
    return _compared(later[:1], occurrence_facts(occurrence))


def _compared(before: Sequence[dict[str, Any]], now: dict[str, Any]) -> Changes:
    return Changes(
        times=[_past_time(facts) for facts in _differing(before, now, _WHEN)],
        places=[PastPlace(facts["place"], facts["digital_place"]) for facts in _differing(before, now, _WHERE)],
    )


def what_moved(occurrence: Occurrence, *, is_archived: bool) -> Moved:
    """Whether it has moved since it was first published; what has gone to the archive is told as it came to be.

    One that was moved online says so already: that it left its place is no news beside that.
    """
    if is_archived or not occurrence.state.takes_place:
        return Moved(in_time=False, in_place=False)
    changes = changes_of(occurrence)
    is_online_instead = occurrence.state is OccurrenceState.MOVED_ONLINE
    return Moved(in_time=bool(changes.times), in_place=bool(changes.places) and not is_online_instead)


def _differing(before: Iterable[dict[str, Any]], now: dict[str, Any], keys: tuple[str, ...]) -> list[dict[str, Any]]:
    seen = [[now[key] for key in keys]]
    differing = []
    for facts in before:
        values = [facts[key] for key in keys]
        if values not in seen:
            seen.append(values)
            differing.append(facts)
    return differing


def _past_time(facts: dict[str, Any]) -> PastTime:
    return PastTime(
        time_kind=TimeKind(facts["time_kind"]),
        first_day=date.fromisoformat(facts["first_day"]),
        last_day=date.fromisoformat(facts["last_day"]),
        starts_at=_instant(facts["starts_at"]),
        ends_at=_instant(facts["ends_at"]),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

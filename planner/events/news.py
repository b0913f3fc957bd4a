"""What the public sees of an occurrence, as plain values, and what has become of it from one time to the next.

Only what is public and short: when, where, in which state, under which title. No free text beside the title, which may
name people and has to be gone when it is taken away from the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from planner.events.facts import occurrence_facts
from planner.events.models import EventStatus, Form, NewsKind, NewsLine, Occurrence, OccurrenceState, TimeKind


@dataclass(frozen=True)
class Seen:
    """What the public sees of an occurrence, or saw; with the attributes that tell when it is in words."""

    title: str
    time_kind: TimeKind
    first_day: date
    last_day: date
    starts_at: datetime | None
    ends_at: datetime | None
    is_open_ended: bool
    is_preliminary: bool
    place_id: int | None
    place: str
    digital_place_id: int | None
    digital_place: str
    form: Form
    state: OccurrenceState

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Self:
        """From facts as they are stored."""
        return cls(
            **{key: facts[key] for key in _AS_THEY_ARE},
            time_kind=TimeKind(facts["time_kind"]),
            first_day=date.fromisoformat(facts["first_day"]),
            last_day=date.fromisoformat(facts["last_day"]),
            starts_at=_instant(facts["starts_at"]),
            ends_at=_instant(facts["ends_at"]),
            form=Form(facts["form"]),
            state=OccurrenceState(facts["state"]),
        )

    @property
    def time(self) -> tuple[Any, ...]:
        """What makes two times the same. The last day of what goes on until further notice is nobody's statement."""
        last_day = None if self.is_open_ended else self.last_day
        return (self.time_kind, self.first_day, last_day, self.starts_at, self.ends_at)

    @property
    def places(self) -> tuple[int | None, int | None]:
        """What makes two places the same: one that was only renamed is."""
        return (self.place_id, self.digital_place_id)


_AS_THEY_ARE = (
    "title",
    "is_open_ended",
    "is_preliminary",
    "place_id",
    "place",
    "digital_place_id",
    "digital_place",
)


def facts_to_see(occurrence: Occurrence) -> dict[str, Any]:
    """What the public sees of it: JSON values. Needs ``event``, ``place`` and ``digital_place`` loaded."""
    facts = occurrence_facts(occurrence)
    del facts["time_note"]
    if occurrence.event.status is EventStatus.CANCELLED:
        facts["state"] = OccurrenceState.CANCELLED.value
    return {
        **facts,
        "title": occurrence.event.title,
        "is_open_ended": occurrence.is_open_ended,
        "is_preliminary": occurrence.is_preliminary,
        "place_id": occurrence.place_id,
        "digital_place_id": occurrence.digital_place_id,
    }


def kinds_of(before: Seen, after: Seen) -> list[NewsKind]:
    """What somebody who saw it before has to hear, weightiest first; nothing when all is the same to them."""
    is_other_state = after.state is not before.state
    is_on, was_on = after.state.takes_place, before.state.takes_place
    moved_online = after.form is Form.ONLINE and before.form in (Form.ONSITE, Form.HYBRID)
    true_of = {
        NewsKind.CANCELLED: is_other_state and after.state is OccurrenceState.CANCELLED,
        NewsKind.POSTPONED: is_other_state and after.state is OccurrenceState.POSTPONED,
        NewsKind.REINSTATED: is_on and not was_on,
        NewsKind.MOVED_ONLINE: moved_online,
        NewsKind.MOVED: after.time != before.time,
        NewsKind.NEW_PLACE: after.places != before.places and not moved_online,
        NewsKind.PRELIMINARY: after.is_preliminary and not before.is_preliminary,
        NewsKind.SETTLED: before.is_preliminary and not after.is_preliminary,
        NewsKind.RETITLED: after.title != before.title,
    }
    return [kind for kind, is_true in true_of.items() if is_true]


@dataclass(frozen=True)
class Told:
    """A line of news as it is told: what it says, weightiest first, what was (nothing of a new one), and what is."""

    kinds: list[NewsKind]
    before: Seen | None
    after: Seen
    reason: str
    occurrence: Occurrence

    @property
    def kommun_code(self) -> str | None:
        """Where the place lies, if it takes place there still."""
        place = self.occurrence.place
        return place.kommun_code if place is not None and place.id == self.after.place_id else None


def told(line: NewsLine, *, is_latest: bool) -> Told:
    """The line with its facts read; the reason, which stands with the occurrence, is that of its latest line.

    Needs ``occurrence`` with its ``event`` and ``place`` loaded.
    """
    before, after = Seen.of(line.before) if line.before is not None else None, Seen.of(line.after)
    kinds = [line.kind] if line.kind.enters else []
    if before is not None:
        kinds += kinds_of(before, after)
    reason = _reason(line.occurrence) if is_latest else ""
    return Told(kinds or [line.kind], before, after, reason, line.occurrence)


def _reason(occurrence: Occurrence) -> str:
    """Why it does not take place as planned, in the words that stand on its page, for as long as they do."""
    event = occurrence.event
    return event.decision_reason if event.status is EventStatus.CANCELLED else occurrence.state_note


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

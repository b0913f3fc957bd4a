"""What one cannot go to at once, told from what was stated and from nothing else."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.clock import STOCKHOLM, to_utc
from planner.editions.models import Edition, EditionState
from planner.events.facts import occurrence_facts
from planner.events.models import Event, EventStatus, Occurrence, OccurrenceState, PreviousTime, TimeKind
from planner.programmes.agenda import Agenda, Entry, agenda_of, do_clash
from planner.programmes.queries import Saved, Withdrawn

MONDAY = date(2027, 9, 20)
SAVED = datetime(2027, 8, 20, 8, 15, tzinfo=UTC)
EDITION = Edition(state=EditionState.PUBLISHED)


def at(
    start: str = "", end: str = "", *, day: int = 0, days: int = 1, title: str = "", **columns: object
) -> Occurrence:
    """An occurrence at a local time ("18.30"), or without any, so many days after Monday."""
    first = MONDAY + timedelta(day)
    last = first + timedelta(days - 1)
    kind = TimeKind.OPENING_HOURS if not start else TimeKind.START_AND_END if end else TimeKind.START_ONLY
    event = Event(title=title or f"{start}–{end}", status=columns.pop("status", EventStatus.PUBLISHED), edition=EDITION)
    occurrence = Occurrence(
        event=event,
        time_kind=kind,
        first_day=first,
        last_day=last,
        starts_at=_instant(first, start),
        ends_at=_instant(last, end),
        time_note="",
        state=columns.pop("state", OccurrenceState.SCHEDULED),
    )
    occurrence.previous_times = list(columns.pop("previous_times", ()))  # type: ignore[call-overload]
    assert not columns
    return occurrence


def _instant(day: date, clock: str) -> datetime | None:
    hour, _, minute = clock.partition(".")
    return to_utc(day, time(int(hour), int(minute or 0)), STOCKHOLM) if clock else None


def agenda(*occurrences: Occurrence, today: date = MONDAY, withdrawn: tuple[Withdrawn, ...] = ()) -> Agenda:
    return agenda_of([Saved(occurrence, SAVED) for occurrence in occurrences], withdrawn, today)


def entries(found: Agenda) -> list[Entry]:
    return [entry for day in found.coming for entry in day.entries]


def clashes(*occurrences: Occurrence) -> dict[str, list[str]]:
    """What each that clashes does so with, by title."""
    return {
        entry.occurrence.event.title: [other.event.title for other in entry.clashes]
        for entry in entries(agenda(*occurrences))
        if entry.clashes
    }


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (at("18", "19"), at("18.30", "20"), True),
        (at("18", "21"), at("19", "20"), True),
        (at("18", "19"), at("18", "19"), True),
        (at("18", "19"), at("19", "20"), False),
        (at("18", "19"), at("18.59"), True),
        (at("18", "19"), at("19"), False),
        (at("18"), at("18"), True),
        (at("18"), at("18.30", "20"), False),
        (at("18"), at("18", "20"), True),
        (at("18", "19"), at("18", "19", day=1), False),
        (at("18", "19"), at(), False),
        (at(), at(), False),
        (at("9", "16", days=3), at("18", "19", day=1), False),
        (at("22", "1", days=2), at("0.30", "2", day=1), True),
        (at("18", "19", state=OccurrenceState.CANCELLED), at("18", "19"), False),
        (at("18", "19", state=OccurrenceState.POSTPONED), at("18", "19"), False),
        (at("18", "19", state=OccurrenceState.MOVED_ONLINE), at("18", "19"), True),
        (at("18", "19", status=EventStatus.CANCELLED), at("18", "19"), False),
    ],
)
def test_two_clash_when_stated_times_overlap(one: Occurrence, other: Occurrence, expected: bool) -> None:
    one.event.title, other.event.title = "Den ena", "Den andra"
    both = {"Den ena": ["Den andra"], "Den andra": ["Den ena"]}
    assert clashes(one, other) == (both if expected else {})
    assert clashes(other, one) == (both if expected else {})


minutes = st.integers(0, 48)
visits = st.tuples(minutes, st.one_of(st.none(), st.integers(1, 24)))


@given(visits, visits)
def test_clashes_are_what_an_hourglass_would_say(one: tuple[int, int | None], other: tuple[int, int | None]) -> None:
    """Minute by minute: somebody who must be in two rooms in the same minute is in a clash."""

    def visit(start: int, length: int | None) -> tuple[datetime, datetime | None]:
        begins = SAVED + timedelta(minutes=start)
        return begins, begins + timedelta(minutes=length) if length else None

    def present(start: int, length: int | None) -> set[int]:
        return set(range(start, start + (length or 1)))

    assert do_clash(visit(*one), visit(*other)) is bool(present(*one) & present(*other))
    assert do_clash(visit(*one), visit(*other)) is do_clash(visit(*other), visit(*one))


def test_an_unknown_end_is_said_only_where_something_begins_later_the_same_day() -> None:
    def unsure(*occurrences: Occurrence) -> list[str]:
        return [one.occurrence.event.title for one in entries(agenda(*occurrences)) if one.may_clash_later]

    assert unsure(at("18"), at("19", "20")) == ["18–"]
    assert unsure(at("18"), at("17", "17.30")) == []
    assert unsure(at("18"), at("19", "20", day=1)) == []
    assert unsure(at("18"), at()) == []
    assert unsure(at("18"), at("19", "20", state=OccurrenceState.CANCELLED)) == []
    assert unsure(at("18", "18.30"), at("19", "20")) == []


def test_what_has_no_clock_time_is_mentioned_only_beside_something_else() -> None:
    assert agenda(at(), at("18", "19")).has_untimed
    assert not agenda(at()).has_untimed
    assert not agenda(at("18", "19"), at("20")).has_untimed
    assert not agenda(at(state=OccurrenceState.CANCELLED), at("18")).has_untimed
    assert not agenda(at(), at("18"), today=MONDAY + timedelta(days=3)).has_untimed


def test_days_come_in_order_with_what_one_must_be_in_time_for_first() -> None:
    exhibition, talk, walk = (
        at(days=4, title="Utställning"),
        at("18", "19", title="Samtal"),
        at(day=1, title="Vandring"),
    )
    found = agenda(exhibition, talk, walk)
    assert [(day.day, [one.occurrence.event.title for one in day.entries]) for day in found.coming] == [
        (MONDAY, ["Samtal", "Utställning"]),
        (MONDAY + timedelta(1), ["Vandring"]),
    ]


def test_what_goes_on_stands_under_today_and_what_is_over_apart() -> None:
    exhibition, talk, walk = (
        at(days=4, title="Utställning"),
        at("18", "19", title="Samtal"),
        at(day=2, title="Vandring"),
    )
    found = agenda(exhibition, talk, walk, today=MONDAY + timedelta(1), withdrawn=(Withdrawn("x@y", SAVED),))
    assert [(day.day, [one.occurrence.event.title for one in day.entries]) for day in found.coming] == [
        (MONDAY + timedelta(1), ["Utställning"]),
        (MONDAY + timedelta(2), ["Vandring"]),
    ]
    assert [(day.day, [one.occurrence.event.title for one in day.entries]) for day in found.past] == [
        (MONDAY, ["Samtal"])
    ]
    assert found.count == 4


def test_only_what_changed_after_it_was_saved_is_told_and_only_if_it_is_so_still() -> None:
    def previous(occurrence: Occurrence, minutes: int) -> PreviousTime:
        return PreviousTime(facts=occurrence_facts(occurrence), replaced_at=SAVED + timedelta(minutes=minutes))

    was = [previous(at("10"), -60), previous(at("18"), 5), previous(at("19"), 10)]
    [moved] = entries(agenda(at("20", previous_times=was)))
    assert [past.starts_at for past in moved.changes.times] == [at("18").starts_at]
    [back] = entries(agenda(at("18", previous_times=was)))
    assert back.changes.times == []
    [before] = entries(agenda(at("18", previous_times=was[:1])))
    assert before.changes.times == []

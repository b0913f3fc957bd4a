"""Requirements 34–36: the five kinds of time knowledge (design idea 5)."""

from datetime import UTC, date, datetime

import pytest

from planner.events.models import TimeKind
from tests.feeds.strict import Component
from tests.feeds.unsaved import entry, occurrence, whole_days

MONDAY, FRIDAY = date(2027, 9, 20), date(2027, 9, 24)


def times(found: Component) -> tuple[str, str]:
    return found["DTSTART"].value, found["DTEND"].value


def second_block(found: Component) -> str:
    """The first line after the event's own text."""
    return found.text("DESCRIPTION").split("\n\n")[1].split("\n")[0]


def test_34_start_and_end() -> None:
    found = entry(occurrence())

    assert times(found) == ("20270921T180000", "20270921T193000")
    assert "Sluttid" not in found.text("DESCRIPTION")


def test_34_a_start_alone_is_an_hour_and_says_so() -> None:
    found = entry(occurrence(time_kind=TimeKind.START_ONLY, ends_at=None))

    assert times(found) == ("20270921T180000", "20270921T190000")
    assert second_block(found) == "Sluttid inte angiven."


@pytest.mark.parametrize(
    ("kind", "note", "words"),
    [
        (TimeKind.OPENING_HOURS, "Bibliotekets öppettider, mån 10–19", "Tider: Bibliotekets öppettider, mån 10–19"),
        (TimeKind.OPENING_HOURS, "", "Klockslag inte angivna."),
        (TimeKind.WITHIN_SPAN, "", "Någon gång under dagen."),
        (TimeKind.WITHIN_SPAN, "Efter lunch", "Någon gång under dagen. Efter lunch"),
        (TimeKind.ON_BOOKING, "", "Tid efter bokning."),
        (TimeKind.ON_BOOKING, "Ring biblioteket", "Tid efter bokning. Ring biblioteket"),
    ],
)
def test_35_one_whole_day_ends_on_the_next_and_the_words_are_kept(kind: TimeKind, note: str, words: str) -> None:
    found = entry(whole_days(kind, MONDAY, MONDAY, time_note=note))

    assert times(found) == ("20270920", "20270921")
    assert found["DTSTART"].parameters == found["DTEND"].parameters == {"VALUE": ["DATE"]}
    assert second_block(found) == words


def test_35_a_day_is_the_local_day_at_the_end_of_a_month() -> None:
    found = entry(whole_days(TimeKind.OPENING_HOURS, date(2027, 9, 30), date(2027, 9, 30)))

    assert times(found) == ("20270930", "20271001")


def test_36_several_whole_days_are_one_entry_of_dates() -> None:
    found = entry(whole_days(TimeKind.WITHIN_SPAN, MONDAY, FRIDAY))

    assert times(found) == ("20270920", "20270925")
    assert second_block(found) == "Någon gång under perioden."


def test_36_what_nobody_stated_the_last_day_of_says_so() -> None:
    found = entry(whole_days(TimeKind.OPENING_HOURS, MONDAY, FRIDAY, is_open_ended=True))

    assert "Klockslag inte angivna.\nSlutdag inte angiven.\n" in found.text("DESCRIPTION")


def test_36_past_midnight_is_one_entry_that_ends_on_the_next_day() -> None:
    late = datetime(2027, 9, 21, 20, tzinfo=UTC)
    made = occurrence(starts_at=late, ends_at=datetime(2027, 9, 22, 0, tzinfo=UTC), last_day=date(2027, 9, 22))

    assert times(entry(made)) == ("20270921T220000", "20270922T020000")


def test_36_several_days_with_clock_times_are_no_block_through_the_nights() -> None:
    made = occurrence(ends_at=datetime(2027, 9, 24, 14, tzinfo=UTC), last_day=FRIDAY)

    found = entry(made)

    assert times(found) == ("20270921", "20270925")
    assert second_block(found) == "Tid: tisdag 21 september 2027 kl. 18 till fredag 24 september 2027 kl. 16."

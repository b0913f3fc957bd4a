"""What an occurrence was before: latest first, without what it is again."""

from datetime import UTC, date, datetime

from planner.events.changes import Moved, PastPlace, PastTime, changes_of, what_moved
from planner.events.facts import occurrence_facts
from planner.events.models import Occurrence, OccurrenceState, PreviousTime, TimeKind
from planner.venues.models import Venue, VenueKind

PARK = Venue(id=1, slug="parken", name="Parken", kind=VenueKind.PHYSICAL)
HALL = Venue(id=2, slug="aulan", name="Aulan", kind=VenueKind.PHYSICAL)
ROOM = Venue(id=3, slug="rummet", name="Rummet", kind=VenueKind.DIGITAL)


def at(day: int, place: Venue | None = PARK, room: Venue | None = None) -> Occurrence:
    """18–19 UTC on a day of September 2027."""
    return Occurrence(
        time_kind=TimeKind.START_AND_END,
        first_day=date(2027, 9, day),
        last_day=date(2027, 9, day),
        starts_at=datetime(2027, 9, day, 18, tzinfo=UTC),
        ends_at=datetime(2027, 9, day, 19, tzinfo=UTC),
        time_note="",
        place=place,
        place_id=place and place.id,
        digital_place=room,
        digital_place_id=room and room.id,
        state=OccurrenceState.SCHEDULED,
    )


def moved(*path: Occurrence) -> Occurrence:
    """The last of these, having been the others before."""
    *before, now = path
    now.previous_times = [PreviousTime(facts=occurrence_facts(each)) for each in before]
    return now


def past(day: int) -> PastTime:
    return PastTime(
        TimeKind.START_AND_END,
        date(2027, 9, day),
        date(2027, 9, day),
        datetime(2027, 9, day, 18, tzinfo=UTC),
        datetime(2027, 9, day, 19, tzinfo=UTC),
    )


def test_nothing_has_changed_of_one_that_never_moved() -> None:
    changes = changes_of(moved(at(20)))
    assert (changes.times, changes.places) == ([], [])


def test_new_time_at_the_same_place() -> None:
    changes = changes_of(moved(at(20), at(21)))
    assert (changes.times, changes.places) == ([past(20)], [])


def test_moved_twice_tells_both_latest_first() -> None:
    assert changes_of(moved(at(20), at(21), at(22))).times == [past(21), past(20)]


def test_moved_there_and_back_does_not_say_that_it_was_what_it_is() -> None:
    assert changes_of(moved(at(20), at(21), at(20))).times == [past(21)]


def test_new_place_at_the_same_time() -> None:
    changes = changes_of(moved(at(20, PARK), at(20, HALL)))
    assert (changes.times, changes.places) == ([], [PastPlace("Parken", "")])


def test_moved_online_and_given_a_place() -> None:
    assert changes_of(moved(at(20, PARK, ROOM), at(20, None, ROOM))).places == [PastPlace("Parken", "Rummet")]
    assert changes_of(moved(at(20, None), at(20, HALL))).places == [PastPlace("", "")]


def news(*path: Occurrence, is_archived: bool = False) -> Moved:
    """What a card says of one that has been the others before."""
    return what_moved(moved(*path), is_archived=is_archived)


def test_a_card_says_what_has_moved_and_only_that() -> None:
    assert news(at(20)) == Moved(in_time=False, in_place=False)
    assert news(at(20), at(21)) == Moved(in_time=True, in_place=False)
    assert news(at(20), at(20, HALL)) == Moved(in_time=False, in_place=True)
    assert news(at(20), at(21, HALL)) == Moved(in_time=True, in_place=True)


def test_a_card_says_nothing_of_what_is_over() -> None:
    assert news(at(20), at(21, HALL), is_archived=True) == Moved(in_time=False, in_place=False)
    called_off = at(21, HALL)
    called_off.state = OccurrenceState.CANCELLED
    assert news(at(20), called_off) == Moved(in_time=False, in_place=False)


def test_a_card_says_once_that_it_is_online_instead() -> None:
    online = at(21, None, ROOM)
    online.state = OccurrenceState.MOVED_ONLINE
    assert news(at(20), online) == Moved(in_time=True, in_place=False)

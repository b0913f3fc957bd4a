"""What becomes of one occurrence."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from planner.audit.queries import history_of
from planner.core.errors import Invalid, NotAllowed
from planner.events.actions import (
    cancel_occurrence,
    change_occurrence,
    move_occurrence_online,
    postpone_occurrence,
    reinstate_occurrence,
    use_reserve_place,
)
from planner.events.models import EventStatus, Form, Occurrence, OccurrenceState
from planner.mail.models import Letter
from tests.events.cast import Cast, messages
from tests.factories import make_digital_venue, make_hosting, make_occurrence, make_venue

CANCELLED, POSTPONED = OccurrenceState.CANCELLED, OccurrenceState.POSTPONED
SCHEDULED, MOVED_ONLINE = OccurrenceState.SCHEDULED, OccurrenceState.MOVED_ONLINE
Act = Callable[..., Occurrence]


@pytest.fixture
def occurrence(cast: Cast) -> Occurrence:
    """An occurrence of a published event, with a reserve place."""
    event = cast.event()
    (occurrence,) = event.occurrences
    occurrence.reserve_place = make_venue(cast.session, "Aulan")
    occurrence.reserve_note, occurrence.room = "Vid regn", "Trappan"
    cast.session.info["kept"] = event
    cast.session.flush()
    return occurrence


@pytest.mark.parametrize(("act", "state"), [(cancel_occurrence, CANCELLED), (postpone_occurrence, POSTPONED)])
def test_it_is_called_off_or_postponed_with_a_reason(
    cast: Cast, occurrence: Occurrence, now: datetime, act: Act, state: OccurrenceState
) -> None:
    act(cast.session, occurrence, " Föreläsaren\när sjuk. ", actor=cast.elis, now=now)

    assert (occurrence.state, occurrence.state_note) == (state, "Föreläsaren är sjuk.")
    (entry,) = history_of(cast.session, "event", occurrence.event_id)
    assert (entry.action, entry.reason, entry.details["occurrence"]) == (
        act.__name__,
        "Föreläsaren är sjuk.",
        occurrence.uid,
    )


@pytest.mark.parametrize("act", [cancel_occurrence, postpone_occurrence])
@pytest.mark.parametrize("reason", ["", " \n", "x" * 301])
def test_the_reason_is_needed_and_fits(
    cast: Cast, occurrence: Occurrence, now: datetime, act: Act, reason: str
) -> None:
    with pytest.raises(Invalid) as refused:
        act(cast.session, occurrence, reason, actor=cast.anna, now=now)

    assert list(messages(refused.value)) == ["reason"]
    assert occurrence.state is SCHEDULED


@pytest.mark.parametrize("act", [cancel_occurrence, postpone_occurrence])
def test_it_is_on_again_as_it_was_planned(cast: Cast, occurrence: Occurrence, now: datetime, act: Act) -> None:
    act(cast.session, occurrence, "Sjukdom", actor=cast.anna, now=now)

    reinstate_occurrence(cast.session, occurrence, actor=cast.anna, now=now)

    assert (occurrence.state, occurrence.state_note, occurrence.previous_times) == (SCHEDULED, "", [])


def test_what_is_called_off_is_not_postponed(cast: Cast, occurrence: Occurrence, now: datetime) -> None:
    cancel_occurrence(cast.session, occurrence, "Sjukdom", actor=cast.anna, now=now)

    with pytest.raises(Invalid) as refused:
        postpone_occurrence(cast.session, occurrence, "Sjukdom", actor=cast.anna, now=now)

    assert messages(refused.value) == {"": "Tillfället är inställt. Återuppta det först."}


def test_what_is_postponed_may_be_called_off(cast: Cast, occurrence: Occurrence, now: datetime) -> None:
    postpone_occurrence(cast.session, occurrence, "Sjukdom", actor=cast.anna, now=now)
    cancel_occurrence(cast.session, occurrence, "Det blir inget.", actor=cast.anna, now=now)

    assert occurrence.state is CANCELLED


@pytest.mark.parametrize("act", [cancel_occurrence, postpone_occurrence])
def test_a_double_click_acts_once(cast: Cast, occurrence: Occurrence, now: datetime, act: Act) -> None:
    for _click in range(2):
        act(cast.session, occurrence, "Sjukdom", actor=cast.anna, now=now)

    assert len(history_of(cast.session, "event", occurrence.event_id)) == 1


def test_it_is_moved_online_and_what_was_planned_stays_known(cast: Cast, occurrence: Occurrence, now: datetime) -> None:
    move_occurrence_online(cast.session, occurrence, cast.room, reason="Snöoväder", actor=cast.anna, now=now)

    assert (occurrence.state, occurrence.state_note) == (MOVED_ONLINE, "Snöoväder")
    assert (occurrence.form, occurrence.digital_place, occurrence.place, occurrence.room) == (
        Form.ONLINE,
        cast.room,
        None,
        "",
    )
    assert [row.facts["place"] for row in occurrence.previous_times] == ["Stadsbiblioteket"]


def test_it_moves_online_to_a_digital_place_that_one_may_use(cast: Cast, occurrence: Occurrence, now: datetime) -> None:
    theirs = make_digital_venue(cast.session, "Regionens rum", owner_id=cast.region.id, is_private=True)

    for place in (cast.library, theirs):
        with pytest.raises(Invalid) as refused:
            move_occurrence_online(cast.session, occurrence, place, actor=cast.anna, now=now)
        assert list(messages(refused.value)) == ["digital_place_id"]


def test_a_hybrid_that_moves_online_keeps_its_link(cast: Cast, occurrence: Occurrence, now: datetime) -> None:
    occurrence.digital_place = cast.room

    move_occurrence_online(cast.session, occurrence, cast.room, actor=cast.anna, now=now)

    assert (occurrence.form, occurrence.state) == (Form.ONLINE, MOVED_ONLINE)


def test_the_reserve_place_takes_over(cast: Cast, occurrence: Occurrence, now: datetime) -> None:
    use_reserve_place(cast.session, occurrence, reason="Det regnar.", actor=cast.anna, now=now)

    assert occurrence.place is not None
    assert (occurrence.place.name, occurrence.reserve_place, occurrence.reserve_note, occurrence.room) == (
        "Aulan",
        None,
        "",
        "",
    )
    assert (occurrence.state, occurrence.state_note) == (SCHEDULED, "Det regnar.")
    assert [row.facts["place"] for row in occurrence.previous_times] == ["Stadsbiblioteket"]


def test_without_a_reserve_place_nothing_takes_over(cast: Cast, occurrence: Occurrence, now: datetime) -> None:
    occurrence.reserve_place = None

    with pytest.raises(Invalid) as refused:
        use_reserve_place(cast.session, occurrence, actor=cast.anna, now=now)

    assert messages(refused.value) == {"reserve_place_id": "Tillfället har ingen reservplats."}


def acts_on(cast: Cast) -> list[tuple[Act, tuple[Any, ...]]]:
    return [
        (cancel_occurrence, ("Sjukdom",)),
        (postpone_occurrence, ("Sjukdom",)),
        (reinstate_occurrence, ()),
        (move_occurrence_online, (cast.room,)),
        (use_reserve_place, ()),
    ]


def test_what_is_called_off_does_not_move(cast: Cast, occurrence: Occurrence, now: datetime) -> None:
    cancel_occurrence(cast.session, occurrence, "Sjukdom", actor=cast.anna, now=now)

    for act, given in acts_on(cast)[3:]:
        with pytest.raises(Invalid) as refused:
            act(cast.session, occurrence, *given, actor=cast.anna, now=now)
        assert messages(refused.value) == {"": "Tillfället äger inte rum. Återuppta det först."}


def test_what_nobody_has_seen_is_changed_rather_than_called_off(cast: Cast, now: datetime) -> None:
    event = cast.event(EventStatus.DRAFT)

    for act, given in acts_on(cast):
        with pytest.raises(Invalid) as refused:
            act(cast.session, event.occurrences[0], *given, actor=cast.anna, now=now)
        assert messages(refused.value) == {
            "": "Tillfället är inte publicerat än. Ändra det eller ta bort det i stället."
        }


def test_when_the_whole_event_is_off_its_occurrences_follow_it(cast: Cast, now: datetime) -> None:
    event = cast.event(EventStatus.CANCELLED)

    for act, given in acts_on(cast):
        with pytest.raises(Invalid) as refused:
            act(cast.session, event.occurrences[0], *given, actor=cast.anna, now=now)
        assert messages(refused.value) == {"": "Hela programpunkten är inställd. Återuppta den först."}


def test_others_may_not(cast: Cast, occurrence: Occurrence, now: datetime) -> None:
    for act, given in acts_on(cast):
        with pytest.raises(NotAllowed):
            act(cast.session, occurrence, *given, actor=cast.rut, now=now)


@pytest.mark.parametrize(
    ("who", "settles", "moves"),
    [("anna", True, True), ("elis", True, True), ("karin", True, True), ("rut", False, True)],
)
def test_whether_it_takes_place_is_not_for_a_partner_who_edits_to_say(
    cast: Cast, occurrence: Occurrence, now: datetime, who: str, settles: bool, moves: bool
) -> None:
    make_hosting(cast.session, occurrence.event, cast.region, may_edit=True)
    actor, may = getattr(cast, who), {}
    for act, given in acts_on(cast):
        occurrence.state = POSTPONED if act is reinstate_occurrence else SCHEDULED
        occurrence.reserve_place = make_venue(cast.session, "Salen")
        cast.session.flush()
        try:
            act(cast.session, occurrence, *given, actor=actor, now=now)
            may[act] = True
        except NotAllowed:
            may[act] = False
    assert may == {
        cancel_occurrence: settles,
        postpone_occurrence: settles,
        reinstate_occurrence: settles,
        move_occurrence_online: moves,
        use_reserve_place: moves,
    }


def test_a_coordinator_who_calls_one_off_tells_the_organiser(
    cast: Cast, occurrence: Occurrence, now: datetime, assert_letter: Callable[..., Letter]
) -> None:
    make_occurrence(cast.session, occurrence.event, date(2027, 9, 23))

    cancel_occurrence(cast.session, occurrence, "Lokalen är stängd.", actor=cast.karin, now=now)

    assert_letter("event_edited", to=cast.anna.email, file="event_edited_occurrence")


def test_an_occurrence_moves_twice_and_back(cast: Cast, occurrence: Occurrence, now: datetime) -> None:
    monday = occurrence.first_day
    for day in (date(2027, 9, 21), date(2027, 9, 22), monday):
        now += timedelta(hours=1)
        change_occurrence(cast.session, occurrence, {"first_day": day}, actor=cast.anna, now=now)

    assert [row.facts["first_day"] for row in occurrence.previous_times] == ["2027-09-20", "2027-09-21", "2027-09-22"]
    assert occurrence.first_day == monday

"""What is an address of a programme, for how long one is kept, and what is offered to be saved."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.editions.models import Edition, EditionState
from planner.events.models import Event, EventStatus, Occurrence, OccurrenceState
from planner.programmes.rules import is_like_a_uid, is_offered, is_shared_address, kept_since, token_in

TOKEN = "a-token-that-leads-to-a-programm"


@pytest.mark.parametrize(
    "pasted",
    [
        TOKEN,
        f"  {TOKEN}\n",
        f"https://demokrativeckan.example/mitt-program/{TOKEN}",
        f"https://demokrativeckan.example/en/mitt-program/{TOKEN}?sparade=2",
        f"webcal://demokrativeckan.example/mitt-program/{TOKEN}.ics",
        f"demokrativeckan.example/mitt-program/{TOKEN}/dela",
        f"/mitt-program/{TOKEN}#hitta-hit",
        f"{TOKEN}.ics",
    ],
)
def test_a_token_is_found_in_whatever_one_may_have_copied(pasted: str) -> None:
    assert token_in(pasted) == TOKEN


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "Mitt program",
        TOKEN[:31],
        f"{TOKEN}x",
        f"x{TOKEN}",
        f"https://demokrativeckan.example/evenemang/{TOKEN}",
        f"https://demokrativeckan.example/mitt-program/delat/{TOKEN}",
        f"/mitt-program/{TOKEN}\0",
        f"/mitt-program/{'å' * 32}",
    ],
)
def test_nothing_else_is_taken_for_one(pasted: str) -> None:
    assert token_in(pasted) == ""


def test_an_address_that_only_shows_is_known_as_such() -> None:
    assert is_shared_address(f"https://demokrativeckan.example/en/mitt-program/delat/{TOKEN}")
    assert not is_shared_address(f"https://demokrativeckan.example/mitt-program/{TOKEN}")


@given(st.text())
def test_no_text_breaks_the_reading_of_addresses(text: str) -> None:
    assert token_in(text) in ("", text.strip()) or token_in(text) in text


@pytest.mark.parametrize("uid", ["", "\0", "a\nb", "x" * 201, "\ud800"])
def test_what_no_database_takes_is_no_uid(uid: str) -> None:
    assert not is_like_a_uid(uid)


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2028, 10, 27), date(2027, 9, 27)),
        (date(2028, 2, 1), date(2027, 1, 1)),
        (date(2028, 1, 31), date(2026, 12, 31)),
        (date(2029, 3, 31), date(2028, 2, 29)),
        (date(2030, 3, 31), date(2029, 2, 28)),
    ],
)
def test_thirteen_months_by_the_calendar(today: date, since: date) -> None:
    assert kept_since(today) == since


@given(st.dates(date(2001, 1, 1), date(2199, 1, 1)))
def test_thirteen_months_never_run_backwards(today: date) -> None:
    assert kept_since(today) <= kept_since(today + timedelta(days=1))
    assert 390 <= (today - kept_since(today)).days <= 400


@pytest.mark.parametrize("edition", EditionState)
@pytest.mark.parametrize("status", EventStatus)
@pytest.mark.parametrize("state", OccurrenceState)
def test_what_may_still_take_place_is_offered(
    edition: EditionState, status: EventStatus, state: OccurrenceState
) -> None:
    event = Event(edition=Edition(state=edition), status=status)
    expected = (
        edition is EditionState.PUBLISHED
        and status is EventStatus.PUBLISHED
        and state in (OccurrenceState.SCHEDULED, OccurrenceState.POSTPONED, OccurrenceState.MOVED_ONLINE)
    )
    assert is_offered(Occurrence(event=event, state=state)) is expected

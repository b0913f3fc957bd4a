"""What goes on, comes next and stands beside an event: read off the kept programme as it is looked for."""

import itertools
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.events.actions.searchable import keep_searchable
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Audience, Form, Occurrence, OccurrenceState
from planner.events.queries import Moment, beside, moment_of, next_occurrences, occurrences_for_rendering
from tests.events.programme import WEEK_BEGINS, everything, keep, make_programme, uids
from tests.factories import MONDAY, make_digital_venue, make_edition, make_event, make_occurrence, make_venue

EVERYTHING = CalendarQuery()
SEVERAL_FILTERS = CalendarQuery(forms=(Form.ONSITE,), audiences=(Audience.EVERYBODY, Audience.YOUTH))


def make_searchable(session: Session) -> None:
    keep_searchable(session, occurrences_for_rendering(session, session.scalars(sa.select(Occurrence.id)).all()))


@pytest.mark.usefixtures("few")
def test_what_comes_next_is_the_same_whether_it_is_kept_or_looked_for(session: Session) -> None:
    edition = make_programme(session, events=60)
    make_searchable(session)
    asked = [EVERYTHING, CalendarQuery(forms=(Form.ONLINE,)), CalendarQuery(kommuner=("1784",), words="händelse")]
    moments = [WEEK_BEGINS + timedelta(hours=hours) for hours in (-24 * 60, 0, 2, 9, 24 * 3 + 7, 24 * 6, 24 * 30)]
    cases = list(itertools.product([edition], moments, (1, 4, 100), asked))
    looked_for = [uids(next_occurrences(session, *case)) for case in cases]
    keep(session)
    assert [uids(next_occurrences(session, *case)) for case in cases] == looked_for
    assert [any(looked_for[n : n + 9]) for n in range(0, len(cases), 9)] == [True] * 6 + [False]


@pytest.mark.usefixtures("few")
def test_a_moment_is_the_same_whether_it_is_kept_or_looked_for(session: Session) -> None:
    edition = make_programme(session, events=60)
    times: list[dict[str, Any]] = [
        {"start": time(22), "end": time(2), "last_day": MONDAY + timedelta(1)},
        {"start": time(23, 30), "end": None},
        {"start": None, "last_day": MONDAY + timedelta(3), "place": make_venue(session, "Rum", kommun_code="1784")},
        {"start": time(11), "end": time(20), "place": None, "digital_place": make_digital_venue(session)},
    ]
    for each in times:
        event = make_event(session, "Sen händelse", edition=edition, with_occurrence=False)
        make_occurrence(session, event, MONDAY, **each)
    make_searchable(session)
    asked = [EVERYTHING, CalendarQuery(forms=(Form.ONLINE,)), CalendarQuery(kommuner=("1784",), words="händelse")]
    moments = [WEEK_BEGINS + timedelta(hours=hours) for hours in (-24 * 60, 0, 2, 7, 12.4, 13, 15, 24 * 3 + 7, 24 * 30)]
    cases = list(itertools.product(asked, moments, (1, 4, 100)))

    def seen() -> list[list[list[str]]]:
        found = [
            moment_of(session, edition, query, moment, limit=limit, language="sv") for query, moment, limit in cases
        ]
        return [[uids(each.going_on), uids(each.coming), uids(each.today)] for each in found]

    looked_for = seen()
    keep(session)
    assert seen() == looked_for
    of_each_query = [looked_for[n : n + len(cases) // 3] for n in range(0, len(cases), len(cases) // 3)]
    assert all(any(each[kind] for each in found) for found in of_each_query for kind in range(3))
    past_midnight, later = looked_for[3 * 4 + 2][0], looked_for[3 * 6 + 2][0]
    assert len(set(past_midnight) - set(later)) >= 2


def test_next_is_what_takes_place_and_is_not_over(session: Session) -> None:
    edition = make_edition(session)
    event = make_event(session, with_occurrence=False)
    at = {
        "slut": make_occurrence(session, event, start=time(8), end=time(9)),
        "pagar": make_occurrence(session, event, start=time(9), end=time(12)),
        "utan slut, nyss": make_occurrence(session, event, start=time(9), end=None),
        "utan slut, länge sedan": make_occurrence(session, event, start=time(7), end=None),
        "installt": make_occurrence(session, event, start=time(11), state=OccurrenceState.CANCELLED),
        "utställning": make_occurrence(session, event, date(2027, 9, 18), last_day=date(2027, 9, 22), start=None),
        "förra veckan": make_occurrence(session, event, date(2027, 9, 18), start=None),
        "kväll": make_occurrence(session, event, start=time(18)),
        "pågår sedan i går": make_occurrence(
            session, event, date(2027, 9, 19), start=time(8), last_day=date(2027, 9, 21), end=time(16)
        ),
        "i morgon": make_occurrence(session, event, date(2027, 9, 21), start=time(8)),
    }
    now = datetime.fromisoformat("2027-09-20T10:00+02:00")
    found = next_occurrences(session, edition, now, 10)
    names = {occurrence.uid: name for name, occurrence in at.items()}
    assert [names[each.uid] for each in found] == [
        "pagar",
        "utan slut, nyss",
        "kväll",
        "pågår sedan i går",
        "utställning",
        "i morgon",
    ]
    assert len(next_occurrences(session, edition, now, 2)) == 2


@pytest.mark.parametrize("query", [EVERYTHING, SEVERAL_FILTERS, CalendarQuery(words="händelse")])
@pytest.mark.parametrize("limit", [1, 100])
def test_what_is_kept_of_a_moment_is_looked_at_only_to_be_shown(
    session: Session, query: CalendarQuery, limit: int
) -> None:
    edition = make_programme(session)
    make_searchable(session)
    keep(session)
    asked: list[str] = []
    sa.event.listen(session.connection(), "before_cursor_execute", lambda *event: asked.append(event[2]))
    moment = moment_of(session, edition, query, WEEK_BEGINS, limit=limit, language="sv")
    next_occurrences(session, edition, WEEK_BEGINS, limit, query)
    assert moment
    of_occurrences = [each for each in asked if "FROM occurrence" in each]
    assert len(of_occurrences) == 2, "one for the moment, one for what is next"
    assert all("occurrence.id IN (" in each for each in of_occurrences)


def test_a_few_of_a_moment_are_half_what_goes_on_and_half_what_comes() -> None:
    def few(going_on: str, coming: str, today: str) -> str:
        moment = Moment(MONDAY, list(going_on), list(coming), list(today))  # type: ignore[arg-type]
        return "".join(moment.few(4))  # type: ignore[arg-type]

    assert few("abcd", "klmn", "xy") == "abkl"
    assert few("a", "klmn", "xy") == "aklm"
    assert few("abcd", "k", "") == "abck"
    assert few("abcd", "", "x") == "abcx"
    assert few("", "k", "xy") == "kxy"
    assert few("", "", "") == ""


@pytest.mark.usefixtures("few")
def test_what_stands_beside_an_event_is_the_same_whether_it_is_kept_or_looked_for(session: Session) -> None:
    edition = make_programme(session, events=60)
    days = [MONDAY + timedelta(days=n) for n in (-30, 0, 3, 40)]
    seen = [[], [each.event_id for each in everything(session)[:20]]]
    asked = [EVERYTHING, CalendarQuery(kommuner=("1784",)), CalendarQuery(forms=(Form.ONLINE,), days=(MONDAY,))]
    cases = list(itertools.product(days, asked, seen))

    def found() -> list[list[str]]:
        return [
            uids(beside(session, edition, query, day, without=without, limit=4, language="sv"))
            for day, query, without in cases
        ]

    looked_for = found()
    keep(session)
    assert found() == looked_for
    assert {len(each) for each in looked_for} >= {4}

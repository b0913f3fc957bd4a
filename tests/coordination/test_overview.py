"""The overview's numbers are the programme's."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.coordination.queries import overview_of
from planner.data.kommuner import kommuner
from planner.editions.models import Edition, EditionState
from planner.events.calendar_query import CalendarQuery
from planner.events.models import EventStatus, Form, Visibility
from planner.events.queries import count_by, count_occurrences
from planner.organisations.models import Organisation, Standing
from tests.coordination.conftest import SignIn
from tests.factories import MONDAY, make_digital_venue, make_event, make_occurrence, make_organisation, make_venue


@pytest.fixture
def programme(session: Session, edition: Edition, organiser: Organisation) -> Edition:
    """Something of everything: several kommuner, the whole county, digital, hybrid, several days, hidden."""

    def event(title: str, **columns: Any) -> Any:
        return make_event(session, title, organiser=organiser, edition=edition, with_occurrence=False, **columns)

    room, kil = make_digital_venue(session), make_venue(session, "Kil", kommun_code="1715")
    make_occurrence(session, event("På plats"))
    make_occurrence(session, event("Hybrid i två kommuner", kommuner=["1784"]), place=kil, digital_place=room)
    make_occurrence(session, event("Hela länet", is_countywide=True), place=None, digital_place=room)
    make_occurrence(session, event("Ingen kommun"), place=None, digital_place=room)
    make_occurrence(session, event("Oklart", kommuner=["1784", "1715"]), place=None, is_preliminary=True)
    several = event("Hela veckan", kommuner=["1780"])
    make_occurrence(session, several, start=None, end=None, last_day=MONDAY + timedelta(days=4))
    make_occurrence(session, several, MONDAY + timedelta(days=20), place=kil)
    make_occurrence(session, event("Inställd", status=EventStatus.CANCELLED), place=kil)
    make_occurrence(session, event("Insänd", status=EventStatus.SUBMITTED))
    make_occurrence(session, event("Sluten", visibility=Visibility.CLOSED))
    hidden = make_organisation(session, "Avstängd", standing=Standing.SUSPENDED)
    make_event(session, "Avstängd", organiser=hidden, edition=edition)
    return edition


def test_every_number_is_the_one_that_the_calendar_shows(session: Session, programme: Edition) -> None:
    overview = overview_of(session, programme)

    rows = {row.code: row for row in overview.rows}
    assert set(rows) == {*kommuner(), "17", ""}
    for code in (*kommuner(), "17"):
        query = CalendarQuery(kommuner=(code,))
        by_day = count_by(session, programme, query, "dag")
        assert {day.isoformat(): n for day, n in rows[code].by_day.items()} == by_day
        assert {form.value: n for form, n in rows[code].by_form.items()} == count_by(session, programme, query, "form")
        assert rows[code].total == count_occurrences(session, programme, query)
    whole = CalendarQuery()
    assert {day.isoformat(): n for day, n in overview.total.by_day.items()} == count_by(
        session, programme, whole, "dag"
    )
    assert overview.total.total == count_occurrences(session, programme, whole) == 8
    assert rows[""].by_form == {Form.ONLINE: 1}


def test_before_the_edition_is_public_the_same_is_counted(session: Session, programme: Edition) -> None:
    published = overview_of(session, programme)
    programme.state = EditionState.OPEN
    session.flush()

    assert overview_of(session, programme) == published


def test_an_empty_programme_shows_every_kommun(session: Session, edition: Edition) -> None:
    overview = overview_of(session, edition)

    assert [row.code for row in overview.rows] == list(kommuner())
    assert overview.total.total == 0


def test_the_page_marks_zeros_and_leads_to_the_calendar(
    session: Session, programme: Edition, in_kil: User, sign_in: SignIn
) -> None:
    page = sign_in(in_kil).get("/samordning/oversikt").get_data(as_text=True)

    assert 'href="/kalender?upplaga=2027&amp;dag=2027-09-20&amp;kommun=1715"' in page
    assert "data-zero" in page

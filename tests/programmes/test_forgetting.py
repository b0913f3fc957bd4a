"""Thirteen months after the last thing that happened in it, a programme is forgotten by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.background import sweeps
from planner.programmes.jobs import forget_programmes
from planner.programmes.models import Programme, SavedOccurrence
from tests.factories import LONG_AGO, make_edition, make_event, make_occurrence, make_programme

NIGHT = datetime(2028, 10, 28, 2, 30, tzinfo=UTC)
"""Thirteen months and a day after the week's last day."""


def left(session: Session, now: datetime = NIGHT) -> tuple[int, list[str]]:
    """How many were forgotten, and the names of those that are left."""
    forgotten = forget_programmes(session, now)
    return forgotten, sorted(session.scalars(sa.select(Programme.name)))


@pytest.fixture
def programmes(session: Session) -> None:
    edition = make_edition(session)
    days = [date(2027, 9, 20), date(2027, 9, 27), date(2027, 9, 28)]
    event = make_event(session, edition=edition, with_occurrence=False)
    first, last, after = (make_occurrence(session, event, day) for day in days)
    recently = datetime(2028, 9, 1, tzinfo=UTC)
    make_programme(session, first, last, token="1" * 32, name="Sista dagen")
    make_programme(session, first, after, token="2" * 32, name="Dagen efter")
    make_programme(session, token="3" * 32, name="Tomt sedan länge")
    make_programme(session, token="4" * 32, name="Tömt nyss", changed_at=recently)
    make_programme(session, first, token="5" * 32, name="Nyss sparat", changed_at=recently)


@pytest.mark.usefixtures("programmes")
def test_what_is_over_since_thirteen_months_is_forgotten(session: Session) -> None:
    assert left(session) == (2, ["Dagen efter", "Nyss sparat", "Tömt nyss"])
    assert len(session.scalars(sa.select(SavedOccurrence.programme_id)).all()) == 3
    assert left(session) == (0, ["Dagen efter", "Nyss sparat", "Tömt nyss"])


@pytest.mark.usefixtures("programmes")
def test_a_day_earlier_nothing_with_anything_in_it_is(session: Session) -> None:
    assert left(session, NIGHT - timedelta(days=1)) == (1, ["Dagen efter", "Nyss sparat", "Sista dagen", "Tömt nyss"])


@pytest.mark.usefixtures("programmes")
def test_only_at_night(session: Session) -> None:
    assert {left(session, NIGHT.replace(hour=hour))[0] for hour in range(24) if hour != 2} == {0}


@pytest.mark.usefixtures("programmes")
def test_everything_goes_in_the_end(session: Session) -> None:
    assert left(session, NIGHT.replace(year=2030)) == (5, [])
    assert session.scalars(sa.select(SavedOccurrence.programme_id)).all() == []


def test_what_lasts_is_kept_until_it_is_over(session: Session) -> None:
    event = make_event(session, with_occurrence=False)
    make_programme(session, make_occurrence(session, event, date(2027, 9, 1), start=None, last_day=date(2027, 9, 28)))
    assert left(session)[0] == 0
    assert left(session, NIGHT + timedelta(days=2))[0] == 1


def test_it_is_among_the_sweeps_of_the_application(app: object, session: Session) -> None:
    make_programme(session, changed_at=LONG_AGO)
    sweep = sweeps(app.config)["forget_programmes"]  # type: ignore[attr-defined]
    assert sweep(session, NIGHT) == 1

"""The demonstration week: about 150 occurrences in all 16 kommuner, in every state, with one person per role."""

import pytest
import sqlalchemy as sa

from planner.accounts.queries import user_by_email
from planner.data.kommuner import kommuner
from planner.editions.models import Edition, EditionState
from planner.events.models import (
    Event,
    EventKommun,
    EventStatus,
    Form,
    Handover,
    Hosting,
    HostingState,
    Occurrence,
    OccurrenceState,
    TimeKind,
)
from planner.exchange.demonstration import make_demonstration
from planner.organisations.models import Organisation
from planner.organisations.queries import actor_for


@pytest.fixture
def week(session, now):
    sign_ins = make_demonstration(session, "ett-mycket-hemligt-ord", now=now)
    session.flush()
    return sign_ins


def test_the_week(session, week, now):
    """One test for the whole week, because making it takes seconds."""
    edition = session.scalars(sa.select(Edition)).one()
    assert (edition.name, edition.state) == ("Demokrativeckan 2027", EditionState.PUBLISHED)
    assert (edition.first_day.isoformat(), edition.last_day.isoformat()) == ("2027-09-20", "2027-09-27")

    occurrences = session.scalars(sa.select(Occurrence)).all()
    assert 140 <= len(occurrences) <= 170
    assert {occurrence.form for occurrence in occurrences} == {Form.ONSITE, Form.ONLINE, Form.HYBRID}
    assert {occurrence.time_kind for occurrence in occurrences} == set(TimeKind)
    assert {occurrence.state for occurrence in occurrences} == set(OccurrenceState)
    assert any(occurrence.is_preliminary for occurrence in occurrences)
    assert any(occurrence.sequence > 0 for occurrence in occurrences)

    assert set(session.scalars(sa.select(EventKommun.kommun_code))) == set(kommuner())
    assert set(session.scalars(sa.select(Event.status))) == set(EventStatus) - {EventStatus.ARCHIVED}
    assert {HostingState.ASKED, HostingState.ACCEPTED} <= set(session.scalars(sa.select(Hosting.state)))
    partners = sa.select(sa.func.count()).where(Hosting.state == HostingState.ACCEPTED).group_by(Hosting.event_id)
    assert max(session.scalars(partners)) == 4

    question = session.scalars(sa.select(Handover)).one()
    asked = session.get_one(Organisation, question.organisation_id)
    assert (asked.name, question.former_stays, question.is_on_behalf) == ("Arvika kommun", True, False)

    actors = [actor_for(session, user_by_email(session, one.email).id) for one in week]
    assert [actor.is_county_coordinator for actor in actors].count(True) == 1
    assert [bool(actor.coordinated_kommuner) for actor in actors].count(True) == 1
    assert {role.value for actor in actors for role in actor.roles.values()} == {"editor", "administrator"}

    assert make_demonstration(session, "ett-annat-hemligt-ord", now=now) == []

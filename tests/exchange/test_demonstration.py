"""The demonstration week: about 150 occurrences in all 16 kommuner, in every state, with one person per role."""

from collections import Counter

import pytest
import sqlalchemy as sa

from planner.accounts.queries import user_by_email
from planner.data.kommuner import kommuner
from planner.editions.models import Edition, EditionState
from planner.events.calendar_query import CalendarQuery
from planner.events.models import (
    Event,
    EventKommun,
    EventStatus,
    Form,
    Handover,
    Hosting,
    HostingState,
    NewsKind,
    Occurrence,
    OccurrenceState,
    TimeKind,
)
from planner.events.queries import count_from_the_start, list_news
from planner.exchange.demonstration import make_demonstration
from planner.organisations.models import Organisation
from planner.organisations.queries import actor_for
from tests import databases


@pytest.fixture
def app(demonstration):
    """These tests look at the demonstration week."""
    return demonstration


@pytest.fixture
def people(database):
    """The addresses of those whom one can sign in as, as the first start wrote them down."""
    lines = (databases.demonstration(database).folder / "demo-sign-ins.txt").read_text(encoding="utf-8").splitlines()
    return [line.rpartition(": ")[2] for line in lines if "@" in line]


def test_the_week(session, people, now):
    edition = session.scalars(sa.select(Edition).where(Edition.slug == "2027")).one()
    assert (edition.name, edition.state) == ("Demokrativeckan 2027", EditionState.PUBLISHED)
    assert (edition.first_day.isoformat(), edition.last_day.isoformat()) == ("2027-09-20", "2027-09-27")

    is_ours = Event.edition_id == edition.id
    ours = sa.select(Event.id).where(is_ours)
    occurrences = session.scalars(sa.select(Occurrence).where(Occurrence.edition_id == edition.id)).all()
    assert 140 <= len(occurrences) <= 170
    assert {occurrence.form for occurrence in occurrences} == {Form.ONSITE, Form.ONLINE, Form.HYBRID}
    assert {occurrence.time_kind for occurrence in occurrences} == set(TimeKind)
    assert {occurrence.state for occurrence in occurrences} == set(OccurrenceState)
    assert any(occurrence.is_preliminary for occurrence in occurrences)
    assert any(occurrence.sequence > 0 for occurrence in occurrences)

    where = sa.select(EventKommun.kommun_code).where(EventKommun.event_id.in_(ours))
    assert set(session.scalars(where)) == set(kommuner())
    assert set(session.scalars(sa.select(Event.status).where(is_ours))) == set(EventStatus) - {EventStatus.ARCHIVED}
    hostings = session.scalars(sa.select(Hosting).where(Hosting.event_id.in_(ours))).all()
    assert {HostingState.ASKED, HostingState.ACCEPTED} <= {hosting.state for hosting in hostings}
    accepted = Counter(hosting.event_id for hosting in hostings if hosting.state is HostingState.ACCEPTED)
    assert max(accepted.values()) == 4

    question = session.scalars(sa.select(Handover)).one()
    asked = session.get_one(Organisation, question.organisation_id)
    assert (asked.name, question.former_stays, question.is_on_behalf) == ("Arvika kommun", True, False)

    news = list_news(session, edition, CalendarQuery())
    unseen = {NewsKind.BACK, NewsKind.UNDONE}
    assert {one.kind for one in news} == set(NewsKind) - unseen
    assert len({one.item.day for one in news}) == 9
    assert all(edition.published_at < one.item.at <= now for one in news)
    assert count_from_the_start(session, edition, CalendarQuery()) > 80

    actors = [actor_for(session, user_by_email(session, email).id) for email in people]
    assert [actor.is_county_coordinator for actor in actors].count(True) == 1
    assert [bool(actor.coordinated_kommuner) for actor in actors].count(True) == 1
    assert {role.value for actor in actors for role in actor.roles.values()} == {"editor", "administrator"}

    assert make_demonstration(session, "ett-annat-hemligt-ord", now=now) == []

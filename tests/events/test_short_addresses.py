"""A query under a short code: one each, for ever, whoever asks at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from planner.core.codes import codes_of
from planner.core.errors import NotFound
from planner.events.actions import shorten_query
from planner.events.calendar_query import CalendarQuery
from planner.events.models import ShortAddress
from planner.events.queries import shortened_query
from tests.events.test_calendar_query import queries

ARVIKA, EDA = CalendarQuery(kommuner=("1784",)), CalendarQuery(kommuner=("1730",))
AT_ONCE = 6


def kept(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(ShortAddress)) or 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=queries)
def test_a_query_comes_back_from_its_code(session: Session, query: CalendarQuery) -> None:
    assert shortened_query(session, shorten_query(session, query).code) == query


def test_the_same_query_has_the_same_code(session: Session) -> None:
    first = shorten_query(session, CalendarQuery(kommuner=("1784", "1730")))
    again = shorten_query(session, CalendarQuery(kommuner=("1730", "1784", "1784")))

    assert (first.code, kept(session)) == (again.code, 1)
    assert first.code == next(codes_of("kommun=1730&kommun=1784"))


def test_a_code_that_another_query_has_makes_it_a_character_longer(session: Session) -> None:
    best, longer = list(codes_of(str(ARVIKA)))[:2]
    session.add(ShortAddress.of(best, str(EDA)))
    session.flush()

    assert [shorten_query(session, ARVIKA).code for _ in range(2)] == [longer, longer]
    assert shortened_query(session, best) == EDA
    assert shortened_query(session, longer) == ARVIKA


def test_it_keeps_the_filter_and_nothing_else() -> None:
    assert set(ShortAddress.__table__.columns.keys()) == {"code", "query_string", "query_hash"}


def test_the_database_refuses_a_second_code_for_a_query(session: Session) -> None:
    session.add_all([ShortAddress.of("222222", str(ARVIKA)), ShortAddress.of("333333", str(ARVIKA))])

    with pytest.raises(sa.exc.IntegrityError):
        session.flush()


@pytest.mark.parametrize("code", ["", "222222", "inget", "22222\x00", "2" * 500])
def test_an_unknown_code_is_not_found(session: Session, code: str) -> None:
    shorten_query(session, ARVIKA)

    with pytest.raises(NotFound):
        shortened_query(session, code)


def test_as_long_as_a_query_can_be(session: Session) -> None:
    longest = CalendarQuery(organisations=tuple(f"{'a' * 117}-{number:02}" for number in range(50)))

    assert shortened_query(session, shorten_query(session, longest).code) == longest


def test_all_who_ask_at_once_get_the_same_code(own_engine: Engine, loopback: None) -> None:
    start = Barrier(AT_ONCE)

    def ask(_person: int) -> str:
        with Session(own_engine) as session:
            start.wait(timeout=10)
            code = shorten_query(session, ARVIKA).code
            session.commit()
            return code

    with ThreadPoolExecutor(AT_ONCE) as people:
        codes = set(people.map(ask, range(AT_ONCE)))

    with Session(own_engine) as session:
        assert (codes, kept(session)) == ({next(codes_of(str(ARVIKA)))}, 1)

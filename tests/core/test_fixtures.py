"""The fixtures keep their promises."""

import socket

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import User
from tests.factories import make_event, make_hosting, make_user


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_writes_and_commits_is_gone_in_the_next(session: Session, turn: int) -> None:
    assert session.scalar(sa.select(sa.func.count()).select_from(User)) == 0
    make_user(session)
    session.commit()


def test_default_factories_fit_together(session: Session) -> None:
    event = make_event(session)
    make_hosting(session, event)
    session.refresh(event, ["occurrences", "hostings", "organiser"])
    assert (event.number, event.organiser.name) == ("DV27-0001", "Föreningen Samtal")
    assert len(event.occurrences) == len(event.hostings) == 1


def test_no_test_reaches_the_network() -> None:
    with pytest.raises(pytest.fail.Exception), socket.socket() as plug:
        plug.connect(("192.0.2.1", 80))


def test_queries_are_counted_without_savepoints(session: Session, count_queries) -> None:  # type: ignore[no-untyped-def]
    with count_queries() as queries:
        make_user(session, email="a@example.se")
        session.commit()
    assert queries.count == 1, queries.statements

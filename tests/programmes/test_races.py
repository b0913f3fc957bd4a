"""At the same moment, on a real database: two presses, two devices."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from planner.core.errors import NotFound
from planner.events.models import Event, Occurrence
from planner.programmes.actions import remove_occurrence, renew_address, save_occurrences
from planner.programmes.models import Programme, SavedOccurrence
from tests.factories import KEEN, make_event, make_organisation, make_programme


def make(engine: Engine) -> tuple[Programme, list[str]]:
    """A programme with one of three occurrences."""
    with Session(engine, expire_on_commit=False) as session:
        organiser = make_organisation(session)
        events = [make_event(session, title, organiser=organiser).id for title in "ABC"]
        found = session.scalars(sa.select(Occurrence).join(Event).where(Event.id.in_(events))).all()
        programme = make_programme(session, found[0])
        session.commit()
        return programme, [occurrence.uid for occurrence in found]


def at_once(engine: Engine, *actions: Callable[[Session], object]) -> list[object]:
    """Let each happen in a transaction of its own, beginning together; what each gave, or why it was refused."""
    start = Barrier(len(actions))

    def one(action: Callable[[Session], object]) -> object:
        with Session(engine, expire_on_commit=False) as session:
            start.wait()
            try:
                done = action(session)
            except NotFound:
                return "not found"
            session.commit()
            return done

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(one, actions))


def test_two_devices_save_the_same_and_something_else(own_engine: Engine, now: datetime) -> None:
    programme, (_one, two, three) = make(own_engine)

    new = at_once(
        own_engine,
        lambda session: save_occurrences(session, programme, [two], now=now),
        lambda session: save_occurrences(session, programme, [two, three], now=now),
        lambda session: save_occurrences(session, programme, [two], now=now),
    )

    with Session(own_engine) as session:
        assert len(session.scalars(sa.select(SavedOccurrence.occurrence_id)).all()) == 3
        assert sum(int(str(count)) for count in new) == 2
        assert session.scalars(sa.select(Programme.revision)).one() == 1 + sum(1 for count in new if count)


def test_two_devices_take_the_same_away(own_engine: Engine, now: datetime) -> None:
    programme, (one, _two, _three) = make(own_engine)
    at_once(own_engine, *[lambda session: remove_occurrence(session, programme, one, now=now)] * 2)
    with Session(own_engine) as session:
        assert session.scalars(sa.select(SavedOccurrence.occurrence_id)).all() == []
        assert session.scalars(sa.select(Programme.revision)).one() == 2


def test_of_two_who_exchange_the_address_one_does(own_engine: Engine) -> None:
    programme, _uids = make(own_engine)
    given = at_once(own_engine, *[lambda session: renew_address(session, programme, KEEN)] * 2)
    assert len([token for token in given if token == "not found"]) == 1

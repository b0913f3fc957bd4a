"""Sweeps run every minute, and soon after a transaction that made something due."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa
from huey import Huey
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, sessionmaker

from planner.accounts.models import User
from planner.core.db import Base
from planner.jobs.queue import InsideConsumer, Queue, nudge, storage, worker
from tests.factories import make_user

WAIT_SECONDS = 10


class Nudges:
    """Stands where the queue stands: notes which sweeps were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def ask_for(self, name: str) -> None:
        self.asked.append(name)


@pytest.fixture
def nudged(tmp_path: Path) -> Iterator[tuple[Session, Nudges]]:
    """A session on a database of its own that tells a queue, and what it told."""
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'nudges.db'}")
    Base.metadata.create_all(engine)
    nudges = Nudges()
    with Session(engine, info={"queue": nudges}) as session:
        yield session, nudges
    engine.dispose()


def test_a_nudge_is_sent_once_after_the_commit_and_not_before(nudged: tuple[Session, Nudges]) -> None:
    session, nudges = nudged
    make_user(session)
    nudge(session, "letters")
    nudge(session, "letters")
    session.flush()
    with session.begin_nested():
        make_user(session)
    assert nudges.asked == []
    session.commit()
    assert nudges.asked == ["letters"]
    make_user(session)
    session.commit()
    assert nudges.asked == ["letters"]


def test_a_session_without_a_queue_does_not_mind(session: Session) -> None:
    nudge(session, "letters")
    session.commit()
    assert "queue" not in session.info


@pytest.fixture(params=["folder", "redis"])
def huey(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Huey]:
    """Either place where requests for sweeps wait."""
    url = request.getfixturevalue("redis_url") if request.param == "redis" else ""
    huey = storage(tmp_path, url)
    huey.flush()
    yield huey
    huey.flush()
    huey.storage.close()


def test_what_a_commit_nudges_is_done_by_a_worker_in_the_same_process(huey: Huey, own_engine: Engine) -> None:
    seen = Event()

    def look_for_people(session: Session, _now: datetime) -> int:
        if session.scalar(sa.select(sa.func.count()).select_from(User)):
            seen.set()
        return 0

    queue = Queue(huey, sessionmaker(own_engine), {"people": look_for_people})
    consumer = worker(queue, InsideConsumer)
    consumer.start()
    with Session(own_engine, info={"queue": queue}) as session:
        make_user(session)
        nudge(session, "people")
        session.commit()
    assert seen.wait(WAIT_SECONDS)
    consumer.stop(graceful=True)


def test_every_minute_every_sweep_is_asked_for(huey: Huey) -> None:
    swept: list[str] = []

    def note(name: str) -> Callable[[Session, datetime], int]:
        return lambda _session, _now: swept.append(name) or 0  # type: ignore[func-returns-value]

    Queue(huey, Session, {"one": note("one"), "two": note("two")})
    for moment in (datetime(2027, 8, 20, 8, 15), datetime(2027, 8, 20, 8, 16)):  # noqa: DTZ001 - Huey's own clock
        for task in huey.read_periodic(moment):
            huey.execute(task)
    while (task := huey.dequeue()) is not None:
        huey.execute(task)
    assert swept == ["one", "two", "one", "two"]


def test_a_sweep_that_fails_does_not_stop_the_others(huey: Huey, caplog: pytest.LogCaptureFixture) -> None:
    swept = []

    def fail(_session: Session, _now: datetime) -> int:
        raise RuntimeError("the disk is full")

    def work(_session: Session, _now: datetime) -> int:
        swept.append("work")
        return 0

    queue = Queue(huey, Session, {"fail": fail, "work": work})
    queue.ask_for_all()
    while (task := huey.dequeue()) is not None:
        huey.execute(task)
    assert swept == ["work"]
    assert "the disk is full" in caplog.text

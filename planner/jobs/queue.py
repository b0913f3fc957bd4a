"""The queue of one application. The rows are the truth: a sweep that is lost or run twice does no harm.

A letter, a reminder or a rendering that is due is a row, written in the transaction of what it belongs to. A sweep
reads what is due and does it. Every sweep runs once a minute; ``nudge`` asks for one sooner.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
import structlog
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from sqlalchemy.orm import Session, SessionTransaction

from planner.core.clock import utc_now

Sweep = Callable[[Session, datetime], int]
"""Does everything of one kind that is due at an instant, commits as it goes, and returns how much it did."""

NUDGES = "nudges"
QUEUE = "queue"

log = structlog.get_logger(__name__)


def storage(instance: Path, redis_url: str) -> Huey:
    """Where requests for sweeps wait: in the instance's folder, or in Redis where there are several machines."""
    if redis_url:
        return RedisHuey("planner", url=redis_url, results=False)
    return SqliteHuey("planner", filename=str(instance / "jobs.db"), results=False, fsync=False)


class Queue:
    """The sweeps of an application, by name, and the sessions that they run in."""

    def __init__(self, huey: Huey, sessions: Callable[[], Session], sweeps: Mapping[str, Sweep]) -> None:
        self.huey = huey
        self.sessions = sessions
        self.sweeps = dict(sweeps)
        self._ask = huey.task(name="sweep")(self.run)
        huey.periodic_task(crontab(), name="every_minute")(self.ask_for_all)

    def ask_for(self, name: str) -> None:
        """Have one sweep run as soon as a worker is free."""
        self._ask(name)

    def ask_for_all(self) -> None:
        """Have every sweep run."""
        for name in self.sweeps:
            self.ask_for(name)

    def run(self, name: str) -> int:
        """Run one sweep here and now."""
        with self.sessions() as session:
            done = self.sweeps[name](session, utc_now())
        if done:
            log.info("sweep", name=name, done=done)
        return done

    def run_all(self) -> int:
        """Run every sweep here and now."""
        return sum(self.run(name) for name in self.sweeps)


class InsideConsumer(Consumer):  # type: ignore[misc]
    """A worker and the scheduler as threads of the web server's process, which keeps its own signal handlers."""

    def _set_signal_handlers(self) -> None:
        pass


def worker(queue: Queue, consumer: type[Consumer] = Consumer) -> Consumer:
    """What runs the queue: ``.run()`` in a process of its own, or ``.start()`` inside another."""
    return consumer(queue.huey, workers=1, worker_type="thread", initial_delay=0.1, max_delay=1, scheduler_interval=1)


def nudge(session: Session, name: str) -> None:
    """Ask for a sweep when the transaction has ended, rather than at the next full minute."""
    session.info.setdefault(NUDGES, set()).add(name)


@sa.event.listens_for(Session, "after_transaction_end")
def _send_nudges(session: Session, transaction: SessionTransaction) -> None:
    # A nudge after a rollback only makes a sweep find nothing.
    if transaction.parent is None and QUEUE in session.info:
        for name in session.info.pop(NUDGES, ()):
            session.info[QUEUE].ask_for(name)

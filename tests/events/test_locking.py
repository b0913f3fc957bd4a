"""An event is locked first and read afterwards: who waited for it gets what the other has made of it, whole."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event as Signal

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from planner.events.models import Event, Hosting, Occurrence
from planner.events.queries import lock_event
from planner.organisations.models import Organisation
from tests.factories import (
    make_criterion,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.usefixtures("loopback")


def made_of(event: Event) -> dict[str, object]:
    """What there is of an event, as whoever has locked it may read it."""
    return {
        "title": event.title,
        "organiser": event.organiser.name,
        "saved_by": event.saved_by and event.saved_by.name,
        "criterion": event.decision_criterion and event.decision_criterion.title,
        "whole": event.part_of and event.part_of.title,
        "hosts": [hosting.name for hosting in event.hostings],
        "places": [occurrence.place and occurrence.place.name for occurrence in event.occurrences],
    }


def test_who_waits_for_an_event_gets_it_with_everything_that_the_other_exchanged(own_engine: Engine) -> None:
    with Session(own_engine) as session:
        edition, first = make_edition(session), make_organisation(session, "Den första")
        event = make_event(session, organiser=first, edition=edition, with_occurrence=False)
        other = make_organisation(session, "Den andra")
        whole = make_event(session, "Torgdagen", organiser=other, edition=edition)
        change = {
            "title": "Efteråt",
            "organiser_id": other.id,
            "saved_by_id": make_user(session, "Petra").id,
            "decision_criterion_id": make_criterion(session, edition).id,
            "part_of_id": whole.id,
        }
        session.commit()
        event_id = event.id
    begins = Signal()

    def wait_for_it() -> dict[str, object]:
        with Session(own_engine) as session:
            begins.set()
            return made_of(lock_event(session, event_id))

    with ThreadPoolExecutor(1) as pool, Session(own_engine) as session:
        event = lock_event(session, event_id)
        waiting: Future[dict[str, object]] = pool.submit(wait_for_it)
        assert begins.wait(10)
        wait_until_somebody_waits(session)
        session.execute(sa.update(Event).where(Event.id == event_id).values(change))
        make_hosting(session, event, session.get_one(Organisation, change["organiser_id"]))
        make_occurrence(session, event)
        session.commit()
        found = waiting.result(10)

    assert found == {
        "title": "Efteråt",
        "organiser": "Den andra",
        "saved_by": "Petra",
        "criterion": "Öppen för alla",
        "whole": "Torgdagen",
        "hosts": ["Den andra"],
        "places": ["Stadsbiblioteket"],
    }


def wait_until_somebody_waits(session: Session) -> None:
    """Go on when another transaction stands before the lock; SQLite lets no other even begin to write."""
    if session.get_bind().dialect.name != "postgresql":
        return
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
    pause = Signal()
    assert any(session.scalar(waiting) or pause.wait(0.01) for _try in range(1_000))


def test_an_event_that_is_gone_cannot_be_locked(session: Session) -> None:
    with pytest.raises(NoResultFound):
        lock_event(session, 4711)


def test_what_belongs_to_an_event_holds_on_to_it(session: Session) -> None:
    event = make_event(session)
    make_hosting(session, event, make_organisation(session, "Partnern"))
    event_id = event.id
    session.expunge_all()

    parts: list[Hosting | Occurrence] = [*lock_event(session, event_id).hostings]
    parts += lock_event(session, event_id).occurrences

    assert [part.event.id for part in parts] == [event_id, event_id]
    assert not session.dirty

"""What a change costs with few events and with many: statements and renderings, counted, and undone again."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from icalendar import Component
from sqlalchemy.orm import Session

from bench.counting import calls_of, statements_on
from bench.growth import Site, close
from bench.programme import Programme, programme
from bench.table import Row, Scale
from planner import create_app
from planner.events.actions import cancel_event, withdraw_event
from planner.events.actions.publication import announce
from planner.events.models import Event
from planner.events.queries import lock_event
from planner.feeds.ical.component import component_for
from planner.organisations.rules import SYSTEM
from planner.web.database import db

SIZES = (1_000, 100_000)
MOST_QUESTIONS = 3
FEED = "/kalender.ics"


def measure(scale: Scale) -> Iterator[Row]:
    """Every row about changes."""
    for words, change in CHANGES.items():
        counted = [_cost(programme(size), change) for size in SIZES]
        said = " / ".join(f"{statements} statements, {renders} renderings" for statements, renders in counted)
        yield Row(f"one event {words}, 1,000 / 100,000 events", "the same work", said, counted[0] == counted[1])
    yield _cold_feed(programme(SIZES[0]))


def _rename(session: Session, event: Event) -> None:
    event = lock_event(session, event.id)
    event.title = "En annan rubrik"
    announce(session, event, now=datetime.now(UTC))


CHANGES: dict[str, Callable[[Session, Event], Any]] = {
    "gets another title": _rename,
    "is called off": lambda session, event: cancel_event(session, event, "Sjuk", actor=SYSTEM, now=datetime.now(UTC)),
    "is withdrawn": lambda session, event: withdraw_event(session, event, "Fel", actor=SYSTEM, now=datetime.now(UTC)),
}


def _cost(made: Programme, change: Callable[[Session, Event], Any]) -> tuple[int, int]:
    """Statements and renderings of a change to one event, which is taken back."""
    app = create_app(made.environment)
    with app.app_context(), statements_on(db.engine) as statements, calls_of(rendering=component_for) as calls:
        session = db.session()
        event = session.scalars(sa.select(Event).where(Event.slug == made.event)).one()
        statements.clear()
        change(session, event)
        session.flush()
        counted = len(statements), calls["rendering"]
        session.rollback()
    close(app)
    return counted


def _cold_feed(made: Programme) -> Row:
    app = create_app(made.environment)
    site = Site(app, made)
    site.answer(FEED)
    site.change_something()
    with app.app_context():
        engine = db.engine
    with statements_on(engine) as statements, calls_of(serialisation=Component.to_ical) as calls:
        _seconds, size = site.answer(FEED)
    close(app)
    questions, serialised = len(statements), calls["serialisation"]
    return Row(
        "cold feed of 1,000 events after a change elsewhere",
        f"no iCalendar serialisation, at most {MOST_QUESTIONS} queries",
        f"{serialised} serialisations, {questions} queries, {size // 1000} kB",
        serialised == 0 and questions <= MOST_QUESTIONS,
    )

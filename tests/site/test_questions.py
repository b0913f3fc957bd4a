"""How many questions each kind of public page asks: the same for one event, for three and for three hundred."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session

from planner.core.db import Base
from planner.editions.models import Edition
from planner.events.actions.counting import count_anew
from planner.events.models import Audience, Event, Occurrence
from tests.browsing import Browser
from tests.factories import (
    MONDAY,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_theme,
    make_venue,
)

Counter = Callable[[], AbstractContextManager[Any]]
PAGES = {
    "/kalender": 20,
    "/kalender?vy=dag": 17,
    "/kalender?vy=vecka": 16,
    "/kalender?vy=manad": 16,
    "/kalender?vy=karta": 15,
    "/nu": 5,
    "/evenemang/samtal-0": 23,
    "/arrangorer/foreningen-samtal": 7,
    "/kommuner/karlstad": 9,
    "/teman/demokrati": 7,
    "/platser/biblioteket": 9,
    "/inbaddat": 5,
    "/kalender/utskrift": 4,
    "/kalender.pdf": 11,
}
"""Questions that each asks while the week is on."""
BUT = {
    (1, "/evenemang/samtal-0"): 17,
    (3, "/evenemang/samtal-0"): 19,
    (300, "/kalender/utskrift"): 5,
}
"""Nobody asks for the partners and former times of nothing: one event has no others near it and none by the same
organisers, two others are all by the same; and when each of so few is need not be asked. What belongs to more than 500
rows is loaded 500 at a time."""
APART = 1_000
"""Added to the ids of an event's rows for each copy of it."""
OF_AN_EVENT = ("event_theme", "event_audience", "event_language", "event_kommun", "hosting", "occurrence")


@pytest.mark.parametrize("events", [1, 3, 300])
def test_page_asks_as_much_however_many_events_there_are(
    session: Session, client: Browser, clock: time_machine.Traveller, count_queries: Counter, events: int
) -> None:
    edition = make_some(session, min(events, 3))
    copy_rows(session, list(session.scalars(sa.select(Event.id))), events)
    count_anew(session, edition)
    session.expire_all()
    clock.move_to(datetime.fromisoformat(f"{MONDAY}T18:10+02:00"))
    asked = {}
    for page in PAGES:
        with count_queries() as counted:
            assert client.get(page).status_code == 200, page
        asked[page] = counted.count
        session.expire_all()
    assert asked == {page: BUT.get((events, page), questions) for page, questions in PAGES.items()}
    assert session.scalar(sa.select(sa.func.count(Occurrence.id))) == 2 * events


def make_some(session: Session, events: int) -> Edition:
    """Events with something of every kind, at one time and for days; all at one place and of one theme."""
    edition, organiser = make_edition(session), make_organisation(session)
    theme, place = make_theme(session, "Demokrati", edition), make_venue(session, "Biblioteket", kommun_code="1780")
    partner = make_organisation(session, "Studieförbundet")
    for number in range(events):
        event = make_event(
            session, f"Samtal {number}", edition=edition, organiser=organiser, themes=[theme],
            audiences=[Audience.YOUTH], languages=["sv", "ar"], kommuner=["1784"], with_occurrence=False,
        )  # fmt: skip
        make_hosting(session, event, partner)
        make_occurrence(session, event, place=place)
        make_occurrence(session, event, last_day=MONDAY + timedelta(3), start=None, place=place)
    return edition


def copy_rows(session: Session, models: Sequence[int], events: int) -> None:
    """Copy the rows of these events until there are so many, in a statement for each table and copy."""
    for number in range(1, events // len(models)):
        for name in ("event", *OF_AN_EVENT):
            table = Base.metadata.tables[name]
            owner = table.c.id if name == "event" else table.c.event_id
            rows = session.execute(sa.select(table).where(owner.in_(models))).mappings().all()
            session.execute(sa.insert(table), [_copied(row, number) for row in rows])
    session.flush()


def _copied(row: Any, number: int) -> dict[str, Any]:
    apart = {name: row[name] + number * APART for name in ("id", "event_id") if name in row}
    own = {name: f"{row[name]}-{number}" for name in ("uid", "number", "slug") if name in row}
    return {**row, **apart, **own, **({"token_hash": None} if "token_hash" in row else {})}

"""A change costs the same among 3 events and among 300: it renders that event's components, and asks as much."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from icalendar import Component
from sqlalchemy.orm import Session

from bench.counting import calls_of
from planner.events.actions import cancel_event, withdraw_event
from planner.events.actions.publication import announce, show_all
from planner.events.models import Event, HostingState
from planner.events.queries import lock_event
from planner.feeds.ical.component import component_for
from planner.organisations.rules import SYSTEM
from tests.browsing import Browser
from tests.conftest import QueryCount
from tests.factories import (
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_venue,
)

CountQueries = Callable[[], AbstractContextManager[QueryCount]]
Change = Callable[[Session, Event, datetime], Any]


MOST_STATEMENTS = 80


def rename(session: Session, event: Event, now: datetime) -> None:
    event.title = "En annan rubrik"
    announce(session, event, now=now)


def move(session: Session, event: Event, now: datetime) -> None:
    for occurrence in event.occurrences:
        occurrence.first_day = occurrence.last_day = occurrence.last_day + timedelta(days=1)
    announce(session, event, now=now)


def lose_a_partner(session: Session, event: Event, now: datetime) -> None:
    [hosting] = event.hostings
    hosting.state = HostingState.WITHDRAWN
    announce(session, event, now=now)


CHANGES: dict[str, Change] = {
    "renamed": rename,
    "moved": move,
    "a partner steps off": lose_a_partner,
    "called off": lambda session, event, now: cancel_event(session, event, "Sjuk.", actor=SYSTEM, now=now),
    "withdrawn": lambda session, event, now: withdraw_event(session, event, "Fel.", actor=SYSTEM, now=now),
}


class Programme:
    """Published events of one organiser at one place, among them some that will change."""

    def __init__(self, session: Session) -> None:
        self.session, self.edition = session, make_edition(session)
        self.organiser, self.venue, self.made = make_organisation(session), make_venue(session), 0

    def add(self, events: int) -> Event:
        """So many more; returns the one that will change: with two occurrences and a partner."""
        for number in range(self.made, self.made + events):
            event = make_event(
                self.session,
                f"Nummer {number}",
                edition=self.edition,
                organiser=self.organiser,
                with_occurrence=False,
                slug=f"nummer-{number}",
            )
            make_occurrence(self.session, event, place=self.venue, uid=f"{number}@demokrativeckan.example")
        self.made += events
        make_occurrence(self.session, event, date(2027, 9, 22), place=self.venue)
        make_hosting(self.session, event)
        return event


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_costs_the_same_however_many_events_there_are(
    session: Session, now: datetime, count_queries: CountQueries, change: str
) -> None:
    programme, costs = Programme(session), []
    for more in (3, 297):
        changed = programme.add(more)
        show_all(session, session.scalars(sa.select(Event.id)).all(), now=now)
        session.commit()
        session.expunge_all()
        with count_queries() as queries, calls_of(renderings=component_for) as calls:
            CHANGES[change](session, lock_event(session, changed.id), now + timedelta(minutes=1))
            session.commit()
        costs.append((queries.count, calls["renderings"]))
    few, many = costs
    assert few == many
    statements, renderings = many
    # Each of its two occurrences, once as it was and once as it is; nothing at all of what is gone.
    assert renderings == (0 if change == "withdrawn" else 4)
    assert statements <= MOST_STATEMENTS


def test_a_cold_feed_after_a_change_elsewhere_serialises_nothing(
    session: Session, now: datetime, client: Browser, count_queries: CountQueries
) -> None:
    """The edition, and the components of what it shows; beside these there is only the one number of the site."""
    programme = Programme(session)
    changed = programme.add(20)
    show_all(session, session.scalars(sa.select(Event.id)).all(), now=now)
    before = client.get("/kalender.ics").data
    rename(session, lock_event(session, changed.id), now + timedelta(minutes=1))
    with count_queries() as queries, calls_of(serialisations=Component.to_ical) as calls:
        after = client.get("/kalender.ics").data
    assert (before.count(b"En annan rubrik"), after.count(b"En annan rubrik")) == (0, 2)
    assert calls["serialisations"] == 0
    assert queries.count == 2

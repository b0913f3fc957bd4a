"""A programme in which things happen through the real actions, and those who follow it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session

from planner.events import actions
from planner.events.actions.publication import show_all
from planner.events.models import Event, EventStatus, Hosting, Occurrence
from planner.events.queries import lock_event
from planner.organisations.rules import SYSTEM
from planner.venues.models import Venue
from tests.browsing import Browser
from tests.factories import make_edition, make_event
from tests.feeds.strict import Component
from tests.feeds.subscriber import By, Subscriber


class Week:
    """A programme in which things happen, one a minute, and those who follow it."""

    def __init__(self, session: Session, client: Browser, clock: time_machine.Traveller, by: By) -> None:
        self.session, self.client, self.clock, self.by = session, client, clock, by
        self.edition = make_edition(session)

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def follow(self, address: str = "/kalender.ics") -> Subscriber:
        subscriber = Subscriber(self.client, address, self.by)
        assert subscriber.fetch() == 200
        assert subscriber.fetch() == 304
        return subscriber

    def later(self, minutes: int = 1) -> datetime:
        self.clock.shift(timedelta(minutes=minutes))
        return self.now

    def do(self, action: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Let it happen a minute later."""
        self.later()
        done = action(self.session, *args, actor=SYSTEM, now=self.now, **options)
        self.session.commit()
        return done

    def publish(self, title: str = "Samtal om demokrati", **columns: Any) -> Event:
        event = make_event(self.session, title, edition=self.edition, status=EventStatus.SUBMITTED, **columns)
        published: Event = self.do(actions.publish_event, event)
        return published

    def occurrence_of(self, event: Event) -> Occurrence:
        return self.session.scalars(sa.select(Occurrence).where(Occurrence.event_id == event.id)).one()

    def hosting_of(self, event: Event) -> Hosting:
        [found] = lock_event(self.session, event.id).hostings
        return found

    def place_of(self, event: Event) -> Venue:
        return self.session.get_one(Venue, self.occurrence_of(event).place_id)


def show(session: Session, event: Event, *, actor: object, now: datetime) -> None:
    """Announce what a factory has added to the event."""
    show_all(session, [event.id], now=now)


def stamp(event: Component) -> str:
    return event["LAST-MODIFIED"].value


def sequence(event: Component) -> int:
    return int(event["SEQUENCE"].value)


def assert_same_but_newer(before: Component, after: Component, *, rises: bool) -> None:
    """The same entry, changed: same UID, risen stamp, SEQUENCE risen or not."""
    assert after.text("UID") == before.text("UID")
    assert stamp(after) > stamp(before)
    assert after["CREATED"].value == before["CREATED"].value
    assert sequence(after) == sequence(before) + rises

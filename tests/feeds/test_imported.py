"""The real programme of 2021 as feeds: what people typed, not what we thought up."""

import json
from datetime import datetime, timedelta
from importlib.resources import files

import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.models import Occurrence, TimeKind, Visibility
from planner.exchange.archive import import_programme
from tests.browsing import Browser
from tests.feeds.conftest import Fetch
from tests.feeds.subscriber import Subscriber

ROWS = json.loads((files("planner.data") / "demokrativeckan-2021.json").read_text(encoding="utf-8"))


def test_imported_events_are_in_the_feeds_and_a_second_import_changes_nothing(
    session: Session, client: Browser, fetch: Fetch, now: datetime, clock: time_machine.Traveller
) -> None:
    """One test for the whole file, because reading it takes seconds."""
    list(import_programme(session, ROWS, now=now))
    session.commit()
    subscribers = []
    for edition in session.scalars(sa.select(Edition)).all():
        subscriber = Subscriber(client, f"/kalender.ics?upplaga={edition.slug}")
        assert subscriber.fetch() == 200
        open_to_all = Occurrence.event.has(visibility=Visibility.PUBLIC)
        stored = session.scalars(sa.select(Occurrence).where(Occurrence.edition_id == edition.id, open_to_all)).all()
        assert set(subscriber.events) == {occurrence.uid for occurrence in stored}
        for occurrence in stored:
            found = subscriber.events[occurrence.uid]
            is_timed = occurrence.time_kind in (TimeKind.START_AND_END, TimeKind.START_ONLY)
            assert isinstance(found["DTSTART"].moment, datetime) is is_timed
        subscribers.append(subscriber)
    before = [subscriber.calendar and subscriber.calendar.source for subscriber in subscribers]

    clock.shift(timedelta(hours=1))
    list(import_programme(session, ROWS, now=now + timedelta(hours=1)))
    session.commit()

    assert [subscriber.fetch() for subscriber in subscribers] == [304] * len(subscribers)
    assert [fetch(subscriber.address).source for subscriber in subscribers] == before

"""The real programme of 2021 and the demonstration week as feeds: what people typed, not what we thought up."""

import json
from datetime import datetime, timedelta
from importlib.resources import files

import sqlalchemy as sa
import time_machine
from ical.calendar_stream import IcsCalendarStream
from sqlalchemy.orm import Session

from planner.core.site import Site
from planner.data.kommuner import kommuner
from planner.editions.models import Edition
from planner.events.models import Event, EventStatus, Occurrence, OccurrenceState, TimeKind, Visibility
from planner.events.queries import occurrences_for_rendering
from planner.exchange.archive import import_programme
from planner.exchange.demonstration import make_demonstration
from planner.feeds.ical import component_for
from tests.browsing import Browser
from tests.feeds.conftest import Fetch
from tests.feeds.strict import read
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


def test_the_demonstration_week_is_faultless_in_every_feed(
    session: Session, client: Browser, fetch: Fetch, now: datetime, site: Site
) -> None:
    """One test for the whole week, because making it takes seconds."""
    make_demonstration(session, "ett-mycket-hemligt-ord", now=now)
    session.commit()

    source = client.get("/kalender.ics").data
    whole = {event.text("UID"): event for event in read(source).events}
    assert [event.uid for event in IcsCalendarStream.calendar_from_ics(source.decode()).events] == list(whole)
    for kommun in kommuner().values():
        for event in fetch(f"/kommuner/{kommun.slug}.ics").events:
            assert event.source == whole[event.text("UID")].source

    shown = session.scalars(sa.select(Occurrence.id).where(Occurrence.uid.in_(whole))).all()
    for occurrence in occurrences_for_rendering(session, shown):
        stamp = occurrence.component_changed_at
        assert stamp is not None
        # No change was missed: what is stored is what would be rendered now.
        assert occurrence.component == component_for(occurrence, site=site, changed_at=stamp)

    rows = session.execute(sa.select(Occurrence.uid, Occurrence.state, Event.status).join(Occurrence.event)).all()
    assert set(whole) <= {uid for uid, _state, status in rows if status.is_public}
    off = {
        uid
        for uid, state, status in rows
        if status is EventStatus.CANCELLED or state in (OccurrenceState.CANCELLED, OccurrenceState.POSTPONED)
    }
    assert {uid for uid, event in whole.items() if event.text("STATUS") == "CANCELLED"} == off & set(whole)

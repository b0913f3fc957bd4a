"""The demonstration week as feeds: every state and kind of time that the actions can make."""

import pytest
import sqlalchemy as sa
from flask import Flask
from ical.calendar_stream import IcsCalendarStream
from sqlalchemy.orm import Session

from planner.core.site import Site
from planner.data.kommuner import kommuner
from planner.events.models import Event, EventStatus, Occurrence, OccurrenceState
from planner.events.queries import occurrences_for_rendering
from planner.feeds.ical import component_for
from tests.browsing import Browser
from tests.feeds.conftest import Fetch
from tests.feeds.strict import read


@pytest.fixture
def app(demonstration: Flask) -> Flask:
    """These tests look at the demonstration week."""
    return demonstration


def test_the_demonstration_week_is_faultless_in_every_feed(
    session: Session, client: Browser, fetch: Fetch, site: Site
) -> None:
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

"""Stored components follow the installation's public address and format, as changed text and not as moved events."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from planner.core.site import Site
from planner.editions.models import Edition
from planner.events.models import Occurrence
from planner.feeds.actions import outdated_events, render_anew
from tests.feeds.week import Week, assert_same_but_newer

MOVED = "https://ny.demokrativeckan.example"


@pytest.fixture
def moved(week: Week, site: Site) -> Iterator[None]:
    """From here on the session writes for another public address, once the test asks for it."""
    yield
    week.session.info["site"] = site


def revision(week: Week) -> int:
    return week.session.scalars(sa.select(Edition.revision)).one()


def test_after_a_move_every_entry_names_the_new_address_and_has_not_moved_in_time(week: Week, moved: None) -> None:
    event = week.publish()
    subscriber = week.follow()
    before = subscriber.event
    week.session.info["site"] = Site(public_url=MOVED, uid_domain="demokrativeckan.example")

    assert outdated_events(week.session) == [event.id]
    render_anew(week.session, outdated_events(week.session), now=week.later())
    week.session.commit()

    assert subscriber.fetch() == 200
    assert_same_but_newer(before, subscriber.event, rises=False)
    assert subscriber.event["URL"].value == f"{MOVED}/evenemang/{event.slug}"


def test_a_component_of_another_format_is_found_and_its_neighbours_are_left_alone(week: Week) -> None:
    old, current = week.publish("Gammal"), week.publish("Aktuell")
    written = week.occurrence_of(old).component
    week.session.execute(
        sa.update(Occurrence).where(Occurrence.event_id == old.id).values(component=written.replace("TRANSP:", "X-T:"))
    )
    week.session.expire_all()
    untouched = week.occurrence_of(current).component_changed_at

    assert outdated_events(week.session) == [old.id]
    render_anew(week.session, [old.id], now=week.later())

    assert "TRANSP:TRANSPARENT" in week.occurrence_of(old).component
    assert week.occurrence_of(current).component_changed_at == untouched
    assert outdated_events(week.session) == []


def test_where_nothing_differs_nothing_is_written(week: Week) -> None:
    week.publish()
    subscriber = week.follow()
    before = revision(week)

    result = week.client.application.test_cli_runner().invoke(args=["render-feeds"])

    assert (result.exit_code, result.output) == (0, "")
    assert (revision(week), subscriber.fetch()) == (before, 304)

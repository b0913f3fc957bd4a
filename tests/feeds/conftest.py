"""Fetching feeds as a calendar app does, with a reader that forgives nothing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from planner.events.actions.publication import show_all
from planner.events.models import Event
from tests.browsing import Browser
from tests.feeds.reading import uids_in
from tests.feeds.strict import Component, read
from tests.feeds.subscriber import By
from tests.feeds.week import Week

EXPECTED = Path(__file__).parent / "expected"

Show = Callable[[], None]
Fetch = Callable[..., Component]


@pytest.fixture
def show(session: Session, now: datetime) -> Show:
    """Have everything shown that may be, as publishing it one by one would."""

    def show_programme() -> None:
        show_all(session, session.scalars(sa.select(Event.id)).all(), now=now)

    return show_programme


@pytest.fixture
def fetch(client: Browser) -> Fetch:
    """Fetch a feed, which must be faultless."""

    def get(address: str) -> Component:
        return read(client.get(address).data)

    return get


@pytest.fixture
def entry(show: Show, fetch: Fetch) -> Callable[[], Component]:
    """The one VEVENT of a programme that has only one."""

    def only_one() -> Component:
        show()
        [found] = fetch("/kalender.ics").events
        return found

    return only_one


@pytest.fixture
def assert_feed(request: pytest.FixtureRequest) -> Callable[[TestResponse, str], None]:
    """Compare a feed with its file in ``expected``."""

    def compare(response: TestResponse, name: str) -> None:
        uids_in(name.rpartition(".")[2], response.data)
        expected = EXPECTED / name
        if request.config.getoption("--write-letters"):
            expected.write_bytes(response.data)
        assert expected.exists(), f"{expected} is missing: run pytest with --write-letters, then read it"
        assert response.data == expected.read_bytes()

    return compare


@pytest.fixture(params=list(By))
def week(session: Session, client: Browser, clock: time_machine.Traveller, request: pytest.FixtureRequest) -> Week:
    return Week(session, client, clock, request.param)

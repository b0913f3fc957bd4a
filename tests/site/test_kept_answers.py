"""An answer that is kept is, byte for byte, the one that would be made now: under any changes, in any process."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from planner import create_app
from planner.core.errors import Invalid, NotAllowed, NotFound, StaleVersion
from planner.editions.models import Edition
from planner.events.actions.publication import show_all
from planner.events.models import Event
from planner.events.models.calendar import COUNTING
from planner.events.queries import is_kept_right
from planner.feeds.actions import outdated_events
from planner.web.database import db
from tests import databases
from tests.browser.week import make_week
from tests.conftest import NOW
from tests.site.changes import CHANGES, Pick

ADDRESSES = (
    "/",
    "/en/",
    "/kalender",
    "/kalender?kommun=1784&form=digitalt",
    "/kalender?vy=dag",
    "/kalender?vy=vecka",
    "/kalender?kommun=1784&vy=manad",
    "/kalender?vy=karta",
    "/kalender?ord=samtal",
    "/kalender/utskrift?kommun=1784",
    "/kalender.ics?ord=arvka",
    "/kalender.ics",
    "/kalender.ics?kommun=1784",
    "/kalender.json",
    "/kalender.rss",
    "/kalender.xlsx?blad=dag",
    "/kommuner/arvika",
    "/kommuner/arvika.ics",
    "/kommuner/arvika.csv",
    "/arrangorer",
    "/arrangorer/foreningen-samtal",
    "/arrangorer/foreningen-samtal.ics",
    "/platser",
    "/en/platser/arvika-bibliotek",
    "/platser/arvika-bibliotek.ics",
    "/teman/kultur",
    "/teman/kultur.ics",
    "/evenemang/hybrid",
    "/evenemang/hybrid.ics",
    "/evenemang/hybrid.atom",
    "/evenemang/flera",
    "/latt/evenemang/langt",
    "/nu?nara=1784",
    "/nytt",
    "/nytt?kommun=1784&form=digitalt",
    "/nytt.atom",
    "/nytt.rss?kommun=1784",
    "/inbaddat?visa=dagar&kommun=1784",
    "/en/inbaddat?antal=3",
    "/om",
    "/robots.txt",
    "/sitemap.xml",
    "/demokrativeckan.png",
)
ENCODINGS = ("", "gzip", "gzip, deflate, br")


class Process:
    """One process of the site, with an engine and a cache of its own."""

    def __init__(self, address: str, folder: Path, megabytes: int) -> None:
        self.app = create_app({**databases.environment_for(address, folder), "CACHE_MEGABYTES": str(megabytes)})
        self.client = FlaskClient(self.app)

    def fetch(self, address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body."""
        response = self.client.get(address, headers=headers)
        return response.status_code, dict(response.headers), response.data

    def close(self) -> None:
        with self.app.app_context():
            db.engine.dispose()


class Site(RuleBasedStateMachine):
    """Two processes that keep answers, and one that makes every answer anew, on one database."""

    kind: str
    folder: Path

    @initialize()
    def begin(self) -> None:
        address = databases.new_database(self.kind, "own", databases.original(self.kind))
        self.travel = time_machine.travel(NOW, tick=False)
        self.clock = self.travel.start()
        self.keeping = [Process(address, self.folder, 8), Process(address, self.folder, 1)]
        self.making = Process(address, self.folder, 0)
        self.etags: dict[tuple[str, str], str] = {}
        with self.session() as session:
            make_week(session)
            show_all(session, session.scalars(sa.select(Event.id)).all(), now=NOW)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction of somebody's who has nothing to do with the processes."""
        with self.making.app.app_context():
            engine = db.engine
        with Session(engine, expire_on_commit=False, info={"site": databases.SITE}) as session:
            yield session
            session.commit()

    @rule(
        change=st.sampled_from(sorted(CHANGES)),
        addresses=st.lists(st.sampled_from(ADDRESSES), min_size=3, max_size=5, unique=True),
        accepted=st.sampled_from(ENCODINGS),
        data=st.data(),
    )
    def somebody_changes_what_others_have_fetched(
        self, change: str, addresses: list[str], accepted: str, data: st.DataObject
    ) -> None:
        for address in addresses:
            self.fetch_everywhere(address, accepted)
        self.change(change, lambda rows: data.draw(st.sampled_from(list(rows))))
        for address in addresses:
            self.fetch_everywhere(address, accepted)

    @rule(minutes=st.sampled_from([1, 16, 24 * 60, 31 * 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.clock.shift(timedelta(minutes=minutes, seconds=7))

    def change(self, name: str, pick: Pick) -> bool:
        """Let somebody do something; whether it was allowed."""
        with self.session() as session:
            try:
                CHANGES[name](session, pick, datetime.now(UTC))
            except (Invalid, NotAllowed, NotFound, StaleVersion):
                session.rollback()
                return False
        return True

    def fetch_everywhere(self, address: str, accepted: str) -> None:
        """What is kept is what is made, whole or asked about again."""
        made = self.making.fetch(address, **{"Accept-Encoding": accepted})
        for process in (*self.keeping, *self.keeping):
            assert process.fetch(address, **{"Accept-Encoding": accepted}) == made
        if known := self.etags.get((address, accepted)):
            headers = {"Accept-Encoding": accepted, "If-None-Match": known}
            expected = self.making.fetch(address, **headers)
            assert [process.fetch(address, **headers) for process in self.keeping] == [expected, expected]
            assert (expected[0] == 304) is (made[1].get("ETag") == known)
        self.etags[address, accepted] = made[1].get("ETag", "")

    @rule()
    def what_is_stored_is_what_would_be_rendered(self) -> None:
        with self.session() as session:
            assert outdated_events(session) == []
            assert miscounted(session) == []

    def teardown(self) -> None:
        if hasattr(self, "travel"):
            for process in (*self.keeping, self.making):
                process.close()
            self.travel.stop()


@pytest.mark.parametrize("kind", databases.KINDS)
def test_a_kept_answer_is_the_one_that_would_be_made_now(kind: str, tmp_path: Path) -> None:
    machine: Any = type("Site", (Site,), {"kind": kind, "folder": tmp_path})
    checks = settings(
        max_examples=6,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(machine, settings=checks)


def miscounted(session: Session) -> list[str]:
    """The editions whose kept counts are not what counting anew would give."""
    editions = session.scalars(sa.select(Edition).where(Edition.counting == COUNTING))
    return [edition.slug for edition in editions if not is_kept_right(session, edition)]


TRIES = 40


def test_every_kind_of_change_is_seen_at_once_on_every_page_and_feed(tmp_path: Path) -> None:
    site: Any = type("Site", (Site,), {"kind": "sqlite", "folder": tmp_path})()
    site.begin()
    chance = Random(2027)
    keeping, making = site.keeping[0], site.making
    for change in sorted(CHANGES):
        for address in ADDRESSES:
            keeping.fetch(address)
        assert any(site.change(change, chance.choice) for _try in range(TRIES)), f"{change} was never allowed"
        unlike = [address for address in ADDRESSES if keeping.fetch(address) != making.fetch(address)]
        assert (change, unlike) == (change, [])
        with site.session() as session:
            assert (change, miscounted(session)) == (change, [])
    site.teardown()

"""The application is killed under load: what everybody may see is still there, and afterwards all is well by itself."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Signal

import pytest
from sqlalchemy.orm import Session

from planner.events.actions import cancel_event
from planner.events.models import Event
from planner.organisations.rules import SYSTEM
from planner.web.shared_caches import FRESH, RENEWED
from tests import databases
from tests.deploy.asking import Answer, ask, until
from tests.deploy.conftest import Shipped
from tools import stack
from tools.services import free_ports

PAGES = ["/", "/kalender", "/en/kalender", "/om"]
FEEDS = ["/kalender.ics", "/kommuner/karlstad.ics"]
WAYS = ["identity", "gzip", "gzip, br"]
PAUSE = 0.1
"""Seconds between a reader's questions. A closed connection keeps its port for a minute; a machine has 28,000."""
NEVER_READ_BEFORE = ["/platser", "/teman/manskliga-rattigheter.ics"]


@dataclass
class Readers:
    """Everybody who reads meanwhile: what each address has answered, with what body, and how often."""

    shipped: Shipped
    stop: Signal = field(default_factory=Signal)
    seen: Counter[tuple[str, int, bytes]] = field(default_factory=Counter)

    def read(self, address: str, way: str) -> None:
        """As an app does that has nothing, and as one that asks whether it has the latest."""
        etag = ""
        while not self.stop.is_set():
            whole = self.shipped.ask(address, {"Accept-Encoding": way})
            self.seen[f"{address} {way}", whole.status, whole.body] += 1
            etag = whole["ETag"] or etag
            asked = self.shipped.ask(address, {"Accept-Encoding": way, "If-None-Match": etag})
            self.seen[f"{address} {way}", asked.status, asked.body] += 1
            time.sleep(PAUSE)

    @property
    def statuses(self) -> set[int]:
        return {status for _address, status, _body in self.seen}

    def bodies(self, address: str, way: str) -> set[bytes]:
        return {body for asked, status, body in self.seen if asked == f"{address} {way}" and status == 200}


@contextmanager
def reading(shipped: Shipped) -> Iterator[Readers]:
    """Readers at every public address, in every encoding, until the end."""
    readers, asked = Readers(shipped), [(address, way) for address in PAGES + FEEDS for way in WAYS]
    with ThreadPoolExecutor(len(asked)) as threads:
        going = [threads.submit(readers.read, address, way) for address, way in asked]
        try:
            yield readers
        finally:
            readers.stop.set()
        for one in going:
            one.result()


def call_off(shipped: Shipped) -> None:
    """A change that everybody can see, made while the website is away."""
    with Session(shipped.engine, info={"site": databases.SITE}) as session:
        event = session.query(Event).filter_by(slug=shipped.slug).one()
        cancel_event(session, event, "Föreläsaren är sjuk.", actor=SYSTEM, now=datetime.now(UTC))
        session.commit()


def test_the_application_is_killed_under_load_and_comes_back(shipped: Shipped) -> None:
    quiet = shipped.ask(f"/evenemang/{shipped.slug}")
    began = time.monotonic()
    assert quiet.status == 200
    with reading(shipped) as readers:
        until(lambda: all(readers.bodies(address, way) for address in PAGES + FEEDS for way in WAYS), 60)
        shipped.application.kill()
        before = {(address, way): readers.bodies(address, way) for address in PAGES + FEEDS for way in WAYS}
        readers.seen.clear()
        call_off(shipped)
        # Until nothing that anybody has read is fresh any more, nor new enough to be renewed behind their backs.
        until(lambda: time.monotonic() > began + FRESH + RENEWED + 2, 60)
        still = shipped.ask(f"/evenemang/{shipped.slug}")
        assert (still.status, still.body, still["ETag"]) == (200, quiet.body, quiet["ETag"])
        assert shipped.ask(f"/evenemang/{shipped.slug}", {"If-None-Match": quiet["ETag"]}).status == 304
        during, counted = readers.statuses, sum(readers.seen.values())
        after = {(address, way): readers.bodies(address, way) for address in PAGES + FEEDS for way in WAYS}
        assert_the_rest_says_so(shipped)
        shipped.application.start()
        seen = until(lambda: b"INST\xc3\x84LLT" in shipped.ask("/kalender.ics").body, 60)
        until(
            lambda: (
                b"INST\xc3\x84LLT" not in quiet.body and shipped.ask(f"/evenemang/{shipped.slug}").body != quiet.body
            ),
            8,
        )
    assert during == {200, 304}
    assert counted > 200
    assert after == before
    assert readers.statuses == {200, 304}
    assert seen < FRESH + RENEWED
    assert shipped.ask("/konto/logga-in").status == 200


def assert_the_rest_says_so(shipped: Shipped) -> None:
    """What nobody has read, and what belongs to a person, cannot be answered: it says so, and when to come back."""
    for address in NEVER_READ_BEFORE:
        assert_unavailable(shipped.ask(address), is_feed=address.endswith(".ics"))
    for method, body in (("GET", None), ("POST", b"x=1")):
        assert_unavailable(shipped.ask("/konto/logga-in", method=method, body=body), is_feed=False)
    embedded = shipped.ask("/inbaddat?visa=kompakt")
    assert (embedded.status, embedded["Access-Control-Allow-Origin"]) == (503, "*")
    assert embedded["Content-Security-Policy"].endswith("frame-ancestors *")
    assert "Programmet kan inte visas just nu" in embedded.body.decode()
    sheet = shipped.ask("/static/css/main.css")
    assert (sheet.status, sheet["Content-Type"]) == (200, "text/css; charset=utf-8")


def assert_unavailable(answer: Answer, *, is_feed: bool) -> None:
    assert (answer.status, answer["Retry-After"], answer["Cache-Control"]) == (503, "300", "no-store")
    if is_feed:
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.body.decode() == "Kalendern kan inte hämtas just nu. Försök igen om en stund.\n"
    else:
        assert answer["Content-Type"] == "text/html; charset=utf-8"
        assert "<h1>Sidan kan inte visas just nu</h1>" in answer.body.decode()


@pytest.mark.usefixtures("nginx_is_here")
def test_without_the_application_the_style_sheet_is_the_files_it_is_made_of(tmp_path: Path) -> None:
    ports = free_ports()
    nginx = stack.nginx(tmp_path / "nginx", next(ports), next(ports))
    try:
        nginx.start()
        sheet = ask(nginx.port, "/static/css/main.css?v=0123456789ab")
    finally:
        nginx.stop()
    assert sheet.body == (stack.ROOT / "static" / "css" / "main.css").read_bytes()
    assert (sheet.status, sheet["Content-Type"], sheet["Cache-Control"]) == (200, "text/css; charset=utf-8", "no-store")

"""A real browser, Debian's Chromium, at a real server of the application with a database of the test's own.

A test asks for ``live`` to write things, and for ``visit`` to open a page as somebody. The clock starts at ``now`` and
goes on from there. After each test every page must have been without errors and without foreign requests.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from playwright.sync_api import Browser, Page, Request
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from werkzeug.serving import BaseWSGIServer, make_server

from planner import background, create_app
from planner.accounts.models import User
from planner.web.database import db
from tests import databases, parts
from tests.browser.looking import AXE, SHOW_ALL
from tests.browser.week import Week, make_week
from tests.browsing import cookie_of

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, which asks nobody on the network for anything."""
    if not Path(parts.CHROMIUM).exists():
        pytest.skip("there is no Chromium")
    return {"executable_path": parts.CHROMIUM, "args": FLAGS}


@pytest.fixture(autouse=True)
def reaches_this_machine(loopback: None) -> None:
    """The server and the browser are here."""


@dataclass
class Live:
    """A server with a database of its own. What ``session()`` writes is committed at its end."""

    app: Flask
    engine: Engine
    url: str

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session for what a test prepares or checks."""
        with Session(self.engine, expire_on_commit=False, info={"site": self.app.config["SITE"]}) as session:
            yield session
            session.commit()

    def send_letters(self) -> None:
        """Let everything happen that is due in the background."""
        self.app.extensions[background.EXTENSION].run_all()


@pytest.fixture
def clock(now: Any) -> Iterator[time_machine.Traveller]:
    """The clock starts at ``now`` and goes on: a browser waits for things."""
    with time_machine.travel(now, tick=True) as traveller:
        yield traveller


@dataclass(frozen=True)
class KeptWeek:
    """The week to look at as it was made, and the address of the database that has it; only ever copied."""

    database: str
    week: Week


@cache
def kept_week(url: str) -> KeptWeek:
    """This worker's week, as a server at this address shows it."""
    address = databases.new_database("sqlite", "week", databases.original("sqlite"))
    engine = sa.create_engine(address)
    with Session(engine, expire_on_commit=False, info={"site": replace(databases.SITE, public_url=url)}) as session:
        week = make_week(session)
        session.commit()
    engine.dispose()
    return KeptWeek(address, week)


@pytest.fixture(scope="session")
def server() -> Iterator[BaseWSGIServer]:
    """This worker's server, on a free port. A test puts its own application behind it."""
    server = make_server("127.0.0.1", 0, _closed, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def live(
    request: pytest.FixtureRequest, server: BaseWSGIServer, clock: time_machine.Traveller, tmp_path: Path
) -> Iterator[Live]:
    """The application at this worker's server, with a database of its own (SQLite, the embedded default).

    The database is empty, or has the week to look at when the test asks for ``week``.
    """
    url = f"http://127.0.0.1:{server.server_port}"
    origin = kept_week(url).database if "week" in request.fixturenames else databases.original("sqlite")
    address = databases.new_database("sqlite", "live", origin)
    server.app = app = create_app({**databases.environment_for(address, tmp_path), "PUBLIC_URL": url})
    engine = sa.create_engine(address)
    yield Live(app, engine, url)
    server.app = _closed
    engine.dispose()
    with app.app_context():
        db.engine.dispose()
    databases.drop_database(address)


@pytest.fixture
def week(live: Live) -> Week:
    """One rich week, which is in the database of ``live`` from its beginning."""
    return kept_week(live.url).week


def _closed(_environ: Any, start_response: Any) -> list[bytes]:
    """What a browser meets whose last request comes when its test is over."""
    start_response("503 Service Unavailable", [])
    return []


@pytest.fixture
def visit(live: Live, browser: Browser) -> Iterator[Callable[..., Page]]:
    """``visit("/kalender", width=360, javascript=False, as_user=anna)`` opens a page in a browser of its own."""
    faults: list[str] = []
    opened = []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(f"error on {page.url}: {error}"))
        page.on("console", lambda line: faults.append(f"on {page.url}: {line.text}") if is_fault(line) else None)
        page.on("request", lambda request: _note_foreign(request))

    def _note_foreign(request: Request) -> None:
        if not request.url.startswith((live.url, "data:", "blob:")):
            faults.append(f"a request to {request.url}")

    def open_page(
        path: str = "/", *, width: int = 1280, height: int = 900, javascript: bool = True, as_user: User | None = None
    ) -> Page:
        context = browser.new_context(
            base_url=live.url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
        )
        opened.append(context)
        context.set_default_timeout(30_000)
        if as_user is not None:
            name, value = cookie_of(live.app, as_user)
            context.add_cookies([{"name": name, "value": value, "url": live.url}])
        page = context.new_page()
        watch(page)
        page.goto(path)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert faults == []


def is_fault(line: Any) -> bool:
    """Whether a line of the browser's console tells of something wrong."""
    # The browser itself reports an answer of 4xx as an error; tests ask for such answers on purpose.
    return line.type == "error" and "Failed to load resource" not in line.text


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """``axe(page)`` returns what axe-core finds wrong with a page, all rules on, one line for each fault."""

    def violations(page: Page) -> list[str]:
        page.evaluate(SHOW_ALL)
        page.evaluate(AXE)
        found = page.evaluate("axe.run().then(result => result.violations)")
        return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]

    return violations

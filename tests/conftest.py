"""The fixtures of the whole suite.

Tests run on SQLite always, and on PostgreSQL too when TEST_DATABASE_URL is set; one that uses no database runs once.
Whatever a test writes, and whatever the views commit while it runs, is rolled back after it.
"""

import gc
import os
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask_sqlalchemy.session import _app_ctx_id
from hypothesis import settings
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from planner.accounts.models import User
from planner.core.db import open_sqlite_safely
from planner.core.site import Site
from planner.events.queries import shelves
from planner.mail.models import Letter
from planner.web.database import db
from planner.web.limits import limiter
from tests import databases, parts
from tests.browsing import Browser
from tests.compiled import Compiled

# A machine that has much else to do is slow; that says nothing of what is tested. The suite tries the same examples
# each time, so that it says something of a change; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("suite", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("search", max_examples=500, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))
Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Compiled()}

# A worker holds on to much (the code of every module, pages, what was collected), and to look through all of it for
# garbage as often as a small program does is work for nothing.
gc.set_threshold(50_000, 10, 10)

NOW = datetime(2027, 8, 20, 8, 15, tzinfo=UTC)
SECRET = re.compile(r"(?<=/)[A-Za-z0-9_-]{32}\b")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-letters", action="store_true", help="write the expected letters anew; read the diff")


def pytest_configure(config: pytest.Config) -> None:
    if parts.REQUIRE_ALL and parts.missing_parts():
        raise pytest.UsageError("REQUIRE_ALL=1, and missing is " + "; ".join(parts.missing_parts()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if parts.missing_parts():
        terminalreporter.write_sep("=", "left out on this machine (make services brings it)", yellow=True)
        for part in parts.missing_parts():
            terminalreporter.write_line(part)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        metafunc.parametrize("database", databases.KINDS, scope="session")


def pytest_unconfigure() -> None:
    databases.drop_all()


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches the network or sends mail; the fixture ``loopback`` lets it reach this machine alone."""
    real_connect = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        is_here = self.family == socket.AF_UNIX or address[0] in ("127.0.0.1", "::1", "localhost")
        if not (is_here and "loopback" in request.fixturenames):
            pytest.fail(f"the test tried to connect to {address}")
        real_connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def loopback() -> None:
    """Ask for this fixture to be let through to servers on this machine."""


@pytest.fixture
def redis_url(loopback: None) -> str:
    """A Redis server; without one the test is left out."""
    if not parts.REDIS:
        pytest.skip("TEST_REDIS_URL is not set")
    return parts.REDIS


@pytest.fixture
def now() -> datetime:
    """The instant at which every test takes place: a Friday morning a month before the week."""
    return NOW


@pytest.fixture
def clock(now: datetime) -> Iterator[time_machine.Traveller]:
    """The clock stands still at ``now``; ``clock.move_to`` and ``clock.shift`` move it."""
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


@pytest.fixture
def site() -> Site:
    """Where the product stands in the tests."""
    return databases.SITE


@pytest.fixture
def app(database: str, clock: time_machine.Traveller) -> Flask:
    """The application on this worker's database, with the clock standing still."""
    app = databases.application(database)
    with app.app_context():
        limiter.reset()
    return app


@pytest.fixture
def demonstration(database: str, clock: time_machine.Traveller) -> Flask:
    """The application on this worker's demonstration week; a module that looks at the week calls it ``app``."""
    app = databases.demonstration_application(database)
    with app.app_context():
        limiter.reset()
    return app


@pytest.fixture
def connection(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """One connection with an open transaction that is rolled back; the application's sessions stand on it too."""
    with app.app_context():
        engine = db.engine
    with engine.connect() as connection:
        transaction = connection.begin()
        monkeypatch.setattr(db, "session", scoped_session(_session_maker(connection), scopefunc=_app_ctx_id))
        yield connection
        transaction.rollback()


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    """A session of the test's own. What it holds is read afresh after each request of a client."""
    with _session_maker(connection)() as session:
        yield session


@pytest.fixture
def own_database(database: str) -> Iterator[str]:
    """The address of a database that this test has for itself: for threads and processes, whose commits are real."""
    address = databases.new_database(database, "own", databases.original(database))
    yield address
    databases.drop_database(address)


@pytest.fixture
def own_engine(own_database: str) -> Iterator[Engine]:
    """An engine on a database of the test's own."""
    engine = sa.create_engine(own_database)
    open_sqlite_safely(engine)
    yield engine
    engine.dispose()


def _session_maker(connection: Connection) -> sessionmaker[Session]:
    return sessionmaker(
        bind=connection,
        join_transaction_mode="create_savepoint",
        expire_on_commit=False,
        info={"site": databases.SITE},
    )


@pytest.fixture
def new_client(app: Flask, session: Session) -> Callable[[], Browser]:
    """Makes one more anonymous visitor, with cookies of their own."""

    def make() -> Browser:
        app.test_client_class = Browser
        browser = app.test_client()
        assert isinstance(browser, Browser)
        browser.test_session = session
        return browser

    return make


@pytest.fixture
def client(new_client: Callable[[], Browser]) -> Browser:
    """An anonymous visitor."""
    return new_client()


@pytest.fixture
def sign_in(new_client: Callable[[], Browser]) -> Callable[[User], Browser]:
    """Makes a client of its own for a person who has signed in."""

    def signed_in(user: User) -> Browser:
        browser = new_client()
        browser.sign_in(user)
        return browser

    return signed_in


class QueryCount:
    """How many statements have been sent, and which."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    @property
    def count(self) -> int:
        return len(self.statements)


@pytest.fixture
def count_queries(connection: Connection) -> Callable[[], AbstractContextManager[QueryCount]]:
    """``with count_queries() as queries: …``, then ``assert queries.count == 4``. Savepoints are not counted."""

    @contextmanager
    def counting() -> Iterator[QueryCount]:
        counted = QueryCount()

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK TO")):
                counted.statements.append(statement)

        sa.event.listen(connection, "before_cursor_execute", note)
        try:
            yield counted
        finally:
            sa.event.remove(connection, "before_cursor_execute", note)

    return counting


@pytest.fixture(params=[0, shelves.FEW], ids=["one-by-one-none", "one-by-one-a-few"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is where very much is found, and as where little is: the two ways to tell when what is found is."""
    monkeypatch.setattr(shelves, "FEW", request.param)


@pytest.fixture
def assert_letter(request: pytest.FixtureRequest, session: Session) -> Callable[..., Letter]:
    """``assert_letter("event_published")`` compares the latest letter of that name with its text file.

    The file is ``letters/<file or name>.txt`` beside the test; tokens in addresses read TOKEN there. ``to`` narrows
    to one address. Returns the letter.
    """
    folder = Path(request.path).parent / "letters"

    def compare(name: str, *, to: str = "", file: str = "") -> Letter:
        choice = sa.select(Letter).where(Letter.name == name).order_by(Letter.id.desc())
        letter = session.scalars(choice.where(Letter.to_address == to) if to else choice).first()
        assert letter is not None, f"no letter {name!r} to {to or 'anybody'} in the outbox"
        text = f"Till: {letter.to_address}\nÄmne: {letter.subject}\n\n{SECRET.sub('TOKEN', letter.body)}"
        expected = folder / f"{file or name}.txt"
        if request.config.getoption("--write-letters"):
            folder.mkdir(exist_ok=True)
            expected.write_text(text, encoding="utf-8")
        assert expected.exists(), f"{expected} is missing: run pytest with --write-letters, then read it"
        assert text == expected.read_text(encoding="utf-8")
        return letter

    return compare

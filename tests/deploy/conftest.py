"""The product as it is shipped: nginx with deploy/nginx.conf, the application as its unit starts it, a database."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from planner.core.db import open_sqlite_safely
from planner.editions.models import Edition
from planner.events.actions.publication import show_all
from planner.events.models import Event
from tests import databases, parts
from tests.deploy.asking import Answer, ask
from tests.factories import LONG_AGO
from tests.site.world import World, make_world
from tools import stack
from tools.services import free_ports

Made = tuple[int, Mapping[str, str], bytes]
"""What a stand-in answers: status, headers, body."""


@pytest.fixture(autouse=True)
def reaches_this_machine(loopback: None) -> None:
    """The servers are here."""


@pytest.fixture(scope="session")
def nginx_is_here() -> None:
    if parts.NGINX is None or parts.OPENSSL is None:
        pytest.skip("there is no nginx, or no openssl")


@dataclass
class Shipped:
    """Everything up: what stands in front, what stands behind, and what lies in the database."""

    nginx: stack.Server
    application: stack.Server
    engine: Engine
    world: World
    folder: Path

    def ask(self, path: str, headers: Mapping[str, str] | None = None, **options: Any) -> Answer:
        return ask(self.nginx.port, path, headers, **options)

    def ask_application(self, path: str, headers: Mapping[str, str] | None = None, **options: Any) -> Answer:
        return ask(self.application.port, path, headers, **options)

    @property
    def log(self) -> Path:
        return self.folder / "nginx" / "access.log"

    @property
    def slug(self) -> str:
        return str(self.world.after["evenemang"])


@pytest.fixture(scope="module")
def shipped(nginx_is_here: None, database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shipped]:
    """The whole of it with a small programme, for the tests of a module to share."""
    folder, ports = tmp_path_factory.mktemp("shipped"), free_ports()
    address = databases.new_database(database, "own", databases.original(database))
    engine = sa.create_engine(address)
    open_sqlite_safely(engine)
    with ExitStack() as stop:
        stop.callback(databases.drop_database, address)
        stop.callback(engine.dispose)
        world = _fill(engine)
        application = stack.application(folder, next(ports), databases.environment_for(address, folder))
        nginx = stack.nginx(folder / "nginx", next(ports), application.port)
        for server in (application, nginx):
            stop.callback(server.stop)
            server.start()
        yield Shipped(nginx, application, engine, world, folder)


def _fill(engine: Engine) -> World:
    with Session(engine, expire_on_commit=False, info={"site": databases.SITE}) as session:
        world = make_world(session)
        show_all(session, session.scalars(sa.select(Event.id)).all(), now=LONG_AGO)
        # The servers live in the present, where the week lies ahead and nothing has changed in the future.
        session.execute(sa.update(Edition).values(changed_at=datetime.now(UTC) - timedelta(hours=1)))
        session.commit()
    return world


@dataclass
class StandIn:
    """nginx as shipped in front of a server that answers what a test puts into ``answers``, path by path."""

    nginx: stack.Server
    answers: dict[str, Callable[[int], Made]]
    asked: list[tuple[str, str, Mapping[str, str]]]
    folder: Path

    def ask(self, path: str, headers: Mapping[str, str] | None = None, **options: Any) -> Answer:
        return ask(self.nginx.port, path, headers, **options)

    def times(self, path: str) -> int:
        """How often the server behind has been asked for a path."""
        return sum(asked == path for _method, asked, _headers in self.asked)


@pytest.fixture
def stand_in(nginx_is_here: None, tmp_path: Path) -> Iterator[StandIn]:
    """A server that can answer anything, also what our application never would."""
    behind = ThreadingHTTPServer(("127.0.0.1", next(free_ports())), _Puppet)
    behind.daemon_threads = True
    thread = Thread(target=behind.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    nginx = stack.nginx(tmp_path / "nginx", next(free_ports()), behind.server_port)
    stand_in = StandIn(nginx, {}, [], tmp_path / "nginx")
    behind.stand_in = stand_in  # type: ignore[attr-defined]
    try:
        nginx.start()
        yield stand_in
    finally:
        nginx.stop()
        behind.shutdown()
        thread.join()
        behind.server_close()


class _Puppet(BaseHTTPRequestHandler):
    """Says what the test wants said; a path of which nothing is known gets its number, as text for everybody."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        stand_in: StandIn = self.server.stand_in  # type: ignore[attr-defined]
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        stand_in.asked.append((self.command, self.path, dict(self.headers)))
        make = stand_in.answers.get(self.path, for_everybody)
        status, headers, body = make(stand_in.times(self.path))
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_POST = do_GET  # noqa: N815 - the names that BaseHTTPRequestHandler looks for

    def log_message(self, format: str, *args: Any) -> None:
        """Quietly."""


def for_everybody(number: int, cache_control: str = "public, max-age=0, s-maxage=60", **headers: str) -> Made:
    """An answer that caches may keep; its body says how many there have been."""
    return 200, {"Cache-Control": cache_control, "Content-Type": "text/plain", **headers}, str(number).encode()

"""Throw-away databases for one run of the suite, made by the migrations.

Each worker of pytest-xdist has its own: an SQLite file, and a PostgreSQL database when TEST_DATABASE_URL names a server
on which databases may be made. They are copies of what the workers of a run make once between them.
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import upgrade

from planner import create_app
from planner.core.db import Base, is_of_the_models
from planner.core.site import Site
from planner.web.database import db
from tests import parts

SERVER = parts.POSTGRESQL
KINDS = ["sqlite", "postgresql"] if SERVER else ["sqlite"]
BEGINS_THE_RUN = "PLANNER_TEST_RUN" not in os.environ
"""Whether no other process has: pytest-xdist starts its workers from the one that has."""
SHARED = Path(mkdtemp(prefix="planner-tests-") if BEGINS_THE_RUN else os.environ["PLANNER_TEST_RUN"])
os.environ["PLANNER_TEST_RUN"] = str(SHARED)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
FOLDER = Path(mkdtemp(prefix=f"{WORKER}-", dir=SHARED))
OWN = f"{WORKER}_{os.getpid()}"
"""What tells this process' databases on the server from those of another run beside it."""
_NUMBERS = count()
SITE = Site(public_url="https://demokrativeckan.example", uid_domain="demokrativeckan.example")


def environment_for(database: str, folder: Path) -> dict[str, str]:
    """The whole environment of an application under test: nothing of this machine's own leaks in."""
    return {
        "DATABASE_URL": database,
        "PLANNER_INSTANCE": str(folder),
        "PUBLIC_URL": SITE.public_url,
        "UID_DOMAIN": SITE.uid_domain,
        "SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests",
        "JOBS": "outside",
    }


def new_database(kind: str, name: str, original: str = "") -> str:
    """The address of a new database: empty, or a copy of ``original``, the address of one of the same kind."""
    if kind == "sqlite":
        # Never a name twice: a browser's last request may still be opening the database of the test before.
        path = FOLDER / f"{name}-{next(_NUMBERS)}.db"
        if original:
            _copy_sqlite(original, path)
        return f"sqlite:///{path}"
    return _create(f"planner_{name}_{OWN}", original)


def drop_database(address: str) -> None:
    """Take a database away again."""
    url = sa.make_url(address)
    if url.get_backend_name() == "postgresql":
        _on_server(f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)')
    else:
        for ending in ("", "-wal", "-shm"):
            Path(f"{url.database}{ending}").unlink(missing_ok=True)


@cache
def original(kind: str) -> str:
    """The address of the run's database with every table in it and no row; only ever copied."""
    return _made_once(kind, "original", _migrate)


@dataclass(frozen=True)
class FirstStart:
    """What a first start leaves behind: a database with the demonstration week, a folder, and what was printed."""

    database: str
    folder: Path
    printed: str


@cache
def demonstration(kind: str) -> FirstStart:
    """The run's demonstration week, made by the command that people use; only ever copied."""
    folder = SHARED / f"demonstration-{kind}"
    printed = SHARED / f"demonstration-{kind}.txt"

    def prepare(address: str) -> None:
        folder.mkdir()
        app = create_app(environment_for(address, folder))
        result = app.test_cli_runner().invoke(args=["prepare"])
        with app.app_context():
            db.engine.dispose()
        if result.exit_code:
            pytest.fail(f"the demonstration week could not be made: {result.output}")
        printed.write_text(result.output, encoding="utf-8")

    return FirstStart(_made_once(kind, "demonstration", prepare), folder, printed.read_text(encoding="utf-8"))


@cache
def demonstration_application(kind: str) -> Flask:
    """This worker's application on a copy of the demonstration week."""
    first = demonstration(kind)
    folder = shutil.copytree(first.folder, FOLDER / f"week-{kind}")
    app = create_app(environment_for(new_database(kind, "week", first.database), folder))
    app.testing = True
    return app


@cache
def application(kind: str) -> Flask:
    """This worker's application on this kind of database, as production runs it but with TESTING set."""
    app = create_app(environment_for(new_database(kind, "shared", original(kind)), FOLDER))
    app.testing = True
    return app


def drop_all() -> None:
    """Leave nothing of this process' behind; of the run's, if it began here."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    names = [f"planner_{name}_{OWN}" for name in ("shared", "own", "week")]
    if BEGINS_THE_RUN:
        shutil.rmtree(SHARED, ignore_errors=True)
        names += [_shared_name(name) for name in ("original", "demonstration")]
    for name in names if SERVER else ():
        _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _made_once(kind: str, name: str, make: Callable[[str], None]) -> str:
    """The address of a database that the first worker to ask for it makes, while others who ask wait."""
    done = SHARED / f"{name}-{kind}.address"
    with (SHARED / f"{name}-{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            address = f"sqlite:///{SHARED / name}.db" if kind == "sqlite" else _create(_shared_name(name), "")
            make(address)
            done.write_text(address)
    return done.read_text()


def _migrate(address: str) -> None:
    app = create_app(environment_for(address, FOLDER))
    with app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            differences = compare_metadata(
                MigrationContext.configure(connection, opts={"include_name": is_of_the_models}), Base.metadata
            )
        db.engine.dispose()
    if differences:
        pytest.exit(f"the models say what no migration does, run `make migration`: {differences}", 3)


def _shared_name(name: str) -> str:
    return f"planner_{name}_{SHARED.name}"


def _create(name: str, original: str) -> str:
    template = sa.make_url(original).database if original else "template0"
    _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return sa.make_url(SERVER).set(database=name).render_as_string(hide_password=False)


def _copy_sqlite(original: str, path: Path) -> None:
    engine = sa.create_engine(original, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text("VACUUM INTO :path"), {"path": str(path)})
    engine.dispose()


def _on_server(*statements: str) -> None:
    server = sa.create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    server.dispose()

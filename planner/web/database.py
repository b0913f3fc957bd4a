"""The one database of the application: Flask-SQLAlchemy lends the engine and the session of a request."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from flask import Flask, g, request
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session, sessionmaker

from planner.core.clock import utc_now
from planner.core.db import Base, is_of_the_models, open_sqlite_safely, reading_only

PLANNER = Path(__file__).parents[1]

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
migrate = Migrate(
    directory=str(PLANNER.parent / "migrations"),
    render_as_batch=True,
    compare_type=True,
    include_name=is_of_the_models,
)


def init_app(app: Flask, carried: dict[str, Any]) -> sessionmaker[Session]:
    """Connect the application to its database; every session carries ``carried`` as its ``info``.

    A request that only reads never takes SQLite's write lock. Returns what opens sessions outside requests.
    """
    load_models()
    db.init_app(app)
    migrate.init_app(app, db)
    db.session.session_factory.configure(info=carried)
    with app.app_context():
        open_sqlite_safely(db.engine)
        outside = sessionmaker(bind=db.engine, expire_on_commit=False, info=carried)
    app.before_request(_begin_reading)
    app.teardown_request(_end_reading)
    return outside


def write_anew(outdated: Callable[[Session], Sequence[int]], write: Callable[..., None], *, at_a_time: int) -> int:
    """Find the ids of what is outdated, and write it anew and commit, portion by portion; returns how many there were.

    In portions, so that nobody who saves meanwhile waits for the whole programme.
    """
    session = db.session()
    with reading_only():
        ids = outdated(session)
        session.rollback()
    for start in range(0, len(ids), at_a_time):
        write(session, ids[start : start + at_a_time], now=utc_now())
        session.commit()
    return len(ids)


def load_models() -> None:
    """Import every ``models`` of every feature: a table counts only when it has been seen."""
    for module in walk_packages([str(PLANNER)], "planner."):
        if "models" in module.name.split("."):
            import_module(module.name)


def _begin_reading() -> None:
    g.database_mode = ExitStack()
    if request.method in ("GET", "HEAD", "OPTIONS"):
        g.database_mode.enter_context(reading_only())


def _end_reading(_error: BaseException | None) -> None:
    mode = g.pop("database_mode", None)
    if mode is not None:
        mode.close()

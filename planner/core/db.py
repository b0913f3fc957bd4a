"""The base of all tables, the column types that they share, and how SQLite is opened.

Models stand on our own plain ``DeclarativeBase``; Flask-SQLAlchemy lends the engine and the session of a request
(``planner.web.database``) and nothing else, so nothing below the views knows Flask.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.orm.state import InstanceState

from planner.core.idset import IdSet, unpacked

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(sa.types.TypeDecorator[datetime]):
    """An instant. Stored in UTC without zone, always read back with ``tzinfo=UTC``; a naive value is refused."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: every instant carries its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Ids(sa.types.TypeDecorator[IdSet]):
    """A set of ids, packed."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: IdSet | None, dialect: Dialect) -> bytes | None:
        return None if value is None else value.serialize()

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> IdSet | None:
        return None if value is None else unpacked(value)


def enum_type(choices: type[StrEnum], name: str) -> sa.Enum:
    """An enum stored by value as text, with a named check constraint ``ck_<table>_<name>``."""
    return sa.Enum(
        choices,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


primary_key = Annotated[int, mapped_column(primary_key=True)]
instant = Annotated[datetime, mapped_column(UTCDateTime())]


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = sa.MetaData(naming_convention=NAMING)


# Flask-SQLAlchemy 3.1 refuses a base with ``type_annotation_map`` in its body (style.md §7).
Base.registry.update_type_annotation_map({datetime: UTCDateTime(), dict[str, Any]: sa.JSON(), str: sa.Text()})


def name_what_states_remember() -> None:
    """Let SQLAlchemy's note on each row know the names of all its attributes before there is a first row.

    CPython 3.11 moves an object's attributes when a late name is set, and may collect garbage meanwhile. If the row
    itself is garbage, SQLAlchemy sets the same name on the same note, which is then moved twice and freed while in use:
    docs/decisions/0021. What the first object of a class has, none of its class is ever moved for.
    """
    first: InstanceState[Any] = InstanceState.__new__(InstanceState)
    for name in InstanceState.__annotations__:
        if name not in InstanceState.__slots__:
            setattr(first, name, None)


name_what_states_remember()

_reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def reading_only() -> Iterator[None]:
    """Promise that what runs inside only reads: SQLite then begins without taking the write lock."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def changing_tables(connection: Connection) -> Iterator[None]:
    """Let a migration make a table anew without losing the rows of others that belong to it.

    SQLite changes a table by copying it and dropping the old one, and to drop it deletes its rows: with foreign keys
    on, that takes every row that hangs on them along. They are off meanwhile, and looked through before they are on.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    # Outside of a transaction, where alone SQLite heeds it; SQLAlchemy would begin one.
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=off")
    try:
        yield
        lost = driver.execute("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise RuntimeError(f"rows that nothing holds any more: {lost[:5]}")
    finally:
        driver.execute("PRAGMA foreign_keys=on")


def is_of_the_models(name: str | None, kind: str, *_: Any) -> bool:
    """Whether the models answer for what is in the database: not for the indexes of words, other on SQLite than on
    PostgreSQL, which the migrations alone make, nor for the tables that SQLite keeps its own in."""
    own = {"table": "search_index", "index": "ix_search_text"}.get(kind)
    return own is None or not str(name).startswith(own)


def open_sqlite_safely(engine: Engine) -> None:
    """Give SQLite real transactions: WAL, foreign keys, a busy timeout, and the write lock taken at BEGIN.

    The driver's own handling begins a transaction only at the first write, which loses updates between a read and
    its write; see the SQLAlchemy documentation of pysqlite, "Serializable isolation / Savepoints".
    """
    if engine.dialect.name != "sqlite":
        return

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=wal", "synchronous=normal", "busy_timeout=5000", "foreign_keys=on"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")

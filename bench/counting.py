"""What a piece of work costs, counted rather than timed: statements, and calls of a function."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

OF_THE_TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@contextmanager
def statements_on(engine: Engine) -> Iterator[list[str]]:
    """Every statement that SQLite is given meanwhile, past SQLAlchemy too, without those that frame transactions."""
    given: list[str] = []

    def note(statement: str) -> None:
        if not statement.lstrip().upper().startswith(OF_THE_TRANSACTION):
            given.append(statement)

    def watch(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.set_trace_callback(note)

    sa.event.listen(engine, "checkout", watch)
    try:
        yield given
    finally:
        sa.event.remove(engine, "checkout", watch)


@contextmanager
def calls_of(**functions: Callable[..., Any]) -> Iterator[Counter[str]]:
    """How often each function is called meanwhile in this thread, by the name it is given here."""
    names: dict[CodeType, str] = {function.__code__: name for name, function in functions.items()}
    counted: Counter[str] = Counter(dict.fromkeys(functions, 0))

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code in names:
            counted[names[frame.f_code]] += 1

    sys.setprofile(note)
    try:
        yield counted
    finally:
        sys.setprofile(None)

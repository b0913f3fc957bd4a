"""Writing to the log. There is nothing else that one can do with it."""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from planner.audit.models import LogEntry


class LoggedActor(Protocol):
    """Who did it, as the log shows it."""

    @property
    def id(self) -> int | None: ...
    @property
    def name(self) -> str: ...


class LoggedThing(Protocol):
    """What it was done to: any row with an id."""

    id: Any


def log(
    session: Session,
    action: str,
    thing: LoggedThing,
    *,
    name: str,
    actor: LoggedActor,
    now: datetime,
    reason: str = "",
    **details: Any,
) -> LogEntry:
    """Write one line, in the transaction of what it tells of.

    ``action`` is verb and object in English (``publish_event``); ``name`` is what the thing was called then;
    ``details`` are plain JSON values.
    """
    session.flush()
    entry = LogEntry(
        at=now,
        actor_id=actor.id,
        actor_name=actor.name,
        action=action,
        subject_type=type(thing).__name__.lower(),
        subject_id=thing.id,
        subject_name=name[:200],
        reason=reason,
        details=details,
    )
    session.add(entry)
    return entry

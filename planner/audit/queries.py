"""Reading the log."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.audit.models import LogEntry


def history_of(session: Session, subject_type: str, subject_id: int) -> Sequence[LogEntry]:
    """Everything that happened to one thing, newest first. ``subject_type`` is the class name in lower case."""
    return session.scalars(
        sa.select(LogEntry)
        .where(LogEntry.subject_type == subject_type, LogEntry.subject_id == subject_id)
        .order_by(LogEntry.at.desc(), LogEntry.id.desc())
    ).all()

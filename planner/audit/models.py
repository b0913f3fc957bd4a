"""One table, written once and never changed; the migration also guards it with triggers."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Base, primary_key


class LogEntry(Base):
    """One thing that happened. Holds plain values, no foreign keys, so that it outlives what it tells of."""

    __tablename__ = "log_entry"
    __table_args__ = (sa.Index("ix_log_entry_subject", "subject_type", "subject_id", "at"),)

    id: Mapped[primary_key]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(sa.String(200))
    action: Mapped[str] = mapped_column(sa.String(60))
    subject_type: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int]
    subject_name: Mapped[str] = mapped_column(sa.String(200))
    reason: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

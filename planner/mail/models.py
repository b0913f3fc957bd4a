"""The outbox."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Base, primary_key


class Letter(Base):
    """One letter to one address, in plain text. Claimed with a lease while it is being sent.

    A letter with a ``key`` takes the place of an earlier one with the same key that has not left yet.
    """

    __tablename__ = "letter"
    __table_args__ = (sa.Index("ix_letter_due", "sent_at", "due_at"),)

    id: Mapped[primary_key]
    name: Mapped[str] = mapped_column(sa.String(60))
    key: Mapped[str] = mapped_column(sa.String(80), default="", index=True)
    to_address: Mapped[str] = mapped_column(sa.String(254))
    subject: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[str]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]

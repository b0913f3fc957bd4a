"""The programme that somebody has saved. Nothing in it says who, and nothing links it to an account."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Base, primary_key

NAME_LENGTH = 60


class Programme(Base):
    """A resident's own programme, found only by its token, of which a hash is stored.

    The address to share has a token of its own: its hash finds the programme, and the owner's page reads it again from
    ``share_sealed``, which only the programme's own token opens. ``revision`` rises, and ``changed_at`` with it by a
    second at least, at every change of what the programme's calendar shows.
    """

    __tablename__ = "programme"
    __table_args__ = (
        sa.CheckConstraint(f"length(name) <= {NAME_LENGTH}", name="name_length"),
        sa.CheckConstraint("(share_hash IS NULL) = (share_sealed = '')", name="shared_or_not"),
    )

    id: Mapped[primary_key]
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    share_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    share_sealed: Mapped[str] = mapped_column(sa.String(96), default="")
    name: Mapped[str] = mapped_column(sa.String(NAME_LENGTH), default="")
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(index=True)
    created_at: Mapped[datetime]

    @property
    def is_shared(self) -> bool:
        """Whether there is an address that only shows it."""
        return self.share_hash is not None


class SavedOccurrence(Base):
    """That a programme holds an occurrence, and since when. What it is, it tells itself, as it does to everybody."""

    __tablename__ = "saved_occurrence"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(
        sa.ForeignKey("occurrence.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    saved_at: Mapped[datetime]

"""The question whether a partner takes over as main organiser: a row while it is open, nothing once it is answered."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.core.db import Base, primary_key
from planner.events.models.hosting import Hosting

if TYPE_CHECKING:
    from planner.events.models.event import Event


class Ending(StrEnum):
    """Why a question falls without an answer."""

    CLOSED = "closed"
    STEPPED_OFF = "stepped_off"
    SUSPENDED = "suspended"


class Handover(Base):
    """An accepted partner that has been asked to become the main organiser; an event has at most one such question.

    It hangs on the partner's hosting: where there is none, there is no question. ``former_stays`` says whether the
    main organiser of today stays as co-organiser. ``is_on_behalf`` says that a coordinator asked in its place, so that
    what it thinks of the change is asked afterwards, not taken for granted.
    ``token_hash`` belongs to the letter's link: valid until ``token_expires_at``; the question itself stays open.
    """

    __tablename__ = "handover"
    __table_args__ = (
        sa.UniqueConstraint("event_id"),
        sa.ForeignKeyConstraint(
            ["event_id", "organisation_id"], ["hosting.event_id", "hosting.organisation_id"], ondelete="CASCADE"
        ),
        sa.CheckConstraint("(token_hash IS NULL) = (token_expires_at IS NULL)", name="link_expires"),
        sa.Index("ix_handover_organisation_id", "organisation_id"),
    )

    id: Mapped[primary_key]
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"))
    organisation_id: Mapped[int]
    former_stays: Mapped[bool]
    is_on_behalf: Mapped[bool] = mapped_column(default=False)
    message: Mapped[str] = mapped_column(sa.String(500), default="")
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]
    token_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    token_expires_at: Mapped[datetime | None]

    event: Mapped["Event"] = relationship(back_populates="handover", lazy="raise_on_sql")

    @property
    def hosting(self) -> Hosting:
        """The partner's part in the event. Needs the event with its hostings loaded."""
        return next(one for one in self.event.hostings if one.organisation_id == self.organisation_id)

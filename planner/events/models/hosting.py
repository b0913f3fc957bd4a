"""Joint means consented: an organisation asked to stand behind somebody else's event, and its answer."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.accounts.models import User
from planner.core.db import Base, enum_type, primary_key
from planner.events.models.vocabulary import HostingRole, HostingState
from planner.organisations.models import Organisation

if TYPE_CHECKING:
    from planner.events.models.event import Event


class Hosting(Base):
    """Event × organisation. One invited by e-mail has no organisation until somebody registers it from the letter.

    ``accepted_facts`` is what was said yes to (``planner.events.facts.material_facts``). The hosting needs to be
    confirmed again when the event's facts have come to differ; until the partner answers, its name stays.
    ``told_facts`` is what the latest letter about a change told.
    ``token_hash`` belongs to the letter's link: valid until ``token_expires_at``, dead when answered.
    """

    __tablename__ = "hosting"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "organisation_id"),
        sa.CheckConstraint("organisation_id IS NOT NULL OR invited_email <> ''", name="somebody_is_asked"),
        sa.CheckConstraint("state <> 'accepted' OR organisation_id IS NOT NULL", name="accepted_by_somebody"),
        sa.Index("ix_hosting_organisation_state", "organisation_id", "state"),
    )

    id: Mapped[primary_key]
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"))
    invited_email: Mapped[str] = mapped_column(sa.String(254), default="")
    invited_name: Mapped[str] = mapped_column(sa.String(160), default="")
    role: Mapped[HostingRole] = mapped_column(enum_type(HostingRole, "role"))
    state: Mapped[HostingState] = mapped_column(enum_type(HostingState, "state"), default=HostingState.ASKED)
    may_edit: Mapped[bool] = mapped_column(default=True)
    message: Mapped[str] = mapped_column(sa.String(500), default="")
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id", ondelete="SET NULL"))
    answered_by_letter: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime | None]
    accepted_facts: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    told_facts: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    needs_confirmation: Mapped[bool] = mapped_column(default=False)
    token_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    token_expires_at: Mapped[datetime | None]

    event: Mapped["Event"] = relationship(back_populates="hostings", lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    answered_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[answered_by_id])

    @property
    def name(self) -> str:
        """The organisation's name, or what the one invited by e-mail was called."""
        return self.organisation.name if self.organisation else self.invited_name

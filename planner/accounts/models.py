"""People and their ways in."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.core.db import Base, primary_key


class User(Base):
    """A person who can sign in. ``session_key`` is what a session holds: a new one signs out everywhere."""

    __tablename__ = "user_account"
    __table_args__ = (sa.CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[primary_key]
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    session_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    last_signed_in_at: Mapped[datetime | None]

    coordinator_roles: Mapped[list["CoordinatorRole"]] = relationship(
        back_populates="user", lazy="raise_on_sql", cascade="all, delete-orphan", foreign_keys="CoordinatorRole.user_id"
    )


class SignInLink(Base):
    """A one-time way in, sent by letter: 30 minutes, used once; only a hash of its token is stored."""

    __tablename__ = "sign_in_link"

    id: Mapped[primary_key]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    next_path: Mapped[str] = mapped_column(sa.String(500), default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="raise_on_sql")


class EmailConfirmation(Base):
    """A letter that proves that somebody reads an address: to open an account (no user yet), or to move one to it.

    Lives and dies as a sign-in link does: 30 minutes, used once, only a hash of its token stored.
    """

    __tablename__ = "email_confirmation"

    id: Mapped[primary_key]
    email: Mapped[str] = mapped_column(sa.String(254), index=True)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    next_path: Mapped[str] = mapped_column(sa.String(500), default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class CoordinatorRole(Base):
    """That a person coordinates the county (``kommun_code`` is empty) or one kommun."""

    __tablename__ = "coordinator_role"
    __table_args__ = (
        sa.UniqueConstraint("user_id", "kommun_code"),
        sa.Index(
            "uq_coordinator_role_county",
            "user_id",
            unique=True,
            sqlite_where=sa.text("kommun_code IS NULL"),
            postgresql_where=sa.text("kommun_code IS NULL"),
        ),
    )

    id: Mapped[primary_key]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    kommun_code: Mapped[str | None] = mapped_column(sa.String(4))
    since: Mapped[datetime]

    user: Mapped[User] = relationship(back_populates="coordinator_roles", lazy="raise_on_sql", foreign_keys=[user_id])

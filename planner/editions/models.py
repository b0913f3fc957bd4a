"""Editions, themes and criteria."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.core.db import Base, enum_type, primary_key
from planner.core.text import N_


class EditionState(StrEnum):
    """Where an edition stands. Its programme is public from published on."""

    PLANNED = "planned"
    OPEN = "open"
    PUBLISHED = "published"
    ARCHIVED = "archived"

    @property
    def label(self) -> str:
        return {
            EditionState.PLANNED: N_("Planeras"),
            EditionState.OPEN: N_("Öppen för anmälan av programpunkter"),
            EditionState.PUBLISHED: N_("Publicerad"),
            EditionState.ARCHIVED: N_("Arkiverad"),
        }[self]


class Theme(Base):
    """A theme with its own page and feed; shared by the editions that list it."""

    __tablename__ = "theme"

    id: Mapped[primary_key]
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    description: Mapped[str] = mapped_column(default="")


class Edition(Base):
    """One week. ``revision`` rises, and ``changed_at`` with it, at every change that the public can see.

    ``changed_at`` rises by at least one second at each revision, because HTTP dates are no finer (RFC 9110 8.8.2).
    ``next_number`` is the running number of the next event (DV27-0123). ``version`` rises when a coordinator states
    something anew. ``published_at`` is when its programme became public, unknown for one that was imported as an
    archive: what is in it by then is no news. ``counting`` says how the events feature keeps its programme counted
    (``planner.events.models.calendar``); 0 is not yet.
    """

    __tablename__ = "edition"
    __table_args__ = (sa.CheckConstraint("first_day <= last_day", name="days_in_order"),)

    id: Mapped[primary_key]
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120), unique=True)
    year: Mapped[int]
    county: Mapped[str] = mapped_column(sa.String(60), default="Värmlands län")
    first_day: Mapped[date]
    last_day: Mapped[date]
    time_zone: Mapped[str] = mapped_column(sa.String(40), default="Europe/Stockholm")
    state: Mapped[EditionState] = mapped_column(enum_type(EditionState, "state"), index=True)
    intro: Mapped[str] = mapped_column(default="")
    terms: Mapped[str] = mapped_column(default="")
    submit_by: Mapped[date | None]
    print_by: Mapped[date | None]
    verified_may_publish: Mapped[bool] = mapped_column(default=False)
    contact_email: Mapped[str] = mapped_column(sa.String(254), default="")
    number_prefix: Mapped[str] = mapped_column(sa.String(12), unique=True)
    next_number: Mapped[int] = mapped_column(default=1)
    published_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    counting: Mapped[int] = mapped_column(default=0)

    themes: Mapped[list["EditionTheme"]] = relationship(
        lazy="raise_on_sql", order_by="EditionTheme.position", cascade="all, delete-orphan"
    )
    criteria: Mapped[list["Criterion"]] = relationship(
        back_populates="edition", lazy="raise_on_sql", order_by="Criterion.position", cascade="all, delete-orphan"
    )

    @property
    def is_public(self) -> bool:
        return self.state in (EditionState.PUBLISHED, EditionState.ARCHIVED)


class EditionTheme(Base):
    """That an edition offers a theme, at a place in its list."""

    __tablename__ = "edition_theme"

    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(sa.ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)

    theme: Mapped[Theme] = relationship(lazy="joined", innerjoin=True)


class Criterion(Base):
    """One published rule that a programme item is reviewed by."""

    __tablename__ = "criterion"
    __table_args__ = (sa.UniqueConstraint("edition_id", "code"),)

    id: Mapped[primary_key]
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(sa.String(40))
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(sa.String(120))
    text: Mapped[str] = mapped_column(default="")

    edition: Mapped[Edition] = relationship(back_populates="criteria", lazy="raise_on_sql")

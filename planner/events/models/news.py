"""What has changed in the programme, as the public saw it before and sees it now."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.core.db import Base, enum_type, primary_key
from planner.core.text import N_
from planner.events.models.event import Event
from planner.events.models.occurrence import Occurrence


class NewsKind(StrEnum):
    """What has become of an occurrence, weightiest first: the first that is true names the news."""

    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    REINSTATED = "reinstated"
    MOVED_ONLINE = "moved_online"
    MOVED = "moved"
    NEW_PLACE = "new_place"
    BACK = "back"
    NEW = "new"
    ADDED = "added"
    PRELIMINARY = "preliminary"
    SETTLED = "settled"
    RETITLED = "retitled"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        return {
            NewsKind.CANCELLED: N_("Inställt"),
            NewsKind.POSTPONED: N_("Uppskjutet"),
            NewsKind.REINSTATED: N_("Blir av igen"),
            NewsKind.MOVED_ONLINE: N_("Flyttat till digitalt"),
            NewsKind.MOVED: N_("Ny tid"),
            NewsKind.NEW_PLACE: N_("Ny plats"),
            NewsKind.BACK: N_("Tillbaka i programmet"),
            NewsKind.NEW: N_("Ny programpunkt"),
            NewsKind.ADDED: N_("Nytt tillfälle"),
            NewsKind.PRELIMINARY: N_("Preliminärt"),
            NewsKind.SETTLED: N_("Inte längre preliminärt"),
            NewsKind.RETITLED: N_("Ny rubrik"),
            NewsKind.UNDONE: N_("Som förut"),
        }[self]

    @property
    def enters(self) -> bool:
        """Whether the public had not seen the occurrence, or had seen it vanish."""
        return self in (NewsKind.BACK, NewsKind.NEW, NewsKind.ADDED)

    @property
    def weight(self) -> int:
        """Its place in the order, weightiest 0."""
        return list(NewsKind).index(self)


class NewsItem(Base):
    """What became of one event at one time. ``day`` is the edition's local day of ``at``.

    What is corrected a little later is the same item with a later ``at``, so that a slip of the hand reads as one.
    """

    __tablename__ = "news_item"
    __table_args__ = (sa.Index("ix_news_item_latest", "edition_id", "at", "id"),)

    id: Mapped[primary_key]
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"))
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    day: Mapped[date]

    event: Mapped[Event] = relationship(lazy="raise_on_sql")
    lines: Mapped[list["NewsLine"]] = relationship(
        back_populates="item", lazy="raise_on_sql", cascade="all, delete-orphan", order_by="NewsLine.id"
    )


class NewsLine(Base):
    """What became of one occurrence: its facts as they were (none of a new one) and are (``planner.events.news``).

    The columns hold the days and the places that were, so that it is found by what it is no longer too: whoever follows
    a kommun wants to hear of what has left it.
    """

    __tablename__ = "news_line"
    __table_args__ = (sa.UniqueConstraint("item_id", "occurrence_id"),)

    id: Mapped[primary_key]
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("news_item.id", ondelete="CASCADE"))
    occurrence_id: Mapped[int] = mapped_column(sa.ForeignKey("occurrence.id", ondelete="CASCADE"), index=True)
    kind: Mapped[NewsKind] = mapped_column(enum_type(NewsKind, "kind"))
    before: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    after: Mapped[dict[str, Any]]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venue.id"))
    digital_place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venue.id"))

    item: Mapped[NewsItem] = relationship(back_populates="lines", lazy="raise_on_sql")
    occurrence: Mapped[Occurrence] = relationship(lazy="raise_on_sql")

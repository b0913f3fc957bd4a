"""The public programme as the calendar's filters see it, kept so that no page has to go through all of it."""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Base, Ids
from planner.core.idset import IdSet

COUNTING = 3
"""What is kept of an edition's programme (``Edition.counting``): higher when a filter is added or means something else.

Until an edition is kept as this says, its answers are found without: slower, never wrong.
"""

KEPT_KEYS = ("dag", "form", "kommun", "arrangor", "tema", "malgrupp", "sprak", "plats", "behov")
"""The filters whose values are kept; by any other, everything is looked through."""

WHEN = "tid"
"""Under which the programme is kept by when it is, though nobody filters by it: its value here is when it ends."""

CALLED_OFF = "installt"
"""Under which, and no value, everything stands that does not take place."""

BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
"""Stands where nobody stated a time: before all that have one, on both databases."""


class CalendarValue(Base):
    """That a public occurrence is found under a value of a filter; under "" and "" each one is.

    In the order of the calendar, so that a page of a list is read off and nothing sorted: ``starts_at`` is
    ``BEGINNING`` where nobody stated a time. Whether the edition is public is asked when it is read.
    """

    __tablename__ = "calendar_value"
    __table_args__ = (
        sa.Index("ix_calendar_value_in_order", "edition_id", "key", "value", "first_day", "starts_at", "occurrence_id"),
        {"sqlite_with_rowid": False},
    )

    occurrence_id: Mapped[int] = mapped_column(sa.ForeignKey("occurrence.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    value: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"))
    first_day: Mapped[date]
    starts_at: Mapped[datetime]


class CalendarShelf(Base):
    """What stands under a value of a filter at once: the ids of the occurrences, and how many they are.

    Any filters on top of each other are intersections and unions of such sets. Of ``WHEN`` each value is a ``Slot``
    (``queries.slots``). An empty one has no row.
    """

    __tablename__ = "calendar_shelf"

    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    value: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    number: Mapped[int]
    members: Mapped[IdSet] = mapped_column(Ids())

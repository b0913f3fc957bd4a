"""The occurrence: the row that lasts, with what is known of its time and its places."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.core.db import Base, enum_type, primary_key
from planner.events.models.vocabulary import Captions, Form, OccurrenceState, Permit, TimeKind
from planner.venues.models import Venue

if TYPE_CHECKING:
    from planner.events.models.event import Event


class Occurrence(Base):
    """One time and place of an event. Its identity, UID and address stay the same however often it moves.

    ``first_day`` and ``last_day`` are local days and always known; ``starts_at`` and ``ends_at`` only as ``time_kind``
    says. ``is_open_ended`` means that nobody stated the last day and ``last_day`` is the edition's. ``time_note`` holds
    opening hours, how to book, or what else was said of the time, in words.

    ``component`` is the rendered iCalendar VEVENT (UTF-8, CRLF), made when the occurrence changes and never when it is
    fetched; ``component_changed_at`` is its LAST-MODIFIED, ``sequence`` its SEQUENCE, and ``schedule_print`` a
    fingerprint of what SEQUENCE counts (RFC 5545 3.8.7.4): when and where it is and whether it takes place.

    ``seen_facts`` are what the public saw of it last (``planner.events.news.facts_to_see``); none before its first
    time. What it sees otherwise than before becomes news. Loaded only where that is told.
    """

    __tablename__ = "occurrence"
    __table_args__ = (
        sa.CheckConstraint("first_day <= last_day", name="days_in_order"),
        sa.CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="ends_after_start"),
        sa.CheckConstraint(
            "(time_kind = 'start_and_end' AND starts_at IS NOT NULL AND ends_at IS NOT NULL)"
            " OR (time_kind = 'start_only' AND starts_at IS NOT NULL AND ends_at IS NULL)"
            " OR (time_kind NOT IN ('start_and_end', 'start_only') AND starts_at IS NULL AND ends_at IS NULL)",
            name="time_as_its_kind_says",
        ),
        sa.CheckConstraint("sequence >= 0", name="sequence_not_negative"),
        sa.CheckConstraint("capacity_onsite IS NULL OR capacity_onsite > 0", name="capacity_onsite_positive"),
        sa.CheckConstraint("capacity_online IS NULL OR capacity_online > 0", name="capacity_online_positive"),
        sa.Index("ix_occurrence_programme", "edition_id", "first_day", "starts_at", "id"),
        sa.Index("ix_occurrence_place_edition", "place_id", "edition_id"),
        sa.Index("ix_occurrence_digital_place_edition", "digital_place_id", "edition_id"),
    )

    id: Mapped[primary_key]
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"))
    uid: Mapped[str] = mapped_column(sa.String(200), unique=True)
    label: Mapped[str] = mapped_column(sa.String(120), default="")

    time_kind: Mapped[TimeKind] = mapped_column(enum_type(TimeKind, "time_kind"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    time_note: Mapped[str] = mapped_column(sa.String(300), default="")
    is_open_ended: Mapped[bool] = mapped_column(default=False)
    is_preliminary: Mapped[bool] = mapped_column(default=False)

    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venue.id"))
    digital_place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venue.id"))
    reserve_place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venue.id"), index=True)
    reserve_note: Mapped[str] = mapped_column(sa.String(160), default="")
    room: Mapped[str] = mapped_column(sa.String(120), default="")
    has_no_audience_on_site: Mapped[bool] = mapped_column(default=False)
    capacity_onsite: Mapped[int | None]
    capacity_online: Mapped[int | None]
    capacity_note: Mapped[str] = mapped_column(sa.String(160), default="")
    permit: Mapped[Permit | None] = mapped_column(enum_type(Permit, "permit"))
    permit_number: Mapped[str] = mapped_column(sa.String(60), default="")

    state: Mapped[OccurrenceState] = mapped_column(
        enum_type(OccurrenceState, "state"), default=OccurrenceState.SCHEDULED
    )
    state_note: Mapped[str] = mapped_column(sa.String(300), default="")
    recording_url: Mapped[str] = mapped_column(sa.String(500), default="")
    recording_until: Mapped[date | None]
    captions: Mapped[Captions | None] = mapped_column(enum_type(Captions, "captions"))

    sequence: Mapped[int] = mapped_column(default=0)
    schedule_print: Mapped[str] = mapped_column(sa.String(64), default="")
    component: Mapped[str] = mapped_column(default="")
    component_changed_at: Mapped[datetime | None]
    seen_facts: Mapped[dict[str, Any] | None] = mapped_column(
        sa.JSON(none_as_null=True), deferred=True, deferred_raiseload=True
    )
    created_at: Mapped[datetime]

    event: Mapped["Event"] = relationship(back_populates="occurrences", lazy="raise_on_sql")
    place: Mapped[Venue | None] = relationship(lazy="raise_on_sql", foreign_keys=[place_id])
    digital_place: Mapped[Venue | None] = relationship(lazy="raise_on_sql", foreign_keys=[digital_place_id])
    reserve_place: Mapped[Venue | None] = relationship(lazy="raise_on_sql", foreign_keys=[reserve_place_id])
    previous_times: Mapped[list["PreviousTime"]] = relationship(
        back_populates="occurrence", lazy="raise_on_sql", cascade="all, delete-orphan", order_by="PreviousTime.id"
    )

    @property
    def form(self) -> Form:
        """Derived from the places, so that it cannot contradict them."""
        match (self.place_id is not None, self.digital_place_id is not None):
            case (True, True):
                return Form.HYBRID
            case (True, False):
                return Form.ONSITE
            case (False, True):
                return Form.ONLINE
            case _:
                return Form.UNKNOWN

    @property
    def is_all_day(self) -> bool:
        """Whether calendars show it as whole days."""
        return not self.time_kind.has_clock_time


class PreviousTime(Base):
    """What an occurrence's time and places were before a move: a snapshot in plain values, kept for ever.

    ``facts`` has the keys of ``planner.events.facts.occurrence_facts``.
    """

    __tablename__ = "previous_time"

    id: Mapped[primary_key]
    occurrence_id: Mapped[int] = mapped_column(sa.ForeignKey("occurrence.id", ondelete="CASCADE"), index=True)
    replaced_at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]

    occurrence: Mapped[Occurrence] = relationship(back_populates="previous_times", lazy="raise_on_sql")

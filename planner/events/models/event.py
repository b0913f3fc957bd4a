"""The event: what it is, who answers for it, where it stands in the workflow."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.accounts.models import User
from planner.core.db import Base, enum_type, primary_key
from planner.editions.models import Criterion, Edition, Theme
from planner.events.models.vocabulary import (
    ActivityKind,
    Audience,
    EventStatus,
    LanguageUse,
    SignUp,
    Visibility,
)
from planner.organisations.models import Organisation
from planner.venues.models import Answer, Feature

if TYPE_CHECKING:
    from planner.events.models.handover import Handover
    from planner.events.models.hosting import Hosting
    from planner.events.models.occurrence import Occurrence

TITLE_LENGTH = 100
SUMMARY_LENGTH = 300
DESCRIPTION_LENGTH = 4_000


class Event(Base):
    """A programme item. ``version`` rises at each save and is what two people editing at once are told apart by.

    ``number`` ("DV27-0123") and every ``slug`` it ever had are stable for ever. ``description_html`` is the sanitised
    rendering of the Markdown in ``description``. ``is_countywide`` says that it concerns the whole county.
    ``changed_after_review_at`` is when a published event last changed materially without a coordinator's eyes on it.
    ``stranded_at`` is when a draft ceased to be its organiser's, because the claim that it was begun under ended: since
    then it is there for whoever began it alone (``rules.stranded``).
    """

    __tablename__ = "event"
    __table_args__ = (
        sa.CheckConstraint(f"length(title) BETWEEN 1 AND {TITLE_LENGTH}", name="title_length"),
        sa.CheckConstraint(f"length(summary) <= {SUMMARY_LENGTH}", name="summary_length"),
        sa.CheckConstraint(f"length(description) <= {DESCRIPTION_LENGTH}", name="description_length"),
        sa.CheckConstraint("age_from IS NULL OR age_to IS NULL OR age_from <= age_to", name="ages_in_order"),
        sa.CheckConstraint("stranded_at IS NULL OR status = 'draft'", name="stranded_as_draft"),
        sa.CheckConstraint("part_of_id IS NULL OR part_of_id <> id", name="not_part_of_itself"),
        sa.Index("ix_event_edition_status", "edition_id", "status"),
        sa.Index("ix_event_organiser_edition", "organiser_id", "edition_id"),
    )

    id: Mapped[primary_key]
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"))
    organiser_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id"))
    number: Mapped[str] = mapped_column(sa.String(24), unique=True)
    slug: Mapped[str] = mapped_column(sa.String(120), unique=True)
    external_id: Mapped[str | None] = mapped_column(sa.String(200), unique=True)

    title: Mapped[str] = mapped_column(sa.String(TITLE_LENGTH))
    summary: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    description_html: Mapped[str] = mapped_column(default="")
    activity: Mapped[ActivityKind] = mapped_column(enum_type(ActivityKind, "activity"), default=ActivityKind.OTHER)
    age_from: Mapped[int | None]
    age_to: Mapped[int | None]
    is_free: Mapped[bool | None]
    price: Mapped[str] = mapped_column(sa.String(120), default="")
    accessibility_note: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(sa.String(120), default="")
    contact_email: Mapped[str] = mapped_column(sa.String(254), default="")
    contact_phone: Mapped[str] = mapped_column(sa.String(30), default="")
    sign_up: Mapped[SignUp] = mapped_column(enum_type(SignUp, "sign_up"), default=SignUp.UNSTATED)
    sign_up_url: Mapped[str] = mapped_column(sa.String(500), default="")
    sign_up_note: Mapped[str] = mapped_column(sa.String(300), default="")
    sign_up_by: Mapped[date | None]
    visibility: Mapped[Visibility] = mapped_column(enum_type(Visibility, "visibility"), default=Visibility.PUBLIC)
    is_countywide: Mapped[bool] = mapped_column(default=False)
    part_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id"), index=True)
    series: Mapped[str] = mapped_column(sa.String(120), default="")
    image_file: Mapped[str] = mapped_column(sa.String(120), default="")
    image_alt: Mapped[str] = mapped_column(sa.String(250), default="")
    image_credit: Mapped[str] = mapped_column(sa.String(160), default="")
    source_note: Mapped[str] = mapped_column(default="")

    status: Mapped[EventStatus] = mapped_column(enum_type(EventStatus, "status"), default=EventStatus.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id", ondelete="SET NULL"))
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decision_criterion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("criterion.id"))
    decision_reason: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    changed_after_review_at: Mapped[datetime | None]
    stranded_at: Mapped[datetime | None] = mapped_column(index=True)

    edition: Mapped[Edition] = relationship(lazy="raise_on_sql")
    organiser: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    saved_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[saved_by_id])
    decision_criterion: Mapped[Criterion | None] = relationship(lazy="raise_on_sql")
    part_of: Mapped["Event | None"] = relationship(lazy="raise_on_sql", remote_side="Event.id")
    occurrences: Mapped[list["Occurrence"]] = relationship(
        back_populates="event",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="Occurrence.first_day, Occurrence.starts_at, Occurrence.id",
    )
    hostings: Mapped[list["Hosting"]] = relationship(
        back_populates="event", lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Hosting.id"
    )
    handover: Mapped["Handover | None"] = relationship(
        back_populates="event", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    themes: Mapped[list[Theme]] = relationship(secondary="event_theme", lazy="raise_on_sql", order_by=Theme.name)
    audiences: Mapped[list["EventAudience"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="EventAudience.audience"
    )
    languages: Mapped[list["EventLanguage"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="EventLanguage.use, EventLanguage.code"
    )
    kommuner: Mapped[list["EventKommun"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="EventKommun.kommun_code"
    )
    features: Mapped[list["EventFeature"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="EventFeature.feature"
    )
    texts: Mapped[list["EventText"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="EventText.language"
    )

    def text_in(self, language: str) -> "EventText | None":
        """What is written in another language, if anything is. Needs the texts in that language loaded."""
        return next((text for text in self.texts if text.language == language), None)


class EventSlug(Base):
    """An address that an event once had: it leads to the event for ever."""

    __tablename__ = "event_slug"

    slug: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), index=True)


class EventTheme(Base):
    """That an event belongs to a theme."""

    __tablename__ = "event_theme"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(sa.ForeignKey("theme.id"), primary_key=True, index=True)


class EventAudience(Base):
    """That an event is for an audience."""

    __tablename__ = "event_audience"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    audience: Mapped[Audience] = mapped_column(enum_type(Audience, "audience"), primary_key=True, index=True)


class EventLanguage(Base):
    """That a language (BCP 47) is spoken at an event, or interpreted to."""

    __tablename__ = "event_language"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), primary_key=True, index=True)
    use: Mapped[LanguageUse] = mapped_column(enum_type(LanguageUse, "use"), primary_key=True)


class EventKommun(Base):
    """That an event concerns a kommun beyond where its places lie; what a digital event is found by."""

    __tablename__ = "event_kommun"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    kommun_code: Mapped[str] = mapped_column(sa.String(4), primary_key=True, index=True)


class EventFeature(Base):
    """What an event offers so that more people can take part: yes, no, or not known."""

    __tablename__ = "event_feature"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    feature: Mapped[Feature] = mapped_column(enum_type(Feature, "feature"), primary_key=True)
    answer: Mapped[Answer] = mapped_column(enum_type(Answer, "answer"))


class EventText(Base):
    """An event's texts in another language (BCP 47, or ``sv-lattlast``); an empty field falls back to Swedish."""

    __tablename__ = "event_text"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(TITLE_LENGTH), default="")
    summary: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    description_html: Mapped[str] = mapped_column(default="")

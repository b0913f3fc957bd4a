"""Places and what is known of their accessibility."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.core.db import Base, enum_type, primary_key
from planner.core.text import N_
from planner.organisations.models import Organisation


class VenueKind(StrEnum):
    """Whether a place is entered by a door or by a link."""

    PHYSICAL = "physical"
    DIGITAL = "digital"

    @property
    def label(self) -> str:
        return {VenueKind.PHYSICAL: N_("Plats"), VenueKind.DIGITAL: N_("Digital mötesplats")}[self]


class Answer(StrEnum):
    """A fact that may be unknown; "vet inte" is shown, never hidden (diskrimineringslagen 2008:567)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {Answer.YES: N_("Ja"), Answer.NO: N_("Nej"), Answer.UNKNOWN: N_("Vet inte")}[self]


class Feature(StrEnum):
    """What a place or an event can offer so that more people can take part (domain.md A-11)."""

    STEP_FREE = "step_free"
    LIFT = "lift"
    ACCESSIBLE_WC = "accessible_wc"
    HEARING_LOOP = "hearing_loop"
    MICROPHONE = "microphone"
    ACCESSIBLE_PARKING = "accessible_parking"
    QUIET_ROOM = "quiet_room"
    ASSISTANCE_DOG = "assistance_dog"
    SIGN_LANGUAGE = "sign_language"
    SPEECH_TO_TEXT = "speech_to_text"
    AUDIO_DESCRIPTION = "audio_description"
    CAPTIONS = "captions"
    EASY_READ = "easy_read"
    COMPANION = "companion"

    @property
    def label(self) -> str:
        return _FEATURE_LABELS[self]


_FEATURE_LABELS = {
    Feature.STEP_FREE: N_("Stegfri entré eller ramp"),
    Feature.LIFT: N_("Hiss"),
    Feature.ACCESSIBLE_WC: N_("Tillgänglig toalett (RWC)"),
    Feature.HEARING_LOOP: N_("Hörslinga"),
    Feature.MICROPHONE: N_("Mikrofon"),
    Feature.ACCESSIBLE_PARKING: N_("Parkering för rörelsehindrade"),
    Feature.QUIET_ROOM: N_("Lugnt rum"),
    Feature.ASSISTANCE_DOG: N_("Assistanshund välkommen"),
    Feature.SIGN_LANGUAGE: N_("Teckenspråkstolkning"),
    Feature.SPEECH_TO_TEXT: N_("Skrivtolkning"),
    Feature.AUDIO_DESCRIPTION: N_("Syntolkning"),
    Feature.CAPTIONS: N_("Textad sändning"),
    Feature.EASY_READ: N_("Lättläst material"),
    Feature.COMPANION: N_("Ledsagning"),
}

PLACE_FEATURES = (
    Feature.STEP_FREE,
    Feature.LIFT,
    Feature.ACCESSIBLE_WC,
    Feature.HEARING_LOOP,
    Feature.MICROPHONE,
    Feature.ACCESSIBLE_PARKING,
    Feature.QUIET_ROOM,
    Feature.ASSISTANCE_DOG,
)
DIGITAL_FEATURES = (Feature.CAPTIONS, Feature.SPEECH_TO_TEXT)
EVENT_FEATURES = (
    Feature.SIGN_LANGUAGE,
    Feature.SPEECH_TO_TEXT,
    Feature.AUDIO_DESCRIPTION,
    Feature.CAPTIONS,
    Feature.EASY_READ,
    Feature.COMPANION,
)


class LinkAudience(StrEnum):
    """Who may see the address of a digital place. One for registered people is in no public representation."""

    PUBLIC = "public"
    REGISTERED = "registered"

    @property
    def label(self) -> str:
        return {LinkAudience.PUBLIC: N_("Alla"), LinkAudience.REGISTERED: N_("Bara anmälda")}[self]


class Venue(Base):
    """A place. ``is_placeholder`` marks one whose exact whereabouts nobody stated ("flera orter, ej angivna").

    ``merged_into_id`` leads on to the row that this one was merged with. ``is_private`` keeps the place to its owner.
    """

    __tablename__ = "venue"
    __table_args__ = (
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),
        sa.CheckConstraint("latitude IS NULL OR (latitude BETWEEN -90 AND 90)", name="latitude"),
        sa.CheckConstraint("longitude IS NULL OR (longitude BETWEEN -180 AND 180)", name="longitude"),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="whole_point"),
        sa.CheckConstraint("kind <> 'digital' OR (latitude IS NULL AND street = '')", name="digital_has_no_address"),
        sa.CheckConstraint("kind <> 'physical' OR join_url = ''", name="physical_has_no_link"),
        sa.CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_merged_into_itself"),
    )

    id: Mapped[primary_key]
    slug: Mapped[str] = mapped_column(sa.String(120), unique=True)
    kind: Mapped[VenueKind] = mapped_column(enum_type(VenueKind, "kind"), index=True)
    name: Mapped[str] = mapped_column(sa.String(160))
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id", ondelete="SET NULL"), index=True)
    is_private: Mapped[bool] = mapped_column(default=False)
    is_placeholder: Mapped[bool] = mapped_column(default=False)
    kommun_code: Mapped[str | None] = mapped_column(sa.String(4), index=True)
    street: Mapped[str] = mapped_column(sa.String(160), default="")
    postcode: Mapped[str] = mapped_column(sa.String(5), default="")
    town: Mapped[str] = mapped_column(sa.String(80), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    capacity: Mapped[int | None]
    rooms: Mapped[str] = mapped_column(default="")
    directions: Mapped[str] = mapped_column(default="")
    is_outdoors: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[str] = mapped_column(sa.String(200), default="")
    platform: Mapped[str] = mapped_column(sa.String(80), default="")
    join_url: Mapped[str] = mapped_column(sa.String(500), default="")
    dial_in: Mapped[str] = mapped_column(sa.String(120), default="")
    link_audience: Mapped[LinkAudience] = mapped_column(
        enum_type(LinkAudience, "link_audience"), default=LinkAudience.PUBLIC
    )
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venue.id"), index=True)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    owner: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    facts: Mapped[list["VenueFact"]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    @property
    def address(self) -> str:
        """Street, postcode and town on one line, without what is not known: "Kyrkogatan 41, 671 31 Arvika"."""
        postcode = f"{self.postcode[:3]} {self.postcode[3:]}" if self.postcode else ""
        return ", ".join(part for part in (self.street, f"{postcode} {self.town}".strip()) if part)

    @property
    def public_join_url(self) -> str:
        """The address that anybody may see, or nothing."""
        return self.join_url if self.link_audience is LinkAudience.PUBLIC else ""


class VenueFact(Base):
    """One accessibility fact of a place: the answer, when it was checked and by whom."""

    __tablename__ = "venue_fact"

    venue_id: Mapped[int] = mapped_column(sa.ForeignKey("venue.id", ondelete="CASCADE"), primary_key=True)
    feature: Mapped[Feature] = mapped_column(enum_type(Feature, "feature"), primary_key=True)
    answer: Mapped[Answer] = mapped_column(enum_type(Answer, "answer"))
    note: Mapped[str] = mapped_column(sa.String(200), default="")
    checked_on: Mapped[date | None]
    checked_by: Mapped[str] = mapped_column(sa.String(160), default="")

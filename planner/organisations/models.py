"""Organisations, memberships and invitations to them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from planner.accounts.models import User
from planner.core.db import Base, enum_type, primary_key
from planner.core.text import N_


class OrganisationKind(StrEnum):
    """What an organisation is."""

    KOMMUN = "kommun"
    REGION = "region"
    STATE_AGENCY = "state_agency"
    ASSOCIATION = "association"
    STUDY_ASSOCIATION = "study_association"
    LIBRARY = "library"
    SCHOOL = "school"
    UNIVERSITY = "university"
    FAITH_COMMUNITY = "faith_community"
    PARTY = "party"
    COMPANY = "company"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_KIND_LABELS = {
    OrganisationKind.KOMMUN: N_("Kommun"),
    OrganisationKind.REGION: N_("Region"),
    OrganisationKind.STATE_AGENCY: N_("Statlig myndighet"),
    OrganisationKind.ASSOCIATION: N_("Förening"),
    OrganisationKind.STUDY_ASSOCIATION: N_("Studieförbund"),
    OrganisationKind.LIBRARY: N_("Bibliotek"),
    OrganisationKind.SCHOOL: N_("Skola"),
    OrganisationKind.UNIVERSITY: N_("Lärosäte"),
    OrganisationKind.FAITH_COMMUNITY: N_("Trossamfund"),
    OrganisationKind.PARTY: N_("Parti"),
    OrganisationKind.COMPANY: N_("Företag"),
    OrganisationKind.OTHER: N_("Annan"),
}


class Standing(StrEnum):
    """How far the register trusts an organisation. Only a verified one can appear with events in public."""

    UNCLAIMED = "unclaimed"
    PENDING = "pending"
    VERIFIED = "verified"
    REFUSED = "refused"
    SUSPENDED = "suspended"

    @property
    def label(self) -> str:
        return _STANDING_LABELS[self]


_STANDING_LABELS = {
    Standing.UNCLAIMED: N_("I registret, ännu utan egna konton"),
    Standing.PENDING: N_("Väntar på att verifieras"),
    Standing.VERIFIED: N_("Verifierad"),
    Standing.REFUSED: N_("Inte verifierad"),
    Standing.SUSPENDED: N_("Avstängd"),
}


class MemberRole(StrEnum):
    """What a member may do: an editor works with events, an administrator also with the organisation itself."""

    EDITOR = "editor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return {MemberRole.EDITOR: N_("Redaktör"), MemberRole.ADMINISTRATOR: N_("Administratör")}[self]


def name_key(name: str) -> str:
    """What two names share when they differ only in case and spaces."""
    return " ".join(name.casefold().split())


class Organisation(Base):
    """A kommun, authority, association … that can host events. ``name`` is the official form, never built by rule.

    ``name_key`` follows the name and lets no two be the same but for case and spaces.

    When somebody says that an organisation of the register is theirs, it stays what it is for everybody else, and that
    person becomes no member of it. Until a coordinator has checked it, ``claimed_by_id`` says who, and ``claim`` holds
    what they want to show: about, website, public_email, public_phone, and the ``invitation`` that led them here.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        sa.CheckConstraint("(claim IS NULL) = (claimed_by_id IS NULL)", name="claimed_by_somebody"),
        sa.CheckConstraint("claim IS NULL OR standing = 'unclaimed'", name="claimed_once"),
    )

    id: Mapped[primary_key]
    slug: Mapped[str] = mapped_column(sa.String(100), unique=True)
    name: Mapped[str] = mapped_column(sa.String(160), unique=True)
    name_key: Mapped[str] = mapped_column(sa.String(320), unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(enum_type(OrganisationKind, "kind"))
    kommun_code: Mapped[str | None] = mapped_column(sa.String(4), index=True)
    about: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(sa.String(300), default="")
    public_email: Mapped[str] = mapped_column(sa.String(254), default="")
    public_phone: Mapped[str] = mapped_column(sa.String(30), default="")
    responsible_name: Mapped[str] = mapped_column(sa.String(120), default="")
    terms_accepted_at: Mapped[datetime | None]
    standing: Mapped[Standing] = mapped_column(enum_type(Standing, "standing"), index=True)
    standing_reason: Mapped[str] = mapped_column(default="")
    standing_set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id", ondelete="SET NULL"))
    standing_set_at: Mapped[datetime | None]
    claim: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    claimed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="organisation", lazy="raise_on_sql", cascade="all, delete-orphan"
    )

    @validates("name")
    def _keep_name_key(self, _key: str, name: str) -> str:
        self.name_key = name_key(name)
        return name

    @property
    def is_verified(self) -> bool:
        return self.standing is Standing.VERIFIED

    @property
    def is_claim(self) -> bool:
        """Whether somebody says that this organisation of the register is theirs and nobody has checked it yet."""
        return self.claim is not None

    @property
    def standing_within(self) -> Standing:
        """Its standing as those see it who work with it: a claimed one waits, though for the public nothing changed."""
        return Standing.PENDING if self.is_claim else self.standing


class OrganisationSlug(Base):
    """An address that an organisation once had: it leads to the organisation for ever."""

    __tablename__ = "organisation_slug"

    slug: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)


class Membership(Base):
    """That a person works for an organisation."""

    __tablename__ = "membership"
    __table_args__ = (sa.UniqueConstraint("user_id", "organisation_id"),)

    id: Mapped[primary_key]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    role: Mapped[MemberRole] = mapped_column(enum_type(MemberRole, "role"))
    since: Mapped[datetime]

    user: Mapped[User] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships", lazy="raise_on_sql")


class MemberInvitation(Base):
    """A letter that invites somebody to become a member; only a hash of its token is stored."""

    __tablename__ = "member_invitation"

    id: Mapped[primary_key]
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(sa.String(254))
    role: Mapped[MemberRole] = mapped_column(enum_type(MemberRole, "role"))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

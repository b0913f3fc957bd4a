"""What a person may speak for, and who may do what with an organisation. Pure: no queries, no Flask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from planner.organisations.models import MemberInvitation, MemberRole, Membership, Organisation, Standing

INVITATION_LIFE = timedelta(days=14)


@dataclass(frozen=True)
class Actor:
    """The acting person as plain values: every rule takes one.

    ``roles`` maps organisation id to role. A suspended organisation is not in it but in ``suspended_from``, and one
    that the person has only claimed is in ``claims``: no rule lets them speak for either unless it says so itself.
    ``is_system`` marks imports, the demonstration and background work, which may do everything. ``id`` and ``name`` are
    what the log shows.
    """

    id: int | None = None
    name: str = ""
    email: str = ""
    roles: Mapping[int, MemberRole] = field(default_factory=dict)
    is_county_coordinator: bool = False
    coordinated_kommuner: frozenset[str] = frozenset()
    is_system: bool = False
    suspended_from: frozenset[int] = frozenset()
    claims: frozenset[int] = frozenset()

    @property
    def is_signed_in(self) -> bool:
        return self.id is not None

    @property
    def is_member(self) -> bool:
        return bool(self.roles or self.claims)

    @property
    def is_coordinator(self) -> bool:
        return self.is_county_coordinator or bool(self.coordinated_kommuner)

    def works_for(self, organisation_id: int | None) -> bool:
        """Whether the person is a member of the organisation, in any role."""
        return organisation_id is not None and organisation_id in self.roles

    def administers(self, organisation_id: int | None) -> bool:
        """Whether the person is an administrator of the organisation."""
        return organisation_id is not None and self.roles.get(organisation_id) is MemberRole.ADMINISTRATOR

    def coordinates(self, kommun_code: str | None) -> bool:
        """Whether the person coordinates the county, or this kommun."""
        return self.is_system or self.is_county_coordinator or kommun_code in self.coordinated_kommuner


NOBODY = Actor()
SYSTEM = Actor(name="Systemet", is_system=True)


def may_see_organisation(actor: Actor, organisation: Organisation) -> bool:
    """Who may open its pages in the workspace: its members, also while suspended, its claimant, its coordinators."""
    return is_involved(actor, organisation) or actor.coordinates(organisation.kommun_code)


def is_involved(actor: Actor, organisation: Organisation) -> bool:
    """Whether the person has a stake in it: a member, also while it is suspended, or who has claimed it."""
    return organisation.id in {*actor.roles, *actor.suspended_from, *actor.claims}


def may_edit_organisation(actor: Actor, organisation: Organisation) -> bool:
    """Its administrators and its coordinators; who has claimed it states what will count when it is verified."""
    is_its_own = actor.administers(organisation.id) or organisation.id in actor.claims
    return is_its_own or actor.coordinates(organisation.kommun_code)


def may_rename_organisation(actor: Actor, organisation: Organisation) -> bool:
    """Whoever may edit it, except that one of the register keeps its name, kind and kommun until it is verified."""
    if organisation.is_claim:
        return actor.coordinates(organisation.kommun_code)
    return may_edit_organisation(actor, organisation)


def may_manage_members(actor: Actor, organisation: Organisation) -> bool:
    """Its administrators; a coordinator may help an organisation that has lost its own."""
    return actor.administers(organisation.id) or actor.coordinates(organisation.kommun_code)


def may_invite_members(actor: Actor, organisation: Organisation) -> bool:
    """Whoever manages its members; the way into one that nobody has registered yet is to claim it."""
    return may_manage_members(actor, organisation) and organisation.standing is not Standing.UNCLAIMED


def may_claim_organisation(actor: Actor, organisation: Organisation) -> bool:
    """Anybody with an account may say that an organisation that nobody has claimed is theirs; it is then checked."""
    return actor.is_signed_in and organisation.standing is Standing.UNCLAIMED and not organisation.is_claim


def may_ask_to_join(actor: Actor, organisation: Organisation) -> bool:
    """Anybody with an account who is no member, once its people are known to be its people: they learn who asks."""
    return actor.is_signed_in and organisation.is_verified and not actor.works_for(organisation.id)


def may_ask_again(actor: Actor, organisation: Organisation) -> bool:
    """The administrators of an organisation that was refused may ask to be verified once more."""
    return actor.administers(organisation.id) and organisation.standing is Standing.REFUSED


def may_decide_standing(actor: Actor, organisation: Organisation) -> bool:
    """A coordinator of its kommun or of the county, though never of an organisation in which they have a stake."""
    return actor.coordinates(organisation.kommun_code) and not is_involved(actor, organisation)


def may_accept_member_invitation(actor: Actor, invitation: MemberInvitation) -> bool:
    """The person whose address the letter was sent to: a forwarded letter lets nobody else in."""
    return actor.is_signed_in and actor.email == invitation.email


def may_appear_in_public(organisation: Organisation) -> bool:
    """Whether events of the organisation may become public."""
    return organisation.standing is Standing.VERIFIED


def is_open_invitation(invitation: MemberInvitation, now: datetime) -> bool:
    """Whether an invitation waits for its answer."""
    return invitation.accepted_at is None and invitation.revoked_at is None and now < invitation.expires_at


def is_last_administrator(membership: Membership, administrators: int) -> bool:
    """Whether the organisation would be left without administrator if this member ceased to be one."""
    return membership.role is MemberRole.ADMINISTRATOR and administrators <= 1

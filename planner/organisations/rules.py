"""What a person may speak for, and who may do what with an organisation. Pure: no queries, no Flask."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.organisations.models import MemberRole, Organisation, Standing


@dataclass(frozen=True)
class Actor:
    """The acting person as plain values: every rule takes one.

    ``roles`` maps organisation id to role. ``is_system`` marks imports, the demonstration and background work, which
    may do everything. ``id`` and ``name`` are what the log shows.
    """

    id: int | None = None
    name: str = ""
    email: str = ""
    roles: Mapping[int, MemberRole] = field(default_factory=dict)
    is_county_coordinator: bool = False
    coordinated_kommuner: frozenset[str] = frozenset()
    is_system: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.id is not None

    @property
    def is_member(self) -> bool:
        return bool(self.roles)

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


def may_edit_organisation(actor: Actor, organisation: Organisation) -> bool:
    """Its administrators and its coordinators."""
    return actor.administers(organisation.id) or actor.coordinates(organisation.kommun_code)


def may_manage_members(actor: Actor, organisation: Organisation) -> bool:
    """Its administrators; a coordinator may help an organisation that has lost its own."""
    return actor.administers(organisation.id) or actor.coordinates(organisation.kommun_code)


def may_decide_standing(actor: Actor, organisation: Organisation) -> bool:
    """A coordinator of its kommun or of the county, though never of an organisation that they work for themselves."""
    return actor.coordinates(organisation.kommun_code) and not actor.works_for(organisation.id)


def may_appear_in_public(organisation: Organisation) -> bool:
    """Whether events of the organisation may become public."""
    return organisation.standing is Standing.VERIFIED

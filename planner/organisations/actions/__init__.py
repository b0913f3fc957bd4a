"""Every change to organisations and the people in them."""

from planner.organisations.actions.invitations import (
    accept_member_invitation,
    accept_waiting_invitation,
    ask_to_join,
    invite_member,
    join_with_new_account,
    renew_member_invitation,
    revoke_member_invitation,
)
from planner.organisations.actions.members import change_member_role, leave_organisation, remove_member
from planner.organisations.actions.profile import change_organisation, stated_details
from planner.organisations.actions.registering import (
    ask_again,
    claim_organisation,
    register_organisation,
    withdraw_claim,
)
from planner.organisations.actions.standing import (
    refuse_organisation,
    reinstate_organisation,
    suspend_organisation,
    verify_organisation,
)
from planner.organisations.fields import OrganisationFields

__all__ = [
    "OrganisationFields",
    "accept_member_invitation",
    "accept_waiting_invitation",
    "ask_again",
    "ask_to_join",
    "change_member_role",
    "change_organisation",
    "claim_organisation",
    "invite_member",
    "join_with_new_account",
    "leave_organisation",
    "refuse_organisation",
    "register_organisation",
    "reinstate_organisation",
    "remove_member",
    "renew_member_invitation",
    "revoke_member_invitation",
    "stated_details",
    "suspend_organisation",
    "verify_organisation",
    "withdraw_claim",
]

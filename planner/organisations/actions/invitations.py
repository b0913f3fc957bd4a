"""Inviting people to an organisation, and asking to be let in."""

from datetime import datetime

from sqlalchemy.orm import Session

from planner.accounts.actions import checked_email, register_user
from planner.accounts.models import User
from planner.accounts.queries import user_by_email
from planner.audit.actions import log
from planner.core.errors import Invalid, NotAllowed, NotFound, Problem
from planner.core.text import N_
from planner.core.tokens import new_token, token_hash
from planner.organisations import letters
from planner.organisations.models import MemberInvitation, MemberRole, Membership, Organisation
from planner.organisations.queries import (
    invitation_by_token,
    is_member_address,
    lock_organisation,
    membership_of,
    unanswered_invitations,
)
from planner.organisations.rules import (
    INVITATION_LIFE,
    Actor,
    is_open_invitation,
    may_accept_member_invitation,
    may_ask_to_join,
    may_invite_members,
    may_manage_members,
)


def invite_member(
    session: Session, organisation: Organisation, email: str, role: MemberRole, *, actor: Actor, now: datetime
) -> MemberInvitation:
    """Send somebody a letter that lets them become a member within fourteen days. Sent twice it is sent once.

    Raises:
        NotAllowed: the actor does not manage its members, or the organisation is only claimed.
        Invalid: the address cannot be one, or is a member's.
    """
    organisation = lock_organisation(session, organisation.id)
    if not may_invite_members(actor, organisation):
        raise NotAllowed
    address = checked_email(email)
    if is_member_address(session, organisation, address):
        raise Invalid([Problem("email", N_("Personen är redan medlem."))])
    for earlier in unanswered_invitations(session, organisation):
        if earlier.email == address and is_open_invitation(earlier, now):
            earlier.role = role
            return earlier
    return _send(session, organisation, address, role, actor, now)


def renew_member_invitation(
    session: Session, invitation: MemberInvitation, *, actor: Actor, now: datetime
) -> MemberInvitation:
    """Send the letter again, with a new link that works for another fourteen days; the old link stops working.

    Raises:
        NotAllowed: the actor does not manage its members.
        Invalid: the invitation has been answered or taken back, or the person is a member by now.
    """
    organisation = lock_organisation(session, invitation.organisation_id)
    if not may_invite_members(actor, organisation):
        raise NotAllowed
    session.refresh(invitation)
    if invitation.accepted_at or invitation.revoked_at or is_member_address(session, organisation, invitation.email):
        raise Invalid([Problem("", N_("Inbjudan är redan besvarad eller återtagen."))])
    invitation.revoked_at = now
    return _send(session, organisation, invitation.email, invitation.role, actor, now)


def revoke_member_invitation(
    session: Session, invitation: MemberInvitation, *, actor: Actor, now: datetime
) -> MemberInvitation:
    """Take an invitation back; its link stops working. Already so changes nothing.

    Raises:
        NotAllowed: the actor does not manage its members.
        Invalid: it has been accepted.
    """
    organisation = lock_organisation(session, invitation.organisation_id)
    if not may_manage_members(actor, organisation):
        raise NotAllowed
    session.refresh(invitation)
    if invitation.accepted_at:
        raise Invalid([Problem("", N_("Personen har redan tackat ja och är medlem."))])
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        log(
            session,
            "revoke_member_invitation",
            organisation,
            name=organisation.name,
            actor=actor,
            now=now,
            invitation=invitation.id,
        )
    return invitation


def accept_member_invitation(session: Session, token: str, *, actor: Actor, now: datetime) -> Membership:
    """Become a member by the link of a letter. Accepted twice it is accepted once.

    Raises:
        NotFound: the link is used, taken back, too old, or never was.
        NotAllowed: the letter was sent to another address than the actor's.
    """
    return _accept(session, invitation_by_token(session, token), actor, now)


def accept_waiting_invitation(session: Session, invitation_id: int, *, actor: Actor, now: datetime) -> Membership:
    """Become a member by an invitation to one's own address, without its letter: signing in has proved the address.

    Raises:
        NotFound: it is used, taken back, too old, or never was.
        NotAllowed: the letter was sent to another address than the actor's.
    """
    return _accept(session, session.get(MemberInvitation, invitation_id), actor, now)


def _accept(session: Session, invitation: MemberInvitation | None, actor: Actor, now: datetime) -> Membership:
    if invitation is None:
        raise NotFound
    organisation = lock_organisation(session, invitation.organisation_id)
    session.refresh(invitation)
    if not may_accept_member_invitation(actor, invitation):
        raise NotAllowed
    membership = membership_of(session, organisation.id, actor.id)
    if invitation.accepted_at and membership:
        return membership
    if not is_open_invitation(invitation, now):
        raise NotFound
    invitation.accepted_at = now
    if membership is None:
        membership = Membership(user_id=actor.id, organisation=organisation, role=invitation.role, since=now)
        session.add(membership)
    elif invitation.role is MemberRole.ADMINISTRATOR:
        membership.role = invitation.role
    log(
        session,
        "accept_member_invitation",
        organisation,
        name=organisation.name,
        actor=actor,
        now=now,
        role=membership.role.value,
    )
    return membership


def join_with_new_account(session: Session, token: str, name: str, *, now: datetime) -> User:
    """Open an account for the address that an invitation was sent to, and accept. The letter proves the address.

    Raises:
        NotFound: the link is used, taken back, too old, or never was.
        NotAllowed: the address has an account: its person signs in instead.
        Invalid: the name cannot be used.
    """
    invitation = invitation_by_token(session, token)
    if invitation is None or not is_open_invitation(invitation, now):
        raise NotFound
    if user_by_email(session, invitation.email):
        raise NotAllowed
    user = register_user(session, invitation.email, name, now=now)
    user.last_signed_in_at = now
    accept_member_invitation(session, token, actor=Actor(id=user.id, name=user.name, email=user.email), now=now)
    return user


def ask_to_join(session: Session, organisation: Organisation, *, actor: Actor, now: datetime) -> None:
    """Tell an organisation's administrators that somebody wants to become a member; nobody learns who they are.

    Raises:
        NotAllowed: the actor is a member already, or there is nobody to ask.
    """
    if not may_ask_to_join(actor, organisation):
        raise NotAllowed
    letters.send_join_request(session, organisation, actor, now=now)
    log(session, "ask_to_join", organisation, name=organisation.name, actor=actor, now=now)


def _send(
    session: Session, organisation: Organisation, address: str, role: MemberRole, actor: Actor, now: datetime
) -> MemberInvitation:
    token = new_token()
    invitation = MemberInvitation(
        organisation_id=organisation.id,
        email=address,
        role=role,
        token_hash=token_hash(token),
        invited_by_id=actor.id,
        created_at=now,
        expires_at=now + INVITATION_LIFE,
    )
    session.add(invitation)
    log(session, "invite_member", organisation, name=organisation.name, actor=actor, now=now, role=role.value)
    letters.send_invitation(session, invitation, organisation, token, actor, now=now)
    return invitation

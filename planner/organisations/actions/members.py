"""Members: what they may do, and how they leave. An organisation is never left without administrator."""

from datetime import datetime

from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.core.errors import Invalid, NotAllowed, Problem
from planner.core.text import N_
from planner.organisations import letters
from planner.organisations.models import MemberRole, Membership, Organisation
from planner.organisations.queries import count_administrators, lock_organisation, member_by_id, membership_of
from planner.organisations.rules import Actor, is_last_administrator, may_manage_members


def change_member_role(
    session: Session, membership: Membership, role: MemberRole, *, actor: Actor, now: datetime
) -> Membership:
    """Let a member do more, or less. Already so changes nothing.

    Raises:
        NotAllowed: the actor does not manage the members.
        Invalid: it is the last administrator.
    """
    organisation = lock_organisation(session, membership.organisation_id)
    if not may_manage_members(actor, organisation):
        raise NotAllowed
    current = membership_of(session, organisation.id, membership.user_id)
    if current is None or current.role is role:
        return membership
    _keep_an_administrator(session, current)
    current.role = role
    member = member_by_id(session, organisation, current.id)
    if member and member.user_id != actor.id:
        letters.send_role_changed(session, organisation, member.user, role, now=now)
    log(
        session,
        "change_member_role",
        organisation,
        name=organisation.name,
        actor=actor,
        now=now,
        member=current.user_id,
        role=role.value,
    )
    return current


def remove_member(session: Session, membership: Membership, *, actor: Actor, now: datetime) -> None:
    """End somebody's membership. Already so changes nothing.

    Raises:
        NotAllowed: the actor does not manage the members.
        Invalid: it is the last administrator.
    """
    organisation = lock_organisation(session, membership.organisation_id)
    if not may_manage_members(actor, organisation):
        raise NotAllowed
    member = member_by_id(session, organisation, membership.id)
    if member is None:
        return
    user = member.user
    _end(session, organisation, member, actor=actor, now=now, action="remove_member")
    if user.id != actor.id:
        letters.send_removed(session, organisation, user, now=now)


def leave_organisation(session: Session, organisation: Organisation, *, actor: Actor, now: datetime) -> None:
    """End one's own membership. Already so changes nothing.

    Raises:
        Invalid: one is the last administrator.
    """
    organisation = lock_organisation(session, organisation.id)
    membership = membership_of(session, organisation.id, actor.id)
    if membership:
        _end(session, organisation, membership, actor=actor, now=now, action="leave_organisation")


def _end(
    session: Session, organisation: Organisation, membership: Membership, *, actor: Actor, now: datetime, action: str
) -> None:
    _keep_an_administrator(session, membership)
    session.delete(membership)
    log(session, action, organisation, name=organisation.name, actor=actor, now=now, member=membership.user_id)


def _keep_an_administrator(session: Session, membership: Membership) -> None:
    if is_last_administrator(membership, count_administrators(session, membership.organisation_id)):
        message = N_("Organisationen behöver minst en administratör. Gör först någon annan till administratör.")
        raise Invalid([Problem("", message)])

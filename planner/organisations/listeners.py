"""What the organisations feature does when a person closes an account, or asks what is kept of them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.accounts.signals import account_closing, personal_data_asked
from planner.core.errors import Invalid, Problem
from planner.core.text import N_
from planner.organisations.actions import leave_organisation, withdraw_claim
from planner.organisations.models import MemberInvitation
from planner.organisations.queries import actor_for, claims_of, invitations_for, memberships_of


def connect() -> None:
    """Listen to what the accounts feature tells and asks."""
    account_closing.connect(end_memberships)
    personal_data_asked.connect(add_memberships)


def end_memberships(user: User, *, session: Session, now: datetime) -> None:
    """Leave every organisation; one that would be left without administrator keeps the account open.

    Raises:
        Invalid: names the organisation.
    """
    actor = actor_for(session, user.id)
    for membership in memberships_of(session, user.id):
        organisation = membership.organisation
        try:
            leave_organisation(session, organisation, actor=actor, now=now)
        except Invalid as refusal:
            message = N_("Du är enda administratör för %(organisation)s. Gör någon annan till administratör först.")
            raise Invalid([Problem("", message, {"organisation": organisation.name})]) from refusal
    for organisation in claims_of(session, user.id):
        withdraw_claim(session, organisation, actor=actor, now=now)
    session.execute(sa.delete(MemberInvitation).where(MemberInvitation.email == user.email))


def add_memberships(user: User, *, session: Session, data: dict[str, Any]) -> None:
    """Where the person is a member, and where they have been asked to become one."""
    data["memberships"] = [
        {
            "organisation": membership.organisation.name,
            "role": membership.role.value,
            "since": membership.since.isoformat(),
        }
        for membership in memberships_of(session, user.id)
    ]
    data["claims"] = [{"organisation": organisation.name} for organisation in claims_of(session, user.id)]
    data["invitations"] = [
        {"organisation": invitation.organisation.name, "sent_at": invitation.created_at.isoformat()}
        for invitation in invitations_for(session, user.email)
    ]

"""The letters about organisations and membership of them."""

from datetime import datetime

from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.accounts.queries import coordinators_for
from planner.core.dates import day_in_words
from planner.data.kommuner import COUNTY_NAME, kommuner
from planner.mail.actions import post_letter
from planner.organisations.models import MemberInvitation, MemberRole, Organisation
from planner.organisations.queries import administrators_of
from planner.organisations.rules import Actor
from planner.organisations.signals import LeftBehind


def send_receipt(session: Session, organisation: Organisation, to: Actor, *, now: datetime) -> None:
    """That the registration has arrived and what happens next, to whoever registered."""
    post_letter(session, "organisation_received", to.email, now=now, person=to.name, organisation=organisation)


def send_awaiting(session: Session, organisation: Organisation, registered_by: Actor, *, now: datetime) -> None:
    """That somebody awaits a decision: one letter to each coordinator of the kommun and of the county."""
    for coordinator in coordinators_for(session, organisation.kommun_code):
        post_letter(
            session,
            "organisation_awaiting",
            coordinator.email,
            now=now,
            person=coordinator.name,
            organisation=organisation,
            area=area_name(organisation),
            registered_by=registered_by,
        )


def send_decision(session: Session, letter: str, organisation: Organisation, *, now: datetime) -> None:
    """What a coordinator decided, to each administrator; the reason is the organisation's ``standing_reason``."""
    for administrator in administrators_of(session, organisation):
        post_letter(session, letter, administrator.email, now=now, person=administrator.name, organisation=organisation)


def send_claim_refused(
    session: Session, organisation: Organisation, claimant: User, reason: str, left: LeftBehind, *, now: datetime
) -> None:
    """That the organisation of the register is not theirs to speak for, and what becomes of what they began for it."""
    post_letter(
        session,
        "organisation_claim_refused",
        claimant.email,
        now=now,
        person=claimant.name,
        organisation=organisation,
        reason=reason,
        titles=left.titles,
        has_sent_in=left.has_sent_in,
        until=day_in_words(left.until) if left.until else "",
    )


def send_identity_changed(
    session: Session, organisation: Organisation, old_name: str, actor: Actor, *, now: datetime
) -> None:
    """That a verified organisation is called something else or belongs elsewhere, to each of its coordinators."""
    for coordinator in coordinators_for(session, organisation.kommun_code):
        if coordinator.id != actor.id:
            post_letter(
                session,
                "organisation_identity_changed",
                coordinator.email,
                now=now,
                person=coordinator.name,
                organisation=organisation,
                old_name=old_name,
                area=area_name(organisation),
                actor=actor,
            )


def send_invitation(
    session: Session,
    invitation: MemberInvitation,
    organisation: Organisation,
    token: str,
    inviter: Actor,
    *,
    now: datetime,
) -> None:
    """The invitation to become a member."""
    post_letter(
        session,
        "member_invitation",
        invitation.email,
        now=now,
        organisation=organisation,
        is_administrator=invitation.role is MemberRole.ADMINISTRATOR,
        inviter=inviter,
        token=token,
    )


def send_join_request(session: Session, organisation: Organisation, asker: Actor, *, now: datetime) -> None:
    """That somebody wants to become a member, to each administrator."""
    for administrator in administrators_of(session, organisation):
        post_letter(
            session,
            "member_request",
            administrator.email,
            now=now,
            person=administrator.name,
            organisation=organisation,
            asker=asker,
        )


def send_role_changed(
    session: Session, organisation: Organisation, user: User, role: MemberRole, *, now: datetime
) -> None:
    """That a member may do more, or less, than before."""
    post_letter(
        session,
        "member_role_changed",
        user.email,
        now=now,
        person=user.name,
        organisation=organisation,
        is_administrator=role is MemberRole.ADMINISTRATOR,
    )


def send_removed(session: Session, organisation: Organisation, user: User, *, now: datetime) -> None:
    """That somebody is a member no longer."""
    post_letter(session, "member_removed", user.email, now=now, person=user.name, organisation=organisation)


def area_name(organisation: Organisation) -> str:
    """The official name of its kommun, or the county's."""
    return kommuner()[organisation.kommun_code].official_name if organisation.kommun_code else COUNTY_NAME

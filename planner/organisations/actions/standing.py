"""What coordinators decide of an organisation: whether it can be trusted with appearing in public."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.core.errors import Invalid, NotAllowed, Problem
from planner.core.text import N_, clean_text
from planner.organisations import letters
from planner.organisations.models import MemberInvitation, Membership, Organisation, Standing
from planner.organisations.queries import lock_organisation
from planner.organisations.rules import Actor, may_decide_standing
from planner.organisations.signals import organisation_changed


def verify_organisation(session: Session, organisation: Organisation, *, actor: Actor, now: datetime) -> Organisation:
    """Let an organisation appear in public. What a claim stated becomes the organisation's own.

    Raises:
        NotAllowed: the actor may not decide it.
        Invalid: nobody has registered it, or it is suspended.
    """
    organisation = _lock_for_decision(session, organisation, actor)
    if organisation.standing is Standing.VERIFIED:
        return organisation
    if organisation.standing not in (Standing.PENDING, Standing.REFUSED):
        raise Invalid([Problem("", N_("Ingen har bett om att organisationen ska verifieras."))])
    for key, value in (organisation.claim or {}).items():
        setattr(organisation, key, value)
    organisation.claim = None
    _set_standing(organisation, Standing.VERIFIED, "", actor, now)
    log(session, "verify_organisation", organisation, name=organisation.name, actor=actor, now=now)
    letters.send_decision(session, "organisation_verified", organisation, now=now)
    organisation_changed.send(organisation, session=session, now=now)
    return organisation


def refuse_organisation(
    session: Session, organisation: Organisation, reason: str, *, actor: Actor, now: datetime
) -> Organisation:
    """Say no, and why. A claim ends altogether: the organisation of the register is free again.

    Raises:
        NotAllowed: the actor may not decide it.
        Invalid: there is no reason, or nothing to decide.
    """
    reason = _checked_reason(reason)
    organisation = _lock_for_decision(session, organisation, actor)
    if organisation.standing is Standing.REFUSED:
        return organisation
    if organisation.standing is not Standing.PENDING:
        raise Invalid([Problem("", N_("Ingen har bett om att organisationen ska verifieras."))])
    was_claim = organisation.is_claim
    log(session, "refuse_organisation", organisation, name=organisation.name, actor=actor, now=now, reason=reason)
    if was_claim:
        letters.send_claim_refused(session, organisation, reason, now=now)
        _set_free(session, organisation)
        _set_standing(organisation, Standing.UNCLAIMED, "", actor, now)
    else:
        _set_standing(organisation, Standing.REFUSED, reason, actor, now)
        letters.send_decision(session, "organisation_refused", organisation, now=now)
    session.flush()
    return organisation


def suspend_organisation(
    session: Session, organisation: Organisation, reason: str, *, actor: Actor, now: datetime
) -> Organisation:
    """Stop an organisation from appearing in public and its members from going on, until it is reinstated.

    Raises:
        NotAllowed: the actor may not decide it.
        Invalid: there is no reason, or it is not verified.
    """
    reason = _checked_reason(reason)
    organisation = _lock_for_decision(session, organisation, actor)
    if organisation.standing is Standing.SUSPENDED:
        return organisation
    if organisation.standing is not Standing.VERIFIED:
        raise Invalid([Problem("", N_("Bara en verifierad organisation kan stängas av."))])
    _set_standing(organisation, Standing.SUSPENDED, reason, actor, now)
    log(session, "suspend_organisation", organisation, name=organisation.name, actor=actor, now=now, reason=reason)
    letters.send_decision(session, "organisation_suspended", organisation, now=now)
    organisation_changed.send(organisation, session=session, now=now)
    return organisation


def reinstate_organisation(
    session: Session, organisation: Organisation, *, actor: Actor, now: datetime
) -> Organisation:
    """End a suspension.

    Raises:
        NotAllowed: the actor may not decide it.
        Invalid: it is not suspended.
    """
    organisation = _lock_for_decision(session, organisation, actor)
    if organisation.standing is Standing.VERIFIED:
        return organisation
    if organisation.standing is not Standing.SUSPENDED:
        raise Invalid([Problem("", N_("Organisationen är inte avstängd."))])
    _set_standing(organisation, Standing.VERIFIED, "", actor, now)
    log(session, "reinstate_organisation", organisation, name=organisation.name, actor=actor, now=now)
    letters.send_decision(session, "organisation_reinstated", organisation, now=now)
    organisation_changed.send(organisation, session=session, now=now)
    return organisation


def _lock_for_decision(session: Session, organisation: Organisation, actor: Actor) -> Organisation:
    organisation = lock_organisation(session, organisation.id)
    # A member of a suspended organisation is no longer in ``roles``, and must not lift the suspension either.
    if not may_decide_standing(actor, organisation) or organisation.id in actor.suspended_from:
        raise NotAllowed
    return organisation


def _checked_reason(reason: str) -> str:
    reason = clean_text(reason)
    if not reason:
        raise Invalid([Problem("reason", N_("Skriv varför. Motiveringen skickas till organisationen."))])
    return reason


def _set_standing(organisation: Organisation, standing: Standing, reason: str, actor: Actor, now: datetime) -> None:
    organisation.standing = standing
    organisation.standing_reason = reason
    organisation.standing_set_by_id = actor.id
    organisation.standing_set_at = now


def _set_free(session: Session, organisation: Organisation) -> None:
    for model in (Membership, MemberInvitation):
        session.execute(sa.delete(model).where(model.organisation_id == organisation.id))
    organisation.claim = None
    organisation.responsible_name = ""
    organisation.terms_accepted_at = None

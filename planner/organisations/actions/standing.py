"""What coordinators decide of an organisation: whether it can be trusted with appearing in public."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.core.errors import Invalid, NotAllowed, Problem
from planner.core.text import N_, clean_text
from planner.organisations import letters
from planner.organisations.actions.registering import end_claim, let_administer
from planner.organisations.fields import CONTACT
from planner.organisations.models import Organisation, Standing
from planner.organisations.queries import claimant_of, lock_organisation
from planner.organisations.rules import Actor, may_decide_standing
from planner.organisations.signals import organisation_changed, organisation_registered


def verify_organisation(session: Session, organisation: Organisation, *, actor: Actor, now: datetime) -> Organisation:
    """Let an organisation appear in public. What a claim stated becomes the organisation's own.

    Raises:
        NotAllowed: the actor may not decide it.
        Invalid: nobody has registered it, or it is suspended.
    """
    organisation = _lock_for_decision(session, organisation, actor)
    if organisation.standing is Standing.VERIFIED:
        return organisation
    if organisation.standing_within not in (Standing.PENDING, Standing.REFUSED):
        raise Invalid([Problem("", N_("Ingen har bett om att organisationen ska verifieras."))])
    claim, claimant_id = organisation.claim, organisation.claimed_by_id
    organisation.claim, organisation.claimed_by_id = None, None
    _set_standing(organisation, Standing.VERIFIED, "", actor, now)
    if claim is not None:
        _grant(session, organisation, claim, claimant_id, now)
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
    if organisation.standing_within is not Standing.PENDING:
        raise Invalid([Problem("", N_("Ingen har bett om att organisationen ska verifieras."))])
    log(session, "refuse_organisation", organisation, name=organisation.name, actor=actor, now=now, reason=reason)
    claimant = claimant_of(session, organisation)
    if claimant is not None:
        left = end_claim(session, organisation, actor=actor, now=now)
        letters.send_claim_refused(session, organisation, claimant, reason, left, now=now)
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
    if not may_decide_standing(actor, organisation):
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


def _grant(
    session: Session, organisation: Organisation, claim: dict[str, Any], claimant_id: int | None, now: datetime
) -> None:
    """What was stated becomes the organisation's own, and who stated it its administrator."""
    for key in CONTACT:
        setattr(organisation, key, claim.get(key, getattr(organisation, key)))
    let_administer(session, organisation, claimant_id, now)
    organisation_registered.send(organisation, session=session, now=now, invitation=claim.get("invitation", ""))

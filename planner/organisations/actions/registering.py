"""How an organisation comes in: registered, or claimed from the register. Then somebody checks it."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.core.errors import Invalid, NotAllowed, Problem
from planner.core.text import N_, slugify
from planner.organisations import letters
from planner.organisations.fields import CONTACT, OrganisationFields, cleaned
from planner.organisations.models import MemberRole, Membership, Organisation, OrganisationKind, Standing
from planner.organisations.queries import lock_organisation, membership_of, organisation_by_name, slug_is_taken
from planner.organisations.rules import Actor, may_ask_again, may_claim_organisation
from planner.organisations.signals import LeftBehind, claim_ended, organisation_registered

RESERVED_SLUGS = ("ny", "inbjudningar")
"""Parts of the workspace's own addresses."""


def register_organisation(
    session: Session,
    fields: OrganisationFields,
    *,
    accepts_terms: bool = True,
    actor: Actor,
    now: datetime,
    invitation: str = "",
) -> Organisation:
    """Register an organisation with the actor as its administrator. Drafts can be made at once; it awaits verification.

    Sent twice it is registered once. ``invitation`` is the token of the hosting letter that led here.

    Raises:
        Invalid: something is missing, or the name is taken.
    """
    if not actor.is_signed_in:
        raise NotAllowed
    fields, problems = cleaned({"name": "", "kind": OrganisationKind.ASSOCIATION, "responsible_name": "", **fields})
    taken = organisation_by_name(session, fields["name"])
    if taken and membership_of(session, taken.id, actor.id):
        return taken
    problems += [name_is_taken()] if taken else []
    problems += _problems_with_terms(accepts_terms)
    if problems:
        raise Invalid(problems)
    organisation = Organisation(
        **fields,
        slug=free_slug(session, fields["name"]),
        standing=Standing.PENDING,
        terms_accepted_at=now,
        created_at=now,
    )
    _add_or_refuse(session, organisation)
    let_administer(session, organisation, actor.id, now)
    log(session, "register_organisation", organisation, name=organisation.name, actor=actor, now=now)
    letters.send_receipt(session, organisation, actor, now=now)
    letters.send_awaiting(session, organisation, actor, now=now)
    organisation_registered.send(organisation, session=session, now=now, invitation=invitation)
    return organisation


def claim_organisation(
    session: Session,
    organisation: Organisation,
    fields: OrganisationFields,
    *,
    accepts_terms: bool = True,
    actor: Actor,
    now: datetime,
    invitation: str = "",
) -> Organisation:
    """Say that an organisation of the register is one's own. Drafts can be made at once; it awaits verification.

    Until then nothing of it changes for anybody else, and the person becomes no member: questions to host events and
    letters to the organisation do not reach them. Its name, kind and kommun stay those of the register.

    Raises:
        NotAllowed: somebody has claimed it already.
        Invalid: something is missing.
    """
    organisation = lock_organisation(session, organisation.id)
    if organisation.is_claim and organisation.claimed_by_id == actor.id:
        return organisation
    if not may_claim_organisation(actor, organisation):
        raise NotAllowed
    fields, problems = cleaned({"responsible_name": "", **fields})
    problems += _problems_with_terms(accepts_terms)
    if problems:
        raise Invalid(problems)
    stated = {key: fields.get(key, getattr(organisation, key)) for key in CONTACT}
    organisation.claim = {**stated, "invitation": invitation}
    organisation.claimed_by_id = actor.id
    organisation.responsible_name = fields["responsible_name"]
    organisation.terms_accepted_at = now
    organisation.version += 1
    log(session, "claim_organisation", organisation, name=organisation.name, actor=actor, now=now)
    letters.send_receipt(session, organisation, actor, now=now)
    letters.send_awaiting(session, organisation, actor, now=now)
    return organisation


def withdraw_claim(session: Session, organisation: Organisation, *, actor: Actor, now: datetime) -> LeftBehind:
    """Say that it was not one's own after all. Already so changes nothing.

    Returns:
        the drafts that were begun meanwhile.
    """
    organisation = lock_organisation(session, organisation.id)
    if not organisation.is_claim or organisation.claimed_by_id != actor.id:
        return LeftBehind()
    log(session, "withdraw_claim", organisation, name=organisation.name, actor=actor, now=now)
    return end_claim(session, organisation, actor=actor, now=now)


def end_claim(session: Session, organisation: Organisation, *, actor: Actor, now: datetime) -> LeftBehind:
    """Make an organisation of the register free again, as it was; what was begun for it stays with who began it."""
    claimant_id, left = organisation.claimed_by_id, LeftBehind()
    organisation.claim, organisation.claimed_by_id = None, None
    organisation.responsible_name, organisation.terms_accepted_at = "", None
    organisation.version += 1
    session.flush()
    claim_ended.send(organisation, claimant_id=claimant_id, actor=actor, session=session, now=now, left=left)
    return left


def ask_again(session: Session, organisation: Organisation, *, actor: Actor, now: datetime) -> Organisation:
    """Ask to be verified once more after having been refused. Asked twice it is asked once.

    Raises:
        NotAllowed: the actor does not administer it, or it was not refused.
    """
    organisation = lock_organisation(session, organisation.id)
    if organisation.standing is Standing.PENDING and actor.administers(organisation.id):
        return organisation
    if not may_ask_again(actor, organisation):
        raise NotAllowed
    organisation.standing = Standing.PENDING
    log(session, "ask_again_for_verification", organisation, name=organisation.name, actor=actor, now=now)
    letters.send_awaiting(session, organisation, actor, now=now)
    return organisation


def free_slug(session: Session, name: str, *, of: int | None = None) -> str:
    """An address part that no other organisation has or had."""
    slug = wanted = slugify(name)
    number = 2
    while slug in RESERVED_SLUGS or slug_is_taken(session, slug, by_others_than=of):
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def let_administer(session: Session, organisation: Organisation, user_id: int | None, now: datetime) -> None:
    """Make somebody its first administrator."""
    session.add(Membership(user_id=user_id, organisation_id=organisation.id, role=MemberRole.ADMINISTRATOR, since=now))
    session.flush()


def name_is_taken() -> Problem:
    """The problem of a name that the register already has."""
    return Problem("name", N_("Det finns redan en organisation med det namnet i registret."))


def _problems_with_terms(accepts_terms: bool) -> list[Problem]:
    if accepts_terms:
        return []
    return [
        Problem("accepts_terms", N_("Den som ansvarar behöver ställa sig bakom värdena för att ni ska kunna delta."))
    ]


def _add_or_refuse(session: Session, organisation: Organisation) -> None:
    # Two people may register the same name in the same moment: the database decides who was first.
    try:
        with session.begin_nested():
            session.add(organisation)
            session.flush()
    except IntegrityError as error:
        raise Invalid([name_is_taken()]) from error

"""Every question about organisations and the people in them."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from planner.accounts.models import CoordinatorRole, User
from planner.core.text import slugify, swedish_key
from planner.core.tokens import token_hash
from planner.organisations.models import (
    MemberInvitation,
    MemberRole,
    Membership,
    Organisation,
    OrganisationSlug,
    Standing,
    name_key,
)
from planner.organisations.rules import NOBODY, Actor


def actor_for(session: Session, user_id: int) -> Actor:
    """The person as plain values: four reads by key; ``NOBODY`` if the account is gone or closed."""
    user = session.get(User, user_id)
    if user is None or not user.is_active:
        return NOBODY
    memberships = session.execute(
        sa.select(Membership.organisation_id, Membership.role, Organisation.standing)
        .join(Membership.organisation)
        .where(Membership.user_id == user_id)
    ).all()
    claims = session.scalars(sa.select(Organisation.id).where(Organisation.claimed_by_id == user_id))
    coordinated = session.scalars(
        sa.select(CoordinatorRole.kommun_code).where(CoordinatorRole.user_id == user_id)
    ).all()
    return Actor(
        id=user.id,
        name=user.name,
        email=user.email,
        roles={of: role for of, role, standing in memberships if standing is not Standing.SUSPENDED},
        is_county_coordinator=None in coordinated,
        coordinated_kommuner=frozenset(code for code in coordinated if code),
        suspended_from=frozenset(of for of, _, standing in memberships if standing is Standing.SUSPENDED),
        claims=frozenset(claims),
    )


def organisation_by_slug(session: Session, slug: str) -> Organisation | None:
    """The organisation with this address, or that once had it."""
    organisation = session.scalars(sa.select(Organisation).where(Organisation.slug == slug)).one_or_none()
    if organisation:
        return organisation
    return session.scalars(
        sa.select(Organisation)
        .join(OrganisationSlug, OrganisationSlug.organisation_id == Organisation.id)
        .where(OrganisationSlug.slug == slug)
    ).one_or_none()


def organisation_by_name(session: Session, name: str) -> Organisation | None:
    """The organisation with this name, whatever its case and spaces."""
    return session.scalars(sa.select(Organisation).where(Organisation.name_key == name_key(name))).one_or_none()


def lock_organisation(session: Session, organisation_id: int) -> Organisation:
    """The organisation as it is now; others who change it or its members wait until this transaction ends."""
    return session.scalars(
        sa.select(Organisation)
        .where(Organisation.id == organisation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def search_organisations(session: Session, words: str, limit: int = 20) -> Sequence[Organisation]:
    """Organisations of the register whose names hold every word (``arjang`` finds Årjäng), best first.

    Suspended and refused ones are left out: nobody should invite them or take them over.
    """
    wanted = [word for word in words.split() if any(char.isalnum() for char in word)]
    if not wanted:
        return []
    found = (
        sa.or_(
            Organisation.slug.contains(slugify(word), autoescape=True),
            Organisation.name_key.contains(word.casefold(), autoescape=True),
        )
        for word in wanted
    )
    begins = Organisation.slug.startswith(slugify(words), autoescape=True)
    return session.scalars(
        sa.select(Organisation)
        .where(*found, Organisation.standing.not_in((Standing.SUSPENDED, Standing.REFUSED)))
        .order_by(begins.desc(), Organisation.slug)
        .limit(limit)
    ).all()


def organisations_of(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The organisations that a person works for, in Swedish order; suspended ones are not among them."""
    found = session.scalars(sa.select(Organisation).where(Organisation.id.in_(list(actor.roles)))).all()
    return sorted(found, key=lambda organisation: swedish_key(organisation.name))


def organisations_drafting(session: Session, actor: Actor) -> Sequence[Organisation]:
    """Those that a person may begin drafts for: the ones they work for, and the ones they have claimed."""
    ids = [*actor.roles, *actor.claims]
    found = session.scalars(sa.select(Organisation).where(Organisation.id.in_(ids))).all()
    return sorted(found, key=lambda organisation: swedish_key(organisation.name))


def claims_of(session: Session, user_id: int) -> Sequence[Organisation]:
    """The organisations that a person has claimed and nobody has checked yet, in Swedish order."""
    found = session.scalars(sa.select(Organisation).where(Organisation.claimed_by_id == user_id)).all()
    return sorted(found, key=lambda organisation: swedish_key(organisation.name))


def claimant_of(session: Session, organisation: Organisation) -> User | None:
    """Who has claimed an organisation of the register and waits for a coordinator to check it."""
    return session.get(User, organisation.claimed_by_id) if organisation.claimed_by_id else None


def standing_within() -> sa.ColumnElement[Standing]:
    """``Organisation.standing_within`` as an expression."""
    return sa.case(
        (Organisation.claimed_by_id.is_not(None), sa.literal(Standing.PENDING, Organisation.standing.type)),
        else_=Organisation.standing,
    )


def memberships_of(session: Session, user_id: int) -> Sequence[Membership]:
    """A person's memberships with their organisations, also suspended ones, in Swedish order."""
    found = session.scalars(
        sa.select(Membership).where(Membership.user_id == user_id).options(joinedload(Membership.organisation))
    ).all()
    return sorted(found, key=lambda membership: swedish_key(membership.organisation.name))


def organisations_awaiting_verification(session: Session, actor: Actor) -> Sequence[Organisation]:
    """What waits for a coordinator's decision: the whole county's, or that of the actor's kommuner; oldest first."""
    waiting = sa.select(Organisation).where(
        sa.or_(Organisation.standing == Standing.PENDING, Organisation.claimed_by_id.is_not(None))
    )
    if not (actor.is_county_coordinator or actor.is_system):
        waiting = waiting.where(Organisation.kommun_code.in_(sorted(actor.coordinated_kommuner)))
    return session.scalars(waiting.order_by(Organisation.created_at, Organisation.id)).all()


def members_of(session: Session, organisation: Organisation) -> Sequence[Membership]:
    """The members with their persons, in Swedish order."""
    found = session.scalars(
        sa.select(Membership)
        .where(Membership.organisation_id == organisation.id)
        .options(joinedload(Membership.user))
        .order_by(Membership.id)
    ).all()
    return sorted(found, key=lambda membership: swedish_key(membership.user.name))


def member_by_id(session: Session, organisation: Organisation, membership_id: int) -> Membership | None:
    """One membership of this organisation, with its person."""
    return session.scalars(
        sa.select(Membership)
        .where(Membership.id == membership_id, Membership.organisation_id == organisation.id)
        .options(joinedload(Membership.user))
    ).one_or_none()


def membership_of(session: Session, organisation_id: int, user_id: int | None) -> Membership | None:
    """A person's membership of an organisation."""
    return session.scalars(
        sa.select(Membership)
        .where(Membership.organisation_id == organisation_id, Membership.user_id == user_id)
        .options(joinedload(Membership.organisation))
        .execution_options(populate_existing=True)
    ).one_or_none()


def is_member_address(session: Session, organisation: Organisation, email: str) -> bool:
    """Whether somebody with this address is a member."""
    return bool(
        session.scalar(
            sa.select(
                sa.exists().where(
                    Membership.organisation_id == organisation.id,
                    Membership.user_id == User.id,
                    User.email == email,
                )
            )
        )
    )


def administrators_of(session: Session, organisation: Organisation) -> Sequence[User]:
    """The people who run the organisation's account, oldest member first."""
    return session.scalars(
        sa.select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == organisation.id, Membership.role == MemberRole.ADMINISTRATOR)
        .order_by(Membership.id)
    ).all()


def count_administrators(session: Session, organisation_id: int) -> int:
    """How many administrators an organisation has."""
    return (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(Membership)
            .where(Membership.organisation_id == organisation_id, Membership.role == MemberRole.ADMINISTRATOR)
        )
        or 0
    )


def invitation_by_token(session: Session, token: str) -> MemberInvitation | None:
    """The invitation of a letter with its organisation, open or not."""
    return session.scalars(
        sa.select(MemberInvitation)
        .where(MemberInvitation.token_hash == token_hash(token))
        .options(joinedload(MemberInvitation.organisation))
        .execution_options(populate_existing=True)
    ).one_or_none()


def invitation_by_id(session: Session, organisation: Organisation, invitation_id: int) -> MemberInvitation | None:
    """One invitation to this organisation."""
    return session.scalars(
        sa.select(MemberInvitation).where(
            MemberInvitation.id == invitation_id, MemberInvitation.organisation_id == organisation.id
        )
    ).one_or_none()


def unanswered_invitations(session: Session, organisation: Organisation) -> Sequence[MemberInvitation]:
    """Invitations that nobody has accepted or taken back, also those that have run out; oldest first."""
    return session.scalars(
        _unanswered().where(MemberInvitation.organisation_id == organisation.id).order_by(MemberInvitation.id)
    ).all()


def invitations_for(session: Session, email: str) -> Sequence[MemberInvitation]:
    """Unanswered invitations to an address, with their organisations; oldest first."""
    return session.scalars(
        _unanswered()
        .where(MemberInvitation.email == email)
        .options(joinedload(MemberInvitation.organisation))
        .order_by(MemberInvitation.id)
    ).all()


def slug_is_taken(session: Session, slug: str, *, by_others_than: int | None = None) -> bool:
    """Whether another organisation has or once had this address."""
    now_had = sa.select(Organisation.id).where(
        Organisation.slug == slug, Organisation.id.is_distinct_from(by_others_than)
    )
    once_had = sa.select(OrganisationSlug.organisation_id).where(
        OrganisationSlug.slug == slug, OrganisationSlug.organisation_id.is_distinct_from(by_others_than)
    )
    return session.scalars(sa.union_all(now_had, once_had)).first() is not None


def _unanswered() -> sa.Select[MemberInvitation]:
    return sa.select(MemberInvitation).where(
        MemberInvitation.accepted_at.is_(None), MemberInvitation.revoked_at.is_(None)
    )

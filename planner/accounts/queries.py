"""Every question about people."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from planner.accounts.models import CoordinatorRole, EmailConfirmation, SignInLink, User
from planner.audit.models import LogEntry
from planner.core.tokens import token_hash
from planner.mail.models import Letter


def user_by_session_key(session: Session, session_key: str) -> User | None:
    """The open account that a session belongs to."""
    return session.scalars(sa.select(User).where(User.session_key == session_key, User.is_active)).one_or_none()


def user_by_email(session: Session, email: str) -> User | None:
    """The account with this address, whatever its case."""
    return session.scalars(sa.select(User).where(User.email == email.strip().lower())).one_or_none()


def sign_in_link(session: Session, token: str) -> SignInLink | None:
    """The sign-in link of a letter, with its person, whether it still works or not."""
    return session.scalars(
        sa.select(SignInLink).where(SignInLink.token_hash == token_hash(token)).options(joinedload(SignInLink.user))
    ).one_or_none()


def email_confirmation(session: Session, token: str) -> EmailConfirmation | None:
    """The proof of an address that a letter asks for, whether it still works or not."""
    return session.scalars(
        sa.select(EmailConfirmation).where(EmailConfirmation.token_hash == token_hash(token))
    ).one_or_none()


def count_live_links(session: Session, email: str, now: datetime) -> int:
    """How many letters with a link that still works have been sent to an address."""
    links = (
        sa.select(sa.func.count())
        .select_from(SignInLink)
        .join(User, User.id == SignInLink.user_id)
        .where(User.email == email, SignInLink.used_at.is_(None), SignInLink.expires_at > now)
    )
    proofs = (
        sa.select(sa.func.count())
        .select_from(EmailConfirmation)
        .where(EmailConfirmation.email == email, EmailConfirmation.used_at.is_(None))
        .where(EmailConfirmation.expires_at > now)
    )
    return (session.scalar(links) or 0) + (session.scalar(proofs) or 0)


def coordinators_for(session: Session, kommun_code: str | None) -> Sequence[User]:
    """Everybody who coordinates a kommun or the whole county, each once, by name."""
    concerned = sa.or_(CoordinatorRole.kommun_code == kommun_code, CoordinatorRole.kommun_code.is_(None))
    ids = sa.select(CoordinatorRole.user_id).where(concerned)
    return session.scalars(sa.select(User).where(User.id.in_(ids), User.is_active).order_by(User.name, User.id)).all()


def coordinator_roles(session: Session) -> Sequence[CoordinatorRole]:
    """Every coordinator's role with the person: the county's first, then kommun by kommun."""
    return session.scalars(
        sa.select(CoordinatorRole)
        .join(CoordinatorRole.user)
        .options(joinedload(CoordinatorRole.user))
        .order_by(sa.func.coalesce(CoordinatorRole.kommun_code, ""), User.name, CoordinatorRole.id)
    ).all()


def coordinator_role(session: Session, user: User, kommun_code: str | None) -> CoordinatorRole | None:
    """A person's role for one kommun, or for the county."""
    same = CoordinatorRole.kommun_code.is_(None) if kommun_code is None else CoordinatorRole.kommun_code == kommun_code
    return session.scalars(sa.select(CoordinatorRole).where(CoordinatorRole.user_id == user.id, same)).one_or_none()


def roles_of(session: Session, user: User) -> Sequence[CoordinatorRole]:
    """What a person coordinates."""
    return session.scalars(
        sa.select(CoordinatorRole).where(CoordinatorRole.user_id == user.id).order_by(CoordinatorRole.id)
    ).all()


def other_county_coordinators(session: Session, user: User) -> int:
    """How many other people coordinate the county."""
    return (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(CoordinatorRole)
            .join(CoordinatorRole.user)
            .where(CoordinatorRole.kommun_code.is_(None), User.id != user.id, User.is_active)
        )
        or 0
    )


def lock_county_coordinators(session: Session) -> None:
    """Make others who change the county's coordinators wait until this transaction ends."""
    session.scalars(
        sa.select(CoordinatorRole.id)
        .where(CoordinatorRole.kommun_code.is_(None))
        .order_by(CoordinatorRole.id)
        .with_for_update()
    ).all()


def letters_to(session: Session, email: str) -> Sequence[Letter]:
    """The letters that have been written to an address, oldest first."""
    return session.scalars(sa.select(Letter).where(Letter.to_address == email).order_by(Letter.id)).all()


def log_entries_by(session: Session, user_id: int) -> Sequence[LogEntry]:
    """What the log says that a person has done, oldest first."""
    return session.scalars(sa.select(LogEntry).where(LogEntry.actor_id == user_id).order_by(LogEntry.id)).all()

"""Every question about people."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import User


def user_by_session_key(session: Session, session_key: str) -> User | None:
    """The open account that a session belongs to."""
    return session.scalars(sa.select(User).where(User.session_key == session_key, User.is_active)).one_or_none()


def user_by_email(session: Session, email: str) -> User | None:
    """The account with this address, whatever its case."""
    return session.scalars(sa.select(User).where(User.email == email.strip().lower())).one_or_none()

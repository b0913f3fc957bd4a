"""Proofs that somebody reads the letters of an address."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import EmailConfirmation, SignInLink
from planner.accounts.rules import KEPT_AFTER_EXPIRY
from planner.core.addresses import clean_email
from planner.core.errors import Invalid, NotFound, Problem
from planner.core.text import N_
from planner.core.tokens import token_hash


def checked_email(email: str) -> str:
    """An address in the form that is stored.

    Raises:
        Invalid: it cannot be an address.
    """
    try:
        return clean_email(email)
    except ValueError as error:
        raise Invalid([Problem("email", N_("Skriv en e-postadress, till exempel namn@forening.se."))]) from error


def use_confirmation(session: Session, token: str, *, user_id: int | None, now: datetime) -> str:
    """Use the proof of an address, once; the address that it proves.

    Raises:
        NotFound: it is used, too old, somebody else's, or never was.
    """
    address = session.execute(
        sa.update(EmailConfirmation)
        .where(EmailConfirmation.token_hash == token_hash(token))
        .where(EmailConfirmation.user_id.is_not_distinct_from(user_id))
        .where(EmailConfirmation.used_at.is_(None), EmailConfirmation.expires_at > now)
        .values(used_at=now)
        .returning(EmailConfirmation.email)
    ).scalar_one_or_none()
    if address is None:
        raise NotFound
    return address


def forget_old_links(session: Session, *, now: datetime) -> int:
    """Delete the links and proofs that stopped working more than a day ago; how many there were."""
    before = now - KEPT_AFTER_EXPIRY
    return sum(
        session.execute(
            sa.delete(model).where(model.expires_at < before), execution_options={"synchronize_session": False}
        ).rowcount  # type: ignore[attr-defined]
        for model in (SignInLink, EmailConfirmation)
    )

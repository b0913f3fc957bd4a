"""The life of an account: opened, changed, closed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planner.accounts import letters
from planner.accounts.actions.proofs import checked_email, use_confirmation
from planner.accounts.models import CoordinatorRole, EmailConfirmation, SignInLink, User
from planner.accounts.passwords import hash_password
from planner.accounts.queries import (
    coordinator_role,
    count_live_links,
    lock_county_coordinators,
    other_county_coordinators,
    user_by_email,
)
from planner.accounts.rules import LINK_LIFE, MOST_LIVE_LINKS, problems_with_name, problems_with_password
from planner.accounts.signals import account_closing
from planner.audit.actions import log
from planner.core.errors import Invalid, Problem
from planner.core.text import N_, clean_line
from planner.core.tokens import new_token, token_hash


def register_user(session: Session, email: str, name: str, *, now: datetime) -> User:
    """Open an account without any rights. Nobody needs a password.

    Raises:
        Invalid: the address or the name cannot be used, or the address has an account.
    """
    address = checked_email(email)
    name = _checked_name(name)
    if user_by_email(session, address):
        raise Invalid([has_account()])
    user = User(email=address, name=name, session_key=new_token(), created_at=now)
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError as error:  # opened by somebody else in the same moment
        raise Invalid([has_account()]) from error
    return user


def has_account() -> Problem:
    """The problem of an address that somebody signs in with."""
    return Problem("email", N_("Det finns redan ett konto med den här e-postadressen."))


def change_name(session: Session, user: User, name: str) -> User:
    """Give the person another name, or a title instead of one."""
    user.name = _checked_name(name)
    session.flush()
    return user


def request_email_change(session: Session, user: User, new_email: str, *, now: datetime) -> None:
    """Send a letter to the new address; the account moves when its link is used.

    The answer is the same when the address belongs to another account: then no letter is sent.
    """
    address = checked_email(new_email)
    if address == user.email:
        raise Invalid([Problem("email", N_("Det är redan din e-postadress."))])
    if user_by_email(session, address) or count_live_links(session, address, now) >= MOST_LIVE_LINKS:
        return
    token = new_token()
    session.add(
        EmailConfirmation(
            email=address, user_id=user.id, token_hash=token_hash(token), created_at=now, expires_at=now + LINK_LIFE
        )
    )
    letters.send_email_change_link(session, user, address, token, now=now)


def confirm_email_change(session: Session, user: User, token: str, *, now: datetime) -> User:
    """Move the account to the address that the letter proved. Other sessions end; the old address gets a notice.

    Raises:
        NotFound: the link is used, too old, or another person's.
        Invalid: somebody else opened an account with the address in between.
    """
    address = use_confirmation(session, token, user_id=user.id, now=now)
    old_email = user.email
    try:
        with session.begin_nested():
            user.email = address
    except IntegrityError as error:
        raise Invalid([has_account()]) from error
    sign_out_everywhere(session, user)
    log(session, "change_email", user, name=user.name, actor=user, now=now)
    letters.send_email_changed(session, user, old_email, now=now)
    return user


def set_password(session: Session, user: User, password: str, *, now: datetime) -> User:
    """Set the password, the first or another. Every session ends; the caller signs this one in again.

    Raises:
        Invalid: the password will not do.
    """
    problems = problems_with_password(password, email=user.email, name=user.name)
    if problems:
        raise Invalid(problems)
    user.password_hash = hash_password(password)
    sign_out_everywhere(session, user)
    log(session, "set_password", user, name=user.name, actor=user, now=now)
    letters.send_password_changed(session, user, now=now)
    return user


def remove_password(session: Session, user: User, *, now: datetime) -> User:
    """Sign in by letter only from now on."""
    if user.password_hash is None:
        return user
    user.password_hash = None
    sign_out_everywhere(session, user)
    log(session, "remove_password", user, name=user.name, actor=user, now=now)
    letters.send_password_changed(session, user, now=now)
    return user


def sign_out_everywhere(session: Session, user: User) -> None:
    """End every session of the person, here and elsewhere, and every link that has not been used."""
    user.session_key = new_token()
    session.flush()
    session.execute(sa.delete(SignInLink).where(SignInLink.user_id == user.id, SignInLink.used_at.is_(None)))
    session.execute(
        sa.delete(EmailConfirmation).where(EmailConfirmation.user_id == user.id, EmailConfirmation.used_at.is_(None))
    )


def close_account(session: Session, user: User, *, now: datetime) -> None:
    """Erase the person: what remains is a row without name and address, so that the log's numbers keep their meaning.

    Raises:
        Invalid: somebody else depends on the account (the last administrator, the last county coordinator).
    """
    lock_county_coordinators(session)
    if coordinator_role(session, user, None) and not other_county_coordinators(session, user):
        raise Invalid([Problem("", N_("Du är länets enda samordnare. Utse en annan innan du stänger kontot."))])
    account_closing.send(user, session=session, now=now)
    name, email = user.name, user.email
    log(session, "close_account", user, name=N_("Stängt konto"), actor=user, now=now)
    letters.send_account_closed(session, name, email, now=now)
    for model in (SignInLink, EmailConfirmation, CoordinatorRole):
        session.execute(sa.delete(model).where(model.user_id == user.id))
    user.name, user.email = N_("Stängt konto"), f"stangt-{user.id}@konto.invalid"
    user.password_hash, user.is_active, user.session_key = None, False, new_token()
    session.flush()


def _checked_name(name: str) -> str:
    name = clean_line(name)
    problems = problems_with_name(name)
    if problems:
        raise Invalid(problems)
    return name

"""The ways in: a one-time link by letter, or a password."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts import letters
from planner.accounts.actions.accounts import register_user
from planner.accounts.actions.proofs import checked_email, use_confirmation
from planner.accounts.models import EmailConfirmation, SignInLink, User
from planner.accounts.passwords import hash_password, is_right_password, needs_rehash
from planner.accounts.queries import count_live_links, user_by_email
from planner.accounts.rules import LINK_LIFE, MOST_LIVE_LINKS
from planner.core.addresses import is_local_path
from planner.core.errors import Invalid, NotFound, Problem
from planner.core.text import N_
from planner.core.tokens import new_token, token_hash


def request_sign_in_link(session: Session, email: str, next_path: str = "", *, now: datetime) -> None:
    """Send a way in to an address: to its account, or to opening one.

    The answer and the work are the same in both cases, so that nobody learns who has an account. A new link leaves
    older ones alive, because letters overtake each other; the first one used ends the others.
    """
    address = checked_email(email)
    if count_live_links(session, address, now) >= MOST_LIVE_LINKS:
        return
    next_path = next_path if is_local_path(next_path) else ""
    token = new_token()
    life = {"token_hash": token_hash(token), "next_path": next_path, "created_at": now, "expires_at": now + LINK_LIFE}
    user = user_by_email(session, address)
    if user and user.is_active:
        session.add(SignInLink(user_id=user.id, **life))
        letters.send_sign_in_link(session, user, token, now=now)
    elif not user:
        session.add(EmailConfirmation(email=address, **life))
        letters.send_new_account_link(session, address, token, now=now)


def sign_in_with_link(session: Session, token: str, *, now: datetime) -> User:
    """Use the link of a letter, once. The person's other links die with it.

    Raises:
        NotFound: it is used, too old, or never was.
    """
    used = session.execute(
        sa.update(SignInLink)
        .where(SignInLink.token_hash == token_hash(token), SignInLink.used_at.is_(None), SignInLink.expires_at > now)
        .values(used_at=now)
        .returning(SignInLink.user_id)
    ).scalar_one_or_none()
    user = session.get(User, used) if used else None
    if user is None or not user.is_active:
        raise NotFound
    session.execute(
        sa.update(SignInLink).where(SignInLink.user_id == user.id, SignInLink.used_at.is_(None)).values(used_at=now)
    )
    return _let_in(user, now)


def open_account(session: Session, token: str, name: str, *, now: datetime) -> User:
    """Use the link that was sent to an address without an account: the account is opened and its person let in.

    Raises:
        NotFound: the link is used, too old, or never was.
    """
    address = use_confirmation(session, token, user_id=None, now=now)
    user = user_by_email(session, address)
    if user is None:
        user = register_user(session, address, name, now=now)
    return _let_in(user, now)


def check_password(session: Session, email: str, password: str, *, now: datetime) -> User:
    """The person with this address and password. Takes as long whatever is wrong, and says nothing of what it was.

    Raises:
        Invalid: one of them is wrong.
    """
    user = user_by_email(session, email)
    right = is_right_password(password, user.password_hash if user else None)
    if not right or user is None or user.password_hash is None or not user.is_active:
        raise Invalid([Problem("", N_("E-postadressen och lösenordet hör inte ihop. Försök igen, eller få en länk."))])
    if needs_rehash(user.password_hash):
        user.password_hash = hash_password(password)
    return _let_in(user, now)


def _let_in(user: User, now: datetime) -> User:
    user.last_signed_in_at = now
    return user

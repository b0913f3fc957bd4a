"""The letters about accounts."""

from datetime import datetime

from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.data.kommuner import COUNTY_NAME, kommuner
from planner.mail.actions import post_letter


def send_sign_in_link(session: Session, user: User, token: str, *, now: datetime) -> None:
    """The one-time way in, to somebody who has an account."""
    post_letter(session, "sign_in_link", user.email, now=now, person=user.name, token=token)


def send_new_account_link(session: Session, email: str, token: str, *, now: datetime) -> None:
    """The one-time way to an account, to somebody who has none."""
    post_letter(session, "new_account_link", email, now=now, token=token)


def send_email_change_link(session: Session, user: User, new_email: str, token: str, *, now: datetime) -> None:
    """The link that proves that the new address is the person's own, to the new address."""
    post_letter(session, "email_change_link", new_email, now=now, person=user.name, new_email=new_email, token=token)


def send_email_changed(session: Session, user: User, old_email: str, *, now: datetime) -> None:
    """The notice that the account has moved to another address, to the old one."""
    post_letter(session, "email_changed", old_email, now=now, person=user.name, old_email=old_email)


def send_password_changed(session: Session, user: User, *, now: datetime) -> None:
    """The notice that the password was set, changed or removed."""
    has_password = user.password_hash is not None
    post_letter(session, "password_changed", user.email, now=now, person=user.name, has_password=has_password)


def send_account_closed(session: Session, name: str, email: str, *, now: datetime) -> None:
    """The receipt for a closed account."""
    post_letter(session, "account_closed", email, now=now, person=name)


def send_coordinator_granted(session: Session, user: User, kommun_code: str | None, *, now: datetime) -> None:
    """That somebody has become a coordinator."""
    post_letter(session, "coordinator_granted", user.email, now=now, person=user.name, area=area_name(kommun_code))


def send_coordinator_revoked(session: Session, user: User, kommun_code: str | None, *, now: datetime) -> None:
    """That somebody is a coordinator no longer."""
    post_letter(session, "coordinator_revoked", user.email, now=now, person=user.name, area=area_name(kommun_code))


def area_name(kommun_code: str | None) -> str:
    """A kommun's official name, or the county's."""
    return kommuner()[kommun_code].official_name if kommun_code else COUNTY_NAME

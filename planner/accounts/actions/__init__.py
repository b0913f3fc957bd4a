"""Every change to people and their ways in."""

from planner.accounts.actions.accounts import (
    change_name,
    close_account,
    confirm_email_change,
    register_user,
    remove_password,
    request_email_change,
    set_password,
    sign_out_everywhere,
)
from planner.accounts.actions.coordinators import grant_coordinator, revoke_coordinator
from planner.accounts.actions.proofs import checked_email, forget_old_links
from planner.accounts.actions.sign_in import check_password, open_account, request_sign_in_link, sign_in_with_link

__all__ = [
    "change_name",
    "check_password",
    "checked_email",
    "close_account",
    "confirm_email_change",
    "forget_old_links",
    "grant_coordinator",
    "open_account",
    "register_user",
    "remove_password",
    "request_email_change",
    "request_sign_in_link",
    "revoke_coordinator",
    "set_password",
    "sign_in_with_link",
    "sign_out_everywhere",
]

"""The log of organisations and editions in plain Swedish; whoever shows it translates."""

from collections.abc import Callable
from datetime import datetime

from planner.audit.models import LogEntry
from planner.core.text import N_

Told = tuple[datetime, str, str, str]
Translate = Callable[..., str]

OF_ORGANISATIONS = {
    "register_organisation": N_("Registrerade organisationen"),
    "claim_organisation": N_("Sade att organisationen är deras"),
    "withdraw_claim": N_("Tog tillbaka att organisationen är deras"),
    "change_organisation": N_("Ändrade uppgifterna"),
    "ask_again_for_verification": N_("Bad om att verifieras på nytt"),
    "verify_organisation": N_("Verifierade"),
    "refuse_organisation": N_("Nekade verifiering"),
    "suspend_organisation": N_("Stängde av"),
    "reinstate_organisation": N_("Hävde avstängningen"),
    "ask_to_join": N_("Bad om att få bli medlem"),
    "invite_member": N_("Bjöd in en medlem"),
    "renew_member_invitation": N_("Skickade inbjudan igen"),
    "revoke_member_invitation": N_("Tog tillbaka en inbjudan"),
    "accept_member_invitation": N_("Blev medlem"),
    "change_member_role": N_("Ändrade en medlems roll"),
    "remove_member": N_("Tog bort en medlem"),
    "leave_organisation": N_("Lämnade organisationen"),
}
OF_EDITIONS = {
    "create_edition": N_("Skapade upplagan"),
    "change_edition": N_("Ändrade upplagan"),
    "open_edition": N_("Öppnade för anmälan av programpunkter"),
    "publish_edition": N_("Publicerade"),
    "archive_edition": N_("Arkiverade"),
}


def told_of_organisation(entry: LogEntry, translate: Translate) -> Told:
    """When, who, what and why, as the history component takes it; ``translate`` is gettext."""
    return _told(entry, OF_ORGANISATIONS, translate)


def told_of_edition(entry: LogEntry, translate: Translate) -> Told:
    """When, who, what and why, as the history component takes it; ``translate`` is gettext."""
    return _told(entry, OF_EDITIONS, translate)


def _told(entry: LogEntry, words: dict[str, str], translate: Translate) -> Told:
    return entry.at, entry.actor_name, translate(words.get(entry.action, N_("Gjorde en ändring"))), entry.reason

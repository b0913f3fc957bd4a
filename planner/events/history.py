"""The log of an event in plain Swedish; whoever shows it translates."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from planner.audit.models import LogEntry
from planner.core.text import N_
from planner.events.actions.changes import LABELS
from planner.events.models import HostingRole

WORDS = {
    "create_draft": N_("Började på ett utkast"),
    "save_event": N_("Sparade ändringar"),
    "delete_draft": N_("Tog bort utkastet"),
    "add_occurrence": N_("Lade till ett tillfälle"),
    "change_occurrence": N_("Ändrade ett tillfälle"),
    "copy_occurrence": N_("Kopierade ett tillfälle"),
    "remove_occurrence": N_("Tog bort ett tillfälle"),
    "cancel_occurrence": N_("Ställde in ett tillfälle"),
    "postpone_occurrence": N_("Sköt upp ett tillfälle"),
    "reinstate_occurrence": N_("Återupptog ett tillfälle"),
    "move_occurrence_online": N_("Flyttade ett tillfälle till digitalt"),
    "use_reserve_place": N_("Flyttade ett tillfälle till reservplatsen"),
    "submit_event": N_("Skickade in för granskning"),
    "take_back_event": N_("Tog tillbaka till utkast"),
    "return_event": N_("Lämnade tillbaka för komplettering"),
    "reject_event": N_("Avslog"),
    "publish_event": N_("Publicerade"),
    "cancel_event": N_("Ställde in hela programpunkten"),
    "reinstate_event": N_("Återupptog programpunkten"),
    "withdraw_event": N_("Avpublicerade"),
    "archive_event": N_("Arkiverade"),
    "acknowledge_change": N_("Gick igenom ändringen efter publicering"),
    "invite_organisation": N_("Bjöd in %(partner)s som %(role)s"),
    "take_back_invitation": N_("Tog tillbaka inbjudan till %(partner)s"),
    "change_hosting": N_("Ändrade rollen eller rättigheterna för %(partner)s"),
    "accept_hosting": N_("%(partner)s tackade ja"),
    "confirm_hosting": N_("%(partner)s bekräftade på nytt efter en ändring"),
    "decline_hosting": N_("%(partner)s tackade nej"),
    "withdraw_hosting": N_("%(partner)s drog sig ur"),
    "ask_to_take_over": N_("Frågade %(partner)s om att ta över som huvudarrangör"),
    "take_back_handover": N_("Tog tillbaka frågan till %(partner)s om att ta över"),
    "accept_handover": N_("%(partner)s tog över som huvudarrangör efter %(former)s"),
    "decline_handover": N_("%(partner)s tackade nej till att ta över"),
    "strand_draft": N_("Utkastet hör inte längre till %(partner)s"),
    "move_draft": N_("Flyttade utkastet från %(former)s till %(partner)s"),
    "lapse_handover": N_("Frågan till %(partner)s om att ta över gäller inte längre"),
}

Told = tuple[datetime, str, str, str]
Translate = Callable[..., str]


def told(entry: LogEntry, translate: Translate) -> Told:
    """When, who, what, and why or what exactly, as the history component takes it; ``translate`` is gettext."""
    details: dict[str, Any] = entry.details or {}
    message = WORDS.get(entry.action, N_("Gjorde en ändring"))
    role = translate(HostingRole(details["role"]).label).lower() if details.get("role") else ""
    names = {"partner": details.get("partner", ""), "former": details.get("former", ""), "role": role}
    what = translate(message, **names) if "%(" in message else translate(message)
    who = entry.actor_name or (translate(N_("Genom brevet")) if details.get("by_letter") else "")
    return entry.at, who, what, entry.reason or _changed(details, translate)


def _changed(details: dict[str, Any], translate: Translate) -> str:
    """Which fields a save changed, by their names: the values may be long, and some are personal."""
    changed, contact = details.get("changed"), details.get("changed_contact")
    keys = [*(changed if isinstance(changed, dict) else ()), *(contact if isinstance(contact, list) else ())]
    return ", ".join(dict.fromkeys(translate(LABELS[key]) for key in keys if key in LABELS))

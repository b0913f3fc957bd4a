"""What an occurrence states, in words: for the page that shows two versions of it."""

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from planner.core.dates import day_in_words
from planner.core.text import N_
from planner.web.language import current_language
from planner.workspace.conflicts import InWords, differing

LABELS = {
    "time_kind": N_("Vad som är bestämt om tiden"),
    "first_day": N_("Dag"),
    "last_day": N_("Sista dag"),
    "start": N_("Börjar klockan"),
    "end": N_("Slutar klockan"),
    "is_open_ended": N_("Sista dagen är inte bestämd"),
    "time_note": N_("Mer om tiden"),
    "is_preliminary": N_("Preliminär"),
    "place_id": N_("Plats"),
    "digital_place_id": N_("Digital mötesplats"),
    "reserve_place_id": N_("Reservplats"),
    "reserve_note": N_("När reservplatsen används"),
    "room": N_("Lokal eller rum"),
    "has_no_audience_on_site": N_("Sänds utan publik på plats"),
    "label": N_("Namn på tillfället"),
    "capacity_onsite": N_("Antal platser på plats"),
    "capacity_online": N_("Antal platser digitalt"),
    "capacity_note": N_("Mer om antalet"),
    "permit": N_("Polisens tillstånd"),
    "permit_number": N_("Tillståndets diarienummer"),
    "recording_url": N_("Länk till inspelningen"),
    "recording_until": N_("Inspelningen tas bort efter"),
    "captions": N_("Textning av inspelningen"),
}
_PLACES = ("place_id", "digital_place_id", "reserve_place_id")
_WRITTEN = (*_PLACES, "time_note", "reserve_note", "room", "label", "capacity_note", "permit_number", "recording_url")


def occurrence_words(
    theirs: Mapping[str, Any], mine: Mapping[str, Any], venues: Mapping[int, str]
) -> dict[str, InWords]:
    """Each field of an occurrence that differs, in the language of the page but for what people have written."""
    return {
        key: InWords(
            _(LABELS[key]),
            _words(key, theirs[key], venues),
            _words(key, mine[key], venues),
            lang="sv" if key in _WRITTEN else "",
        )
        for key in differing(theirs, mine)
    }


def _words(key: str, value: Any, venues: Mapping[int, str]) -> str:
    match value:
        case None | "":
            return ""
        case bool():
            return str(_("Ja") if value else _("Nej"))
        case StrEnum():
            return str(_(getattr(value, "label", str(value))))
        case date():
            return day_in_words(value, current_language())
        case time():
            return f"{value:%H.%M}"
    return venues.get(value, str(value)) if key in _PLACES else str(value)

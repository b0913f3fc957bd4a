"""What a save changed: for the log as values, for a letter in words."""

from collections.abc import Mapping
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from planner.core.addresses import shown_phone
from planner.core.dates import day_in_words
from planner.core.text import N_
from planner.core.tongue import SWEDISH, Tongue
from planner.data.kommuner import kommuner
from planner.events.actions.event_fields import PERSONAL
from planner.events.facts import Difference
from planner.events.models import LanguageUse
from planner.events.models.vocabulary import LANGUAGES

LABELS = {
    "title": N_("Rubrik"),
    "summary": N_("Kort beskrivning"),
    "description": N_("Beskrivning"),
    "activity": N_("Typ av programpunkt"),
    "age_from": N_("Lägsta ålder"),
    "age_to": N_("Högsta ålder"),
    "is_free": N_("Gratis"),
    "price": N_("Pris"),
    "accessibility_note": N_("Om tillgängligheten"),
    "contact_name": N_("Kontaktperson"),
    "contact_email": N_("Kontakt, e-post"),
    "contact_phone": N_("Kontakt, telefon"),
    "sign_up": N_("Anmälan"),
    "sign_up_url": N_("Adress för anmälan"),
    "sign_up_note": N_("Om anmälan"),
    "sign_up_by": N_("Sista dag för anmälan"),
    "visibility": N_("Vem som får se programpunkten"),
    "is_countywide": N_("Rör hela länet"),
    "part_of_id": N_("Del av"),
    "series": N_("Serie"),
    "image_file": N_("Bild"),
    "image_alt": N_("Bildbeskrivning"),
    "image_credit": N_("Bildens upphov"),
    "source_note": N_("Källa"),
    "themes": N_("Teman"),
    "audiences": N_("Målgrupper"),
    "languages": N_("Språk"),
    "kommuner": N_("Kommuner"),
    "features": N_("Tillgänglighet"),
    "texts": N_("Texter på andra språk"),
}
OCCURRENCE_LABELS = {
    "label": N_("Tillfällets namn"),
    "time_note": N_("Om tiden"),
    "is_preliminary": N_("Preliminärt"),
    "reserve_place": N_("Reservplats"),
    "reserve_note": N_("När reservplatsen gäller"),
    "room": N_("Lokal"),
    "has_no_audience_on_site": N_("Sänds utan publik på plats"),
    "capacity_onsite": N_("Platser på plats"),
    "capacity_online": N_("Platser digitalt"),
    "capacity_note": N_("Om antalet platser"),
    "permit": N_("Tillstånd"),
    "permit_number": N_("Tillståndets nummer"),
    "recording_url": N_("Inspelning"),
    "recording_until": N_("Inspelningen finns till och med"),
    "captions": N_("Textning"),
    "state_note": N_("Orsak"),
}
"""Of what is not material: time, place, form and state are told by ``facts.differences``."""

_LONG = 300
"""Characters. Of longer texts a letter shows only the lines that changed."""

Changed = dict[str, tuple[Any, Any]]
Names = Mapping[str, Mapping[int, str]]


def changed_fields(before: Mapping[str, Any], given: Mapping[str, Any]) -> Changed:
    """The fields that got another value, with what they were and are."""
    return {key: (before[key], given[key]) for key in LABELS if key in given and before[key] != given[key]}


def for_log(changed: Changed) -> dict[str, Any]:
    """The difference as JSON; of what may be about a person only the name of the field."""
    return {
        "changed": {key: [_plain(old), _plain(new)] for key, (old, new) in changed.items() if key not in PERSONAL},
        "changed_contact": [key for key in changed if key in PERSONAL],
    }


def in_words(changed: Changed, names: Names) -> list[Difference]:
    """The difference for a letter; ``names`` tells, by field, what the ids in its values are called."""
    found = []
    for key, (old, new) in changed.items():
        before, after = value_in_words(key, old, names), value_in_words(key, new, names)
        if max(len(before), len(after)) > _LONG:
            before, after = _changed_lines(before, after)
        found.append(Difference(LABELS[key], before, after))
    return found


def is_written(key: str, value: Any) -> bool:
    """Whether a field's words are what people have written, which stays as it is in every language."""
    return key in ("themes", "part_of_id") or (isinstance(value, str) and not isinstance(value, StrEnum))


def occurrence_in_words(changed: Mapping[str, tuple[Any, Any]]) -> list[Difference]:
    """What is not material of an occurrence's difference, for a letter."""
    return [
        Difference(OCCURRENCE_LABELS[key], _word(old, SWEDISH), _word(new, SWEDISH))
        for key, (old, new) in changed.items()
        if key in OCCURRENCE_LABELS
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def value_in_words(key: str, value: Any, names: Names, tongue: Tongue = SWEDISH) -> str:
    """One field's value as one would read it; ``names`` as in ``in_words``."""
    match key:
        case "themes":
            return ", ".join(names[key][one] for one in value)
        case "part_of_id":
            return names[key][value] if value else ""
        case "languages":
            return ", ".join(_language(code, use, tongue) for code, use in value)
        case "kommuner":
            return ", ".join(kommun.name for code, kommun in kommuner().items() if code in value)
        case "contact_phone":
            return shown_phone(value)
        case "features":
            return ", ".join(f"{tongue.say(one.label)}: {tongue.say(answer.label)}" for one, answer in value.items())
        case "texts":
            return "\n".join(
                f"{tongue.say(LANGUAGES.get(language, N_('lättläst')))}: {text}"
                for language, texts in value.items()
                for text in texts.values()
                if text
            )
    return _word(value, tongue)


def _word(value: Any, tongue: Tongue) -> str:
    if isinstance(value, bool):
        return tongue.say(N_("Ja") if value else N_("Nej"))
    if isinstance(value, list):
        return ", ".join(tongue.say(one.label) for one in value)
    if isinstance(value, StrEnum):
        return tongue.say(str(getattr(value, "label", value)))
    if isinstance(value, date):
        return day_in_words(value, tongue.code)
    return "" if value is None else str(value)


def _language(code: str, use: LanguageUse, tongue: Tongue) -> str:
    name = tongue.say(LANGUAGES[code])
    return name if use is LanguageUse.SPOKEN else tongue.say(N_("tolkas till %(language)s")) % {"language": name}


def _changed_lines(before: str, after: str) -> tuple[str, str]:
    old, new = before.split("\n"), after.split("\n")
    steps = [step for step in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if step[0] != "equal"]
    return (
        "\n".join("\n".join(old[i1:i2]) for _tag, i1, i2, _j1, _j2 in steps).strip(),
        "\n".join("\n".join(new[j1:j2]) for _tag, _i1, _i2, j1, j2 in steps).strip(),
    )

"""From a record to typed values: everything is read and checked before anything is built."""

from dataclasses import dataclass, field
from typing import Any

from planner.core.errors import Problem
from planner.core.text import N_
from planner.events.models import EventStatus, HostingState, TimeKind
from planner.events.rules import ASKING
from planner.exchange import record as formats
from planner.exchange.fields import Unreadable, instant, read_object
from planner.venues.models import Feature

Values = dict[str, Any]


@dataclass
class EventValues:
    """One event, read: its own columns, and what belongs to it."""

    columns: Values
    organiser: Values
    themes: list[Values] = field(default_factory=list)
    languages: list[Values] = field(default_factory=list)
    features: dict[Any, Any] = field(default_factory=dict)
    texts: dict[str, Values] = field(default_factory=dict)
    occurrences: list[Values] = field(default_factory=list)
    hostings: list[Values] = field(default_factory=list)


def read_event(record: Any) -> EventValues:
    """The values of a record.

    Raises:
        Unreadable: every problem found in the first part that has any, with its path.
    """
    columns = read_object(
        record, formats.EVENT, "", required=("edition", "title"), known=(*formats.EVENT_PARTS, "format")
    )
    if "organiser" not in record:
        raise Unreadable([Problem("organiser", N_("Fältet saknas."))])
    values = EventValues(columns, organiser=_organisation(record["organiser"], "organiser"))
    values.themes = [
        read_object(item, formats.THEME, f"themes[{at}]", required=("slug", "name"))
        for at, item in _items(record, "themes")
    ]
    values.languages = [
        read_object(item, formats.LANGUAGE, f"languages[{at}]", required=("code", "use"))
        for at, item in _items(record, "languages")
    ]
    values.features = read_object(
        record.get("features", {}), {item.value: formats.answer for item in Feature}, "features"
    )
    for language, text in _object(record, "texts").items():
        read_object({language: language}, {language: formats.text_language}, "texts")
        values.texts[language] = read_object(text, formats.TEXT, f"texts.{language}")
    values.occurrences = [_occurrence(item, f"occurrences[{at}]") for at, item in _items(record, "occurrences")]
    values.hostings = [_hosting(item, f"hostings[{at}]") for at, item in _items(record, "hostings")]
    _check_handovers(values)
    return values


def _occurrence(item: Any, path: str) -> Values:
    places = ("place", "digital_place", "reserve_place")
    values = read_object(
        item, formats.OCCURRENCE, path, required=("time_kind", "first_day"), known=(*places, "previous_times")
    )
    for key in places:
        values[key] = _venue(item[key], f"{path}.{key}") if item.get(key) is not None else None
    values["previous_times"] = [
        _previous_time(row, f"{path}.previous_times[{at}]") for at, row in _items(item, "previous_times", path)
    ]
    values.setdefault("last_day", values["first_day"])
    _check_time(values, path)
    return values


def _check_time(values: Values, path: str) -> None:
    starts, ends, kind = values.get("starts_at"), values.get("ends_at"), values["time_kind"]
    expected = {TimeKind.START_AND_END: (True, True), TimeKind.START_ONLY: (True, False)}.get(kind, (False, False))
    if (starts is not None, ends is not None) != expected:
        raise Unreadable([Problem(f"{path}.time_kind", N_("Tiderna stämmer inte med slaget av tid."))])
    if values["last_day"] < values["first_day"] or (starts and ends and ends <= starts):
        raise Unreadable([Problem(path, N_("Slutet kommer före början."))])


def _venue(item: Any, path: str) -> Values:
    values = read_object(item, formats.VENUE, path, required=("name", "kind"), known=("owner", "facts"))
    values["owner"] = _organisation(item["owner"], f"{path}.owner") if item.get("owner") is not None else None
    values["facts"] = [
        read_object(row, formats.VENUE_FACT, f"{path}.facts[{at}]", required=("feature", "answer"))
        for at, row in _items(item, "facts", path)
    ]
    if (values.get("latitude") is None) != (values.get("longitude") is None):
        raise Unreadable([Problem(f"{path}.latitude", N_("En punkt har både latitud och longitud."))])
    return values


def _hosting(item: Any, path: str) -> Values:
    values = read_object(
        item, formats.HOSTING, path, required=("role", "state"), known=("organisation", "accepted_facts", "handover")
    )
    asked = item.get("handover")
    required = ("former_stays", "asked_at")
    values["handover"] = read_object(asked, formats.HANDOVER, f"{path}.handover", required=required) if asked else None
    given = item.get("organisation")
    values["organisation"] = _organisation(given, f"{path}.organisation") if given is not None else None
    accepted = item.get("accepted_facts")
    values["accepted_facts"] = _event_facts(accepted, f"{path}.accepted_facts") if accepted is not None else None
    if values["organisation"] is None and (not values.get("invited_email") or values["state"] is HostingState.ACCEPTED):
        raise Unreadable([Problem(path, N_("En arrangör har organisation, eller e-postadress och inget ja."))])
    return values


def _check_handovers(values: EventValues) -> None:
    """At most one partner is asked to take over, it has said yes to hosting, and the event is open."""
    asked = [(at, item) for at, item in enumerate(values.hostings) if item["handover"]]
    is_open = values.columns.get("status", EventStatus.DRAFT) in ASKING
    for count, (at, item) in enumerate(asked):
        if count or not is_open or item["state"] is not HostingState.ACCEPTED:
            message = N_("Bara en arrangör som har tackat ja kan vara tillfrågad om att ta över, medan det är öppet.")
            raise Unreadable([Problem(f"hostings[{at}].handover", message)])


def _organisation(item: Any, path: str) -> Values:
    return read_object(item, formats.ORGANISATION, path, required=("name",))


def _previous_time(item: Any, path: str) -> Values:
    values = read_object(item, {"replaced_at": instant}, path, required=("replaced_at",), known=("facts",))
    return values | {"facts": _occurrence_facts(item.get("facts"), f"{path}.facts")}


def _event_facts(item: Any, path: str) -> dict[str, Any]:
    """The facts as they stand, once every one of them has been read."""
    read_object(item, formats.EVENT_FACTS, path, required=tuple(formats.EVENT_FACTS), known=("occurrences",))
    for uid, facts in _object(item, "occurrences").items():
        _occurrence_facts(facts, f"{path}.occurrences.{uid}")
    return {"occurrences": {}, **item}


def _occurrence_facts(item: Any, path: str) -> dict[str, Any]:
    read_object(item, formats.OCCURRENCE_FACTS, path, required=tuple(formats.OCCURRENCE_FACTS))
    facts: dict[str, Any] = item
    return facts


def _items(record: Any, key: str, path: str = "") -> list[tuple[int, Any]]:
    value = record.get(key, []) if isinstance(record, dict) else []
    if not isinstance(value, list):
        raise Unreadable([Problem(f"{path}.{key}".strip("."), N_("Här ska det stå en lista […]."))])
    return list(enumerate(value))


def _object(record: Any, key: str) -> Values:
    value = record.get(key, {})
    if not isinstance(value, dict):
        raise Unreadable([Problem(key, N_("Här ska det stå ett objekt {…}."))])
    return value

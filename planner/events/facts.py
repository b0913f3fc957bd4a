"""What a partner says yes to, as plain values, and how two such sets differ in words.

Material are title, day, time, place, form and main organiser (design idea 2); everything else may change quietly.
A place is compared by its slug, not by its name: a place renamed in the register is the same place. No row ids, so that
the facts mean the same after a move to another database.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from planner.core.dates import clock_in_words, days_in_words
from planner.core.text import N_
from planner.core.tongue import SWEDISH, Tongue
from planner.events.models import Event, EventStatus, Form, Occurrence, OccurrenceState, TimeKind

_WHEN = ("time_kind", "first_day", "last_day", "starts_at", "ends_at")
_PLACE = ("place_slug", "digital_place_slug")


@dataclass(frozen=True)
class Difference:
    """One thing that changed: what it is called in Swedish, and what it was and is, in words ("" for nothing)."""

    label: str
    before: str
    after: str


def occurrence_facts(occurrence: Occurrence) -> dict[str, Any]:
    """When, where and in which state an occurrence is: JSON values, days as ISO, instants as ISO in UTC.

    Needs ``place`` and ``digital_place`` loaded.
    """
    return {
        "time_kind": occurrence.time_kind.value,
        "first_day": occurrence.first_day.isoformat(),
        "last_day": occurrence.last_day.isoformat(),
        "starts_at": _iso(occurrence.starts_at),
        "ends_at": _iso(occurrence.ends_at),
        "time_note": occurrence.time_note,
        "place_slug": occurrence.place.slug if occurrence.place else None,
        "place": occurrence.place.name if occurrence.place else "",
        "digital_place_slug": occurrence.digital_place.slug if occurrence.digital_place else None,
        "digital_place": occurrence.digital_place.name if occurrence.digital_place else "",
        "form": occurrence.form.value,
        "state": occurrence.state.value,
    }


def material_facts(event: Event) -> dict[str, Any]:
    """What a partner says yes to: title, main organiser, and every occurrence by its UID."""
    return {
        "title": event.title,
        "organiser_slug": event.organiser.slug,
        "organiser": event.organiser.name,
        "is_cancelled": event.status is EventStatus.CANCELLED,
        "occurrences": {occurrence.uid: occurrence_facts(occurrence) for occurrence in event.occurrences},
    }


def facts_print(facts: Mapping[str, Any]) -> str:
    """A fingerprint of material facts, carried by an answer's form: nobody says yes to what they never saw."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:32]


def differences(before: Mapping[str, Any], after: Mapping[str, Any], zone: ZoneInfo) -> list[Difference]:
    """What changed materially from one set of facts to another; empty when nothing did."""
    found = [Difference(N_("Rubrik"), before["title"], after["title"])] if before["title"] != after["title"] else []
    if before["organiser_slug"] != after["organiser_slug"]:
        found.append(Difference(N_("Huvudarrangör"), before["organiser"], after["organiser"]))
    old, new = before["occurrences"], after["occurrences"]
    for uid in (*old, *(uid for uid in new if uid not in old)):
        found += _occurrence_differences(old.get(uid), new.get(uid), zone)
    return found


def when_in_words(facts: Mapping[str, Any], zone: ZoneInfo, tongue: Tongue = SWEDISH) -> str:
    """The time of an occurrence's facts: ``tisdag 21 september 2027 kl. 18–19.30``."""
    first, last = (date.fromisoformat(facts[day]) for day in ("first_day", "last_day"))
    words = days_in_words(first, last, tongue.code)
    if facts["starts_at"]:
        ends = datetime.fromisoformat(facts["ends_at"]) if facts["ends_at"] else None
        words = f"{words} {clock_in_words(datetime.fromisoformat(facts['starts_at']), ends, zone, tongue.code)}"
    kind = TimeKind(facts["time_kind"])
    if kind is TimeKind.ON_BOOKING:
        words = ", ".join((words, tongue.say(N_("tid efter bokning"))))
    return words


def where_in_words(facts: Mapping[str, Any], tongue: Tongue = SWEDISH) -> str:
    """The places of an occurrence's facts: ``Arvika bibliotek och digitalt (Zoom)``."""
    place, online = facts["place"], ""
    if facts["digital_place_slug"]:
        online = tongue.say(N_("digitalt (%(place)s)")) % {"place": facts["digital_place"]}
    if place and online:
        return tongue.say(N_("%(place)s och %(online)s")) % {"place": place, "online": online}
    return place or online or tongue.say(N_("plats inte angiven"))


def _occurrence_differences(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, zone: ZoneInfo
) -> list[Difference]:
    if old is None or new is None:
        label = N_("Nytt tillfälle") if old is None else N_("Borttaget tillfälle")
        return [Difference(label, _in_words(old, zone), _in_words(new, zone))]
    found = []
    if any(old[key] != new[key] for key in _WHEN):
        found.append(Difference(N_("Tid"), when_in_words(old, zone), when_in_words(new, zone)))
    if any(old[key] != new[key] for key in _PLACE):
        found.append(Difference(N_("Plats"), where_in_words(old), where_in_words(new)))
    if old["form"] != new["form"]:
        found.append(Difference(N_("Form"), Form(old["form"]).label, Form(new["form"]).label))
    if old["state"] != new["state"]:
        found.append(Difference(N_("Läge"), OccurrenceState(old["state"]).label, OccurrenceState(new["state"]).label))
    return found


def _in_words(facts: Mapping[str, Any] | None, zone: ZoneInfo) -> str:
    return f"{when_in_words(facts, zone)}, {where_in_words(facts)}" if facts else ""


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None

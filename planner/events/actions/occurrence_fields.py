"""What a person may state about an occurrence: cleaned, checked field by field, its time turned into UTC."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from planner.core.clock import exists_locally, to_utc
from planner.core.dates import clock_in_words, day_in_words, is_plausible
from planner.core.errors import Problem
from planner.core.text import N_, clean_line
from planner.editions.models import Edition
from planner.events.actions.event_fields import https_address, too_long
from planner.events.models import Captions, Occurrence, Permit, TimeKind


class OccurrenceFields(TypedDict, total=False):
    """Everything that a person may state; what is left out stays as it is, or empty for a new occurrence.

    ``start`` and ``end`` are local wall times; the end is on ``last_day``, which is ``first_day`` if left out.
    """

    label: str
    time_kind: TimeKind
    first_day: date
    last_day: date | None
    start: time | None
    end: time | None
    time_note: str
    is_open_ended: bool
    is_preliminary: bool
    place_id: int | None
    digital_place_id: int | None
    reserve_place_id: int | None
    reserve_note: str
    room: str
    has_no_audience_on_site: bool
    capacity_onsite: int | None
    capacity_online: int | None
    capacity_note: str
    permit: Permit | None
    permit_number: str
    recording_url: str
    recording_until: date | None
    captions: Captions | None


LINES = {
    "label": 120,
    "time_note": 300,
    "reserve_note": 160,
    "room": 120,
    "capacity_note": 160,
    "permit_number": 60,
    "recording_url": 500,
}
TIMES = ("time_kind", "first_day", "last_day", "start", "end", "is_open_ended")
PLACES = ("place_id", "digital_place_id", "reserve_place_id")
OTHERS = (
    *LINES,
    "is_preliminary",
    "has_no_audience_on_site",
    "capacity_onsite",
    "capacity_online",
    "permit",
    "recording_until",
    "captions",
)
LONGEST = timedelta(days=400)
MOST_PEOPLE = 1_000_000


def clean_fields(fields: OccurrenceFields) -> dict[str, Any]:
    """The given fields with their texts cleaned."""
    given: dict[str, Any] = dict(fields)
    for key in LINES:
        if key in given:
            given[key] = clean_line(given[key])
    return given


def completed(given: Mapping[str, Any], was: Mapping[str, Any]) -> dict[str, Any]:
    """The given fields with what follows from them for the time.

    A new first day takes the last day with it. Another kind of time drops the wall times that it has no room for,
    unless they were given too. An open end has no last day of its own.
    """
    whole = {**was, **given}
    follows: dict[str, Any] = {}
    first_day, kind = whole.get("first_day"), whole.get("time_kind")
    if "first_day" in given and first_day is not None and given.get("last_day") is None:
        length = was["last_day"] - was["first_day"] if was and "last_day" not in given else timedelta(0)
        follows["last_day"] = first_day + length
    if kind is not None and not kind.has_clock_time and "start" not in given:
        follows["start"] = None
    if kind is not None and kind is not TimeKind.START_AND_END and "end" not in given:
        follows["end"] = None
    if whole.get("is_open_ended") and was:
        follows["last_day"] = max(first_day or was["first_day"], was["last_day"])
    return {**given, **follows}


def stated(occurrence: Occurrence, zone: ZoneInfo) -> dict[str, Any]:
    """What is stated about the occurrence now, in the shape of ``OccurrenceFields``."""
    starts, ends = occurrence.starts_at, occurrence.ends_at
    return {
        **{key: getattr(occurrence, key) for key in (*OTHERS, *PLACES, "time_kind", "first_day", "last_day")},
        "is_open_ended": occurrence.is_open_ended,
        "start": starts.astimezone(zone).time() if starts else None,
        "end": ends.astimezone(zone).time() if ends else None,
    }


def problems_of(given: dict[str, Any]) -> list[Problem]:
    """What is wrong with the cleaned fields, but for times and places; addresses are normalised in place."""
    problems = [
        too_long(key, given[key], longest)
        for key, longest in LINES.items()
        if key in given and len(given[key]) > longest
    ]
    problems += [
        Problem(key, N_("Skriv ett antal, minst 1."))
        for key in ("capacity_onsite", "capacity_online")
        if given.get(key) is not None and not 1 <= given[key] <= MOST_PEOPLE
    ]
    if given.get("recording_url"):
        try:
            given["recording_url"] = https_address(given["recording_url"])
        except ValueError:
            problems.append(Problem("recording_url", N_("Skriv en adress som börjar med https://.")))
    return problems


def problems_of_time(stated_time: Mapping[str, Any], zone: ZoneInfo) -> list[Problem]:
    """What does not hold together in ``time_kind``, the days and the wall times."""
    if stated_time.get("time_kind") is None:
        return [Problem("time_kind", N_("Välj vad som är bestämt om tiden."))]
    if stated_time.get("first_day") is None:
        return [Problem("first_day", N_("Ange vilken dag tillfället börjar."))]
    return _problems_of_days(stated_time) or _problems_of_kind(stated_time) or _problems_of_clock(stated_time, zone)


def time_columns(stated_time: Mapping[str, Any], edition: Edition, zone: ZoneInfo) -> dict[str, Any]:
    """The columns that say when; only for what has no problems. An open end is the edition's last day."""
    first_day, start, end = stated_time["first_day"], stated_time.get("start"), stated_time.get("end")
    last_day = stated_time.get("last_day") or first_day
    is_open_ended = bool(stated_time.get("is_open_ended"))
    if is_open_ended:
        last_day = max(first_day, edition.last_day)
    return {
        "time_kind": stated_time["time_kind"],
        "first_day": first_day,
        "last_day": last_day,
        "is_open_ended": is_open_ended,
        "starts_at": to_utc(first_day, start, zone) if start is not None else None,
        "ends_at": to_utc(last_day, end, zone) if end is not None else None,
    }


def _problems_of_days(stated_time: Mapping[str, Any]) -> list[Problem]:
    first_day, last_day = stated_time["first_day"], stated_time.get("last_day") or stated_time["first_day"]
    if not is_plausible(first_day):
        return [Problem("first_day", N_("Skriv ett datum, till exempel 2027-09-21."))]
    if last_day < first_day:
        return [Problem("last_day", N_("Sista dagen är före den första."))]
    if last_day - first_day > LONGEST:
        return [Problem("last_day", N_("Ett tillfälle kan vara högst 400 dagar långt. Kontrollera årtalet."))]
    return []


def _problems_of_kind(stated_time: Mapping[str, Any]) -> list[Problem]:
    kind, start, end = stated_time["time_kind"], stated_time.get("start"), stated_time.get("end")
    checks = (
        (kind.has_clock_time and start is None, "start", N_("Ange när det börjar, till exempel 18 eller 9.30.")),
        (kind is TimeKind.START_AND_END and end is None, "end", N_("Ange när det slutar, eller välj bara starttid.")),
        (
            kind is TimeKind.START_ONLY and end is not None,
            "end",
            N_("Ni har valt bara starttid. Välj start- och sluttid, eller ta bort sluttiden."),
        ),
        (
            not kind.has_clock_time and (start is not None or end is not None),
            "start",
            N_("Det valda slaget av tid har inga klockslag. Välj start- och sluttid, eller ta bort klockslagen."),
        ),
        (
            kind.has_clock_time and bool(stated_time.get("is_open_ended")),
            "is_open_ended",
            N_("Ett tillfälle med klockslag har en sista dag. Ange den."),
        ),
    )
    return [Problem(field, message) for is_wrong, field, message in checks if is_wrong]


def _problems_of_clock(stated_time: Mapping[str, Any], zone: ZoneInfo) -> list[Problem]:
    """Wall times that the clocks skip, and an end that is not after the start."""
    first_day, start, end = stated_time["first_day"], stated_time.get("start"), stated_time.get("end")
    last_day = stated_time.get("last_day") or first_day
    problems = [
        _does_not_exist(field, day, at)
        for field, day, at in (("start", first_day, start), ("end", last_day, end))
        if at is not None and not exists_locally(day, at, zone)
    ]
    if problems or start is None or end is None or first_day < last_day or start < end:
        return problems
    if start == end:
        return [Problem("end", N_("Start och slut är samma tid."))]
    message = N_("Sluttiden är före starttiden. Slutar det efter midnatt? Ange då %(next_day)s som sista dag.")
    return [Problem("end", message, {"next_day": day_in_words(first_day + timedelta(days=1))})]


def _does_not_exist(field: str, day: date, at: time) -> Problem:
    message = N_("%(day)s finns inte %(at)s: då ställs klockan fram till sommartid. Välj en annan tid.")
    # Any zone serves: the wall time is put into words as it was written.
    words = clock_in_words(datetime.combine(day, at, tzinfo=ZoneInfo("UTC")), None, ZoneInfo("UTC"))
    return Problem(field, message, {"day": day_in_words(day).capitalize(), "at": words})

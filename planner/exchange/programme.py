"""The real programmes of 2015–2026 (planner/data/demokrativeckan-2021.md) as interchange records.

Nothing is dropped and no time is invented: what the model has no column for stands in ``source_note``, in words.
Every ``Finding`` says what the source left open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from planner.core.clock import to_utc
from planner.core.text import slugify
from planner.exchange.fields import plain
from planner.exchange.programme_words import activity_of, audiences_of, is_closed, source_note

Row = dict[str, Any]
Record = dict[str, Any]

NO_ORGANISER = "Arrangören är inte angiven"


@dataclass(frozen=True)
class Days:
    """The days of the edition that a row belongs to."""

    first: date
    last: date
    zone: ZoneInfo


def event_record(row: Row, edition: str, days: Days, now: datetime) -> Record:
    """The record of one row. ``external_id`` is the row's id, by which a second run knows it."""
    return {
        "edition": edition,
        "external_id": row["id"],
        "title": row["title"],
        "summary": row["description"],
        "activity": activity_of(row["activity_type"]),
        "status": "archived",
        "visibility": "closed" if is_closed(row) else "public",
        "organiser": {"name": row["host"] or NO_ORGANISER},
        "hostings": _hostings(row, now),
        "themes": [{"slug": slugify(name), "name": name[:1].upper() + name[1:]} for name in row["themes"]],
        "audiences": audiences_of(row["audiences"]),
        "kommuner": row["kommuner"],
        "languages": [{"code": "sv", "use": "spoken"}],
        "series": row["series"] or row["part_of"] or "",
        "is_free": _is_free(row["cost"]),
        "price": row["cost"] or "",
        "accessibility_note": row["accessibility"] or "",
        "sign_up": _sign_up(row),
        "sign_up_note": row["registration_note"] or "",
        "sign_up_by": row["registration_deadline"],
        "source_note": source_note(row),
        "published_at": plain(now),
        "occurrences": occurrences(row, days),
    }


def occurrences(row: Row, days: Days) -> list[Record]:
    """One occurrence for each time and place of the row."""
    venues = _places(row)
    if row["occurrences"]:
        # The sessions of a row follow its places in order where there is one place for each session.
        matched = venues if len(venues) == len(row["occurrences"]) else venues[:1] * len(row["occurrences"])
        return [
            _occurrence(row, _session_time(session, days), place, session["note"] or "")
            for session, place in zip(row["occurrences"], matched, strict=True)
        ]
    return [_occurrence(row, row_time(row, days), place, "") for place in venues]


def row_time(row: Row, days: Days) -> Record:
    """What is known of a row's time, as one of the five kinds."""
    first = date.fromisoformat(row["date"]) if row["date"] else None
    last = date.fromisoformat(row["end_date"]) if row["end_date"] else None
    match row["date_precision"]:
        case "on-request":
            return _span("on_booking", first or days.first, last or days.last)
        case "unknown" | "season":
            return _span("within_span", days.first, days.last)
        case "month" if first is None:
            return _span("within_span", *_month(row["date_note"] or "", days))
        case "month" | "within-week":
            return _span("within_span", first or days.first, last or first or days.last)
        case "week-span":
            return _span("opening_hours", first or days.first, last or days.last)
        case "from":
            return _span("opening_hours", first or days.first, days.last) | {"is_open_ended": True}
    return _day_time(row, first or days.first, last, days)


def _day_time(row: Row, first: date, last: date | None, days: Days) -> Record:
    start, end = _clock(row["start_time"]), _clock(row["end_time"])
    past_midnight = bool(start and end and end < start and last == first + timedelta(days=1))
    if last and last > first and not past_midnight:
        # Several days with one pair of times are opening hours, not one long event.
        return _span("opening_hours", first, last)
    if start is None:
        return _span("within_span", first, first)
    if end is None:
        return _timed("start_only", first, first, start, None, days)
    return _timed("start_and_end", first, last or first, start, end, days)


def _session_time(session: Row, days: Days) -> Record:
    day = date.fromisoformat(session["date"])
    start, end = _clock(session["start_time"]), _clock(session["end_time"])
    if start is None:
        return _span("within_span", day, day)
    return _timed("start_and_end" if end else "start_only", day, day, start, end, days)


def _timed(kind: str, first: date, last: date, start: time, end: time | None, days: Days) -> Record:
    return {
        **_span(kind, first, last),
        "starts_at": plain(to_utc(first, start, days.zone)),
        "ends_at": plain(to_utc(last, end, days.zone)) if end else None,
    }


def _span(kind: str, first: date, last: date) -> Record:
    return {"time_kind": kind, "first_day": first.isoformat(), "last_day": last.isoformat()}


def _month(words: str, days: Days) -> tuple[date, date]:
    """The days of "september 2025", or of the edition when the words say no month."""
    names = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"]
    names += ["september", "oktober", "november", "december"]
    month, _, year = words.partition(" ")
    if month not in names or not year.isdecimal():
        return days.first, days.last
    first = date(int(year), names.index(month) + 1, 1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _occurrence(row: Row, when: Record, place: Record | None, label: str) -> Record:
    times = "" if row["occurrences"] else _opening_hours(row, when)
    notes = dict.fromkeys(note for note in (row["time_note"], row["date_note"], row["recurring"], times) if note)
    return {
        **when,
        "label": label,
        "time_note": "; ".join(notes),
        "state": "cancelled" if row["status"] == "inställd" else "scheduled",
        "place": place,
        "digital_place": _digital_place(row),
        "reserve_place": None,
        "reserve_note": row["alternative_venue"] or "",
        "capacity_note": row["capacity_note"] or "",
    }


def _opening_hours(row: Row, when: Record) -> str:
    """The clock times of a row that runs over several days, in words, because no single start holds for it."""
    if when["time_kind"] != "opening_hours" or not row["start_time"]:
        return ""
    start, end = row["start_time"].replace(":", "."), (row["end_time"] or "").replace(":", ".")
    return f"kl. {start}–{end}" if end else f"från kl. {start}"


def _places(row: Row) -> list[Record | None]:
    """The physical places: one for each that is named, a placeholder where only that there is one is known."""
    names: Sequence[str] = row["venues"] or [row["venue"]] if row["venue"] or row["venues"] else []
    if row["format"] not in ("physical", "hybrid"):
        return [None] if not names else [_place(row, name) for name in names]
    if not names:
        where = row["place"] or row["kommun_name"]
        return [_place(row, f"Plats i {where}, inte angiven" if where else "Plats inte angiven", unstated=True)]
    return [_place(row, name) for name in names]


def _place(row: Row, name: str, *, unstated: bool = False) -> Record:
    town = row["place"] or ""
    # "torget", "vid museet": words that say where only together with a town, unlike "biblioteket i Charlottenberg".
    is_generic = name[:1].islower() and not (town and town.casefold() in name.casefold())
    full = f"{name[:1].upper()}{name[1:]}, {town}" if is_generic and town else f"{name[:1].upper()}{name[1:]}"
    return {
        "name": full,
        "kind": "physical",
        "kommun_code": row["kommun"] or (row["kommuner"][0] if len(row["kommuner"]) == 1 else None),
        "street": row["address"] or "",
        "town": town,
        "is_placeholder": unstated or is_generic,
    }


def _digital_place(row: Row) -> Record | None:
    if row["format"] not in ("digital", "hybrid"):
        return None
    platform = row["platform"] or ""
    return {
        "name": platform[:1].upper() + platform[1:] if platform else "Digitalt, länk inte angiven",
        "kind": "digital",
        "platform": platform,
        # The source says by what means, hardly ever where: it is no meeting place to find again in the register.
        "is_placeholder": True,
        "link_audience": "registered" if "anmälda" in platform else "public",
    }


def _hostings(row: Row, now: datetime) -> list[Record]:
    seen = {row["host"]}
    hostings = []
    for role, names in (("co_organiser", row["co_organisers"]), ("participant", row["participating_organisations"])):
        for name in names:
            if name not in seen:
                seen.add(name)
                hostings.append(
                    {
                        "organisation": {"name": name},
                        "role": role,
                        "state": "accepted",
                        "asked_at": plain(now),
                        "answered_at": plain(now),
                    }
                )
    return hostings


def _is_free(cost: str | None) -> bool | None:
    if cost is None:
        return None
    return cost in ("gratis", "fri entré")


def _sign_up(row: Row) -> str:
    if row["registration_note"] == "ingen anmälan krävs":
        return "none"
    return "contact" if row["registration"] else "unstated"


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None

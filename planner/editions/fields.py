"""What one may state about an edition, and what of it does not hold together. Pure."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict
from zoneinfo import ZoneInfo, available_timezones

from planner.core.errors import Problem
from planner.core.text import N_, clean_line, clean_text, slugify
from planner.editions.defaults import CriterionFields
from planner.editions.models import Edition, Theme

LONGEST_EDITION = 62
"""Days. A week and what surrounds it; more is a slip of the keyboard."""


class EditionFields(TypedDict, total=False):
    """Everything that a coordinator states about an edition."""

    name: str
    slug: str
    year: int
    county: str
    first_day: date
    last_day: date
    time_zone: str
    intro: str
    terms: str
    submit_by: date | None
    print_by: date | None
    verified_may_publish: bool
    contact_email: str
    number_prefix: str
    themes: Sequence[Theme]
    criteria: Sequence[CriterionFields]


LINES = ("name", "slug", "county", "time_zone", "contact_email", "number_prefix")
TEXTS = ("intro", "terms")
DAYS = ("first_day", "last_day", "submit_by", "print_by")
COLUMNS = (*LINES, *TEXTS, *DAYS, "year", "verified_may_publish")


def clean_fields(fields: EditionFields) -> dict[str, Any]:
    """The given columns, cleaned; themes and criteria are left out."""
    given: dict[str, Any] = {key: value for key, value in fields.items() if key in COLUMNS}
    for key in LINES:
        if key in given:
            given[key] = clean_line(given[key])
    for key in TEXTS:
        if key in given:
            given[key] = clean_text(given[key])
    if "number_prefix" in given:
        given["number_prefix"] = given["number_prefix"].upper()
    if "contact_email" in given:
        given["contact_email"] = given["contact_email"].lower()
    return given


def clean_criteria(criteria: Sequence[CriterionFields]) -> list[CriterionFields]:
    """The criteria that have a title, each with a code of its own."""
    kept: list[CriterionFields] = []
    taken: set[str] = set()
    for criterion in criteria:
        title = clean_line(criterion["title"])
        if not title:
            continue
        wanted = clean_line(criterion["code"]) or slugify(title, longest=36)
        code = next(c for c in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if c not in taken)
        taken.add(code)
        kept.append({"code": code, "title": title, "text": clean_text(criterion["text"])})
    return kept


def criteria_of(edition: Edition) -> list[CriterionFields]:
    """The criteria that an edition has, as they are stated; it needs them loaded."""
    return [{"code": row.code, "title": row.title, "text": row.text} for row in edition.criteria]


def problems_of(given: dict[str, Any]) -> list[Problem]:
    """What is wrong with the whole of an edition's columns, as they would be stored."""
    return [*_problems_of_names(given), *_problems_of_days(given)]


def _problems_of_names(given: dict[str, Any]) -> list[Problem]:
    found = []
    if not given.get("name"):
        found.append(Problem("name", N_("Skriv vad upplagan heter, till exempel Demokrativeckan 2027.")))
    elif len(given["name"]) > 120:
        found.append(Problem("name", N_("Namnet får ha högst 120 tecken.")))
    if not re.fullmatch(r"[A-ZÅÄÖ0-9]{2,12}", given.get("number_prefix", "")):
        found.append(Problem("number_prefix", N_("Skriv 2–12 bokstäver eller siffror, till exempel DV27.")))
    if given.get("contact_email") and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", given["contact_email"]):
        found.append(Problem("contact_email", N_("Skriv en hel e-postadress, till exempel namn@lansstyrelsen.se.")))
    if given.get("time_zone", "") not in available_timezones():
        found.append(Problem("time_zone", N_("Tidszonen finns inte.")))
    return found


def _problems_of_days(given: dict[str, Any]) -> list[Problem]:
    first, last = given.get("first_day"), given.get("last_day")
    found = []
    if first is None:
        found.append(Problem("first_day", N_("Ange upplagans första dag.")))
    if last is None:
        found.append(Problem("last_day", N_("Ange upplagans sista dag.")))
    if first is None or last is None:
        return found
    if last < first:
        found.append(Problem("last_day", N_("Den sista dagen kan inte vara före den första.")))
    elif (last - first).days >= LONGEST_EDITION:
        found.append(Problem("last_day", N_("Upplagan kan vara högst två månader lång. Stämmer årtalen?")))
    for key in ("submit_by", "print_by"):
        if given.get(key) and given[key] > last:
            found.append(Problem(key, N_("Dagen kan inte vara efter upplagans sista dag.")))
    return found


def zone_of(name: str) -> ZoneInfo:
    """The time zone of an edition."""
    return ZoneInfo(name)

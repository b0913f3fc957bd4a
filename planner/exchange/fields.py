"""From JSON values to typed values, each with a friendly refusal. The way back is ``plain``."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from planner.core.dates import FIRST_YEAR, LAST_YEAR, is_plausible
from planner.core.errors import Problem
from planner.core.text import N_, clean_line, clean_text

Reader = Callable[[Any], Any]
"""Turns a JSON value into a typed one, or raises ValueError with a Swedish message."""


class Unreadable(Exception):
    """Some values of a record could not be read; carries every problem, its field named by its path in the record."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.field}: {problem.text}" for problem in problems))
        self.problems = problems


def read_object(
    record: Any, readers: Mapping[str, Reader], path: str, required: tuple[str, ...] = (), known: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The typed values of one JSON object. Absent keys stay absent; unknown ones are refused, never ignored.

    Raises:
        Unreadable: every problem, ``occurrences[0].first_day`` style.
    """
    if not isinstance(record, dict):
        raise Unreadable([Problem(path, N_("Här ska det stå ett objekt {…}."))])
    problems, values = [], {}
    for key in (*record, *(key for key in required if key not in record)):
        where = f"{path}.{key}" if path else key
        if key in known:
            continue
        if key not in readers:
            problems.append(Problem(where, N_("Fältet finns inte i formatet.")))
        elif key not in record:
            problems.append(Problem(where, N_("Fältet saknas.")))
        else:
            try:
                values[key] = readers[key](record[key])
            except ValueError as error:
                problems.append(Problem(where, str(error)))
    if problems:
        raise Unreadable(problems)
    return values


def plain(value: Any) -> Any:
    """A typed value as JSON: enums by value, days as ISO, instants as ISO in UTC with Z."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def line(longest: int, *, required: bool = False) -> Reader:
    """One line of text of at most ``longest`` characters."""

    def read(value: Any) -> str:
        text = clean_line(_string(value))
        if required and not text:
            raise ValueError(N_("Fältet får inte vara tomt."))
        if len(text) > longest:
            raise ValueError(f"Texten är {len(text)} tecken; högst {longest} ryms.")
        return text

    return read


def text(longest: int = 100_000) -> Reader:
    """Several lines of text."""

    def read(value: Any) -> str:
        cleaned = clean_text(_string(value))
        if len(cleaned) > longest:
            raise ValueError(f"Texten är {len(cleaned)} tecken; högst {longest} ryms.")
        return cleaned

    return read


def address(value: Any) -> str:
    """A web address, http or https, or nothing."""
    cleaned = clean_line(_string(value))
    if cleaned and not re.fullmatch(r"https?://[^\s<>\"]{3,490}", cleaned):
        raise ValueError(N_("Adressen ska börja med https://."))
    return cleaned


def slug(value: Any) -> str:
    """An address part: a–z, digits and hyphens."""
    cleaned = _string(value)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cleaned) or len(cleaned) > 120:
        raise ValueError(N_("Ett kortnamn har bara a–z, siffror och bindestreck."))
    return cleaned


def boolean(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError(N_("Här ska det stå true eller false."))
    return value


def number(lowest: float, highest: float, kind: type[int] | type[float] = int) -> Reader:
    """A number within bounds, both included."""

    def read(value: Any) -> int | float:
        if isinstance(value, bool) or not isinstance(value, (int, kind)):
            raise ValueError(N_("Här ska det stå ett tal."))
        if not lowest <= value <= highest:
            raise ValueError(f"Talet ska vara mellan {lowest} och {highest}.")
        return kind(value)

    return read


def day(value: Any) -> date:
    """A local day, ``2027-09-20``."""
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", _string(value)):
            raise ValueError
        found = date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"”{value}” är inte ett datum som 2027-09-20.") from None
    _check_year(found)
    return found


def instant(value: Any) -> datetime:
    """An instant with its zone, ``2027-09-20T16:00:00Z``, to the second."""
    try:
        moment = datetime.fromisoformat(_string(value))
        if moment.tzinfo is None:
            raise ValueError
        found = moment.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        raise ValueError(f"”{value}” är inte en tidpunkt med zon, som 2027-09-20T16:00:00Z.") from None
    _check_year(found)
    return found


def one_of(choices: type[StrEnum]) -> Reader:
    """One of the values of an enum."""

    def read(value: Any) -> StrEnum:
        try:
            return choices(value)
        except ValueError:
            known = ", ".join(member.value for member in choices)
            raise ValueError(f"”{value}” är inget av: {known}.") from None

    return read


def member_of(allowed: Mapping[str, Any] | tuple[str, ...]) -> Reader:
    """One of a set of codes."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise ValueError(f"”{value}” är okänt.")
        return value

    return read


def optional(reader: Reader) -> Reader:
    """The value, or null."""
    return lambda value: None if value is None else reader(value)


def each(reader: Reader) -> Reader:
    """A list of values without repeats."""

    def read(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise ValueError(N_("Här ska det stå en lista […]."))
        values = [reader(item) for item in value]
        if any(item in values[:index] for index, item in enumerate(values)):
            raise ValueError(N_("Samma värde står två gånger."))
        return values

    return read


def _check_year(found: date) -> None:
    if not is_plausible(found):
        raise ValueError(f"Årtalet ska vara mellan {FIRST_YEAR} och {LAST_YEAR}.")


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(N_("Här ska det stå en text."))
    return value

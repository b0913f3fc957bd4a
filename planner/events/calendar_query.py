"""A page of the calendar as a value: what is asked for, and nothing else (design idea 1).

``str(query)`` is the canonical query string: the same wishes in any order, repeated or not, print the same, so that the
string can key a cache and name a feed. ``CalendarQuery.parse`` reads it back and refuses what it does not know.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from planner.core.errors import Invalid, Problem
from planner.core.text import N_, clean_line
from planner.data.kommuner import COUNTY_CODE, kommuner
from planner.events.models.needs import Need
from planner.events.models.vocabulary import LANGUAGES, Audience, Form

MOST_VALUES = 50
MOST_LETTERS = 100
"""Of what is searched for."""
LONGEST_ECHO = 60

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@dataclass(frozen=True)
class CalendarQuery:
    """Which edition ("" is the current one), and on which of these values an occurrence must match.

    Values of one field widen (this kommun or that), fields narrow (and on this day). Kommuner are SCB's codes, where
    "17" asks for what concerns the whole county; organisations, themes and venues are slugs; languages BCP 47.
    ``near`` is a kommun to which what is digital and what concerns the whole county is as near as what is there.
    ``needs`` narrow among themselves too: who needs two things needs both. ``words`` are searched for
    (``planner.events.search``): one line, each of its words narrows.
    """

    edition: str = ""
    days: tuple[date, ...] = ()
    kommuner: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    audiences: tuple[Audience, ...] = ()
    forms: tuple[Form, ...] = ()
    languages: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    near: str = ""
    needs: tuple[Need, ...] = ()
    words: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", clean_line(self.words))
        for field in fields(self):
            values = getattr(self, field.name)
            if not isinstance(values, str):
                object.__setattr__(self, field.name, tuple(sorted(set(values))))

    @classmethod
    def parse(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """The query that address parameters ask for; empty values, which GET forms send, ask for nothing.

        A key that no form of ours has is refused without a value, too: it may have been meant as a filter.

        Raises:
            Invalid: one problem for each unknown key, unknown value and excess.
        """
        asked: dict[str, set[Any]] = {field: set() for field in FIELDS.values()}
        problems: list[Problem] = []
        for key, text in dict.fromkeys((key, _trimmed(key, text)) for key, text in pairs):
            try:
                field = _field_of(key)
                if text:
                    asked[field].add(_READERS[key](text))
            except Invalid as refused:
                problems.extend(refused.problems)
        problems.extend(_excess(asked))
        if problems:
            raise Invalid(problems)
        lines: dict[str, Any] = {field: next(iter(asked.pop(field)), "") for field in LINES}
        several: dict[str, Any] = {field: tuple(values) for field, values in asked.items()}
        return cls(**lines, **several)

    def pairs(self) -> list[tuple[str, str]]:
        """The address parameters in canonical order: keys as in ``KEYS``, values sorted."""
        return [(key, str(value)) for key in KEYS for value in self.values_of(key)]

    def __str__(self) -> str:
        return urlencode(self.pairs())

    def values_of(self, key: str) -> tuple[Any, ...]:
        """The values that an address key has; none if it is not asked for."""
        values = getattr(self, FIELDS[key])
        return ((values,) if values else ()) if isinstance(values, str) else values

    @property
    def is_narrowed(self) -> bool:
        """Whether anything beside the edition is asked for."""
        return any(self.values_of(key) for key in FILTER_KEYS)

    def with_(self, **changes: Any) -> Self:
        """The query with other values for these fields."""
        return replace(self, **changes)

    def without(self, key: str, value: object | None = None) -> Self:
        """The query without one value of an address key, or without any when no value is named."""
        kept = tuple(each for each in self.values_of(key) if value is not None and str(each) != str(value))
        return self.with_(**{FIELDS[key]: "".join(kept) if FIELDS[key] in LINES else kept})


FIELDS = {
    "upplaga": "edition",
    "dag": "days",
    "kommun": "kommuner",
    "arrangor": "organisations",
    "tema": "themes",
    "malgrupp": "audiences",
    "form": "forms",
    "sprak": "languages",
    "plats": "venues",
    "nara": "near",
    "behov": "needs",
    "ord": "words",
}
"""Address key to field, in canonical order."""

KEYS = tuple(FIELDS)
FILTER_KEYS = KEYS[1:]
CHOICE_KEYS = tuple(key for key in FILTER_KEYS if key not in ("nara", "ord"))
"""Filters of which one chooses among counted values."""
NARROWING_KEYS = ("behov",)
"""Filters of which a further value gives less, not more."""
LINES = ("edition", "near", "words")
"""Fields that hold one value, which is text."""

KEY_LABELS = {
    "upplaga": N_("Upplaga"),
    "dag": N_("Dag"),
    "kommun": N_("Kommun"),
    "arrangor": N_("Arrangör"),
    "tema": N_("Tema"),
    "malgrupp": N_("Målgrupp"),
    "form": N_("Form"),
    "sprak": N_("Språk"),
    "plats": N_("Plats"),
    "nara": N_("Nära"),
    "behov": N_("Tillgänglighet"),
    "ord": N_("Sökord"),
}
"""Address key to what people call it."""


def unknown_value(key: str, value: str) -> Problem:
    """That a filter has a value that does not exist; the value is named, cut to a readable length."""
    return Problem(key, _UNKNOWN[key], {"value": _short(value)})


_UNKNOWN = {
    "upplaga": N_("Det finns ingen upplaga som heter ”%(value)s”."),
    "dag": N_("”%(value)s” är inget datum. Skriv till exempel 2027-09-20."),
    "kommun": N_("Det finns ingen kommun i länet med koden ”%(value)s”."),
    "arrangor": N_("Det finns ingen arrangör som heter ”%(value)s”."),
    "tema": N_("Det finns inget tema som heter ”%(value)s”."),
    "malgrupp": N_("Det finns ingen målgrupp som heter ”%(value)s”."),
    "form": N_("Det finns ingen form som heter ”%(value)s”."),
    "sprak": N_("Det finns inget språk med koden ”%(value)s”."),
    "plats": N_("Det finns ingen plats som heter ”%(value)s”."),
    "nara": N_("Det finns ingen kommun i länet med koden ”%(value)s”."),
    "behov": N_("Det finns inget behov som heter ”%(value)s”."),
}


def _field_of(key: str) -> str:
    if key not in FIELDS:
        name = _short(key)
        raise Invalid([Problem(name, N_("Kalendern har inget filter som heter ”%(key)s”."), {"key": name})])
    return FIELDS[key]


def _trimmed(key: str, text: str) -> str:
    return clean_line(text) if key == "ord" else text.strip()


def _excess(asked: dict[str, set[Any]]) -> list[Problem]:
    problems = []
    if len(asked["edition"]) > 1:
        problems.append(Problem("upplaga", N_("Välj en upplaga i taget.")))
    if len(asked["near"]) > 1:
        problems.append(Problem("nara", N_("Välj en kommun i taget att vara nära.")))
    if len(asked["words"]) > 1:
        problems.append(Problem("ord", N_("Skriv allt du söker efter på en rad.")))
    if sum(map(len, asked.values())) > MOST_VALUES:
        problems.append(Problem("", N_("Välj högst %(most)s värden på en gång."), {"most": MOST_VALUES}))
    return problems


def _short(text: str) -> str:
    text = clean_line(text)
    return text if len(text) <= LONGEST_ECHO else f"{text[:LONGEST_ECHO]}…"


def _read_slug(key: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > 120 or not _SLUG.match(text):
            raise Invalid([unknown_value(key, text)])
        return text

    return read


def _read_one_of(key: str, choices: Iterable[str]) -> Callable[[str], str]:
    known = {str(choice): choice for choice in choices}

    def read(text: str) -> str:
        if text not in known:
            raise Invalid([unknown_value(key, text)])
        return known[text]

    return read


def _read_words(line: str) -> str:
    if len(line) > MOST_LETTERS:
        message = N_("Det du söker efter är för långt. Skriv högst %(most)s tecken.")
        raise Invalid([Problem("ord", message, {"most": MOST_LETTERS})])
    return line


def _read_day(text: str) -> date:
    try:
        if _DAY.match(text):
            return date.fromisoformat(text)
    except ValueError as no_such_day:
        raise Invalid([unknown_value("dag", text)]) from no_such_day
    raise Invalid([unknown_value("dag", text)])


_READERS: dict[str, Callable[[str], Any]] = {
    "upplaga": _read_slug("upplaga"),
    "dag": _read_day,
    "kommun": _read_one_of("kommun", (COUNTY_CODE, *kommuner())),
    "arrangor": _read_slug("arrangor"),
    "tema": _read_slug("tema"),
    "malgrupp": _read_one_of("malgrupp", Audience),
    "form": _read_one_of("form", Form),
    "sprak": _read_one_of("sprak", LANGUAGES),
    "plats": _read_slug("plats"),
    "nara": _read_one_of("nara", kommuner()),
    "behov": _read_one_of("behov", Need),
    "ord": _read_words,
}

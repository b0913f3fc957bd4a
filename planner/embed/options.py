"""How an embedded programme looks, as its address says it: never what is in it, which a ``CalendarQuery`` says.

These parameters are promised (docs/embed.md): none of them is taken away or comes to mean something else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from planner.core.errors import Problem
from planner.core.text import N_, clean_line
from planner.embed.colours import contrast, is_readable, nearest_readable

MOST, USUAL = 100, 20
LONGEST_ECHO = 30

_COLOUR = re.compile(r"#?([0-9a-fA-F]{6})\Z")


class Look(StrEnum):
    """How the occurrences are set."""

    LIST = "lista"
    DAYS = "dagar"
    COMPACT = "kompakt"

    @property
    def label(self) -> str:
        return {
            Look.LIST: N_("Lista, en ruta för varje tillfälle"),
            Look.DAYS: N_("Dag för dag"),
            Look.COMPACT: N_("Kompakt, en rad för varje tillfälle"),
        }[self]


class Ground(StrEnum):
    """What it stands on. We paint it ourselves: only so do we know that the text on it can be read."""

    LIGHT = "ljus"
    DARK = "mork"

    @property
    def label(self) -> str:
        return {Ground.LIGHT: N_("Ljus bakgrund"), Ground.DARK: N_("Mörk bakgrund")}[self]

    @property
    def colour(self) -> str:
        return {Ground.LIGHT: "ffffff", Ground.DARK: "15211e"}[self]

    @property
    def usual_accent(self) -> str:
        return {Ground.LIGHT: "0c3b30", Ground.DARK: "8bceb8"}[self]


@dataclass(frozen=True)
class Options:
    """``most`` occurrences at a time; ``accent`` is the colour of titles and links, "" for the ground's own."""

    look: Look = Look.LIST
    most: int = USUAL
    ground: Ground = Ground.LIGHT
    accent: str = ""

    @property
    def colour(self) -> str:
        """The accent as it is shown: ``0c3b30``."""
        return self.accent or self.ground.usual_accent

    def pairs(self) -> list[tuple[str, str]]:
        """The address parameters, without those that say what is so anyway."""
        usual = Options()
        values = {
            "visa": (self.look.value, usual.look.value),
            "antal": (str(self.most), str(usual.most)),
            "grund": (self.ground.value, usual.ground.value),
            "farg": (self.accent, usual.accent),
        }
        return [(key, value) for key, (value, otherwise) in values.items() if value != otherwise]

    @classmethod
    def parse(cls, pairs: Iterable[tuple[str, str]]) -> tuple[Self, list[Problem]]:
        """What the parameters choose, and what is wrong with the rest of them; empty values choose nothing."""
        asked = {key: text.strip() for key, text in pairs if key in KEYS and text.strip()}
        problems: list[Problem] = []
        look = _one_of(Look, "visa", asked.get("visa"), problems)
        ground = _one_of(Ground, "grund", asked.get("grund"), problems)
        most = _number(asked.get("antal"), problems)
        return cls(look, most, ground, _accent(asked.get("farg"), ground, problems)), problems


KEYS = ("visa", "antal", "grund", "farg")


def _one_of(choices: Any, key: str, asked: str | None, problems: list[Problem]) -> Any:
    first = next(iter(choices))
    if asked is None or asked in list(choices):
        return choices(asked) if asked else first
    values = ", ".join(choices)
    problems.append(Problem(key, N_("”%(key)s” kan vara %(values)s."), {"key": key, "values": values}))
    return first


def _number(asked: str | None, problems: list[Problem]) -> int:
    if asked is None:
        return USUAL
    if asked.isascii() and asked.isdigit() and len(asked) < 4 and 1 <= int(asked) <= MOST:
        return int(asked)
    problems.append(Problem("antal", N_("Välj ett antal mellan 1 och %(most)s."), {"most": MOST}))
    return USUAL


def _accent(asked: str | None, ground: Ground, problems: list[Problem]) -> str:
    """The colour without its sign, in small letters; one that cannot be read is refused, and another proposed."""
    if asked is None:
        return ""
    found = _COLOUR.match(asked)
    if found is None:
        value = clean_line(asked)[:LONGEST_ECHO]
        problems.append(Problem("farg", N_("”%(value)s” är ingen färg. Skriv den som #0c3b30."), {"value": value}))
        return ""
    colour = found.group(1).lower()
    if is_readable(colour, ground.colour):
        return "" if colour == ground.usual_accent else colour
    message = N_(
        "Färgen #%(colour)s går inte att läsa mot bakgrunden: kontrasten är %(ratio)s:1 och behöver vara minst 4,5:1."
        " Prova #%(better)s."
    )
    # Rounded down, so that 4.49 is not said to be enough.
    ratio = f"{int(contrast(colour, ground.colour) * 10) / 10:.1f}".replace(".", ",")
    better = nearest_readable(colour, ground.colour)
    problems.append(Problem("farg", message, {"colour": colour, "ratio": ratio, "better": better}))
    return ""

"""The county drawn: the outline of each kommun, and where its number stands (made by tools/county_map.py)."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Outline:
    """A kommun on the map: its border as an SVG path, and a point well inside it."""

    path: str
    x: int
    y: int


@dataclass(frozen=True)
class CountyMap:
    """The size of the drawing, and the outlines by SCB's code."""

    width: int
    height: int
    outlines: dict[str, Outline]


@cache
def county_map() -> CountyMap:
    """The map of the county."""
    drawn = json.loads((files("planner.data") / "varmland-map.json").read_text(encoding="utf-8"))
    outlines = {code: Outline(**outline) for code, outline in drawn["kommuner"].items()}
    return CountyMap(drawn["width"], drawn["height"], outlines)

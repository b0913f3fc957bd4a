"""The sixteen kommuner of Värmlands län, by SCB's code."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from planner.core.text import slugify, swedish_key

COUNTY_CODE = "17"
COUNTY_NAME = "Värmlands län"


@dataclass(frozen=True)
class Kommun:
    """A kommun: SCB code, short and official name (never built by adding an s), slug, seat town and its position."""

    code: str
    name: str
    official_name: str
    slug: str
    seat: str
    latitude: float
    longitude: float


@cache
def kommuner() -> dict[str, Kommun]:
    """Every kommun of the county, code to facts, in Swedish alphabetical order of the short name."""
    folder = files("planner.data")
    borders = json.loads((folder / "varmland-kommuner.geojson").read_text(encoding="utf-8"))
    official = {f["properties"]["code"]: f["properties"]["official_name"] for f in borders["features"]}
    with (folder / "varmland-kommuner.csv").open(encoding="utf-8") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: swedish_key(row["name"]))
    return {
        row["code"]: Kommun(
            code=row["code"],
            name=row["name"],
            official_name=official[row["code"]],
            slug=slugify(row["name"]),
            seat=row["seat"],
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
        )
        for row in rows
    }


@cache
def kommun_by_slug() -> dict[str, Kommun]:
    """Every kommun by its address part."""
    return {kommun.slug: kommun for kommun in kommuner().values()}

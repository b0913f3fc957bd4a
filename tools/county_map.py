"""Draw the kommuner's borders for the map of the calendar: from degrees to the plane, and to few whole numbers.

    python tools/county_map.py           write planner/data/varmland-map.json from varmland-kommuner.geojson

The plane is SWEREF 99 TM, in which Swedish maps are drawn: Gauss' conformal projection on GRS 80 with the central
meridian 15° E. The formulas are Lantmäteriet's, to the fourth order.
"""

import json
from math import atan, atanh, cos, cosh, radians, sin, sinh, tan
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "planner" / "data"
AXIS, FLATTENING = 6_378_137.0, 1 / 298.257222101
MERIDIAN, SCALE = radians(15), 0.9996
HEIGHT, MARGIN = 720, 12


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Metres to the east of the meridian and to the north of the equator."""
    e2 = FLATTENING * (2 - FLATTENING)
    n = FLATTENING / (2 - FLATTENING)
    radius = AXIS / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    a = (5 * e2**2 - e2**3) / 6
    b = (104 * e2**3 - 45 * e2**4) / 120
    phi, away = radians(latitude), radians(longitude) - MERIDIAN
    conformal = phi - sin(phi) * cos(phi) * (e2 + a * sin(phi) ** 2 + b * sin(phi) ** 4)
    xi, eta = atan(tan(conformal) / cos(away)), atanh(cos(conformal) * sin(away))
    beta = [
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16,
        13 * n**2 / 48 - 3 * n**3 / 5,
        61 * n**3 / 240,
    ]
    north = xi + sum(each * sin(2 * k * xi) * cosh(2 * k * eta) for k, each in enumerate(beta, 1))
    east = eta + sum(each * cos(2 * k * xi) * sinh(2 * k * eta) for k, each in enumerate(beta, 1))
    return SCALE * radius * east, SCALE * radius * north


def drawn(collection: dict[str, Any]) -> dict[str, Any]:
    """The map: its size, and each kommun's outline as an SVG path with the point where its number stands."""
    outlines = {
        feature["id"]: [projected(*point) for point in feature["geometry"]["coordinates"][0]]
        for feature in collection["features"]
    }
    everything = [point for outline in outlines.values() for point in outline]
    west, south = min(x for x, _ in everything), min(y for _, y in everything)
    east, north = max(x for x, _ in everything), max(y for _, y in everything)
    scale = (HEIGHT - 2 * MARGIN) / (north - south)

    def placed(point: tuple[float, float]) -> tuple[int, int]:
        return round(MARGIN + (point[0] - west) * scale), round(MARGIN + (north - point[1]) * scale)

    kommuner = {}
    for feature in collection["features"]:
        label = feature["properties"]
        x, y = placed(projected(label["label_lon"], label["label_lat"]))
        path = _path([placed(point) for point in outlines[feature["id"]]])
        kommuner[feature["id"]] = {"path": path, "x": x, "y": y}
    return {"width": round((east - west) * scale) + 2 * MARGIN, "height": HEIGHT, "kommuner": kommuner}


def _path(points: list[tuple[int, int]]) -> str:
    """The points as an SVG path in relative steps, without those that fall on the one before."""
    (x, y), *rest = points[:-1] if points[0] == points[-1] else points
    steps, here = [], (x, y)
    for point in rest:
        if point != here:
            steps.append(f"{point[0] - here[0]} {point[1] - here[1]}")
            here = point
    return f"M{x} {y}l{' '.join(steps)}z"


def main() -> None:
    collection = json.loads((DATA / "varmland-kommuner.geojson").read_text(encoding="utf-8"))
    (DATA / "varmland-map.json").write_text(json.dumps(drawn(collection), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

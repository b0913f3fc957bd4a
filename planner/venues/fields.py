"""What one may state about a place, cleaned, and what of it does not hold together. Pure."""

import re
from typing import Any, TypedDict
from urllib.parse import urlsplit

from planner.core.errors import Problem
from planner.core.text import N_, clean_line, clean_text
from planner.data.kommuner import kommuner
from planner.venues.models import LinkAudience, VenueKind

SWEDEN = ((55.0, 69.5), (10.5, 24.5))
"""Latitudes and longitudes (WGS 84) that a place of ours can have; what lies outside is a slip or a swapped pair."""


class VenueFields(TypedDict, total=False):
    """Everything that a person may state about a place."""

    name: str
    slug: str
    kind: VenueKind
    owner_id: int | None
    is_private: bool
    is_placeholder: bool
    kommun_code: str | None
    street: str
    postcode: str
    town: str
    latitude: float | None
    longitude: float | None
    capacity: int | None
    rooms: str
    directions: str
    is_outdoors: bool
    contact: str
    platform: str
    join_url: str
    dial_in: str
    link_audience: LinkAudience


LONGEST = {"name": 160, "street": 160, "town": 80, "contact": 200, "platform": 80, "join_url": 500, "dial_in": 120}
TEXTS = ("rooms", "directions")
ONLY_PHYSICAL = ("street", "postcode", "town", "latitude", "longitude", "rooms", "directions", "is_outdoors")
ONLY_DIGITAL = ("platform", "join_url", "dial_in")


def clean_fields(fields: VenueFields) -> dict[str, Any]:
    """The given fields as they are stored: single lines, five digits of postcode, no kommun rather than ""."""
    given: dict[str, Any] = dict(fields)
    for key in (*LONGEST, "slug", "postcode"):
        if key in given:
            given[key] = clean_line(given[key] or "")
    for key in TEXTS:
        if key in given:
            given[key] = clean_text(given[key] or "")
    if "postcode" in given:
        given["postcode"] = normal_postcode(given["postcode"])
    if "kommun_code" in given:
        given["kommun_code"] = given["kommun_code"] or None
    return given


def normal_postcode(text: str) -> str:
    """The digits alone: "SE-652 26" becomes "65226"."""
    return re.sub(r"^SE?-?\s*|\s", "", text, flags=re.IGNORECASE)


def parse_coordinate(text: str) -> float:
    """Decimal degrees with comma or point ("59,65", "59.65° N").

    Raises:
        ValueError: not a number of degrees.
    """
    plain = re.sub(r"\s*°?\s*[NnEeÖö]?\s*$", "", clean_line(text)).replace(",", ".")
    return round(float(plain), 6)


def problems_of(given: dict[str, Any]) -> list[Problem]:
    """What is wrong with the whole of a place's columns, as they would be stored."""
    problems = _problems_of_texts(given)
    if given["kind"] is VenueKind.DIGITAL:
        return [*problems, *_problems_of_digital(given)]
    return [*problems, *_problems_of_physical(given)]


def _problems_of_texts(given: dict[str, Any]) -> list[Problem]:
    found = []
    if not given.get("name"):
        found.append(Problem("name", N_("Skriv vad platsen heter.")))
    for key, longest in LONGEST.items():
        if len(given.get(key) or "") > longest:
            found.append(Problem(key, N_("Texten får ha högst %(longest)s tecken."), {"longest": longest}))
    if given.get("kommun_code") and given["kommun_code"] not in kommuner():
        found.append(Problem("kommun_code", N_("Välj en av länets kommuner.")))
    if given.get("capacity") is not None and given["capacity"] < 1:
        found.append(Problem("capacity", N_("Antalet platser är minst 1. Lämna tomt om ni inte vet.")))
    if given.get("is_private") and given.get("owner_id") is None:
        found.append(Problem("owner_id", N_("En plats som bara en organisation använder måste tillhöra den.")))
    return found


def _problems_of_physical(given: dict[str, Any]) -> list[Problem]:
    found = []
    if given.get("postcode") and not re.fullmatch(r"[1-9]\d{4}", given["postcode"]):
        found.append(Problem("postcode", N_("Ett postnummer har fem siffror, till exempel 652 26.")))
    latitude, longitude = given.get("latitude"), given.get("longitude")
    if (latitude is None) != (longitude is None):
        empty = "latitude" if latitude is None else "longitude"
        found.append(Problem(empty, N_("Ange både latitud och longitud, eller ingen av dem.")))
    elif latitude is not None and longitude is not None:
        found.extend(_problems_of_point(latitude, longitude))
    return found


def _problems_of_point(latitude: float, longitude: float) -> list[Problem]:
    (south, north), (west, east) = SWEDEN
    if south <= latitude <= north and west <= longitude <= east:
        return []
    if south <= longitude <= north and west <= latitude <= east:
        return [Problem("latitude", N_("Latitud och longitud verkar ha bytt plats. Latituden är den större."))]
    if not south <= latitude <= north:
        return [Problem("latitude", N_("Latituden ska ligga mellan 55 och 69,5. Karlstad ligger på 59,38."))]
    return [Problem("longitude", N_("Longituden ska ligga mellan 10,5 och 24,5. Karlstad ligger på 13,50."))]


def _problems_of_digital(given: dict[str, Any]) -> list[Problem]:
    if given.get("join_url") and not is_safe_link(given["join_url"]):
        return [Problem("join_url", N_("Länken ska börja med https:// och gå till en webbplats."))]
    return []


def is_safe_link(url: str) -> bool:
    """Whether it is an https address with a host name and without a user name, the only kind that is ever shown."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and "." in host and parts.username is None and not re.search(r"[\s<>\"]", url)

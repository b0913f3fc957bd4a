"""Ways out to maps for those who want to find a place. Plain links: nobody is told anything before one is followed."""

from dataclasses import dataclass
from urllib.parse import urlencode

from planner.core.text import N_
from planner.venues.models import Venue, VenueKind


@dataclass(frozen=True)
class MapLink:
    """A map, by what people call it, and the place on it."""

    label: str
    url: str


def maps_of(venue: Venue) -> list[MapLink]:
    """The place on three maps: by its point, else by its address; none when nobody knows where it lies."""
    if venue.kind is not VenueKind.PHYSICAL or venue.is_placeholder:
        return []
    if venue.latitude is not None and venue.longitude is not None:
        return _by_point(venue.latitude, venue.longitude, venue.name)
    # A street without a town is found in any town; a town alone is no place.
    return _by_address(f"{venue.address}, Sverige") if venue.street and venue.town else []


def _by_point(latitude: float, longitude: float, name: str) -> list[MapLink]:
    point = f"{latitude},{longitude}"
    pin = urlencode({"mlat": latitude, "mlon": longitude})
    return _links(
        f"https://www.openstreetmap.org/?{pin}#map=17/{latitude}/{longitude}", point, {"ll": point, "q": name}
    )


def _by_address(address: str) -> list[MapLink]:
    search = f"https://www.openstreetmap.org/search?{urlencode({'query': address})}"
    return _links(search, address, {"q": address})


def _links(openstreetmap: str, google: str, apple: dict[str, str]) -> list[MapLink]:
    return [
        MapLink("OpenStreetMap", openstreetmap),
        MapLink("Google Maps", f"https://www.google.com/maps/search/?{urlencode({'api': 1, 'query': google})}"),
        MapLink(N_("Apple Kartor"), f"https://maps.apple.com/?{urlencode(apple)}"),
    ]

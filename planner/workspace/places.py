"""Which places a form offers: those chosen or used already, those found, and those of the organiser's own kommun."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from planner.data.kommuner import kommuner
from planner.events.models import Event
from planner.organisations.rules import Actor
from planner.venues.models import Venue, VenueKind
from planner.venues.queries import search_venues, venue_by_id, venues_for
from planner.venues.rules import may_use_venue

MOST_FOUND = 8
MOST_NEAR = 6


@dataclass(frozen=True)
class Offer:
    """Places to choose among, by id; ``found`` says how many a search gave, None when nothing was searched for."""

    venues: Sequence[Venue]
    found: int | None

    @property
    def choices(self) -> list[tuple[int, str]]:
        return [(venue.id, venue.name) for venue in self.venues]

    @property
    def hints(self) -> dict[str, str]:
        return {str(venue.id): where_it_lies(venue) for venue in self.venues}


def where_it_lies(venue: Venue) -> str:
    """The address of a place, or at least its kommun."""
    kommun = kommuner().get(venue.kommun_code or "")
    return venue.address or (kommun.name if kommun else "")


def with_address(venue: Venue) -> str:
    """The name with where it lies: "Stadsbiblioteket, Västra Torggatan 26, 652 24 Karlstad"."""
    return ", ".join(part for part in (venue.name, where_it_lies(venue)) if part)


def physical_offer(
    session: Session, event: Event, actor: Actor, *, chosen: Iterable[int | None] = (), words: str = ""
) -> Offer:
    """The physical places to offer, the likeliest first."""
    used = [place.id for one in event.occurrences for place in (one.place, one.reserve_place) if place is not None]
    first = [_usable(session, venue_id, actor, used) for venue_id in dict.fromkeys(chosen) if venue_id is not None]
    there = [place for one in event.occurrences for place in (one.place, one.reserve_place) if place is not None]
    found = search_venues(session, words, kind=VenueKind.PHYSICAL, actor=actor, limit=MOST_FOUND) if words else []
    near = [] if words else _near(session, event, actor)
    venues = {venue.id: venue for venue in (*first, *found, *there, *near) if venue is not None}
    return Offer(list(venues.values()), len(found) if words else None)


def digital_offer(session: Session, event: Event, actor: Actor) -> Offer:
    """Every digital place that the person may use, and those that the event uses already."""
    used = [one.digital_place for one in event.occurrences if one.digital_place is not None]
    venues = {venue.id: venue for venue in (*used, *venues_for(session, actor, VenueKind.DIGITAL))}
    return Offer(list(venues.values()), None)


def _usable(session: Session, venue_id: int, actor: Actor, used: Sequence[int]) -> Venue | None:
    venue = venue_by_id(session, venue_id)
    if venue is None or venue.kind is not VenueKind.PHYSICAL:
        return None
    return venue if venue.id in used or may_use_venue(actor, venue) else None


def _near(session: Session, event: Event, actor: Actor) -> Sequence[Venue]:
    """The organiser's own places, then others of its kommun."""
    code = event.organiser.kommun_code
    if code is None:
        return []
    nearby = search_venues(session, "", kind=VenueKind.PHYSICAL, actor=actor, kommun_code=code, limit=40)
    own_first = sorted(nearby, key=lambda venue: (venue.owner_id != event.organiser_id, venue.is_placeholder))
    return own_first[:MOST_NEAR]

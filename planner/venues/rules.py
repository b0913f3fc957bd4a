"""Who may do what with places. Pure: no queries, no Flask."""

from planner.organisations.rules import Actor
from planner.venues.models import Venue, VenueKind


def may_register_venue(actor: Actor, owner_id: int | None) -> bool:
    """Members and coordinators; for an organisation only those who work for it, or a coordinator."""
    if actor.is_system or actor.is_coordinator:
        return True
    return actor.is_member if owner_id is None else actor.works_for(owner_id)


def may_use_venue(actor: Actor, venue: Venue) -> bool:
    """Whether one may put events there: everybody, unless its owner keeps it to itself."""
    return not venue.is_private or actor.works_for(venue.owner_id) or actor.coordinates(venue.kommun_code)


def may_see_venue(actor: Actor, venue: Venue) -> bool:
    """Whether one may read its page in the workspace."""
    return may_use_venue(actor, venue)


def may_edit_venue(actor: Actor, venue: Venue) -> bool:
    """Its owner's members; a coordinator of its kommun or, where it lies in none, of the county."""
    return actor.works_for(venue.owner_id) or actor.coordinates(venue.kommun_code)


def may_give_venue_away(actor: Actor, venue: Venue) -> bool:
    """Whether one may say that another organisation looks after it: its coordinator only."""
    return actor.coordinates(venue.kommun_code)


def may_move_venue_address(actor: Actor, venue: Venue) -> bool:
    """Whether one may give its page another address: its coordinator only."""
    return actor.coordinates(venue.kommun_code)


def may_replace_link(actor: Actor, venue: Venue) -> bool:
    """Whether one may replace the link of a digital place. Any coordinator: a hijacked link cannot wait (I-5)."""
    return venue.kind is VenueKind.DIGITAL and (may_edit_venue(actor, venue) or actor.is_coordinator)


def may_merge_venues(actor: Actor, kept: Venue, merged: Venue) -> bool:
    """A coordinator of where both of them lie."""
    return actor.coordinates(kept.kommun_code) and actor.coordinates(merged.kommun_code)

"""The blueprint of the coordinators' desk, and how its views find what an address names."""

from flask import Blueprint, request

from planner.coordination.queries import active_editions
from planner.core.errors import NotFound
from planner.editions.models import Edition
from planner.editions.queries import all_editions, edition_with_all
from planner.events.models import Event
from planner.events.queries import event_for_editing
from planner.events.rules import is_coordinator_of, may_see_event
from planner.organisations.login import current_actor
from planner.organisations.models import Organisation
from planner.organisations.queries import organisation_by_slug
from planner.venues.models import Venue
from planner.venues.queries import venue_by_slug
from planner.venues.rules import may_move_venue_address
from planner.web.access import require
from planner.web.database import db

blueprint = Blueprint("coordination", __name__, url_prefix="/samordning")


def coordinated_event(number: str) -> Event:
    """The event with this number, if the person coordinates its organiser and it is no longer its hosts' own.

    Raises:
        NotFound: there is none, or it is a draft.
        NotAllowed: it is another kommun's.
    """
    event, actor = event_for_editing(db.session(), number), current_actor()
    if event is None or not may_see_event(actor, event):
        raise NotFound
    require(is_coordinator_of(actor, event))
    return event


def coordinated_organisation(slug: str) -> Organisation:
    """The organisation at this address, if the person coordinates its kommun or the county."""
    organisation = organisation_by_slug(db.session(), slug)
    if organisation is None:
        raise NotFound
    require(current_actor().coordinates(organisation.kommun_code))
    return organisation


def coordinated_venue(slug: str) -> Venue:
    """The place at this address, if the person coordinates where it lies."""
    venue = venue_by_slug(db.session(), slug)
    if venue is None:
        raise NotFound
    require(may_move_venue_address(current_actor(), venue))
    return venue


def whole_edition(slug: str) -> Edition:
    """The edition at this address with its themes and criteria."""
    edition = edition_with_all(db.session(), slug)
    if edition is None:
        raise NotFound
    return edition


def edition_asked() -> Edition | None:
    """The edition that the address names (``?upplaga=``), else the newest that is being worked on, else the newest."""
    editions = all_editions(db.session())
    wanted = request.args.get("upplaga", "")
    if wanted:
        named = next((edition for edition in editions if edition.slug == wanted), None)
        if named is None:
            raise NotFound
        return named
    active = active_editions(db.session())
    return next(iter([*active, *editions]), None)

"""New places, registered in place from the form of an occurrence."""

from collections.abc import Collection

from planner.core.clock import utc_now
from planner.core.errors import Invalid
from planner.events.actions import OccurrenceFields
from planner.organisations.login import current_actor
from planner.venues.actions import register_venue
from planner.venues.fields import VenueFields
from planner.venues.models import Venue
from planner.web.database import db
from planner.workspace.forms.occurrence import NAMES_OF_NEW_DIGITAL, NAMES_OF_NEW_PLACE, PlaceFields


def register_new_places(form: PlaceFields, *, but: Collection[str] = ()) -> OccurrenceFields:
    """Register what was typed as new places, in the same transaction as the occurrence.

    Returns:
        the ids that the occurrence gets.

    Raises:
        Invalid: with the problems at the form's own fields.
    """
    registered = OccurrenceFields()
    if form.adds_place and "place_id" not in but:
        registered["place_id"] = _register(form.new_place(), NAMES_OF_NEW_PLACE).id
    if form.adds_digital_place and "digital_place_id" not in but:
        registered["digital_place_id"] = _register(form.new_digital_place(), NAMES_OF_NEW_DIGITAL).id
    return registered


def _register(fields: VenueFields, names: dict[str, str]) -> Venue:
    session, actor = db.session(), current_actor()
    try:
        venue = register_venue(session, fields, actor=actor, now=utc_now())
    except Invalid as invalid:
        renamed = [type(one)(names.get(one.field, one.field), one.message, one.values) for one in invalid.problems]
        raise Invalid(renamed) from invalid
    session.flush()
    return venue

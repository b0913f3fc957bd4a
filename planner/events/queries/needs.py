"""What is offered so that more people can take part: by the event, or at its place or in its digital room.

Only what somebody has answered with yes: who needs it cannot go by "vet inte".
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from planner.events.models import EventFeature
from planner.events.models.needs import Need
from planner.venues.models import Answer, VenueFact

_WORD = {need.feature: need.value for need in Need}


def offers(need: Need, event_id: Any, place_id: Any, digital_place_id: Any) -> sa.ColumnElement[bool]:
    """Whether an occurrence, known by these columns, offers what is needed."""
    by_event = sa.exists().where(
        EventFeature.event_id == event_id, EventFeature.feature == need.feature, EventFeature.answer == Answer.YES
    )
    there = sa.select(VenueFact.venue_id).where(VenueFact.feature == need.feature, VenueFact.answer == Answer.YES)
    return sa.or_(by_event, place_id.in_(there), digital_place_id.in_(there))


def needs_met(found: sa.CTE) -> Sequence[sa.Select[Any]]:
    """The (id, word) of what is offered by the occurrences of a question with their event and places."""
    at_place = sa.or_(VenueFact.venue_id == found.c.place_id, VenueFact.venue_id == found.c.digital_place_id)
    return (
        sa.select(found.c.id.label("id"), _in_addresses(EventFeature.feature).label("value"))
        .join_from(found, EventFeature, EventFeature.event_id == found.c.event_id)
        .where(EventFeature.answer == Answer.YES),
        sa.select(found.c.id.label("id"), _in_addresses(VenueFact.feature).label("value"))
        .join_from(found, VenueFact, at_place)
        .where(VenueFact.answer == Answer.YES),
    )


def _in_addresses(feature: Any) -> sa.ColumnElement[str]:
    return sa.case(*((feature == each, sa.literal(word)) for each, word in _WORD.items()), else_=sa.literal(""))

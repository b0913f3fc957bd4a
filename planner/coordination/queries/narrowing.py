"""Whose organisations a coordinator answers for."""

import sqlalchemy as sa
from sqlalchemy.sql.expression import ColumnElement

from planner.organisations.models import Organisation
from planner.organisations.rules import Actor


def is_coordinated_by(actor: Actor) -> ColumnElement[bool]:
    """``Actor.coordinates`` of an organisation's kommun, as a condition."""
    if actor.is_system or actor.is_county_coordinator:
        return sa.true()
    return Organisation.kommun_code.in_(sorted(actor.coordinated_kommuner))

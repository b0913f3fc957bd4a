"""Letters about places."""

from datetime import datetime

from sqlalchemy.orm import Session

from planner.mail.actions import post_letter
from planner.organisations import queries as organisation_queries
from planner.organisations.models import MemberRole
from planner.organisations.rules import Actor
from planner.venues.models import Venue


def link_replaced(session: Session, venue: Venue, *, actor: Actor, now: datetime) -> None:
    """Tell those who look after a digital place that somebody else replaced its link."""
    if venue.owner is None:
        return
    members = organisation_queries.members_of(session, venue.owner)
    for member in members:
        if member.role is MemberRole.ADMINISTRATOR and member.user.is_active:
            post_letter(session, "venue_link_replaced", member.user.email, now=now, venue=venue, replaced_by=actor.name)

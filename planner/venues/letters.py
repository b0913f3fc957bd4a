"""Letters about places."""

from datetime import datetime

from sqlalchemy.orm import Session

from planner.mail.actions import post_letter
from planner.organisations.queries import administrators_of
from planner.organisations.rules import Actor
from planner.venues.models import Venue


def link_replaced(session: Session, venue: Venue, *, actor: Actor, now: datetime) -> None:
    """Tell those who look after a digital place that somebody else replaced its link."""
    if venue.owner is None:
        return
    for person in administrators_of(session, venue.owner):
        if person.is_active:
            post_letter(session, "venue_link_replaced", person.email, now=now, venue=venue, replaced_by=actor.name)

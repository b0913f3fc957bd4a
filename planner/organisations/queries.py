"""Every question about organisations and the people in them."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import CoordinatorRole, User
from planner.organisations.models import Membership
from planner.organisations.rules import NOBODY, Actor


def actor_for(session: Session, user_id: int) -> Actor:
    """The person as plain values: three reads by key; ``NOBODY`` if the account is gone or closed."""
    user = session.get(User, user_id)
    if user is None or not user.is_active:
        return NOBODY
    roles = session.execute(sa.select(Membership.organisation_id, Membership.role).where(Membership.user_id == user_id))
    coordinated = session.scalars(
        sa.select(CoordinatorRole.kommun_code).where(CoordinatorRole.user_id == user_id)
    ).all()
    return Actor(
        id=user.id,
        name=user.name,
        email=user.email,
        roles=dict(roles.all()),
        is_county_coordinator=None in coordinated,
        coordinated_kommuner=frozenset(code for code in coordinated if code),
    )

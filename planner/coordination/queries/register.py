"""The organisations that a coordinator answers for, by standing."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.coordination.queries.narrowing import is_coordinated_by
from planner.core.text import swedish_key
from planner.organisations.models import Organisation, Standing
from planner.organisations.queries import standing_within
from planner.organisations.rules import Actor


def organisations_by_standing(session: Session, actor: Actor, standing: Standing) -> Sequence[Organisation]:
    """Those of one standing, in Swedish order."""
    found = session.scalars(
        sa.select(Organisation).where(standing_within() == standing, is_coordinated_by(actor))
    ).all()
    return sorted(found, key=lambda organisation: swedish_key(organisation.name))


def standing_counts(session: Session, actor: Actor) -> dict[Standing, int]:
    """How many there are of each standing, zeros too."""
    # One expression in both places: PostgreSQL does not take two alike for the same.
    within = standing_within()
    rows = session.execute(sa.select(within, sa.func.count()).where(is_coordinated_by(actor)).group_by(within))
    counts = dict(rows.all())
    return {standing: counts.get(standing, 0) for standing in Standing}

"""What is forgotten of programmes by itself."""

from datetime import UTC, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.core.clock import STOCKHOLM
from planner.events.models import Occurrence
from planner.programmes.models import Programme, SavedOccurrence
from planner.programmes.rules import kept_since

NIGHT = 2
"""The hour of UTC in which it is done. Later sweeps of the same hour find nothing."""


def forget_programmes(session: Session, now: datetime) -> int:
    """At night, delete the programmes in which nothing has taken place or been changed for thirteen months; commits."""
    if now.hour != NIGHT:
        return 0
    since = kept_since(now.astimezone(STOCKHOLM).date())
    lasting = (
        sa.select(SavedOccurrence.programme_id)
        .join(Occurrence, Occurrence.id == SavedOccurrence.occurrence_id)
        .where(Occurrence.last_day >= since)
    )
    old = sa.select(Programme.id).where(
        Programme.changed_at < datetime.combine(since, time(0), tzinfo=UTC), Programme.id.not_in(lasting)
    )
    ids = session.scalars(old).all()
    for table, column in ((SavedOccurrence, SavedOccurrence.programme_id), (Programme, Programme.id)):
        session.execute(sa.delete(table).where(column.in_(ids)), execution_options={"synchronize_session": False})
    session.commit()
    return len(ids)

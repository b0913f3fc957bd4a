"""What an embedded programme asks: what is still ahead. What the public may see is decided in ``events.queries``."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Occurrence
from planner.events.queries import for_cards, public_occurrences


def occurrences_ahead(
    session: Session, edition: Edition, query: CalendarQuery, since: date | None, *, limit: int, language: str
) -> Sequence[Occurrence]:
    """What matches and is not over on a day (all of it without one), cancelled or not, with all that a card shows.

    What goes on for days comes after what takes place on the day itself. Always as many questions as a list.
    """
    began_earlier = Occurrence.first_day < since if since else sa.false()
    day = sa.case((began_earlier, since), else_=Occurrence.first_day)
    is_of_days = sa.and_(Occurrence.starts_at.is_(None), Occurrence.first_day != Occurrence.last_day)
    goes_on = sa.case((sa.or_(began_earlier, is_of_days), 1), else_=0)
    return session.scalars(
        _ahead(edition, query, since)
        .options(*for_cards(language))
        .order_by(day, goes_on, Occurrence.starts_at.asc().nulls_first(), Occurrence.uid)
        .limit(limit)
    ).all()


def count_ahead(session: Session, edition: Edition, query: CalendarQuery, since: date | None) -> int:
    """How many of them there are."""
    return session.scalar(_ahead(edition, query, since).with_only_columns(sa.func.count())) or 0


def _ahead(edition: Edition, query: CalendarQuery, since: date | None) -> sa.Select[Occurrence]:
    found = public_occurrences(edition, query)
    return found.where(Occurrence.last_day >= since) if since else found

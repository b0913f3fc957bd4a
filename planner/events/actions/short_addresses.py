"""Giving a query a short address."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planner.core.codes import codes_of
from planner.events.calendar_query import CalendarQuery
from planner.events.models import ShortAddress


def shorten_query(session: Session, query: CalendarQuery) -> ShortAddress:
    """The query's short address: the one it has, or a new one that it keeps for ever.

    Nobody acts and no time is stored: it says what is asked for and nothing of whoever asks.
    """
    query_string = str(query)
    return next(filter(None, (_kept_under(session, code, query_string) for code in codes_of(query_string))))


def _kept_under(session: Session, code: str, query_string: str) -> ShortAddress | None:
    """The row under this code if it is, or now becomes, this query's; nothing if another query has the code."""
    kept = session.get(ShortAddress, code)
    if kept is None:
        kept = ShortAddress.of(code, query_string)
        try:
            with session.begin_nested():
                session.add(kept)
        except IntegrityError:  # asked for by somebody else in the same moment
            kept = session.get_one(ShortAddress, code)
    return kept if kept.query_string == query_string else None

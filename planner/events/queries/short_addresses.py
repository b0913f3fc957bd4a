"""What a short address stands for."""

from urllib.parse import parse_qsl

from sqlalchemy.orm import Session

from planner.core.codes import as_code
from planner.core.errors import NotFound
from planner.events.calendar_query import CalendarQuery
from planner.events.models import ShortAddress


def shortened_query(session: Session, code: str) -> CalendarQuery:
    """The query under a code, in the slugs of the day when it was made.

    Raises:
        NotFound: no query has this code.
    """
    known = as_code(code)
    kept = session.get(ShortAddress, known) if known else None
    if kept is None:
        raise NotFound
    return CalendarQuery.parse(parse_qsl(kept.query_string))

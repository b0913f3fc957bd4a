"""What an address asks for; and when that cannot be read, a page that says why and leads on."""

from collections.abc import Iterable, Sequence

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from planner.core.errors import Invalid, Problem
from planner.events.calendar_query import CalendarQuery
from planner.events.queries import check_query

MOST_EXPLAINED = 10


def readable(session: Session, pairs: Iterable[tuple[str, str]]) -> tuple[CalendarQuery, list[Problem]]:
    """What of the parameters can be read, in today's slugs, and everything that is wrong with the rest."""
    problems: list[Problem] = []
    left = list(pairs)
    while True:
        try:
            return check_query(session, CalendarQuery.parse(left)), problems
        except Invalid as invalid:
            problems += invalid.problems
            wrong = {problem.field for problem in invalid.problems}
            rest = [pair for pair in left if pair[0] not in wrong]
            left = rest if len(rest) < len(left) else []


def explained(problems: Sequence[Problem], ways_on: Sequence[tuple[str, str]]) -> str:
    """The page that says what was wrong with an address, with ways on in words, to the rest of it or to the whole."""
    explanations = [_(problem.message, **problem.values) for problem in problems[:MOST_EXPLAINED]]
    return render_template("browse/unknown_filter.html", explanations=explanations, ways_on=ways_on)

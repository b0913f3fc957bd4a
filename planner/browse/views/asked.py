"""What an address asks for; and when that cannot be read, a page that says why and leads on."""

from collections.abc import Iterable, Sequence
from functools import partial
from urllib.parse import urlencode

from flask import render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from planner.browse.views.blueprint import subscribe_url
from planner.core.errors import Invalid, Problem
from planner.core.text import clean_line
from planner.events.calendar_query import CalendarQuery
from planner.events.queries import check_query
from planner.events.search.marks import hits
from planner.web.marking import mark_hits

SEARCH = "ord"
MOST_EXPLAINED = 10
MOST_KEPT = 1_000
"""Letters of a search that is too long, to shorten."""


def readable(session: Session, pairs: Iterable[tuple[str, str]]) -> tuple[CalendarQuery, list[Problem]]:
    """What of the parameters can be read, in today's slugs, and everything that is wrong with the rest."""
    problems: list[Problem] = []
    left = list(pairs)
    while True:
        try:
            query = check_query(session, CalendarQuery.parse(left))
            if query.words:
                mark_hits(partial(hits, query.words))
            return query, problems
        except Invalid as invalid:
            problems += invalid.problems
            wrong = {problem.field for problem in invalid.problems}
            rest = [pair for pair in left if pair[0] not in wrong]
            left = rest if len(rest) < len(left) else []


def what_is_asked() -> str:
    """The address's parameters without the empty ones, which a form sends for each field that nobody filled in."""
    return urlencode([(key, value) for key, value in request.args.items(multi=True) if value])


def explained(problems: Sequence[Problem], ways_on: Sequence[tuple[str, str]]) -> str:
    """The page that says what was wrong with an address, with ways on in words, to the rest of it or to the whole.

    What is wrong with a search is said at its field, with what was typed there and what else was asked for.
    """
    wrong = {problem.field for problem in problems}
    said = [_(problem.message, **problem.values) for problem in problems if problem.field != SEARCH]
    return render_template(
        "browse/unknown_filter.html",
        explanations=said[:MOST_EXPLAINED],
        search_errors=[_(problem.message, **problem.values) for problem in problems if problem.field == SEARCH],
        typed=clean_line(request.values.get(SEARCH, ""))[:MOST_KEPT],
        kept=[pair for pair in request.values.items(multi=True) if pair[0] not in {*wrong, SEARCH}],
        action=f"{request.script_root}{request.path}" if request.method == "GET" else subscribe_url(),
        ways_on=ways_on,
    )

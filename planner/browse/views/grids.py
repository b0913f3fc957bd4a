"""A query seen by days: one day with its hours, the edition's days side by side, a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flask import request
from sqlalchemy.orm import Session

from planner.browse.grids import A_DAY, Row, Stretch, by_hour, day_named, is_apart, month_at, row_of, week_at, weeks_of
from planner.browse.views.seen import Seen
from planner.browse.views.start import phase_of
from planner.core.clock import utc_now
from planner.core.dates import is_plausible
from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Occurrence
from planner.events.queries import (
    Span,
    count_occurrences,
    days_beside,
    days_of,
    shown_between,
    shown_on,
    spans_between,
)
from planner.web.language import text_language
from planner.web.paging import KEY, page_of

A_PAGE = 100
"""So many with a time on a page of one day."""
APART = 40
"""So many beside them that have no time of their own, or go on for days."""
IN_A_COLUMN = 8
BARS = 6
IN_A_CELL = 3
BARS_OF_A_WEEK = 3
BARS_OF_A_MONTH = 24
STEPPED = 14
"""In an edition of more days than this one steps from what begins to what begins, not from day to day."""


def day(session: Session, edition: Edition, query: CalendarQuery) -> Seen:
    """The day that is asked for, else today if it is in the edition, else its first; the first of several."""
    shown = query.days[0] if query.days else _present_day(edition)
    asked = query.with_(days=())
    spans = spans_between(session, edition, asked, shown, shown)
    timed = sum(span.count for span in spans if span.has_clock and not span.lasts_for_days)
    page, language = page_of(timed, A_PAGE), text_language()
    room = {"offset": page.offset, "limit": page.size, "apart": APART if page.number == 1 else 0}
    found = shown_on(session, edition, asked, shown, **room, language=language) if spans else ()
    apart = [each for each in found if is_apart(each)]
    by_clock = [each for each in found if not is_apart(each)]
    count = sum(span.count for span in spans)
    before, after = _days_beside(session, edition, asked, shown)
    words = {
        "day": shown,
        "today": _today(edition),
        "count": count,
        "page": page,
        "hours": by_hour(by_clock, shown, ZoneInfo(edition.time_zone)),
        "apart": apart,
        "more_apart": count - timed - len(apart) if page.number == 1 else 0,
        "before": before,
        "after": after,
        "also_asked": [each for each in query.days if each != shown],
    }
    total = count_occurrences(session, edition, query)
    return Seen("browse/calendar_day.html", total, words, (shown,))


def week(session: Session, edition: Edition, query: CalendarQuery) -> Seen:
    """The edition's days side by side; of a long one, or around it, a week of the calendar."""
    name = request.args.get(KEY, "")
    stretch = week_at(edition, day_named(name, "%Y-%m-%d") if name else _anchor(edition, query))
    spans = spans_between(session, edition, query, stretch.first, stretch.last)
    row = _rows(session, edition, query, stretch, [stretch.days], spans, a_day=IN_A_COLUMN, lasting=BARS)[0]
    before, after = days_beside(session, edition, query, stretch.first, stretch.last)
    words = {
        "stretch": stretch,
        "row": row,
        "whole": _whole(query, stretch.days),
        "today": _today(edition),
        "before": before and week_at(edition, before),
        "after": after and week_at(edition, after),
    }
    return Seen("browse/calendar_week.html", count_occurrences(session, edition, query), words)


def month(session: Session, edition: Edition, query: CalendarQuery) -> Seen:
    """A month: that of the day that is asked for, of today if it is in the edition, else the edition's first."""
    name = request.args.get(KEY, "")
    stretch = month_at(day_named(name, "%Y-%m") if name else _anchor(edition, query))
    weeks, spans = weeks_of(stretch), spans_between(session, edition, query, stretch.first, stretch.last)
    rows = _rows(session, edition, query, stretch, weeks, spans, a_day=IN_A_CELL, lasting=BARS_OF_A_MONTH)
    before, after = _days_around(session, edition, query, stretch, spans)
    words = {
        "stretch": stretch,
        "rows": [MonthRow(row, week_at(edition, row.inside[0].day), _whole(query, row.days)) for row in rows],
        "today": _today(edition),
        "before": before and month_at(before),
        "after": after and month_at(after),
    }
    return Seen("browse/calendar_month.html", count_occurrences(session, edition, query), words)


@dataclass(frozen=True)
class MonthRow:
    """A week of a month, the page of days side by side that it leads to, and the query of everything in it."""

    row: Row
    week: Stretch
    whole: CalendarQuery


def _rows(
    session: Session,
    edition: Edition,
    query: CalendarQuery,
    stretch: Stretch,
    weeks: Sequence[Sequence[date]],
    spans: Sequence[Span],
    *,
    a_day: int,
    lasting: int,
) -> list[Row]:
    """The days of a page in rows, with as much as has room."""
    first, last = stretch.first, stretch.last
    found: Sequence[Occurrence] = ()
    if spans:
        found = shown_between(session, edition, query, stretch.days, a_day, lasting, text_language())
    bars = lasting if len(weeks) == 1 else BARS_OF_A_WEEK
    return [row_of(days, found, spans, (first, last), bars) for days in weeks]


def _days_around(
    session: Session, edition: Edition, query: CalendarQuery, month: Stretch, spans: Sequence[Span]
) -> tuple[date | None, date | None]:
    """A day of the month before and of the one after: the nearest where anything begins, or goes on from this one."""
    before, after = days_beside(session, edition, query, month.first, month.last)
    lasting = [span for span in spans if span.lasts_for_days]
    if any(span.first_day < month.first for span in lasting):
        before = month.first - A_DAY
    if any(span.last_day > month.last for span in lasting):
        after = month.last + A_DAY
    return before, after


def _whole(query: CalendarQuery, days: Sequence[date]) -> CalendarQuery:
    """What shows as a list all that goes on in these days, what has no room in a grid too."""
    return query if query.days else query.with_(days=tuple(days))


def _today(edition: Edition) -> date:
    # Today's page is made anew in time: none is kept past the next quarter of an hour, where midnight lies.
    return phase_of(edition, utc_now()).today


def _present_day(edition: Edition) -> date:
    today = _today(edition)
    return today if edition.first_day <= today <= edition.last_day else edition.first_day


def _anchor(edition: Edition, query: CalendarQuery) -> date:
    """The day whose page is shown when none is named: the first one asked for that anybody can have meant."""
    return next(filter(is_plausible, query.days), _present_day(edition))


def _days_beside(
    session: Session, edition: Edition, query: CalendarQuery, shown: date
) -> tuple[date | None, date | None]:
    """The day before and the day after: of a short edition its own, around it the nearest on which anything begins."""
    before, after = days_beside(session, edition, query, shown, shown)
    own = days_of(edition)
    if shown in own and len(own) <= STEPPED:
        before = own[own.index(shown) - 1] if shown != own[0] else before
        after = own[own.index(shown) + 1] if shown != own[-1] else after
    return before, after

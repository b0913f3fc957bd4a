"""The programme's parts in every state, for those who build: the other half of /om/design. Nothing in it is real."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, current_app, render_template

from planner.browse import samples
from planner.browse.grids import Stretch, by_hour, is_apart, row_of, weeks_of
from planner.browse.programme import ProgrammeDay, by_day
from planner.browse.views.blueprint import blueprint, calendar_url, feed_url, public_page
from planner.browse.views.county_map import words_of
from planner.browse.views.facets import ActiveFilter, Choice, Facet, WayOut
from planner.browse.views.grids import MonthRow
from planner.browse.views.passages import Passage
from planner.core.subscription import Subscription
from planner.data.kommuner import kommuner
from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Form, Occurrence
from planner.web.access import Level, access
from planner.web.language import translated
from planner.web.marking import mark_hits
from planner.web.paging import Page

ASKED = CalendarQuery(kommuner=("1780",), forms=(Form.ONLINE,))
"""What is chosen in the sample, for its chips and filters."""


@blueprint.get("/om/design/kalendern")
@access(Level.ANYONE)
def design() -> str:
    """Cards, rows, grids, map, filters and the ways out of the calendar."""
    if current_app.config["PRODUCTION"]:
        abort(404)
    edition = samples.edition()
    occurrences = samples.week(edition)
    mark_hits(_where_searched)
    return render_template(
        "browse/design.html",
        edition=edition,
        query=ASKED,
        occurrences=occurrences,
        listed=_list(occurrences),
        passages={occurrences[2].id: Passage("… fråga vad din röst betyder i fullmäktige …")},
        moment=samples.moment(occurrences),
        today=samples.TODAY,
        facets=_facets(),
        filters=_chips(),
        ways_out=[WayOut(translated(Form.ONLINE.label), ASKED.without("kommun"), 12)],
        preview={"total": 10, "edition": edition, "coming": occurrences[:1], "ways_out": [], "is_over": False},
        strip=_day_strip(edition, occurrences),
        calendar=Subscription(feed_url(path="/kalender"), edition.name),
        snippet={key: public_page(calendar_url()) for key in ("address", "script", "calendar")}
        | {"title": edition.name},
        **_grids(edition, occurrences),
    )


def _list(occurrences: Sequence[Occurrence]) -> ProgrammeDay:
    """All of it under a day of its own: those of the week stand among the grids."""
    lasting = [each for each in occurrences if each.starts_at is None]
    return ProgrammeDay(samples.LISTED, [each for each in occurrences if each.starts_at], lasting)


def _where_searched(text: str) -> list[tuple[int, int]]:
    """Where the sample's one word stands."""
    start = text.lower().find(samples.SEARCHED)
    return [(start, start + len(samples.SEARCHED))] if start >= 0 else []


def _chips() -> list[ActiveFilter]:
    """So many chosen that the last of them are folded away."""
    names = [(kommun.name, True) for kommun in kommuner().values()]
    words = [*names[:12], (translated(Form.ONLINE.label), False)]
    return [ActiveFilter(name, is_said, ASKED.without("form"), ASKED) for name, is_said in words]


def _facets() -> list[Facet]:
    """One with something chosen, with nothing behind one choice; and one that narrows."""
    places = [("1780", "Karlstad", 41), ("1784", "Arvika", 18), ("1762", "Munkfors", 0)]
    needs = [("horslinga", translated("Hörslinga"), 12), ("teckensprak", translated("Teckenspråkstolkning"), 2)]
    return [
        Facet("kommun", translated("Kommun"), [Choice(*each, each[0] == "1780") for each in places]),
        Facet("behov", translated("Tillgänglighet"), [Choice(*each, False) for each in needs]),
    ]


def _day_strip(edition: Edition, occurrences: Sequence[Occurrence]) -> list[dict[str, Any]]:
    """The days of the week: one chosen, some with nothing."""
    counts = {day.day: day.count for day in by_day(occurrences)}
    days = [edition.first_day + timedelta(n) for n in range(8)]
    return [
        {"day": day, "query": CalendarQuery(days=(day,)), "count": counts.get(day, 0), "is_shown": day == samples.TODAY}
        for day in days
    ]


def _grids(edition: Edition, occurrences: Sequence[Occurrence]) -> dict[str, Any]:
    """The same occurrences as a day, as days side by side, as the weeks of a month, and on the map."""
    week = Stretch(edition.first_day, edition.last_day, "")
    month = Stretch(edition.first_day.replace(day=1), edition.first_day.replace(day=30), "2027-09")
    spans, zone = samples.spans_of(occurrences), ZoneInfo(edition.time_zone)
    in_week = row_of(week.days, occurrences, spans, (week.first, week.last), 2)
    rows = [row_of(days, occurrences, spans, (month.first, month.last), 2) for days in weeks_of(month)]
    on_the_day = [each for each in occurrences if each.first_day <= samples.TODAY <= each.last_day]
    with_hours = sorted((each for each in on_the_day if each.starts_at), key=lambda each: str(each.starts_at))
    return {
        "a_day": {
            "day": samples.TODAY, "hours": by_hour(with_hours, samples.TODAY, zone),
            "apart": [each for each in on_the_day if is_apart(each)], "more_apart": 3,
            "before": edition.first_day, "after": samples.TODAY + timedelta(1), "view": "dag", "page": Page(1, 100, 6),
        },
        "a_week": {"row": in_week, "stretch": week, "before": None, "after": week, "view": "vecka", "whole": ASKED},
        "a_month": {
            "rows": [MonthRow(row, week, ASKED) for row in rows], "stretch": month, "before": None, "after": None,
            "view": "manad",
        },
        "a_map": words_of(samples.IN_KOMMUNER, 33, ASKED),
    }  # fmt: skip

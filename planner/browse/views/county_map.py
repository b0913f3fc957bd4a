"""A query seen by place: how much of it there is in each kommun, on the map and in a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from planner.browse.shading import Step, step_of, steps_up_to
from planner.browse.views.blueprint import calendar_url
from planner.browse.views.seen import Seen
from planner.data.county_map import Outline, county_map
from planner.data.kommuner import COUNTY_CODE, Kommun, kommuner
from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Form
from planner.events.queries import count_by, count_occurrences


@dataclass(frozen=True)
class Area:
    """A kommun on the map: how much there is, how dark that is, and where it stands as a list."""

    kommun: Kommun
    outline: Outline
    count: int
    step: int
    url: str
    is_chosen: bool


def seen(session: Session, edition: Edition, query: CalendarQuery) -> Seen:
    """Each number is what its link leads to: the same query in that kommun alone, for all of the county, or online."""
    counts = count_by(session, edition, query, "kommun")
    online = count_by(session, edition, query, "form").get(Form.ONLINE.value, 0)
    words = words_of(counts, online, query)
    return Seen("browse/calendar_map.html", count_occurrences(session, edition, query), words, query.days)


def words_of(counts: Mapping[str, int], online: int, query: CalendarQuery) -> dict[str, Any]:
    """What the map and its table show of so many in each kommun."""
    steps = steps_up_to(max((counts.get(code, 0) for code in kommuner()), default=0))
    return {
        "drawing": county_map(),
        "areas": [_area(kommun, counts.get(code, 0), query, steps) for code, kommun in kommuner().items()],
        "steps": steps,
        "countywide": (counts.get(COUNTY_CODE, 0), _in_kommun(query, COUNTY_CODE), COUNTY_CODE in query.kommuner),
        "online": (online, calendar_url(query.with_(forms=(Form.ONLINE,))), Form.ONLINE in query.forms),
    }


def _area(kommun: Kommun, count: int, query: CalendarQuery, steps: list[Step]) -> Area:
    return Area(
        kommun,
        county_map().outlines[kommun.code],
        count,
        step=step_of(count, steps),
        url=_in_kommun(query, kommun.code),
        is_chosen=kommun.code in query.kommuner,
    )


def _in_kommun(query: CalendarQuery, code: str) -> str:
    return calendar_url(query.with_(kommuner=(code,)))

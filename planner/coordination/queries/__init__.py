"""Every question of the coordinators' desk that no feature below answers already."""

from planner.coordination.queries.clashes import Clash, clashes_of
from planner.coordination.queries.desk import Desk, Unfinished, active_editions, desk_of
from planner.coordination.queries.overview import Overview, OverviewRow, overview_of
from planner.coordination.queries.programme import COUNTED_STATUSES, event_ids_found, events_by_ids
from planner.coordination.queries.register import organisations_by_standing, standing_counts
from planner.coordination.queries.venues import Pair, probable_duplicates

__all__ = [
    "COUNTED_STATUSES",
    "Clash",
    "Desk",
    "Overview",
    "OverviewRow",
    "Pair",
    "Unfinished",
    "active_editions",
    "clashes_of",
    "desk_of",
    "event_ids_found",
    "events_by_ids",
    "organisations_by_standing",
    "overview_of",
    "probable_duplicates",
    "standing_counts",
]

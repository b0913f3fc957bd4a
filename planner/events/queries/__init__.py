"""Every question about events. The public's stand on ``visibility``; the workspace's see drafts too."""

from planner.events.queries.counts import count_by, count_by_edition, days_of
from planner.events.queries.public import (
    check_query,
    components,
    count_occurrences,
    edition_of,
    list_occurrences,
    next_occurrences,
    organisations_named,
    public_event,
    public_occurrences,
    public_organisations,
    related_events,
    themes_named,
    venues_named,
)
from planner.events.queries.visibility import accepted_hostings

__all__ = [
    "accepted_hostings",
    "check_query",
    "components",
    "count_by",
    "count_by_edition",
    "count_occurrences",
    "days_of",
    "edition_of",
    "list_occurrences",
    "next_occurrences",
    "organisations_named",
    "public_event",
    "public_occurrences",
    "public_organisations",
    "related_events",
    "themes_named",
    "venues_named",
]

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
from planner.events.queries.rendering import (
    names_place,
    occurrence_ids_at_venue,
    occurrence_ids_of_organisation,
    occurrences_for_rendering,
)
from planner.events.queries.visibility import accepted_hostings
from planner.events.queries.workspace import (
    changed_after_review,
    event_for_editing,
    events_of,
    hostings_waiting_for,
    lock_event,
    review_queue,
)

__all__ = [
    "accepted_hostings",
    "changed_after_review",
    "check_query",
    "components",
    "count_by",
    "count_by_edition",
    "count_occurrences",
    "days_of",
    "edition_of",
    "event_for_editing",
    "events_of",
    "hostings_waiting_for",
    "list_occurrences",
    "lock_event",
    "names_place",
    "next_occurrences",
    "occurrence_ids_at_venue",
    "occurrence_ids_of_organisation",
    "occurrences_for_rendering",
    "organisations_named",
    "public_event",
    "public_occurrences",
    "public_organisations",
    "related_events",
    "review_queue",
    "themes_named",
    "venues_named",
]

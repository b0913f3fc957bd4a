"""Rendering stored components anew: after a new public address, or a new format of the components."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from planner.core.site import site_of
from planner.events.actions.publication import AT_A_TIME, show_all
from planner.events.queries import event_ids_of, occurrences_for_rendering, shown_occurrence_ids
from planner.events.rules import is_shown
from planner.feeds.ical import component_for


def outdated_events(session: Session) -> Sequence[int]:
    """The ids of the events with a shown occurrence whose stored component is not what would be rendered now.

    Each component is compared as a whole, so that nothing has to remember with what address and format it was made.
    """
    site, ids, outdated = site_of(session), shown_occurrence_ids(session), []
    for start in range(0, len(ids), AT_A_TIME):
        for one in occurrences_for_rendering(session, ids[start : start + AT_A_TIME]):
            stamp = one.component_changed_at
            if is_shown(one.event) and (
                stamp is None or one.component != component_for(one, site=site, changed_at=stamp)
            ):
                outdated.append(one.id)
    return event_ids_of(session, outdated)


def render_anew(session: Session, event_ids: Sequence[int], *, now: datetime) -> None:
    """Render the events' occurrences. The stamp rises where the text changes, SEQUENCE nowhere: nothing has moved."""
    show_all(session, event_ids, now=now)

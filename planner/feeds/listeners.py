"""Components are rendered when an occurrence changes, never when a feed is fetched."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from planner.core.site import Site, site_of
from planner.events.models import Occurrence
from planner.events.rules import is_shown
from planner.events.signals import occurrences_changed
from planner.feeds.ical import component_for

SECOND = timedelta(seconds=1)


def connect() -> None:
    """Listen to what the events feature tells."""
    occurrences_changed.connect(render_components)


def render_components(occurrences: Sequence[Occurrence], *, session: Session, now: datetime) -> None:
    """Store each occurrence's component anew if anything that it prints has changed, stamped with the change.

    An edition that is not public yet does not matter here: it decides at each fetch, so that publishing it renders
    nothing.
    """
    site = site_of(session)
    for occurrence in occurrences:
        if is_shown(occurrence.event):
            _render(occurrence, site, now)
        else:
            occurrence.component = ""


def _render(occurrence: Occurrence, site: Site, now: datetime) -> None:
    last = occurrence.component_changed_at
    if last is not None:
        if occurrence.component == component_for(occurrence, site=site, changed_at=last):
            return
        # Some clients skip what is not newer, and the stamps are no finer than a second.
        now = max(now, last + SECOND)
    occurrence.component = component_for(occurrence, site=site, changed_at=now)
    occurrence.component_changed_at = now

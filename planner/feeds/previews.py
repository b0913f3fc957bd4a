"""Each occurrence of an event as calendar apps will find it, whether it is published already or not."""

import re
from dataclasses import dataclass
from datetime import datetime

from planner.core.site import Site
from planner.events.models import Event, Occurrence
from planner.feeds.advice import Advice, advice_on
from planner.feeds.ical import CalendarEntry, component_for, read_component

_LINK = re.compile(r"(https?://\S+)")


@dataclass(frozen=True)
class Preview:
    """An occurrence, the component that feeds serve of it, what that says, and what to think of."""

    occurrence: Occurrence
    component: str
    entry: CalendarEntry
    advice: list[Advice]

    @property
    def lines(self) -> list[str]:
        """The component's lines, unfolded, for people who want to see what is sent."""
        return self.component.replace("\r\n ", "").splitlines()


def previews_of(event: Event, *, site: Site, now: datetime) -> list[Preview]:
    """The entries of a whole loaded event in the order of its occurrences, as they are or would be."""
    return [_preview_of(occurrence, site, now) for occurrence in event.occurrences]


def parts_of(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether apps make a link of it."""
    return [(part, bool(_LINK.fullmatch(part))) for part in _LINK.split(text) if part]


def _preview_of(occurrence: Occurrence, site: Site, now: datetime) -> Preview:
    # What is stored is the same, but for a draft there is nothing stored.
    component = component_for(occurrence, site=site, changed_at=occurrence.component_changed_at or now)
    entry = read_component(component)
    return Preview(occurrence, component, entry, advice_on(occurrence, entry))

"""A programme that a resident has saved, as a calendar: the very components of the public feeds.

Its body says nothing of its own address, which is secret: no SOURCE, no URL (71).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from planner.feeds.ical import Heading, calendar_of
from planner.feeds.ics import latest_that_fit
from planner.programmes.models import Programme
from planner.programmes.queries import components_of, revisions_of

VERSION = 1
FILE_NAME = "mitt-program.ics"
"""The same for everybody: a name that somebody has given may be told by a saved file."""
NAME = "Mitt program – Demokrativeckan"
REFRESH = timedelta(hours=1)


def body(session: Session, programme: Programme) -> bytes:
    """The calendar file, the same for the programme's own address and for the one that is shared."""
    heading = Heading(
        name=programme.name or NAME,
        description="Sparade programpunkter. Ändrade och inställda programpunkter uppdateras av sig själva.",
        source="",
        page="",
        refresh=REFRESH,
    )
    return calendar_of(latest_that_fit(components_of(session, programme)), heading)


@dataclass(frozen=True)
class Edge:
    """What decides the bytes, and when any of it last changed."""

    parts: tuple[str | int | None, ...]
    changed_at: datetime


def edge_of(session: Session, programme: Programme) -> Edge:
    """The programme's own number, and those of the editions that it holds part of."""
    revisions = revisions_of(session, programme)
    numbers = (number for edition in revisions.editions for number in edition)
    return Edge(("mitt-program", VERSION, programme.id, programme.revision, *numbers), revisions.changed_at)

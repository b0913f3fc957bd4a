"""A feed as a value: what is asked for, of which edition, under which name. Every shape is made from it."""

from dataclasses import dataclass
from datetime import datetime

from planner.core.site import Site
from planner.core.text import slugify
from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery


@dataclass(frozen=True)
class Feed:
    """One feed, the same whichever of its addresses was asked.

    ``path`` is its page's ("/kommuner/arvika"), ``asked`` what its address asks for beside that, and ``query`` both
    together. ``names`` are what people call all this, in order. Without an edition nothing has been published yet.
    ``changed_at`` never falls, whatever is published, archived or withdrawn. A feed of one event has its ``event_id``.
    """

    site: Site
    path: str
    asked: CalendarQuery
    query: CalendarQuery
    names: tuple[str, ...]
    edition: Edition | None
    changed_at: datetime
    event_id: int | None = None

    def address(self, ending: str = "") -> str:
        """The public address in one shape (".ics"), or of the page."""
        query = f"?{self.asked}" if str(self.asked) else ""
        return f"{self.site.public_url}{self.path}{ending}{query}"

    @property
    def subject(self) -> str:
        """What the feed is narrowed to: "Arvika, Digitalt"."""
        return ", ".join(self.names)

    @property
    def name(self) -> str:
        """What a subscriber's calendar is called: "Demokrativeckan 2027 – Arvika, Digitalt"."""
        programme = self.edition.name if self.edition else "Demokrativeckan"
        return f"{programme} – {self.subject}" if self.names else programme

    def file_name(self, ending: str) -> str:
        """The name in ASCII that a saved file gets."""
        return f"{slugify(self.name, longest=100)}.{ending}"

    @property
    def identity(self) -> tuple[str | int | None, ...]:
        """What decides every shape's bytes beside the shape itself."""
        edition, revision = (self.edition.id, self.edition.revision) if self.edition else (None, None)
        return (self.address(), self.event_id, *self.names, edition, revision)

"""A feed as a value: what is asked for, of which edition, under which name. Every shape is made from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from planner.core.site import Site
from planner.core.text import N_, first_that_fit, slugify
from planner.core.tongue import SWEDISH, Tongue
from planner.editions.models import Edition, EditionState
from planner.events.calendar_query import CalendarQuery

PUBLISHER = "Demokrativeckan"
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
LICENCE_IN_WORDS = "CC0 1.0: programmet får användas fritt av alla. Bilder har egna villkor."

REFRESH = {EditionState.PUBLISHED: timedelta(hours=1)}
REFRESH_OTHERWISE = timedelta(days=1)

LONGEST_SUBJECT = 100
"""Characters of a calendar's name, which apps show in a narrow list; a query may have fifty values."""


@dataclass(frozen=True)
class Feed:
    """One feed, the same whichever of its addresses was asked.

    ``path`` is its page's ("/kommuner/arvika"), ``asked`` what its address asks for beside that, and ``query`` both
    together. ``names`` are what people call all this, in order. Without an edition nothing has been published yet.
    ``changed_at`` never falls, whatever is published, archived or withdrawn. A feed of one event has its ``event_id``.
    What is read by people and not by programs is told in a ``tongue``, that of its names.
    """

    site: Site
    path: str
    asked: CalendarQuery
    query: CalendarQuery
    names: tuple[str, ...]
    edition: Edition | None
    changed_at: datetime
    event_id: int | None = None
    tongue: Tongue = SWEDISH

    def address(self, ending: str = "") -> str:
        """The public address in one shape (".ics"), or of the page."""
        query = f"?{self.asked}" if str(self.asked) else ""
        return f"{self.site.public_url}{self.tongue.prefix}{self.path}{ending}{query}"

    @property
    def subject(self) -> str:
        """What the feed is narrowed to: "Arvika, Digitalt"; of very many values the first, and how many more."""
        shown, more = first_that_fit(self.names, LONGEST_SUBJECT)
        ending = [self.tongue.say(N_("och %(count)s till")) % {"count": more}] if more else []
        return " ".join([", ".join(shown), *ending])

    @property
    def programme(self) -> str:
        """What the week is called."""
        return self.edition.name if self.edition else "Demokrativeckan"

    @property
    def name(self) -> str:
        """What a subscriber's calendar is called: "Demokrativeckan 2027 – Arvika, Digitalt"."""
        return f"{self.programme} – {self.subject}" if self.names else self.programme

    @property
    def about(self) -> str:
        """What is in it, in a sentence."""
        if self.event_id is not None:
            of_one = N_("En programpunkt i %(programme)s: %(title)s")
            return self.tongue.say(of_one) % {"programme": self.programme, "title": self.subject}
        about = N_("Programpunkter i %(name)s.") if self.names else N_("Hela programmet för %(name)s.")
        return self.tongue.say(about) % {"name": self.name}

    @property
    def refresh(self) -> timedelta:
        """How often a client does well to ask again."""
        return REFRESH.get(self.edition.state, REFRESH_OTHERWISE) if self.edition else REFRESH_OTHERWISE

    def file_name(self, ending: str) -> str:
        """The name in ASCII that a saved file gets."""
        return f"{slugify(self.name, longest=100)}.{ending}"

    @property
    def identity(self) -> tuple[str | int | None, ...]:
        """What decides every shape's bytes beside the shape itself."""
        edition, revision = (self.edition.id, self.edition.revision) if self.edition else (None, None)
        return (self.address(), self.event_id, *self.names, edition, revision)

"""A feed as calendar apps want to be told of it (ical.md 63 and 69)."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from planner.core.text import first_that_fit

LONGEST_ADDRESS = 256
"""Google Calendar fails on a longer one, without a word."""

ROOM = 20
"""Characters that are left for the ending of any feed and for what it may ask of its shape alone: a query is too long
for all of them or for none."""

LONGEST_SUBJECT = 100
PROGRAMME = "Demokrativeckan"


def fits(page_address: str, query: str) -> bool:
    """Whether the feeds of a page, narrowed to a query, have addresses that every app takes, also as webcal."""
    longest = f"webcal:{page_address.partition(':')[2]}{'.' * ROOM}?{query}"
    return len(longest) <= LONGEST_ADDRESS


def name_of(words: Sequence[str], more: str, programme: str = "") -> str:
    """What the calendar is called: "Demokrativeckan – Arvika, Digitalt".

    ``more`` says how many words are left out when they are too many: "och %(count)s till".
    """
    shown, left_out = first_that_fit(words, LONGEST_SUBJECT)
    subject = ", ".join(shown) + (f" {more % {'count': left_out}}" if left_out else "")
    return f"{programme or PROGRAMME} – {subject}" if subject else programme or PROGRAMME


@dataclass(frozen=True)
class Subscription:
    """One calendar to follow: its https address, and the name that it gets where an app asks for one."""

    address: str
    name: str

    @property
    def webcal(self) -> str:
        """What opens the calendar app of a telephone or a computer."""
        return f"webcal:{self.address.partition(':')[2]}"

    @property
    def google(self) -> str:
        """Google takes the webcal address only."""
        return f"https://calendar.google.com/calendar/r?cid={_whole(self.webcal)}"

    @property
    def outlook(self) -> str:
        """Outlook.com, for a private account; it takes the https address only."""
        return f"https://outlook.live.com{self._in_outlook}"

    @property
    def office(self) -> str:
        """Outlook of Microsoft 365, for an account at work or at school."""
        return f"https://outlook.office.com{self._in_outlook}"

    @property
    def _in_outlook(self) -> str:
        return f"/calendar/0/addfromweb?url={_whole(self.address)}&name={_whole(self.name)}"


def _whole(text: str) -> str:
    """Percent-encoded with its slashes, to stand inside another address."""
    return quote(text, safe="")

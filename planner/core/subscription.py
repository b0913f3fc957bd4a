"""The address of a calendar as calendar apps want to be told of it (ical.md 69)."""

from dataclasses import dataclass
from urllib.parse import quote


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

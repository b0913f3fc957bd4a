"""Reading /prenumerera: the address to take along, and the pictures of it."""

from planner.events.calendar_query import CalendarQuery
from tests.browse.reading import PublicPage
from tests.browsing import Browser

HOST = "https://demokrativeckan.example"


def show(client: Browser, query: CalendarQuery | str = "", language: str = "") -> PublicPage:
    """The page for a query."""
    return PublicPage(client.get(f"{language}/prenumerera{'?' if str(query) else ''}{query}"))


def address_on(page: PublicPage) -> str:
    """The calendar's address, to select or copy."""
    [field] = [each for each in page.main.iter("input") if each.get("id") == "kalenderadress"]
    assert field.get("readonly") is not None
    return field.get("value") or ""


def pictures(page: PublicPage) -> dict[str, str]:
    """The address of each QR code to its text alternative."""
    return {each.get("src") or "": each.get("alt") or "" for each in page.main.iter("img")}

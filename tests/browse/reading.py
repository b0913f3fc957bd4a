"""Reading a page as a visitor does: its headings, cards, links and words."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from werkzeug.test import TestResponse

from tests import markup


class PublicPage:
    """A page that was answered with 200 (or what ``status`` says), parsed."""

    def __init__(self, response: TestResponse, status: int = 200) -> None:
        assert response.status_code == status, response.get_data(as_text=True)[:2000]
        assert "Set-Cookie" not in response.headers
        self.html = response.get_data(as_text=True)
        self.tree = markup.parse(self.html)
        self.main = next(self.tree.iter("main"))

    @property
    def words(self) -> str:
        """All visible text of the main part, with single spaces."""
        return text(self.main)

    @property
    def heading(self) -> str:
        return text(next(self.tree.iter("h1")))

    @property
    def titles(self) -> list[str]:
        """The titles of the programme items on the page, in order: cards and rows of what goes on for days."""
        return [text(each) for each in self.main.iter() if has_class(each, "card__title", "lasting__title")]

    @property
    def day_headings(self) -> list[str]:
        """The days of the programme with their counts."""
        return [text(each) for each in self.main.iter() if has_class(each, "day-heading")]

    def section(self, heading: str) -> Element:
        """The section or article whose heading this is."""
        for parent in self.main.iter():
            if parent.tag in ("section", "article") and any(text(each) == heading for each in headings(parent)):
                return parent
        raise AssertionError(f"no section {heading!r} among {[text(each) for each in headings(self.main)]}")

    def links(self, within: Element | None = None) -> dict[str, str]:
        """What each link says, to where it leads."""
        return {text(link): link.get("href") or "" for link in (self.main if within is None else within).iter("a")}

    def with_class(self, *names: str) -> list[str]:
        """The text of every element of the main part with one of these classes."""
        return [text(each) for each in self.main.iter() if has_class(each, *names)]

    @property
    def feeds(self) -> list[str]:
        """The calendar feeds that the head of the page names."""
        return [link.get("href") or "" for link in self.tree.iter("link") if link.get("type") == "text/calendar"]


def text(element: Element) -> str:
    """The words of an element with single spaces."""
    return " ".join("".join(element.itertext()).split())


def has_class(element: Element, *names: str) -> bool:
    return bool({*names} & set((element.get("class") or "").split()))


def headings(element: Element) -> Iterator[Element]:
    return (each for each in element.iter() if each.tag in ("h1", "h2", "h3", "h4"))

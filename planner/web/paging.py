"""Pages of a long list: which part to fetch, and the links around it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, request

from planner.core.errors import NotFound

KEY = "sida"


def init_app(app: Flask) -> None:
    """Let the pagination component link to the other pages of this address."""
    app.jinja_env.globals["page_url"] = page_url


@dataclass(frozen=True)
class Page:
    """One page of a list: ``number`` counts from 1, ``size`` rows a page, ``total`` rows in all."""

    number: int
    size: int
    total: int

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The number of the first row on the page."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.offset + self.size, self.total)

    def shown_numbers(self) -> list[int | None]:
        """The page numbers to link: the ends and the neighbours; None where some are left out."""
        near = {1, self.number - 1, self.number, self.number + 1, self.count}
        numbers = sorted(number for number in near if 1 <= number <= self.count)
        shown: list[int | None] = []
        for number in numbers:
            previous = shown[-1] if shown else 0
            if previous is not None and number - previous > 1:
                shown.append(previous + 1 if number - previous == 2 else None)
            shown.append(number)
        return shown


def page_of(total: int, size: int) -> Page:
    """The page that the address asks for.

    Raises:
        NotFound: there is no such page.
    """
    asked = request.args.get(KEY, "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    page = Page(number, size, total)
    if not 1 <= number <= page.count:
        raise NotFound
    return page


def page_url(number: int) -> str:
    """This address with another page of its list."""
    query = [(name, value) for name, value in request.args.items(multi=True) if name != KEY]
    if number > 1:
        query.append((KEY, str(number)))
    return f"{request.script_root}{request.path}" + (f"?{urlencode(query)}" if query else "")

"""The piece of a text around what was searched for, for a page that does not show the text."""

from collections.abc import Iterable, Sequence

from planner.events.search.marks import hits_of
from planner.events.search.wishes import Term, terms_of

BEFORE, AFTER = 60, 90
"""So many letters at most stand before and after what was found."""


def not_in(line: str, texts: Iterable[str]) -> list[Term]:
    """What is searched for and stands in none of these texts."""
    read = [text for text in texts if text]
    return [term for term in terms_of(line) if not any(hits_of([term], text) for text in read)]


def passage(terms: Sequence[Term], text: str) -> str:
    """The words around the first place where any of this stands, with … where more stands; "" if none does."""
    found = hits_of(terms, text)
    if not found:
        return ""
    begin, end = found[0]
    first = 0 if begin <= BEFORE else _next_word(text, begin)
    last = len(text) if len(text) - end <= AFTER else max(end, text.rfind(" ", end, end + AFTER))
    return f"{'… ' if first else ''}{text[first:last]}{' …' if last < len(text) else ''}"


def _next_word(text: str, begin: int) -> int:
    blank = text.find(" ", begin - BEFORE, begin)
    return blank + 1 if blank >= 0 else begin

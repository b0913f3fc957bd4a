"""Where in a text stands what was searched for: by the same patterns that found it."""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate

from planner.events.search.wishes import Column, Pattern, Term, terms_of
from planner.events.search.words import folded, plain

_WORD = re.compile(r"[^\W_]+")


def hits(line: str, text: str) -> list[tuple[int, int]]:
    """The words of a text that a search finds, whole, from where to where; a phrase with what stands in between."""
    return hits_of(terms_of(line), text)


def hits_of(terms: Iterable[Term], text: str) -> list[tuple[int, int]]:
    """The same of what has been read from the line already, or of a part of it."""
    found = [(word.start(), word.end()) for word in _WORD.finditer(text)]
    words = [plain(text[begin:end]) for begin, end in found]
    spans = set()
    for pattern in (pattern for term in terms for pattern in term.patterns):
        for first, last in _places(pattern, words):
            spans.add((found[first][0], found[last][1]))
    return _apart(sorted(spans))


def _places(pattern: Pattern, words: list[str]) -> Iterator[tuple[int, int]]:
    """Which words, from the first to the last, a pattern is found in."""
    if pattern.column is Column.FOLDED:
        words = [folded(word) if folded(word) != word else "" for word in words]
    said = f" {' '.join(words)} "
    ends = list(accumulate(len(word) + 1 for word in words))
    at = said.find(pattern.text)
    while at >= 0:
        begin = at + len(pattern.text) - len(pattern.text.lstrip())
        stop = at + len(pattern.text.rstrip())
        yield (
            next(n for n, end in enumerate(ends) if begin <= end),
            next(n for n, end in enumerate(ends) if stop <= end + 1),
        )
        at = said.find(pattern.text, at + 1)


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap, as one."""
    apart: list[tuple[int, int]] = []
    for begin, end in spans:
        if apart and begin <= apart[-1][1]:
            begin, end = apart[-1][0], max(end, apart.pop()[1])
        apart.append((begin, end))
    return apart

"""What somebody searches for, read from the line that they typed: words, each in any of its forms, and phrases as said.

A wish is a set of patterns. The same patterns ask the database, on SQLite and PostgreSQL alike, and find what is marked
on the page. Each pattern is a piece of text in one column; words stand between single blanks there, so a blank in a
pattern is where a word begins or ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from planner.events.search.words import folded, stem, words_of

_PHRASE = re.compile(r"[\"”“„»«]([^\"”“„»«]*)[\"”“„»«]?")
_SMALL = frozenset(
    "att av de dem den det en ett från för här i med o och om på som till vid är".split()  # noqa: SIM905 - a list to read
)
"""Words that say nothing of what is sought, unless there is nothing else or they stand in a phrase."""

_TAILS = (
    "", "s", "a", "an", "ans", "ar", "ars", "arna", "arnas", "e", "en", "ens", "er", "ers", "erna", "ernas", "es", "et",
    "ets", "n", "na", "nas", "or", "ors", "orna", "ornas", "t",
)  # fmt: skip
"""How a Swedish word may end after its stem."""

ENOUGH = 4
"""Letters of a stem from which on it is looked for inside words too: ``vecka`` in ``demokrativeckan``."""
ENOUGH_FOLDED = 5
"""The same for a word that may have been typed without its å, ä and ö: a short one would be found in too much."""


class Column(StrEnum):
    """Where to look: what is said, or the same of its words with å, ä or ö as they are typed without them."""

    WORDING = "wording"
    FOLDED = "folded"


@dataclass(frozen=True)
class Pattern:
    """A piece of text in a column; at least three letters with its blanks, which an index of trigrams needs."""

    column: Column
    text: str


@dataclass(frozen=True)
class Term:
    """A word or a phrase that has to be there, in one of these ways. ``typed`` is the word as it was typed, plain."""

    typed: str
    patterns: tuple[Pattern, ...]
    is_phrase: bool = False


@lru_cache(maxsize=1_000)
def terms_of(line: str) -> tuple[Term, ...]:
    """What has to be there, all of it; nothing if the line holds no letter and no digit."""
    phrases = [words_of(said) for said in _PHRASE.findall(line)]
    words = words_of(_PHRASE.sub(" ", line))
    telling = [word for word in words if word not in _SMALL] or ([] if any(phrases) else words)
    terms = [Term(word, tuple(_patterns(word))) for word in telling]
    terms += [_phrase(phrase) for phrase in phrases if phrase]
    return tuple(dict.fromkeys(terms))


def _phrase(words: list[str]) -> Term:
    said = " ".join(words)
    return Term(said, (Pattern(Column.WORDING, f" {said} "),), is_phrase=True)


def _patterns(word: str) -> Iterator[Pattern]:
    """The ways in which a word may be there. A short stem stands first or last in a compound, a long one anywhere."""
    short, plain = stem(word), folded(stem(word))
    if len(short) < ENOUGH - 1:
        yield Pattern(Column.WORDING, f" {word} ")
    elif len(short) < ENOUGH:
        yield Pattern(Column.WORDING, f" {short}")
        yield from (Pattern(Column.WORDING, f"{short}{tail} ") for tail in _TAILS)
    else:
        yield Pattern(Column.WORDING, short)
    if plain != short:
        # Whoever types å, ä and ö means them; only a name may be written without.
        if len(plain) >= ENOUGH_FOLDED:
            yield Pattern(Column.WORDING, f" {plain}")
    elif len(plain) >= ENOUGH_FOLDED:
        yield Pattern(Column.FOLDED, plain)
    elif len(word) >= ENOUGH:
        # Not in the form that is nothing but the stem: ``valet`` is not ``väl``.
        yield from (Pattern(Column.FOLDED, f" {plain}{tail} ") for tail in _TAILS if tail or plain == word)

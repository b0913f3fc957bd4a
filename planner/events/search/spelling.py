"""Typing mistakes: a word that finds nothing is read as the name nearest to it, if one is near enough."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.events.models import Occurrence, SearchText
from planner.events.search.conditions import Holds, holds
from planner.events.search.wishes import Term, terms_of
from planner.events.search.words import folded, plain, words_of

LEAST = 4
"""Letters of a word that is mended: a shorter one is too near to too much."""
LONG = 7
"""From so many letters on, two mistakes are forgiven instead of one."""

_BETWEEN_WORDS = re.compile(r"[^\w\"”“„»«]+")


def mended(session: Session, occurrences: sa.Select[Occurrence], line: str) -> str:
    """The line with each word that finds none of these occurrences replaced by the name that it is nearest to.

    As it is if everything finds something, or nothing is near: one question, two more for each word that finds nothing.
    """
    among = occurrences.with_only_columns(Occurrence.id)
    for word in _unknown(session, among, [term for term in terms_of(line) if not term.is_phrase]):
        name = _nearest(session, among, word) if len(word) >= LEAST and word.isalpha() else ""
        if name:
            line = " ".join(name if plain(part) == word else part for part in _BETWEEN_WORDS.split(line) if part)
    return line


def mistakes(typed: str, meant: str) -> int:
    """How many letters are missing, too many, wrong, or have changed places with their neighbours."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for at, letter in enumerate(typed):
        longer, before, row = before, row, [at + 1]
        for to, other in enumerate(meant):
            cost = min(before[to + 1] + 1, row[to] + 1, before[to] + (letter != other))
            if at and to and letter == meant[to - 1] and typed[at - 1] == other:
                cost = min(cost, longer[to - 1] + 1)
            row.append(cost)
    return row[-1]


def _unknown(session: Session, among: sa.Select[int], terms: Sequence[Term]) -> list[str]:
    if not terms:
        return []
    found = session.execute(sa.select(*(among.where(holds(term)).exists() for term in terms))).one()
    return [term.typed for term, is_there in zip(terms, found, strict=True) if not is_there]


def _nearest(session: Session, among: sa.Select[int], word: str) -> str:
    """The name with the fewest mistakes; of several the one that most have."""
    typed, most = folded(word), 2 if len(word) >= LONG else 1
    texts = among.join(SearchText, SearchText.occurrence_id == Occurrence.id)
    similar = Holds(SearchText.occurrence_id, [("names", piece) for piece in _pieces(typed, most + 1)])
    counted = texts.with_only_columns(SearchText.names, sa.func.count()).where(similar).group_by(SearchText.names)
    counts: Counter[str] = Counter()
    for names, number in session.execute(counted):
        counts.update({name: number for name in names.split() if abs(len(name) - len(typed)) <= most})
    near = [(distance, -counts[name], name) for name in counts if (distance := mistakes(typed, name)) <= most]
    return _as_written(session, texts, min(near)[2]) if near else ""


def _pieces(word: str, count: int) -> list[str]:
    """The word with its bounds in so many pieces: one mistake fewer than pieces leaves one of them whole."""
    whole = f" {word} "
    return [whole[begin:end] for begin, end in pairwise(len(whole) * at // count for at in range(count + 1))]


def _as_written(session: Session, texts: sa.Select[int], name: str) -> str:
    """The name with its å, ä and ö."""
    named = texts.with_only_columns(SearchText.wording).where(Holds(SearchText.occurrence_id, [("names", f" {name} ")]))
    wording = session.scalar(named.order_by(Occurrence.id).limit(1))
    return next(word for word in words_of(wording or "") if folded(word) == name)

"""A search as a condition on occurrences: the same answer from FTS5 on SQLite and from trigrams on PostgreSQL.

Both know the rows that hold a piece of text, by their trigrams. SQLite is asked by phrases of its ``search_index``,
which triggers keep equal to ``search_text``; PostgreSQL by LIKE, for which the table has indexes of its own.
"""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal

from planner.core.idset import IdSet
from planner.events.models import Occurrence
from planner.events.search.wishes import Term, terms_of

_INDEX = sa.table("search_index", sa.column("rowid"), sa.column("search_index"))
_TEXT = sa.table("search_text", *(sa.column(name) for name in ("occurrence_id", "wording", "folded", "names")))


class Holds(sa.ColumnElement[bool]):
    """Whether the occurrence of an id has one of these pieces of text, each in its column: letters and blanks only."""

    type = sa.Boolean()
    inherit_cache = True
    # Both ways belong to the cache key, or no statement with a search could be told from another.
    _traverse_internals = [
        ("by_like", InternalTraversal.dp_clauseelement),
        ("by_match", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, occurrence_id: Any, pieces: Sequence[tuple[str, str]]) -> None:
        self.by_like = occurrence_id.in_(_like(pieces))
        self.by_match = occurrence_id.in_(_matching(pieces))

    def self_group(self, against: Any = None) -> "Holds":
        """A condition as it stands: as a value SQLite would compare it with 1, and ask every row."""
        return self


def _like(pieces: Sequence[tuple[str, str]]) -> sa.Select[int]:
    return sa.select(_TEXT.c.occurrence_id).where(sa.or_(*(_TEXT.c[name].like(f"%{text}%") for name, text in pieces)))


def _matching(pieces: Sequence[tuple[str, str]]) -> sa.Select[int]:
    columns_of: dict[str, list[str]] = {}
    for name, text in pieces:
        columns_of.setdefault(text, []).append(name)
    # One phrase in two columns is read through once, two phrases twice.
    asked = " OR ".join(f'{{{" ".join(names)}}} : "{text}"' for text, names in columns_of.items())
    return sa.select(_INDEX.c.rowid).where(_INDEX.c.search_index.op("MATCH")(asked))


@compiles(Holds)
def _by_like(element: Holds, compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(element.by_like, **how)


@compiles(Holds, "sqlite")
def _by_match(element: Holds, compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(element.by_match, **how)


def holds(term: Term) -> sa.ColumnElement[bool]:
    """Whether an occurrence has a term."""
    return Holds(Occurrence.id, _pieces_of(term))


def _pieces_of(term: Term) -> list[tuple[str, str]]:
    return [(pattern.column.value, pattern.text) for pattern in term.patterns]


def answers_to(line: str) -> sa.ColumnElement[bool]:
    """Whether an occurrence has everything that is searched for. A line without words is found nowhere."""
    terms = terms_of(line)
    return sa.and_(*(holds(term) for term in terms)) if terms else sa.false()


def ids_with(session: Session, line: str) -> IdSet:
    """The ids of the occurrences, of whatever edition, that have everything that is searched for: one question."""
    terms = terms_of(line)
    if not terms:
        return IdSet()
    ids = _matching if session.get_bind().dialect.name == "sqlite" else _like
    found = sa.intersect(*(ids(_pieces_of(term)) for term in terms)).subquery()
    # As one text, which is read in a tenth of the time that a hundred thousand rows take.
    listed = session.scalar(sa.select(sa.func.aggregate_strings(sa.cast(found.c[0], sa.Text), ",")))
    return IdSet(json.loads(f"[{listed or ''}]"))

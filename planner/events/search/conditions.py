"""A search as a condition on occurrences: the same answer from FTS5 on SQLite and from trigrams on PostgreSQL.

Both know the rows that hold a piece of text, by their trigrams. SQLite is asked by phrases of its ``search_index``,
which triggers keep equal to ``search_text``; PostgreSQL by LIKE, for which the table has indexes of its own.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal

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
        likes = sa.or_(*(_TEXT.c[name].like(f"%{text}%") for name, text in pieces))
        self.by_like = occurrence_id.in_(sa.select(_TEXT.c.occurrence_id).where(likes))
        asked = " OR ".join(f'{name} : "{text}"' for name, text in pieces)
        matches = _INDEX.c.search_index.op("MATCH")(asked)
        self.by_match = occurrence_id.in_(sa.select(_INDEX.c.rowid).where(matches))


@compiles(Holds)
def _by_like(element: Holds, compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(element.by_like, **how)


@compiles(Holds, "sqlite")
def _by_match(element: Holds, compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(element.by_match, **how)


def holds(term: Term) -> sa.ColumnElement[bool]:
    """Whether an occurrence has a term."""
    return Holds(Occurrence.id, [(pattern.column.value, pattern.text) for pattern in term.patterns])


def answers_to(line: str) -> sa.ColumnElement[bool]:
    """Whether an occurrence has everything that is searched for. A line without words is found nowhere."""
    terms = terms_of(line)
    return sa.and_(*(holds(term) for term in terms)) if terms else sa.false()

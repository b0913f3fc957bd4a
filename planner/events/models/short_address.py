"""Queries that are too long for an address, each under a short code."""

import hashlib
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.codes import LONGEST
from planner.core.db import Base


class ShortAddress(Base):
    """A code and the canonical query that it stands for, for ever: subscribers have it. Who asked for it, or when, is
    not kept.

    The query is in the slugs of its day; what became of them is looked up when it is used. A value that our own
    vocabulary loses must be changed here too, by a migration.
    """

    __tablename__ = "short_address"

    code: Mapped[str] = mapped_column(sa.String(LONGEST), primary_key=True)
    query_string: Mapped[str]
    query_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """Of the query, which may be longer than what PostgreSQL puts in an index."""

    @classmethod
    def of(cls, code: str, query_string: str) -> Self:
        """The row of a query under a code."""
        query_hash = hashlib.sha256(query_string.encode()).hexdigest()
        return cls(code=code, query_string=query_string, query_hash=query_hash)

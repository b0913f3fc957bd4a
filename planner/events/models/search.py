"""What can be searched of an occurrence, as words to compare."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Base


class SearchText(Base):
    """The words of a shown occurrence (``planner.events.search.contents``), written anew in the same transaction as
    whatever changes them. An occurrence that the public does not see has none.

    Its columns are indexed by their trigrams: on PostgreSQL by pg_trgm, on SQLite by the FTS5 table ``search_index``,
    which triggers keep equal to this one. The migrations alone make either.
    """

    __tablename__ = "search_text"

    occurrence_id: Mapped[int] = mapped_column(sa.ForeignKey("occurrence.id", ondelete="CASCADE"), primary_key=True)
    wording: Mapped[str]
    folded: Mapped[str]
    names: Mapped[str]

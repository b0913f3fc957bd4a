"""Keeping the words that are searched true to what the public sees."""

from collections.abc import Collection, Sequence
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.events.models import Occurrence, SearchText
from planner.events.queries import event_ids_of, occurrences_for_rendering, shown_occurrence_ids
from planner.events.rules import is_shown
from planner.events.search.contents import Contents, contents_of

AT_A_TIME = 200
"""Occurrences compared in one go, so that the whole programme is never in memory."""


def keep_searchable(session: Session, occurrences: Sequence[Occurrence]) -> None:
    """Write the words of these occurrences, loaded as for rendering; those of the ones that are not shown go."""
    known = _known(session, [occurrence.id for occurrence in occurrences])
    for occurrence in occurrences:
        row = known.get(occurrence.id)
        if is_shown(occurrence.event):
            _write(session, row, occurrence.id, contents_of(occurrence))
        elif row is not None:
            session.delete(row)
    session.flush()


def events_outdated(session: Session) -> Sequence[int]:
    """The events with a shown occurrence whose stored words are others than would be written now."""
    ids, outdated = shown_occurrence_ids(session), []
    for start in range(0, len(ids), AT_A_TIME):
        portion = ids[start : start + AT_A_TIME]
        known = _known(session, portion)
        for occurrence in occurrences_for_rendering(session, portion):
            row = known.get(occurrence.id)
            if is_shown(occurrence.event) and (row is None or _stored(row) != contents_of(occurrence)):
                outdated.append(occurrence.id)
    return event_ids_of(session, outdated)


def _known(session: Session, ids: Collection[int]) -> dict[int, SearchText]:
    rows = session.scalars(sa.select(SearchText).where(SearchText.occurrence_id.in_(list(ids))))
    return {row.occurrence_id: row for row in rows}


def _stored(row: SearchText) -> Contents:
    return Contents(row.wording, row.folded, row.names)


def _write(session: Session, row: SearchText | None, occurrence_id: int, contents: Contents) -> None:
    if row is None:
        session.add(SearchText(occurrence_id=occurrence_id, **asdict(contents)))
    else:
        row.wording, row.folded, row.names = contents.wording, contents.folded, contents.names

"""Keeping the programme counted: what ``models.calendar`` holds, put right with every change that the public sees.

An occurrence that is found otherwise than before is taken off the shelves on which it stood and put on those where it
belongs: the work of a change has nothing to do with how many others there are. Whoever counts
holds the edition's row, which ``raise_revision`` has changed just before, so that nobody counts the same edition at the
same time.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.core.idset import IdSet
from planner.editions.models import Edition
from planner.events.models import CalendarShelf, CalendarValue
from planner.events.models.calendar import COUNTING
from planner.events.queries import found_otherwise, is_kept_right, values_of_all, values_of_some
from planner.events.queries.shelves import is_one_of, read_shelves
from planner.events.queries.values import COLUMNS, Shelf, shelves_made

AT_A_TIME = 1_000
"""Occurrences whose values are compared in one go: fewer than a statement may have parameters."""


def keep_counted(session: Session, edition: Edition, occurrence_ids: Sequence[int]) -> None:
    """Put right what is kept of these occurrences of an edition; of its whole programme if it is not kept yet."""
    if edition.counting != COUNTING:
        count_anew(session, edition)
        return
    for start in range(0, len(occurrence_ids), AT_A_TIME):
        otherwise = found_otherwise(session, edition, occurrence_ids[start : start + AT_A_TIME])
        if otherwise:
            _exchange(session, edition, otherwise)


def count_anew(session: Session, edition: Edition) -> None:
    """Count an edition's whole programme."""
    session.flush()
    for model in (CalendarShelf, CalendarValue):
        session.execute(sa.delete(model).where(model.edition_id == edition.id))
    session.execute(_kept(values_of_all(edition)))
    _put(session, edition, shelves_made(session, edition))
    edition.counting = COUNTING
    session.flush()


def count_where_needed(session: Session) -> list[Edition]:
    """Count the programmes that are not kept, or not as they should be; returns their editions.

    They are not after an update, and where an older release has changed something that it did not know to count.
    """
    editions = session.scalars(sa.select(Edition).order_by(Edition.id).with_for_update()).all()
    wrong = [each for each in editions if each.counting != COUNTING or not is_kept_right(session, each)]
    for edition in wrong:
        count_anew(session, edition)
    return wrong


def _exchange(session: Session, edition: Edition, ids: Sequence[int]) -> None:
    """Take the occurrences off the shelves on which they were, and put them on those where they are."""
    before = shelves_made(session, edition, ids)
    session.execute(sa.delete(CalendarValue).where(CalendarValue.occurrence_id.in_(ids)))
    session.execute(_kept(values_of_some(edition).params(ids=ids)))
    after = shelves_made(session, edition, ids)
    touched = sorted(shelf for shelf in before.keys() | after.keys() if before.get(shelf) != after.get(shelf))
    for start in range(0, len(touched), AT_A_TIME):
        some = touched[start : start + AT_A_TIME]
        kept, none = read_shelves(session, edition, some), IdSet()
        old = sa.delete(CalendarShelf).where(CalendarShelf.edition_id == edition.id, is_one_of(some))
        session.execute(old, execution_options={"synchronize_session": False})
        put = {shelf: kept[shelf] - before.get(shelf, none) | after.get(shelf, none) for shelf in some}
        _put(session, edition, put)


def _kept(rows: sa.Select[Any]) -> sa.Insert:
    return sa.insert(CalendarValue).from_select(COLUMNS, rows)


def _put(session: Session, edition: Edition, shelves: Mapping[Shelf, IdSet]) -> None:
    rows = [
        {"edition_id": edition.id, "key": key, "value": value, "number": len(members), "members": members}
        for (key, value), members in shelves.items()
        if members
    ]
    if rows:
        session.execute(sa.insert(CalendarShelf), rows)

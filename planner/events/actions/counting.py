"""Keeping the programme counted: what ``models.calendar`` holds, put right with every change that the public sees.

An occurrence that is found otherwise than before is taken out of the counts as it was and put in as it is: the work of
a change has nothing to do with how many others there are. Whoever counts holds the edition's row, which
``raise_revision`` has changed just before, so that nobody counts the same edition at the same time.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.models import CalendarCount, CalendarValue
from planner.events.models.calendar import COUNTING
from planner.events.queries import found_otherwise, is_kept_right, pairs_of, values_of_all, values_of_some
from planner.events.queries.values import COLUMNS, COUNT_COLUMNS

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
    for model in (CalendarCount, CalendarValue):
        session.execute(sa.delete(model).where(model.edition_id == edition.id))
    session.execute(_kept(values_of_all(edition)))
    session.execute(
        sa.insert(CalendarCount).from_select(COUNT_COLUMNS, pairs_of(lambda values: values.edition_id == edition.id))
    )
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
    """Take the occurrences out as they were, and put them in as they are."""
    _add(session, ids, -1)
    session.execute(sa.delete(CalendarValue).where(CalendarValue.occurrence_id.in_(ids)))
    session.execute(_kept(values_of_some(edition).params(ids=ids)))
    _add(session, ids, 1)


def _kept(rows: sa.Select[Any]) -> sa.Insert:
    return sa.insert(CalendarValue).from_select(COLUMNS, rows)


def _add(session: Session, ids: Sequence[int], sign: int) -> None:
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    added = insert(CalendarCount).from_select(
        COUNT_COLUMNS, pairs_of(lambda values: values.occurrence_id.in_(ids), sign)
    )
    number = CalendarCount.number + added.excluded.number
    session.execute(added.on_conflict_do_update(index_elements=COUNT_COLUMNS[:-1], set_={"number": number}))

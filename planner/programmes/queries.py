"""Every question about programmes. What of a saved occurrence may be seen is decided in ``events.queries``."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from planner.core.tokens import token_hash
from planner.editions.models import Edition
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Event, Occurrence
from planner.events.queries import for_cards, public_occurrences
from planner.events.queries.public import IN_ORDER, SWEDISH
from planner.programmes.models import Programme, SavedOccurrence
from planner.programmes.rules import is_like_a_token, is_like_a_uid

EVERYTHING = CalendarQuery()

_WITH_EDITION = contains_eager(Occurrence.event).contains_eager(Event.edition)


@dataclass(frozen=True)
class Saved:
    """An occurrence that everybody may see, and when it was saved."""

    occurrence: Occurrence
    saved_at: datetime


@dataclass(frozen=True)
class Withdrawn:
    """Something that was saved and that the public may not see any more: nothing is told of what it was."""

    uid: str
    saved_at: datetime


@dataclass(frozen=True)
class Revisions:
    """What decides a programme's calendar beside its own revision: (id, revision) of each edition it holds part of."""

    editions: tuple[tuple[int, int], ...]
    changed_at: datetime


def programme_by_token(session: Session, token: str) -> Programme | None:
    """The programme whose own address holds this token."""
    if not is_like_a_token(token):
        return None
    return session.scalars(sa.select(Programme).where(Programme.token_hash == token_hash(token))).one_or_none()


def programme_by_share_token(session: Session, token: str) -> Programme | None:
    """The programme that the address to share with this token shows."""
    if not is_like_a_token(token):
        return None
    return session.scalars(sa.select(Programme).where(Programme.share_hash == token_hash(token))).one_or_none()


def lock_programme(session: Session, programme: Programme) -> Programme | None:
    """The programme as it is now, kept from others until the transaction ends; nothing if it has been forgotten."""
    return session.scalars(
        sa.select(Programme)
        .where(Programme.id == programme.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def saved_in(session: Session, programme: Programme, language: str = SWEDISH) -> list[Saved]:
    """What it holds that everybody may see, in the order of days and clock, with all that its page shows."""
    rows = session.execute(
        visible_in(programme)
        .join(Event.edition)
        .add_columns(SavedOccurrence.saved_at)
        .options(*for_cards(language), _WITH_EDITION)
        .order_by(*IN_ORDER)
    )
    return [Saved(occurrence, saved_at) for occurrence, saved_at in rows]


def withdrawn_from(session: Session, programme: Programme) -> list[Withdrawn]:
    """What it holds that the public may not see any more, in the order of saving."""
    rows = session.execute(
        sa.select(Occurrence.uid, SavedOccurrence.saved_at)
        .join(SavedOccurrence, SavedOccurrence.occurrence_id == Occurrence.id)
        .where(
            SavedOccurrence.programme_id == programme.id,
            Occurrence.id.not_in(visible_in(programme).with_only_columns(Occurrence.id)),
        )
        .order_by(SavedOccurrence.saved_at, Occurrence.uid)
    )
    return [Withdrawn(uid, saved_at) for uid, saved_at in rows]


def components_of(session: Session, programme: Programme) -> list[str]:
    """The stored calendar components of what it holds, the very ones of the public feeds: nothing is rendered."""
    return list(session.scalars(visible_in(programme).with_only_columns(Occurrence.component).order_by(*IN_ORDER)))


def revisions_of(session: Session, programme: Programme) -> Revisions:
    """The revisions of the editions that it holds part of, and when anything that it shows last changed."""
    held = (
        sa.select(Occurrence.edition_id)
        .join(SavedOccurrence, SavedOccurrence.occurrence_id == Occurrence.id)
        .where(SavedOccurrence.programme_id == programme.id)
    )
    rows = session.execute(
        sa.select(Edition.id, Edition.revision, Edition.changed_at).where(Edition.id.in_(held)).order_by(Edition.id)
    ).all()
    return Revisions(
        editions=tuple((edition_id, revision) for edition_id, revision, _changed_at in rows),
        changed_at=max((programme.changed_at, *(changed_at for _id, _revision, changed_at in rows))),
    )


def saved_uids(session: Session, programme: Programme) -> set[str]:
    """The UIDs of all that it holds, seen or not."""
    return set(
        session.scalars(
            sa.select(Occurrence.uid)
            .join(SavedOccurrence, SavedOccurrence.occurrence_id == Occurrence.id)
            .where(SavedOccurrence.programme_id == programme.id)
        )
    )


def occurrences_named(session: Session, uids: Collection[str], language: str = SWEDISH) -> Sequence[Occurrence]:
    """Those of these that everybody may see, with all that a card shows in a language and their editions."""
    known = [uid for uid in uids if is_like_a_uid(uid)]
    return _public(session, Occurrence.uid.in_(known), language) if known else ()


def occurrences_beside(
    session: Session, occurrences: Sequence[Occurrence], language: str = SWEDISH
) -> Sequence[Occurrence]:
    """All occurrences of the events of these, in the order of days and clock, loaded in the same way."""
    return _public(session, Occurrence.event_id.in_({each.event_id for each in occurrences}), language)


def _public(session: Session, condition: sa.ColumnElement[bool], language: str) -> Sequence[Occurrence]:
    return session.scalars(
        public_occurrences(None, EVERYTHING)
        .join(Event.edition)
        .where(condition)
        .options(*for_cards(language), _WITH_EDITION)
        .order_by(*IN_ORDER)
    ).all()


def visible_in(programme: Programme) -> sa.Select[Occurrence]:
    """What it holds that everybody may see, for others to load with what they show."""
    return (
        public_occurrences(None, EVERYTHING)
        .join(SavedOccurrence, SavedOccurrence.occurrence_id == Occurrence.id)
        .where(SavedOccurrence.programme_id == programme.id)
    )

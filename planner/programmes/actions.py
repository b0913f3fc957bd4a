"""Every change of a programme. Whoever holds its address may make it, and is not asked who they are; nobody else can.

None of it is written in the log, which is kept for ever: what a resident means to go to is nobody's business.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.core.errors import Invalid, NotFound, Problem
from planner.core.text import N_, clean_line
from planner.core.tokens import new_token, sealed, token_hash
from planner.events.models import Occurrence
from planner.programmes.models import NAME_LENGTH, Programme, SavedOccurrence
from planner.programmes.queries import lock_programme, occurrences_named, revisions_of, saved_uids
from planner.programmes.rules import MOST_SAVED, share_token_of

SECOND = timedelta(seconds=1)


def create_programme(session: Session, uids: Collection[str], *, now: datetime) -> tuple[Programme, str]:
    """A new programme with these occurrences, and its token, which is nowhere else from now on."""
    token = new_token()
    programme = Programme(token_hash=token_hash(token), changed_at=now, created_at=now)
    session.add(programme)
    session.flush()
    save_occurrences(session, programme, uids, now=now)
    return programme, token


def save_occurrences(session: Session, programme: Programme, uids: Collection[str], *, now: datetime) -> int:
    """Save those of these that everybody may see; one that is saved already stays as it is.

    Returns:
        how many are new.

    Raises:
        Invalid: there is nothing to save, or more than a programme holds.
    """
    locked = _locked(session, programme)
    if not uids:
        raise Invalid([Problem("tillfalle", N_("Välj minst ett tillfälle."))])
    found = occurrences_named(session, uids)
    if not found:
        raise Invalid([Problem("tillfalle", N_("Programpunkten finns inte längre i kalendern."))])
    held = saved_uids(session, locked)
    new = [occurrence for occurrence in found if occurrence.uid not in held]
    if len(held) + len(new) > MOST_SAVED:
        message = N_("Ett program rymmer högst %(most)s tillfällen. Ta bort några, eller börja på ett nytt program.")
        raise Invalid([Problem("tillfalle", message, {"most": MOST_SAVED})])
    if new:
        _count_change(session, locked, now)
        session.add_all(
            SavedOccurrence(programme_id=locked.id, occurrence_id=occurrence.id, saved_at=now) for occurrence in new
        )
        session.flush()
    return len(new)


def remove_occurrence(session: Session, programme: Programme, uid: str, *, now: datetime) -> None:
    """Take one occurrence away, seen or not; nothing if it is not there any more."""
    locked = _locked(session, programme)
    if uid not in saved_uids(session, locked):
        return
    _count_change(session, locked, now)
    named = sa.select(Occurrence.id).where(Occurrence.uid == uid).scalar_subquery()
    session.execute(
        sa.delete(SavedOccurrence).where(
            SavedOccurrence.programme_id == locked.id, SavedOccurrence.occurrence_id == named
        )
    )


def rename_programme(session: Session, programme: Programme, name: str, *, now: datetime) -> None:
    """Call it something; "" is what every programme is called."""
    locked = _locked(session, programme)
    name = clean_line(name)
    if len(name) > NAME_LENGTH:
        message = N_("Namnet får vara högst %(longest)s tecken. Det är %(length)s tecken nu.")
        raise Invalid([Problem("name", message, {"longest": NAME_LENGTH, "length": len(name)})])
    if name != locked.name:
        _count_change(session, locked, now)
        locked.name = name


def renew_address(session: Session, programme: Programme, token: str) -> str:
    """Give it another address: the old one leads nowhere from now on. The address to share stays as it is.

    Returns:
        the new token.
    """
    locked = _locked(session, programme, token)
    renewed, shared = new_token(), share_token_of(locked, token)
    locked.token_hash = token_hash(renewed)
    locked.share_sealed = sealed(shared, renewed) if shared else ""
    return renewed


def share_programme(session: Session, programme: Programme, token: str) -> str:
    """Make an address that only shows it; an earlier one leads nowhere from now on.

    Returns:
        the token of the address to share.
    """
    locked, shared = _locked(session, programme, token), new_token()
    locked.share_hash, locked.share_sealed = token_hash(shared), sealed(shared, token)
    return shared


def stop_sharing(session: Session, programme: Programme) -> None:
    """Take the address to share away."""
    locked = _locked(session, programme)
    locked.share_hash, locked.share_sealed = None, ""


def forget_programme(session: Session, programme: Programme) -> None:
    """Delete it with all that it holds."""
    session.execute(sa.delete(SavedOccurrence).where(SavedOccurrence.programme_id == programme.id))
    session.execute(sa.delete(Programme).where(Programme.id == programme.id))


def _locked(session: Session, programme: Programme, token: str = "") -> Programme:
    """The programme as it is now; with a token, only while that still leads to it."""
    locked = lock_programme(session, programme)
    if locked is None or (token and locked.token_hash != token_hash(token)):
        raise NotFound
    return locked


def _count_change(session: Session, programme: Programme, now: datetime) -> None:
    """Before the change: its calendar gets a later date than it ever had, HTTP's dates being no finer than seconds."""
    programme.revision += 1
    programme.changed_at = max(now, revisions_of(session, programme).changed_at + SECOND)

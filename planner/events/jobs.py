"""What is removed of events by itself."""

from datetime import datetime

from sqlalchemy.orm import Session

from planner.events.actions.stranded import give_up
from planner.events.queries import forgotten_event_ids, lock_event
from planner.events.rules import STRANDED_FOR
from planner.organisations.rules import SYSTEM


def forget_stranded_drafts(session: Session, now: datetime) -> int:
    """Give up the drafts that their writers left behind, or that have no writer any more; commits after each."""
    ids = forgotten_event_ids(session, stranded_before=now - STRANDED_FOR)
    for event_id in ids:
        give_up(session, lock_event(session, event_id), actor=SYSTEM, now=now)
        session.commit()
    return len(ids)

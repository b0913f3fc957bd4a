"""What is forgotten of people by itself."""

from datetime import datetime

from sqlalchemy.orm import Session

from planner.accounts.actions import forget_old_links


def forget_links(session: Session, now: datetime) -> int:
    """Delete links that stopped working more than a day ago, with the addresses in them; commits."""
    forgotten = forget_old_links(session, now=now)
    session.commit()
    return forgotten

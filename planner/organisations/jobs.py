"""What is forgotten of invitations by itself."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.organisations.models import MemberInvitation

KEPT = timedelta(days=30)


def forget_invitations(session: Session, now: datetime) -> int:
    """Delete invitations that ran out thirty days ago: whoever did not answer is none of our business; commits."""
    forgotten = session.execute(
        sa.delete(MemberInvitation).where(MemberInvitation.expires_at < now - KEPT),
        execution_options={"synchronize_session": False},
    )
    session.commit()
    return int(forgotten.rowcount)  # type: ignore[attr-defined]

"""What is forgotten of forms by itself."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.web.models import FormReceipt, KeptForm


def forget_forms(session: Session, now: datetime) -> int:
    """Delete what was kept of forms when its time is out; commits."""
    forgotten = 0
    for table in (KeptForm, FormReceipt):
        deleted = session.execute(
            sa.delete(table).where(table.expires_at < now), execution_options={"synchronize_session": False}
        )
        forgotten += int(deleted.rowcount)  # type: ignore[attr-defined]
    session.commit()
    return forgotten

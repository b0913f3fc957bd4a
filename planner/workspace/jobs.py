"""What is forgotten of pictures by itself."""

from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.events.models import Event
from planner.workspace.images import stored_before

KEPT = timedelta(days=2)
"""How long a picture that no event shows is kept: somebody may be in the middle of describing it."""


def forget_images(session: Session, folder: Path, now: datetime) -> int:
    """Once an hour, delete the pictures that no event shows any more, or ever did."""
    old = stored_before(folder, now - KEPT) if now.minute == 0 else []
    if not old:
        return 0
    shown = set(session.scalars(sa.select(Event.image_file).where(Event.image_file != "")))
    unused = [file for file in old if file.name not in shown]
    for file in unused:
        file.unlink(missing_ok=True)
    return len(unused)

"""Posting a letter: a row in the outbox, in the transaction of what it tells of."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from planner.core.site import site_of
from planner.mail.models import Letter
from planner.mail.rendering import render_letter


def post_letter(session: Session, name: str, to_address: str, *, now: datetime, **values: Any) -> Letter:
    """Write the letter ``templates/letters/<name>.txt`` to one address.

    The template's first line is the subject, then an empty line, then the body. ``site`` is the public
    address without a final slash; an undefined name is an error.
    """
    subject, body = render_letter(name, {"site": site_of(session).public_url, **values})
    letter = Letter(name=name, to_address=to_address, subject=subject, body=body, created_at=now, due_at=now)
    session.add(letter)
    return letter

"""Posting a letter: a row in the outbox, in the transaction of what it tells of."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.core.site import site_of
from planner.jobs.queue import nudge
from planner.mail.models import Letter
from planner.mail.rendering import render_letter

AT_ONCE = timedelta(0)
LETTERS = "letters"
"""The sweep that sends them."""


def post_letter(
    session: Session,
    name: str,
    to_address: str,
    /,
    *,
    now: datetime,
    delay: timedelta = AT_ONCE,
    key: str = "",
    **values: Any,
) -> Letter:
    """Write the letter ``templates/letters/<name>.txt`` to one address.

    The template's first line is the subject, then an empty line, then the body. ``site`` is the public
    address without a final slash; an undefined name is an error. With a ``key`` the letter takes the place of an
    earlier one to the same address with the same key that has not left yet, so that several changes in a row are
    told once; ``delay`` gives them time to gather.
    """
    if key:
        session.execute(_waiting(key).where(Letter.to_address == to_address))
    subject, body = render_letter(name, {"site": site_of(session).public_url, **values})
    letter = Letter(
        name=name,
        key=key,
        to_address=to_address,
        subject=subject,
        body=body,
        created_at=now,
        due_at=now + delay,
    )
    session.add(letter)
    nudge(session, LETTERS)
    return letter


def recall_letters(session: Session, key: str) -> None:
    """Take back what was posted under a key and has not left yet: it would tell of what no longer is so."""
    session.execute(_waiting(key))


def _waiting(key: str) -> sa.Delete:
    return sa.delete(Letter).where(Letter.key == key, Letter.sent_at.is_(None), Letter.leased_until.is_(None))

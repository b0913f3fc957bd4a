"""Opening the letters that a test caused: what a person does with the mail program."""

import re
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.mail.models import Letter

AssertLetter = Callable[..., Letter]
"""The fixture ``assert_letter``."""

_LINK = re.compile(r"/([A-Za-z0-9_-]{32})\b")


def letters_sent(session: Session) -> list[tuple[str, str]]:
    """Name and address of every letter in the outbox, in the order they were written."""
    return [(letter.name, letter.to_address) for letter in session.scalars(sa.select(Letter).order_by(Letter.id))]


def token_from(session: Session, name: str) -> str:
    """The secret in the link of the latest letter of that name."""
    body = session.scalars(sa.select(Letter.body).where(Letter.name == name).order_by(Letter.id.desc())).first()
    assert body is not None, f"no letter {name!r} in the outbox"
    found = _LINK.search(body)
    assert found is not None, f"no link in the letter {name!r}"
    return found.group(1)

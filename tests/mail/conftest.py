"""Letters to send and a post office to send them to."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.mail.models import Letter
from tests.mail.post_office import PostOffice, open_post_office


@pytest.fixture
def office(loopback: None) -> Iterator[PostOffice]:
    """A mail server."""
    with open_post_office() as office:
        yield office


@pytest.fixture
def make_letter(now: datetime) -> Callable[..., Letter]:
    """Writes a letter that is due, straight into the outbox."""

    def make(session: Session, subject: str = "Välkommen", **columns: Any) -> Letter:
        defaults = {
            "name": "sign_in_link",
            "to_address": "anna@example.se",
            "subject": subject,
            "body": "Hej på er i Årjäng!\n",
            "created_at": now,
            "due_at": now,
        }
        letter = Letter(**{**defaults, **columns})
        session.add(letter)
        session.flush()
        return letter

    return make

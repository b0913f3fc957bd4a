"""Fixtures of the events' tests."""

import pytest
from sqlalchemy.orm import Session

from tests.events.cast import Cast, make_cast


@pytest.fixture
def cast(session: Session) -> Cast:
    """An edition, an organiser, a partner, a coordinator and two places."""
    return make_cast(session)

"""Whom the workspace's tests are about: an organiser, her event, and the organiser next door."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.editions.models import Edition, EditionState
from planner.events.models import Event, EventStatus
from planner.events.queries import event_for_editing
from planner.organisations.models import Organisation
from tests.browsing import Browser
from tests.factories import make_criterion, make_edition, make_event, make_organisation, make_theme, make_user

SignIn = Callable[[User], Browser]


@pytest.fixture
def edition(session: Session) -> Edition:
    """A week that is open for submission, with a theme and a criterion."""
    edition = make_edition(session, state=EditionState.OPEN)
    make_theme(session, edition=edition)
    make_criterion(session, edition)
    return edition


@pytest.fixture
def anna(session: Session) -> User:
    return make_user(session, "Anna Andersson")


@pytest.fixture
def ours(session: Session, anna: User) -> Organisation:
    """The organisation that Anna administers."""
    return make_organisation(session, members=[anna])


@pytest.fixture
def draft(session: Session, ours: Organisation, edition: Edition) -> Event:
    """A draft of Anna's with one occurrence."""
    return whole(session, make_event(session, organiser=ours, edition=edition, status=EventStatus.DRAFT))


@pytest.fixture
def published(session: Session, ours: Organisation, edition: Edition) -> Event:
    """A published event of Anna's in a published week."""
    edition.state = EditionState.PUBLISHED
    return whole(session, make_event(session, "Öppet hus", organiser=ours, edition=edition))


def whole(session: Session, event: Event) -> Event:
    """The event as it is now, with everything that belongs to it."""
    found = event_for_editing(session, event.id)
    assert found is not None
    return found


@pytest.fixture
def hers(sign_in: SignIn, anna: User) -> Browser:
    """Anna's browser."""
    return sign_in(anna)


@pytest.fixture
def stranger(session: Session, sign_in: SignIn) -> Browser:
    """The organiser next door."""
    other = make_user(session, "Olle Olsson")
    make_organisation(session, "Grannföreningen", members=[other])
    return sign_in(other)


def at(event: Event, rest: str = "") -> str:
    """The address of an event in the workspace."""
    return f"/arbetsyta/evenemang/{event.number.lower()}{rest}"

"""Who knocks at the coordinators' doors."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.editions.models import Edition
from planner.organisations.models import Organisation
from tests.browsing import Browser
from tests.factories import make_coordinator, make_criterion, make_edition, make_organisation, make_user

SignIn = Callable[[User], Browser]


@pytest.fixture
def edition(session: Session) -> Edition:
    """A published edition with one criterion."""
    edition = make_edition(session, contact_email="demokrati@lansstyrelsen.se", terms="Lika värde.", intro="Välkommen.")
    make_criterion(session, edition)
    return edition


@pytest.fixture
def county(session: Session) -> User:
    return make_coordinator(session, None, "Lena Län")


@pytest.fixture
def in_karlstad(session: Session) -> User:
    return make_coordinator(session, "1780", "Karin Karlstad")


@pytest.fixture
def in_kil(session: Session) -> User:
    return make_coordinator(session, "1715", "Kjell Kil")


@pytest.fixture
def anna(session: Session) -> User:
    return make_user(session, "Anna Andersson", email="anna@samtal.se")


@pytest.fixture
def organiser(session: Session, anna: User) -> Organisation:
    """A verified association in Karlstad."""
    return make_organisation(session, members=[anna], public_email="info@samtal.se")

"""Who coordinates the county, or one kommun."""

from datetime import datetime

from sqlalchemy.orm import Session

from planner.accounts import letters
from planner.accounts.models import CoordinatorRole, User
from planner.accounts.queries import coordinator_role, lock_county_coordinators, other_county_coordinators
from planner.accounts.rules import CoordinatingActor, may_grant_coordinator
from planner.audit.actions import log
from planner.core.errors import Invalid, NotAllowed, Problem
from planner.core.text import N_
from planner.data.kommuner import kommuner


def grant_coordinator(
    session: Session, user: User, kommun_code: str | None, *, actor: CoordinatingActor, now: datetime
) -> CoordinatorRole:
    """Make somebody coordinator of a kommun, or of the county (no code). Already so changes nothing.

    Raises:
        NotAllowed: only county coordinators decide this.
        Invalid: there is no such kommun, or the account is closed.
    """
    if not may_grant_coordinator(actor):
        raise NotAllowed
    if kommun_code is not None and kommun_code not in kommuner():
        raise Invalid([Problem("kommun", N_("Välj en kommun i länet."))])
    session.refresh(user, with_for_update=True)
    if not user.is_active:
        raise Invalid([Problem("email", N_("Kontot är stängt."))])
    role = coordinator_role(session, user, kommun_code)
    if role:
        return role
    role = CoordinatorRole(user_id=user.id, kommun_code=kommun_code, since=now)
    session.add(role)
    log(session, "grant_coordinator", user, name=user.name, actor=actor, now=now, kommun=kommun_code)
    letters.send_coordinator_granted(session, user, kommun_code, now=now)
    return role


def revoke_coordinator(
    session: Session, user: User, kommun_code: str | None, *, actor: CoordinatingActor, now: datetime
) -> None:
    """End somebody's role for a kommun, or for the county. The county is never left without a coordinator.

    Raises:
        NotAllowed: only county coordinators decide this.
        Invalid: it is the county's last coordinator.
    """
    if not may_grant_coordinator(actor):
        raise NotAllowed
    lock_county_coordinators(session)
    role = coordinator_role(session, user, kommun_code)
    if role is None:
        return
    if kommun_code is None and not other_county_coordinators(session, user):
        raise Invalid([Problem("", N_("Länet behöver minst en samordnare. Utse en annan först."))])
    session.delete(role)
    log(session, "revoke_coordinator", user, name=user.name, actor=actor, now=now, kommun=kommun_code)
    letters.send_coordinator_revoked(session, user, kommun_code, now=now)

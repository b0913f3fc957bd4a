"""The people and things that most tests of events begin with."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.core.errors import Invalid
from planner.editions.models import Criterion, Edition, Theme
from planner.events.models import Audience, Event, EventStatus
from planner.events.queries import event_for_editing
from planner.organisations.models import Organisation, Standing
from planner.organisations.rules import Actor
from planner.venues.models import Venue
from tests.factories import (
    actor_of,
    make_coordinator,
    make_criterion,
    make_digital_venue,
    make_edition,
    make_event,
    make_organisation,
    make_theme,
    make_user,
    make_venue,
)


@dataclass(frozen=True)
class Cast:
    """Anna administers the organiser, Elis edits for it, Karin coordinates the county, Rut works for the region."""

    session: Session
    edition: Edition
    criterion: Criterion
    theme: Theme
    organiser: Organisation
    region: Organisation
    anna_user: User
    anna: Actor
    elis: Actor
    karin: Actor
    rut: Actor
    library: Venue
    room: Venue

    def event(self, status: EventStatus = EventStatus.PUBLISHED, **columns: Any) -> Event:
        """A complete event of the organiser with one occurrence, fully loaded; a published one has been announced."""
        wanted = {"audiences": [Audience.EVERYBODY], "contact_email": "samtal@example.se", **columns}
        made = make_event(self.session, organiser=self.organiser, edition=self.edition, status=status, **wanted)
        event = event_for_editing(self.session, made.id)
        assert event is not None
        return event


def make_cast(session: Session) -> Cast:
    """Everybody, with a published edition whose numbers begin with DV27."""
    edition = make_edition(session, contact_email="demokrativeckan@example.se")
    anna, elis, rut = (make_user(session, name) for name in ("Anna Andersson", "Elis Ek", "Rut Rask"))
    organiser = make_organisation(session, members=[anna], editors=[elis])
    region = make_organisation(session, "Region Värmland", members=[rut], kommun_code=None, standing=Standing.VERIFIED)
    return Cast(
        session=session,
        edition=edition,
        criterion=make_criterion(session, edition),
        theme=make_theme(session, edition=edition),
        organiser=organiser,
        region=region,
        anna_user=anna,
        anna=actor_of(session, anna),
        elis=actor_of(session, elis),
        karin=actor_of(session, make_coordinator(session)),
        rut=actor_of(session, rut),
        library=make_venue(session),
        room=make_digital_venue(session),
    )


def messages(refused: Invalid) -> dict[str, str]:
    """What an action refused with: field to message."""
    return {problem.field: problem.text for problem in refused.problems}

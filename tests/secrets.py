"""A programme in whose every corner something is hidden, for the tests of all that the public can fetch."""

from sqlalchemy.orm import Session

from planner.editions.models import EditionState
from planner.events.models import EventStatus, HostingState, SignUp, Visibility
from planner.organisations.models import Standing
from planner.venues.models import LinkAudience
from tests.factories import (
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_theme,
    make_venue,
)

SECRET = "hemlig"
"""Stands in every name, text and address that the public must not see."""


def make_secrets(session: Session) -> None:
    """A public programme in whose every corner something is hidden."""
    edition = make_edition(session)
    theme = make_theme(session, "Kultur", edition)
    open_event = make_event(session, "Öppet samtal", themes=[theme], kommuner=["1784"], is_countywide=True)
    for status in EventStatus:
        if not status.is_public:
            make_event(session, f"{SECRET} {status.value}", status=status, themes=[theme], part_of_id=open_event.id)
    make_event(session, f"{SECRET} sluten", visibility=Visibility.CLOSED, kommuner=["1784"])
    for standing in (Standing.PENDING, Standing.REFUSED, Standing.SUSPENDED):
        organisation = make_organisation(session, f"{SECRET} {standing.value}", standing=standing)
        make_event(session, f"{SECRET} av {standing.value}", organiser=organisation)
        make_hosting(session, open_event, organisation)
    for state in HostingState:
        if state is not HostingState.ACCEPTED:
            partner = make_organisation(session, f"{SECRET} {state.value}", standing=Standing.UNCLAIMED)
            make_hosting(session, open_event, partner, state=state)
    _make_secret_places(session)
    coming = make_edition(
        session, f"Nästa {SECRET}", slug="2028", number_prefix="DV28", state=EditionState.PLANNED, year=2028
    )
    make_event(session, f"{SECRET} nästa år", edition=coming)
    coming.name = "Demokrativeckan 2028"  # that it is planned is no secret


def _make_secret_places(session: Session) -> None:
    """Links for registered people, and links to what does not take place."""
    event = make_event(session, "Digitalt", with_occurrence=False)
    closed_room = make_digital_venue(
        session,
        "Rum för anmälda",
        join_url=f"https://{SECRET}.example",
        dial_in=SECRET,
        link_audience=LinkAudience.REGISTERED,
    )
    make_occurrence(session, event, place=None, digital_place=closed_room)
    link = {"join_url": f"https://{SECRET}.example/installt", "dial_in": SECRET}
    cancelled = make_event(
        session,
        "Inställt",
        status=EventStatus.CANCELLED,
        with_occurrence=False,
        sign_up=SignUp.EXTERNAL,
        sign_up_url=f"https://{SECRET}.example/anmalan",
    )
    make_occurrence(session, cancelled, MONDAY, digital_place=make_digital_venue(session, "Inställt rum", **link))
    make_venue(session, f"Eget {SECRET}", is_private=True)
    make_venue(session, f"Dubblett {SECRET}", merged_into_id=closed_room.id)

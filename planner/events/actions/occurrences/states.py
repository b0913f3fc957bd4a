"""What becomes of one occurrence: called off, postponed, on again, moved online, to its reserve place."""

from datetime import datetime

from sqlalchemy.orm import Session

from planner.core.errors import Invalid, NotAllowed, Problem
from planner.core.text import N_, clean_line
from planner.events.actions.event_fields import too_long
from planner.events.actions.occurrences.settling import is_published, lock_for_change, remember, settle
from planner.events.models import Event, EventStatus, Occurrence, OccurrenceState
from planner.events.rules import is_for_organiser
from planner.organisations.rules import Actor
from planner.venues.models import Venue, VenueKind
from planner.venues.rules import may_use_venue

LONGEST_REASON = 300


def cancel_occurrence(
    session: Session, occurrence: Occurrence, reason: str, *, actor: Actor, now: datetime
) -> Occurrence:
    """Call one occurrence off; it stays where people look for it, with the reason."""
    event = _locked_by_organiser(session, occurrence, actor)
    reason = _reason(reason, N_("Skriv varför tillfället ställs in. Orsaken visas för alla."))
    if occurrence.state is OccurrenceState.CANCELLED and occurrence.state_note == reason:
        return occurrence
    return _become(session, event, occurrence, OccurrenceState.CANCELLED, reason, "cancel_occurrence", actor, now)


def postpone_occurrence(
    session: Session, occurrence: Occurrence, reason: str, *, actor: Actor, now: datetime
) -> Occurrence:
    """Say that it will take place later, on a day that is not known yet; a new time settles it."""
    event = _locked_by_organiser(session, occurrence, actor)
    reason = _reason(reason, N_("Skriv varför tillfället skjuts upp. Orsaken visas för alla."))
    if occurrence.state is OccurrenceState.CANCELLED:
        raise Invalid([Problem("", N_("Tillfället är inställt. Återuppta det först."))])
    if occurrence.state is OccurrenceState.POSTPONED and occurrence.state_note == reason:
        return occurrence
    return _become(session, event, occurrence, OccurrenceState.POSTPONED, reason, "postpone_occurrence", actor, now)


def reinstate_occurrence(session: Session, occurrence: Occurrence, *, actor: Actor, now: datetime) -> Occurrence:
    """Say that one that was called off or postponed takes place after all, as it was planned."""
    event = _locked_by_organiser(session, occurrence, actor)
    if occurrence.state.takes_place:
        return occurrence
    return _become(session, event, occurrence, OccurrenceState.SCHEDULED, "", "reinstate_occurrence", actor, now)


def move_occurrence_online(
    session: Session, occurrence: Occurrence, digital_place: Venue, *, reason: str = "", actor: Actor, now: datetime
) -> Occurrence:
    """Let it take place digitally instead of where it was planned."""
    event = _locked(session, occurrence, actor)
    reason = _reason(reason)
    if digital_place.kind is not VenueKind.DIGITAL:
        raise Invalid([Problem("digital_place_id", N_("Välj en digital mötesplats."))])
    if digital_place.id != occurrence.digital_place_id and not may_use_venue(actor, digital_place):
        message = N_("Platsen får bara användas av den som äger den. Välj en annan.")
        raise Invalid([Problem("digital_place_id", message)])
    if not occurrence.state.takes_place:
        raise Invalid([Problem("", N_("Tillfället äger inte rum. Återuppta det först."))])
    if occurrence.place_id is None and occurrence.digital_place_id == digital_place.id:
        return occurrence
    before = remember(event, occurrence)
    occurrence.place, occurrence.digital_place = None, digital_place
    occurrence.room, occurrence.has_no_audience_on_site = "", False
    occurrence.state, occurrence.state_note = OccurrenceState.MOVED_ONLINE, reason
    return settle(session, event, occurrence, before, "move_occurrence_online", actor=actor, now=now, reason=reason)


def use_reserve_place(
    session: Session, occurrence: Occurrence, *, reason: str = "", actor: Actor, now: datetime
) -> Occurrence:
    """Let it take place at its reserve place, as when it rains. Where it was planned stays known."""
    event = _locked(session, occurrence, actor)
    reason = _reason(reason)
    if occurrence.reserve_place is None:
        raise Invalid([Problem("reserve_place_id", N_("Tillfället har ingen reservplats."))])
    if not occurrence.state.takes_place:
        raise Invalid([Problem("", N_("Tillfället äger inte rum. Återuppta det först."))])
    before = remember(event, occurrence)
    occurrence.place, occurrence.reserve_place, occurrence.reserve_note = occurrence.reserve_place, None, ""
    occurrence.room, occurrence.state, occurrence.state_note = "", OccurrenceState.SCHEDULED, reason
    return settle(session, event, occurrence, before, "use_reserve_place", actor=actor, now=now, reason=reason)


def _locked(session: Session, occurrence: Occurrence, actor: Actor) -> Event:
    """The whole event, if the occurrence is one whose fate people need to hear of."""
    event = lock_for_change(session, occurrence.event_id, actor)
    if not is_published(occurrence, event):
        message = N_("Tillfället är inte publicerat än. Ändra det eller ta bort det i stället.")
        raise Invalid([Problem("", message)])
    if event.status is EventStatus.CANCELLED:
        message = N_("Hela programpunkten är inställd. Återuppta den först.")
        raise Invalid([Problem("", message)])
    return event


def _locked_by_organiser(session: Session, occurrence: Occurrence, actor: Actor) -> Event:
    """The whole event, if the person is one of those who may call all of it off: a partner who edits may not."""
    event = _locked(session, occurrence, actor)
    if not is_for_organiser(actor, event):
        raise NotAllowed
    return event


def _reason(text: str, question: str = "") -> str:
    reason = clean_line(text)
    if question and not reason:
        raise Invalid([Problem("reason", question)])
    if len(reason) > LONGEST_REASON:
        raise Invalid([too_long("reason", reason, LONGEST_REASON)])
    return reason


def _become(
    session: Session,
    event: Event,
    occurrence: Occurrence,
    state: OccurrenceState,
    reason: str,
    action: str,
    actor: Actor,
    now: datetime,
) -> Occurrence:
    before = remember(event, occurrence)
    occurrence.state, occurrence.state_note = state, reason
    return settle(session, event, occurrence, before, action, actor=actor, now=now, reason=reason)

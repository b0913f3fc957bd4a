"""Adding, changing, copying and removing occurrences. The row, its UID and its address last through every change."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import product
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.core.dates import is_plausible
from planner.core.errors import Invalid, Problem, StaleVersion
from planner.core.site import site_of
from planner.core.text import N_
from planner.events.actions.drafts import touch
from planner.events.actions.occurrence_fields import (
    OTHERS,
    PLACES,
    TIMES,
    OccurrenceFields,
    clean_fields,
    completed,
    problems_of,
    problems_of_time,
    stated,
    time_columns,
)
from planner.events.actions.occurrences.settling import is_published, lock_for_change, remember, settle, tell_of_help
from planner.events.actions.publication import announce
from planner.events.models import Event, Occurrence, OccurrenceState
from planner.events.rules import zone_of
from planner.organisations.rules import Actor
from planner.venues.models import Venue, VenueKind
from planner.venues.queries import venue_by_id
from planner.venues.rules import may_use_venue

MOST_COPIES = 100
_RELATION = {"place_id": "place", "digital_place_id": "digital_place", "reserve_place_id": "reserve_place"}
_NOT_COPIED = ("permit", "permit_number", "recording_url", "recording_until", "captions")
_OF_ONE_PLACE = ("room", "reserve_place_id", "reserve_note", "capacity_onsite")


def add_occurrence(
    session: Session, event: Event, fields: OccurrenceFields, *, actor: Actor, now: datetime
) -> Occurrence:
    """A new time and place of the event."""
    event = lock_for_change(session, event.id, actor)
    given = completed(clean_fields(fields), {})
    places = _checked(session, event, given, {}, actor)
    before = remember(event)
    occurrence = _new(session, event, given, places, now)
    return settle(session, event, occurrence, before, "add_occurrence", actor=actor, now=now)


def change_occurrence(
    session: Session,
    occurrence: Occurrence,
    fields: OccurrenceFields,
    *,
    expected: str = "",
    actor: Actor,
    now: datetime,
) -> Occurrence:
    """State something anew about an occurrence; once published, the time and place that it had are kept.

    A postponed one that gets a new day takes place again. Saving the same twice changes nothing.

    Raises:
        StaleVersion: it no longer is what the person saw, whose ``fingerprint`` is ``expected``.
    """
    event = lock_for_change(session, occurrence.event_id, actor)
    was = stated(occurrence, zone_of(event))
    given = completed(clean_fields(fields), was)
    places = _checked(session, event, given, was, actor)
    if all(was[key] == value for key, value in given.items()):
        return occurrence
    if expected and expected != fingerprint(occurrence):
        raise StaleVersion(event.version)
    before = remember(event, occurrence)
    _store(occurrence, event, {**{key: was[key] for key in TIMES}, **given}, places)
    if occurrence.state is OccurrenceState.POSTPONED and any(given.get(key, was[key]) != was[key] for key in TIMES):
        occurrence.state, occurrence.state_note = OccurrenceState.SCHEDULED, ""
    if occurrence.state is OccurrenceState.MOVED_ONLINE and occurrence.place is not None:
        occurrence.state, occurrence.state_note = OccurrenceState.SCHEDULED, ""
    return settle(session, event, occurrence, before, "change_occurrence", actor=actor, now=now)


def copy_occurrence(
    session: Session,
    occurrence: Occurrence,
    *,
    days: Sequence[date] = (),
    places: Sequence[Venue] = (),
    actor: Actor,
    now: datetime,
) -> list[Occurrence]:
    """The same on more days and at more places, each day at each place; wall times stay when the clocks change.

    What is there already is not made twice, so that a double click does no harm. Links to recordings and permits
    belong to one occurrence and are not copied.

    Returns:
        the new ones.
    """
    event = lock_for_change(session, occurrence.event_id, actor)
    wanted = list(product(sorted(set(days)) or [occurrence.first_day], dict.fromkeys(places) or [None]))
    if not days and not places:
        raise Invalid([Problem("days", N_("Välj minst en dag eller en plats att kopiera till."))])
    if not all(is_plausible(day) for day in days):
        raise Invalid([Problem("days", N_("Skriv ett datum, till exempel 2027-09-21."))])
    if len(wanted) > MOST_COPIES:
        raise Invalid([Problem("days", N_("Kopiera till högst 100 tillfällen åt gången."))])
    plans = [_copied(occurrence, event, day, place) for day, place in wanted]
    checked = [(plan, _checked(session, event, plan, {}, actor)) for plan in plans]
    before = remember(event)
    there = {_identity(one) for one in event.occurrences}
    copies = []
    for plan, found in checked:
        if _planned_identity(plan, event) not in there:
            copies.append(_new(session, event, plan, found, now))
    if copies:
        touch(session, event, actor=actor, now=now)
        uids = [copy.uid for copy in copies]
        log(session, "copy_occurrence", event, name=event.title, actor=actor, now=now, of=occurrence.uid, copies=uids)
        tell_of_help(session, event, before, {}, actor, now)
        announce(session, event, now=now)
    return copies


def remove_occurrence(session: Session, occurrence: Occurrence, *, actor: Actor, now: datetime) -> None:
    """Take away an occurrence that was never published."""
    event = lock_for_change(session, occurrence.event_id, actor)
    if is_published(occurrence, event):
        message = N_("Tillfället är publicerat och kan inte tas bort. Ställ in det i stället, så att alla får veta.")
        raise Invalid([Problem("", message)])
    before = remember(event)
    event.occurrences.remove(occurrence)
    touch(session, event, actor=actor, now=now)
    log(session, "remove_occurrence", event, name=event.title, actor=actor, now=now, occurrence=occurrence.uid)
    tell_of_help(session, event, before, {}, actor, now)
    announce(session, event, now=now)


def fingerprint(occurrence: Occurrence) -> str:
    """What a form carries to see that nobody else has changed the occurrence in between."""
    columns = (*OTHERS, *PLACES, "time_kind", "first_day", "last_day", "starts_at", "ends_at", "is_open_ended", "state")
    values = [str(getattr(occurrence, key)) for key in columns]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]


def _new(
    session: Session, event: Event, given: Mapping[str, Any], places: Mapping[str, Venue | None], now: datetime
) -> Occurrence:
    """A row with a UID of its own, made once and kept for ever."""
    occurrence = Occurrence(
        edition_id=event.edition_id,
        uid=f"{uuid4()}@{site_of(session).uid_domain}",
        place=None,
        digital_place=None,
        reserve_place=None,
        previous_times=[],
        created_at=now,
    )
    _store(occurrence, event, given, places)
    event.occurrences.append(occurrence)
    return occurrence


def _checked(
    session: Session, event: Event, given: dict[str, Any], was: Mapping[str, Any], actor: Actor
) -> dict[str, Venue | None]:
    """The places that the fields name, by relation, if everything holds together."""
    problems = [*problems_of(given), *problems_of_time({**was, **given}, zone_of(event))]
    places: dict[str, Venue | None] = {}
    for key, relation in _RELATION.items():
        if key in given:
            venue, found = _place(session, key, given[key], was.get(key), event, actor)
            problems += found
            places[relation] = venue
            given[key] = venue.id if venue else None
    if problems:
        raise Invalid(problems)
    return places


def _place(
    session: Session, key: str, venue_id: int | None, was_id: int | None, event: Event, actor: Actor
) -> tuple[Venue | None, list[Problem]]:
    """The place itself, or the row that it was merged with. One that the event already uses may stay."""
    if venue_id is None:
        return None, []
    venue = venue_by_id(session, venue_id)
    if venue is None:
        return None, [Problem(key, N_("Platsen finns inte i registret. Välj en annan."))]
    wanted = VenueKind.DIGITAL if key == "digital_place_id" else VenueKind.PHYSICAL
    if venue.kind is not wanted:
        wrong = {
            VenueKind.DIGITAL: N_("Välj en digital mötesplats här, inte en plats man går till."),
            VenueKind.PHYSICAL: N_("Välj en plats man går till här, inte en digital mötesplats."),
        }
        return None, [Problem(key, wrong[wanted])]
    used = {getattr(one, column) for one in event.occurrences for column in PLACES} | {was_id}
    if venue.id not in used and venue_id not in used and not may_use_venue(actor, venue):
        return None, [Problem(key, N_("Platsen får bara användas av den som äger den. Välj en annan."))]
    return venue, []


def _store(occurrence: Occurrence, event: Event, given: Mapping[str, Any], places: Mapping[str, Venue | None]) -> None:
    for key in OTHERS:
        if key in given:
            setattr(occurrence, key, given[key])
    for key, value in time_columns(given, event.edition, zone_of(event)).items():
        setattr(occurrence, key, value)
    for relation, venue in places.items():
        setattr(occurrence, relation, venue)


def _copied(occurrence: Occurrence, event: Event, day: date, place: Venue | None) -> dict[str, Any]:
    """The fields of a copy. Another place has its own room, reserve and number of seats."""
    plan = {key: value for key, value in stated(occurrence, zone_of(event)).items() if key not in _NOT_COPIED}
    plan["first_day"], plan["last_day"] = day, day + (occurrence.last_day - occurrence.first_day)
    if place is None:
        return plan
    key = "digital_place_id" if place.kind is VenueKind.DIGITAL else "place_id"
    if key == "place_id" and place.id != occurrence.place_id:
        plan = {name: value for name, value in plan.items() if name not in _OF_ONE_PLACE}
    return {**plan, key: place.id}


def _identity(occurrence: Occurrence) -> tuple[Any, ...]:
    """What makes two occurrences of one event the same to a visitor."""
    when = (occurrence.time_kind, occurrence.first_day, occurrence.last_day, occurrence.starts_at, occurrence.ends_at)
    return (*when, occurrence.place_id, occurrence.digital_place_id)


def _planned_identity(plan: Mapping[str, Any], event: Event) -> tuple[Any, ...]:
    when = time_columns(plan, event.edition, zone_of(event))
    columns = ("time_kind", "first_day", "last_day", "starts_at", "ends_at")
    return (*(when[key] for key in columns), plan.get("place_id"), plan.get("digital_place_id"))

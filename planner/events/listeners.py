"""What the events do when an organisation, a place or an edition changes below them. ``connect`` is called once."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.accounts.signals import personal_data_asked
from planner.editions.actions import raise_revision
from planner.editions.models import Edition, EditionState
from planner.editions.signals import edition_archived, edition_days_changed
from planner.events.actions.counting import count_anew
from planner.events.actions.handover import lapse_handover
from planner.events.actions.hosting import tie_invitation
from planner.events.actions.publication import schedule_print, show_all
from planner.events.actions.stranded import strand_drafts
from planner.events.actions.workflow import archive_events
from planner.events.models import Ending, Event, Hosting, Occurrence
from planner.events.queries import (
    event_ids_in_handover,
    event_ids_of,
    hosting_by_token,
    lock_event,
    lock_events,
    names_place,
    occurrence_ids_at_venue,
    occurrence_ids_of_organisation,
    stranded_drafts_of,
)
from planner.events.rules import kept_until, zone_of
from planner.organisations.models import Organisation, OrganisationSlug
from planner.organisations.rules import SYSTEM, Actor
from planner.organisations.signals import LeftBehind, claim_ended, organisation_changed, organisation_registered
from planner.venues.models import Venue
from planner.venues.signals import venue_changed, venues_merged

_PLACES = {"place_id": "place", "digital_place_id": "digital_place", "reserve_place_id": "reserve_place"}


def connect() -> None:
    """Listen to the features below; connecting twice is the same as once."""
    organisation_changed.connect(on_organisation_changed)
    organisation_registered.connect(on_organisation_registered)
    claim_ended.connect(on_claim_ended)
    personal_data_asked.connect(add_stranded_drafts)
    venue_changed.connect(on_venue_changed)
    venues_merged.connect(on_venues_merged)
    edition_archived.connect(on_edition_archived)
    edition_days_changed.connect(on_edition_days_changed)


def on_organisation_changed(organisation: Organisation, *, session: Session, now: datetime, **_: Any) -> None:
    """Show what names it anew, or hide its own events; one that is no longer verified takes no other's event over."""
    session.flush()
    if not organisation.is_verified:
        for event_id in event_ids_in_handover(session, organisation_id=organisation.id):
            lapse_handover(session, lock_event(session, event_id), Ending.SUSPENDED, actor=SYSTEM, now=now)
    former = sa.select(OrganisationSlug.slug).where(OrganisationSlug.organisation_id == organisation.id)
    own = sa.select(Event.id).where(Event.organiser_id == organisation.id)
    _follow_address(session, own, ("organiser_slug",), set(session.scalars(former)), organisation.slug)
    show_all(session, event_ids_of(session, occurrence_ids_of_organisation(session, organisation.id)), now=now)
    _raise_living_revisions(session, now)


def on_organisation_registered(
    organisation: Organisation, *, session: Session, now: datetime, invitation: str = "", **_: Any
) -> None:
    """Tie the invitation whose letter led here to the organisation; the link still answers it."""
    hosting = hosting_by_token(session, invitation, now=now) if invitation else None
    if hosting is not None:
        tie_invitation(session, hosting, organisation)


def on_claim_ended(
    organisation: Organisation,
    *,
    claimant_id: int,
    session: Session,
    actor: Actor,
    now: datetime,
    left: LeftBehind,
    **_: Any,
) -> None:
    """Leave the drafts that were begun under the claim with whoever began them, and say which and for how long."""
    events = strand_drafts(session, organisation, claimant_id, actor=actor, now=now)
    left.titles = [f"{event.title} ({event.number})" for event in events]
    left.has_sent_in = any(event.submitted_at is not None for event in events)
    left.until = kept_until(now, zone_of(events[0])) if events else None


def add_stranded_drafts(user: User, *, session: Session, data: dict[str, Any], **_: Any) -> None:
    """The drafts that are the person's alone, since they do not speak for the organisation."""
    data["drafts_without_organisation"] = [
        {"number": event.number, "title": event.title, "created_at": event.created_at.isoformat()}
        for event in stranded_drafts_of(session, user.id)
    ]


def on_venue_changed(venue: Venue, *, session: Session, now: datetime, **_: Any) -> None:
    """Show what takes place there anew."""
    session.flush()
    former = sa.select(Venue.slug).where(Venue.merged_into_id == venue.id)
    there = sa.select(Occurrence.event_id).where(names_place(venue.id))
    _follow_address(session, there, ("place_slug", "digital_place_slug"), set(session.scalars(former)), venue.slug)
    show_all(session, event_ids_of(session, occurrence_ids_at_venue(session, venue.id)), now=now)
    _raise_living_revisions(session, now)


def on_venues_merged(kept: Venue, *, merged: Venue, session: Session, now: datetime, **_: Any) -> None:
    """Move the occurrences to the row that is left. Nobody has moved in truth, so no SEQUENCE rises."""
    session.flush()
    moved = session.scalars(sa.select(Occurrence.event_id).where(names_place(merged.id)).distinct()).all()
    for event in lock_events(session, moved):
        for occurrence in event.occurrences:
            _move(session, occurrence, event, merged, kept)


def on_edition_archived(edition: Edition, *, session: Session, actor: Actor, now: datetime, **_: Any) -> None:
    """Its published events become archived ones."""
    archive_events(session, edition, actor=actor, now=now)


def on_edition_days_changed(edition: Edition, *, session: Session, now: datetime, **_: Any) -> None:
    """An occurrence whose end nobody stated lasts as long as the edition does, and other days are counted."""
    session.flush()
    open_ended = sa.select(Occurrence).where(Occurrence.edition_id == edition.id, Occurrence.is_open_ended)
    events = set()
    for occurrence in session.scalars(open_ended):
        occurrence.last_day = max(occurrence.first_day, edition.last_day)
        events.add(occurrence.event_id)
    show_all(session, sorted(events), now=now)
    count_anew(session, edition)


def _raise_living_revisions(session: Session, now: datetime) -> None:
    """The registers of organisations and places are public too, also where nothing takes place yet."""
    living = sa.select(Edition).where(Edition.state == EditionState.PUBLISHED).order_by(Edition.id)
    # Some revision has to rise, or a kept answer (planner.web.answer_cache) would still be taken for right.
    newest = sa.select(Edition).order_by(Edition.first_day.desc(), Edition.id.desc()).limit(1)
    for edition in session.scalars(living).all() or session.scalars(newest).all():
        raise_revision(session, edition, now=now)


def _move(session: Session, occurrence: Occurrence, event: Event, merged: Venue, kept: Venue) -> None:
    was_counted = occurrence.schedule_print == schedule_print(occurrence, event)
    for column, place in _PLACES.items():
        if getattr(occurrence, column) == merged.id:
            setattr(occurrence, place, kept)
    session.flush()
    if was_counted:
        occurrence.schedule_print = schedule_print(occurrence, event)


def _follow_address(
    session: Session, event_ids: sa.Select[int], keys: Sequence[str], former: set[str], slug: str
) -> None:
    """Let what partners said yes to name a row by its present address: a renamed row is not another one."""
    if not former:
        return
    for hosting in session.scalars(sa.select(Hosting).where(Hosting.event_id.in_(event_ids))):
        hosting.accepted_facts = _with_address(hosting.accepted_facts, keys, former, slug)
        hosting.told_facts = _with_address(hosting.told_facts, keys, former, slug)


def _with_address(
    facts: dict[str, Any] | None, keys: Sequence[str], former: set[str], slug: str
) -> dict[str, Any] | None:
    if facts is None:
        return None
    renewed = deepcopy(facts)
    for row in (renewed, *renewed["occurrences"].values()):
        row.update({key: slug for key in keys if row.get(key) in former})
    return renewed

"""Letters about where an event stands: to its main organiser, and to accepted partners when it concerns their name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from planner.events.facts import Difference
from planner.events.letters.hosting import addresses_of
from planner.events.models import Event, HostingState
from planner.mail.actions import post_letter
from planner.organisations.models import MemberRole
from planner.organisations.queries import claimant_of, members_of
from planner.organisations.rules import Actor


def tell_event_submitted(session: Session, event: Event, *, now: datetime) -> None:
    """A receipt: it has come in, and what is sent in can be asked for by anybody."""
    _tell_organiser(session, "event_submitted", event, now=now)


def tell_event_returned(session: Session, event: Event, *, actor: Actor, now: datetime) -> None:
    """What has to be completed before it can be published."""
    _tell_organiser(session, "event_returned", event, now=now, decided_by=actor.name)


def tell_event_rejected(session: Session, event: Event, *, actor: Actor, now: datetime) -> None:
    """That it will not be published, by which criterion and why, and whom to ask."""
    _tell_organiser(session, "event_rejected", event, now=now, decided_by=actor.name)


def tell_event_published(session: Session, event: Event, *, now: datetime) -> None:
    """That everybody can see it, and where."""
    _tell_organiser(session, "event_published", event, now=now)


def tell_event_cancelled(session: Session, event: Event, *, now: datetime) -> None:
    """That it is called off, also to the partners whose names stand there."""
    _tell_hosts(session, "event_cancelled", event, now=now)


def tell_event_reinstated(session: Session, event: Event, *, now: datetime) -> None:
    """That it takes place after all, also to the partners."""
    _tell_hosts(session, "event_reinstated", event, now=now)


def tell_event_withdrawn(session: Session, event: Event, *, now: datetime) -> None:
    """That nobody sees it any more, also to the partners."""
    _tell_hosts(session, "event_withdrawn", event, now=now)


def tell_event_edited(
    session: Session, event: Event, changed: Sequence[Difference], *, about: str = "", actor: Actor, now: datetime
) -> None:
    """What a coordinator changed in somebody else's event; ``about`` tells which of several occurrences."""
    _tell_organiser(session, "event_edited", event, now=now, changed=changed, about=about, edited_by=actor.name)


def tell_draft_deleted(session: Session, event: Event, *, now: datetime) -> None:
    """To partners that had said yes to, or were still asked about, what will not come to be."""
    for address in _partner_addresses(session, event, HostingState.ACCEPTED, HostingState.ASKED):
        post_letter(session, "event_draft_deleted", address, now=now, event=event)


def organiser_addresses(session: Session, event: Event) -> list[str]:
    """The main organiser's administrators and whoever began the event there; else its public or contact address.

    Who has only claimed the organisation is told of what they began themselves.
    """
    claimant = claimant_of(session, event.organiser)
    if claimant is not None and claimant.id == event.created_by_id:
        return [claimant.email]
    found = [
        member.user.email
        for member in members_of(session, event.organiser)
        if member.user.is_active and (member.role is MemberRole.ADMINISTRATOR or member.user_id == event.created_by_id)
    ]
    return found or [address for address in (event.organiser.public_email or event.contact_email,) if address]


def _tell_organiser(session: Session, name: str, event: Event, *, now: datetime, **values: Any) -> None:
    for address in organiser_addresses(session, event):
        post_letter(session, name, address, now=now, event=event, **values)


def _tell_hosts(session: Session, name: str, event: Event, *, now: datetime) -> None:
    organiser = organiser_addresses(session, event)
    partners = [one for one in _partner_addresses(session, event, HostingState.ACCEPTED) if one not in organiser]
    for address in [*organiser, *dict.fromkeys(partners)]:
        post_letter(session, name, address, now=now, event=event, is_partner=address in partners)


def _partner_addresses(session: Session, event: Event, *states: HostingState) -> list[str]:
    found: list[str] = []
    for hosting in event.hostings:
        if hosting.state in states:
            found += addresses_of(session, hosting.organisation) if hosting.organisation else [hosting.invited_email]
    return found

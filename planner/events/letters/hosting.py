"""Letters about hosting jointly."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from planner.events.facts import Difference, occurrence_facts, when_in_words, where_in_words
from planner.events.models import Event, Hosting
from planner.events.rules import zone_of
from planner.mail.actions import post_letter, recall_letters
from planner.organisations.models import MemberRole, Organisation
from planner.organisations.queries import members_of
from planner.organisations.rules import Actor


def write_hosting_invitation(session: Session, hosting: Hosting, token: str, *, actor: Actor, now: datetime) -> None:
    """Ask the organisation's administrators, or the address that was given, whether it wants to host the event."""
    for address in _partner_addresses(session, hosting):
        post_letter(
            session,
            "hosting_invitation",
            address,
            now=now,
            token=token,
            hosting=hosting,
            event=hosting.event,
            asked_by=actor.name,
            is_registered=hosting.organisation is not None and _has_members(session, hosting.organisation),
            occurrences=occurrence_lines(hosting.event),
        )


def write_hosting_receipt(session: Session, hosting: Hosting, token: str, *, now: datetime) -> None:
    """Tell a partner what it said yes to, with the link that lets it step off later without an account."""
    for address in _partner_addresses(session, hosting):
        post_letter(
            session,
            "hosting_receipt",
            address,
            now=now,
            token=token,
            hosting=hosting,
            event=hosting.event,
            occurrences=occurrence_lines(hosting.event),
        )


def tell_hosting_taken_back(session: Session, hosting: Hosting, *, now: datetime) -> None:
    """Tell whoever was asked that the question no longer stands."""
    for address in _partner_addresses(session, hosting):
        post_letter(session, "hosting_taken_back", address, now=now, hosting=hosting, event=hosting.event)


def tell_hosting_changed(
    session: Session, hosting: Hosting, changed: Sequence[Difference], token: str, *, now: datetime, delay: timedelta
) -> None:
    """Tell an accepted partner what has changed, with a link to confirm or step off."""
    for address in _partner_addresses(session, hosting):
        post_letter(
            session,
            "hosting_changed",
            address,
            now=now,
            delay=delay,
            key=_key_of_change(hosting),
            token=token,
            hosting=hosting,
            event=hosting.event,
            changed=changed,
        )


def recall_hosting_changed(session: Session, hosting: Hosting) -> None:
    """Take back the letter about a change that has not left yet, to a partner that is none any more."""
    recall_letters(session, _key_of_change(hosting))


def tell_hosting_answered(
    session: Session, hosting: Hosting, answer: str, *, now: datetime, was_to_lead: bool = False
) -> None:
    """Tell the main organiser's administrators what a partner answered: accept, confirm, decline or withdraw.

    ``was_to_lead`` says that the partner steps off with a question open whether it takes the event over.
    """
    for address in addresses_of(session, hosting.event.organiser):
        post_letter(
            session,
            "hosting_answered",
            address,
            now=now,
            hosting=hosting,
            event=hosting.event,
            answer=answer,
            was_to_lead=was_to_lead,
        )


def addresses_of(session: Session, organisation: Organisation) -> list[str]:
    """Where letters to an organisation go: to its administrators, else to its public address."""
    administrators = [
        member.user.email
        for member in members_of(session, organisation)
        if member.role is MemberRole.ADMINISTRATOR and member.user.is_active
    ]
    return administrators or [address for address in (organisation.public_email,) if address]


def occurrence_lines(event: Event) -> list[str]:
    """When and where, one line for each occurrence."""
    facts = [occurrence_facts(occurrence) for occurrence in event.occurrences]
    return [f"{when_in_words(one, zone_of(event))}, {where_in_words(one)}" for one in facts]


def _partner_addresses(session: Session, hosting: Hosting) -> list[str]:
    if hosting.organisation is None:
        return [hosting.invited_email]
    return addresses_of(session, hosting.organisation) or [hosting.invited_email]


def _key_of_change(hosting: Hosting) -> str:
    return f"hosting-changed-{hosting.id}"


def _has_members(session: Session, organisation: Organisation) -> bool:
    return bool(members_of(session, organisation))

"""Letters about changing the main organiser: to the partner that is asked, to the main organiser, and to who helped."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.events.letters.hosting import addresses_of, occurrence_lines
from planner.events.letters.workflow import organiser_addresses
from planner.events.models import Ending, Event, Handover
from planner.mail.actions import post_letter
from planner.organisations.models import Organisation
from planner.organisations.rules import Actor


def write_handover_question(session: Session, handover: Handover, token: str, *, actor: Actor, now: datetime) -> None:
    """Ask the partner's administrators whether it takes over."""
    _post(
        session,
        "handover_question",
        _partner(session, handover),
        handover,
        now=now,
        token=token,
        asked_by=actor.name,
        occurrences=occurrence_lines(handover.event),
    )


def tell_handover_asked(session: Session, handover: Handover, *, actor: Actor, now: datetime) -> None:
    """Tell the main organiser that a coordinator has asked in its place; it may take the question back."""
    found = organiser_addresses(session, handover.event)
    _post(session, "handover_asked", found, handover, now=now, asked_by=actor.name)


def tell_handover_taken_back(session: Session, handover: Handover, *, actor: Actor, now: datetime) -> None:
    """Tell whoever was asked that the question no longer stands; and who else knew of it, but for who took it back."""
    is_own = actor.works_for(handover.event.organiser_id)
    others = [] if is_own else organiser_addresses(session, handover.event)
    others += [address for address in helper_of(session, handover) if address != actor.email]
    _post(session, "handover_taken_back", _partner(session, handover), handover, now=now, is_partner=True, by="")
    _post(session, "handover_taken_back", others, handover, now=now, is_partner=False, by=actor.name)


def tell_handover_declined(session: Session, handover: Handover, *, now: datetime) -> None:
    """Tell the main organiser that it stays what it is."""
    found = [*organiser_addresses(session, handover.event), *helper_of(session, handover)]
    _post(session, "handover_declined", found, handover, now=now)


def tell_handover_lapsed(session: Session, handover: Handover, ending: Ending, *, now: datetime) -> None:
    """Tell those who would not know otherwise that the question fell.

    A partner that stepped off knows, and its main organiser is told of that by another letter; one that was suspended
    has other things to think of.
    """
    found = helper_of(session, handover)
    if ending is Ending.CLOSED:
        found = [*_partner(session, handover), *found]
    if ending is Ending.SUSPENDED:
        found = [*organiser_addresses(session, handover.event), *found]
    _post(session, "handover_lapsed", found, handover, now=now, ending=ending)


def tell_handover_accepted(
    session: Session, event: Event, former: Organisation, token: str, *, stays: bool, helper: list[str], now: datetime
) -> None:
    """Tell the former main organiser, and who asked in its place, that the partner has taken over.

    With a ``token`` the letter has the link by which the former one may step off.
    """
    for address in dict.fromkeys([*addresses_of(session, former), *helper]):
        post_letter(
            session, "handover_accepted", address, now=now, event=event, former=former, token=token, stays=stays
        )


def write_handover_receipt(session: Session, event: Event, former: Organisation, *, stays: bool, now: datetime) -> None:
    """Tell the new main organiser what it answers for from now on."""
    for address in addresses_of(session, event.organiser):
        post_letter(
            session,
            "handover_receipt",
            address,
            now=now,
            event=event,
            former=former,
            stays=stays,
            occurrences=occurrence_lines(event),
        )


def helper_of(session: Session, handover: Handover) -> list[str]:
    """The address of the coordinator who asked in the main organiser's place, if one did."""
    user = session.get(User, handover.asked_by_id) if handover.is_on_behalf and handover.asked_by_id else None
    return [user.email] if user is not None and user.is_active else []


def _partner(session: Session, handover: Handover) -> list[str]:
    organisation = handover.hosting.organisation
    return addresses_of(session, organisation) if organisation is not None else []


def _post(
    session: Session, name: str, addresses: list[str], handover: Handover, *, now: datetime, **values: Any
) -> None:
    for address in dict.fromkeys(addresses):
        post_letter(
            session,
            name,
            address,
            now=now,
            event=handover.event,
            partner=handover.hosting,
            former_stays=handover.former_stays,
            message=handover.message,
            is_on_behalf=handover.is_on_behalf,
            **values,
        )

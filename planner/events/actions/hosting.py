"""Hosting jointly: asking an organisation to stand behind an event, and its answers."""

from datetime import datetime

from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.core.errors import Invalid, NotAllowed, Problem, StaleVersion
from planner.core.text import N_, clean_line, clean_text
from planner.core.tokens import new_token, token_hash
from planner.events.actions.consent import ANSWER_WITHIN, REMIND_AFTER, STEP_OFF_WITHIN
from planner.events.actions.handover import lapse_handover
from planner.events.actions.publication import announce
from planner.events.facts import facts_print, material_facts
from planner.events.letters.hosting import (
    recall_hosting_changed,
    tell_hosting_answered,
    tell_hosting_taken_back,
    write_hosting_invitation,
    write_hosting_receipt,
)
from planner.events.models import Ending, Event, Hosting, HostingRole, HostingState
from planner.events.queries import lock_event
from planner.events.rules import ASKING, EDITABLE, may_answer_hosting, may_manage_hosting
from planner.organisations.models import Organisation
from planner.organisations.queries import members_of
from planner.organisations.rules import Actor


def invite_organisation(
    session: Session,
    event: Event,
    organisation: Organisation,
    role: HostingRole,
    *,
    message: str = "",
    actor: Actor,
    now: datetime,
) -> Hosting:
    """Ask an organisation of the register to host the event jointly; asks again one that declined or left."""
    event = lock_event(session, event.id)
    _may_ask(event, actor)
    if organisation.id == event.organiser_id:
        raise Invalid([Problem("organisation", N_("Organisationen är redan huvudarrangör."))])
    hosting = next((one for one in event.hostings if one.organisation_id == organisation.id), None)
    if hosting is not None and hosting.state in (HostingState.ASKED, HostingState.ACCEPTED):
        return hosting
    if not organisation.public_email and not members_of(session, organisation):
        raise Invalid(
            [
                Problem(
                    "organisation", N_("Organisationen har ingen adress i registret. Bjud in den med e-post i stället.")
                )
            ]
        )
    if hosting is None:
        hosting = Hosting(event=event, organisation=organisation)
    return _ask(session, hosting, role, message, actor=actor, now=now)


def invite_by_email(
    session: Session,
    event: Event,
    email: str,
    name: str,
    role: HostingRole,
    *,
    message: str = "",
    actor: Actor,
    now: datetime,
) -> Hosting:
    """Ask an organisation that is not in the register; the letter leads to registering it."""
    event = lock_event(session, event.id)
    _may_ask(event, actor)
    email, name = email.strip().lower(), clean_line(name)
    if not name:
        raise Invalid([Problem("name", N_("Skriv vad organisationen heter."))])
    hosting = next((one for one in event.hostings if one.organisation_id is None and one.invited_email == email), None)
    if hosting is not None and hosting.state is HostingState.ASKED:
        return hosting
    if hosting is None:
        hosting = Hosting(event=event, organisation=None, invited_email=email)
    hosting.invited_name = name
    return _ask(session, hosting, role, message, actor=actor, now=now)


def remind_hosting(session: Session, hosting: Hosting, *, actor: Actor, now: datetime) -> Hosting:
    """Send the letter once more, at most once a week; the earlier letter's link is dead from now on."""
    _may_ask(lock_event(session, hosting.event_id), actor)
    if hosting.state is not HostingState.ASKED:
        raise Invalid([Problem("", N_("Organisationen har redan svarat."))])
    if now - hosting.asked_at < REMIND_AFTER:
        raise Invalid([Problem("", N_("Det gick ut ett brev för mindre än en vecka sedan. Vänta lite till."))])
    return _ask(session, hosting, hosting.role, hosting.message, actor=actor, now=now)


def take_back_invitation(session: Session, hosting: Hosting, *, actor: Actor, now: datetime) -> None:
    """Take back a question that has not been answered; whoever was asked is told."""
    _may_ask(lock_event(session, hosting.event_id), actor)
    if hosting.state is not HostingState.ASKED:
        raise Invalid([Problem("", N_("Organisationen har redan svarat. Inbjudan kan inte tas tillbaka."))])
    tell_hosting_taken_back(session, hosting, now=now)
    log(
        session,
        "take_back_invitation",
        hosting.event,
        name=hosting.event.title,
        actor=actor,
        now=now,
        partner=hosting.name,
    )
    hosting.event.hostings.remove(hosting)


def change_hosting(
    session: Session, hosting: Hosting, *, role: HostingRole, may_edit: bool, actor: Actor, now: datetime
) -> Hosting:
    """Change the role, while the answer is open, and whether the partner may edit, at any time."""
    _may_ask(lock_event(session, hosting.event_id), actor)
    if role is not hosting.role and hosting.state is not HostingState.ASKED:
        raise Invalid([Problem("role", N_("Rollen kan inte ändras efter svaret: organisationen sa ja till just den."))])
    hosting.role, hosting.may_edit = role, may_edit
    log(
        session,
        "change_hosting",
        hosting.event,
        name=hosting.event.title,
        actor=actor,
        now=now,
        partner=hosting.name,
        role=role.value,
        may_edit=may_edit,
    )
    return hosting


def accept_hosting(
    session: Session, hosting: Hosting, *, seen: str = "", actor: Actor, now: datetime, by_letter: bool = False
) -> Hosting:
    """Say yes to the event as it is now. From this moment the organisation's name is shown.

    Raises:
        StaleVersion: it is not what the person saw, whose ``facts.facts_print`` is ``seen``.
    """
    _may_answer(session, hosting, actor, by_letter)
    if hosting.state is HostingState.ACCEPTED and not hosting.needs_confirmation:
        return hosting
    again = hosting.state is HostingState.ACCEPTED
    if hosting.event.status not in (EDITABLE if again else ASKING):
        raise Invalid([Problem("", N_("Programpunkten är avslutad. Det går inte att tacka ja längre."))])
    if hosting.organisation is None:
        raise Invalid([Problem("", N_("Registrera organisationen först. Sedan kan den tacka ja."))])
    if hosting.state not in (HostingState.ASKED, HostingState.ACCEPTED):
        raise Invalid([Problem("", N_("Inbjudan gäller inte längre. Be huvudarrangören att bjuda in er igen."))])
    facts = material_facts(hosting.event)
    if seen and seen != facts_print(facts):
        raise StaleVersion(hosting.event.version)
    hosting.state = HostingState.ACCEPTED
    hosting.accepted_facts = facts
    hosting.told_facts, hosting.needs_confirmation = None, False
    return _answer(session, hosting, "confirm" if again else "accept", by_letter, actor=actor, now=now)


def confirm_hosting(
    session: Session, hosting: Hosting, *, seen: str = "", actor: Actor, now: datetime, by_letter: bool = False
) -> Hosting:
    """Say yes again, to the event as it has become."""
    if hosting.state is not HostingState.ACCEPTED:
        raise Invalid([Problem("", N_("Det finns inget att bekräfta."))])
    return accept_hosting(session, hosting, seen=seen, actor=actor, now=now, by_letter=by_letter)


def decline_hosting(
    session: Session, hosting: Hosting, *, actor: Actor, now: datetime, by_letter: bool = False
) -> Hosting:
    """Say no. Nothing was shown and nothing will be."""
    _may_answer(session, hosting, actor, by_letter)
    if hosting.state is HostingState.DECLINED:
        return hosting
    if hosting.state is not HostingState.ASKED:
        raise Invalid([Problem("", N_("Ni har redan svarat. Ni kan dra er ur i stället."))])
    hosting.state = HostingState.DECLINED
    return _answer(session, hosting, "decline", by_letter, actor=actor, now=now)


def withdraw_hosting(
    session: Session, hosting: Hosting, *, actor: Actor, now: datetime, by_letter: bool = False
) -> Hosting:
    """Step off an event that was accepted. The name vanishes everywhere in the same moment."""
    _may_answer(session, hosting, actor, by_letter)
    if hosting.state is HostingState.WITHDRAWN:
        return hosting
    if hosting.state is not HostingState.ACCEPTED:
        raise Invalid([Problem("", N_("Ni har inte tackat ja, så det finns inget att dra er ur."))])
    hosting.state = HostingState.WITHDRAWN
    hosting.accepted_facts, hosting.told_facts, hosting.needs_confirmation = None, None, False
    recall_hosting_changed(session, hosting)
    handover = hosting.event.handover
    was_to_lead = handover is not None and handover.hosting is hosting
    if was_to_lead:
        lapse_handover(session, hosting.event, Ending.STEPPED_OFF, actor=actor, now=now)
    return _answer(session, hosting, "withdraw", by_letter, actor=actor, now=now, was_to_lead=was_to_lead)


def tie_invitation(session: Session, hosting: Hosting, organisation: Organisation) -> Hosting:
    """Tie an invitation by e-mail to the organisation that was registered from its letter. The link still answers.

    One that turns out to be part of the event already needs no second invitation: the hosting it has is returned.
    """
    if hosting.organisation is not None or organisation.id == hosting.event.organiser_id:
        return hosting
    already = next((one for one in hosting.event.hostings if one.organisation_id == organisation.id), None)
    if already is not None:
        hosting.event.hostings.remove(hosting)
        return already
    hosting.organisation = organisation
    session.flush()
    return hosting


def _may_ask(event: Event, actor: Actor) -> None:
    if not may_manage_hosting(actor, event):
        raise NotAllowed
    if event.status not in ASKING:
        raise Invalid([Problem("", N_("Programpunkten är avslutad. Arrangörerna kan inte ändras."))])


def _may_answer(session: Session, hosting: Hosting, actor: Actor, by_letter: bool) -> None:
    # Two answers at once are taken one after the other: the second meets what the first made of it.
    lock_event(session, hosting.event_id)
    if not by_letter and not may_answer_hosting(actor, hosting):
        raise NotAllowed


def _ask(
    session: Session, hosting: Hosting, role: HostingRole, message: str, *, actor: Actor, now: datetime
) -> Hosting:
    token = new_token()
    hosting.role, hosting.message, hosting.state = role, clean_text(message)[:500], HostingState.ASKED
    hosting.asked_by_id, hosting.asked_at = actor.id, now
    hosting.answered_at, hosting.answered_by_id, hosting.answered_by_letter = None, None, False
    hosting.token_hash, hosting.token_expires_at = token_hash(token), now + ANSWER_WITHIN
    session.add(hosting)
    session.flush()
    write_hosting_invitation(session, hosting, token, actor=actor, now=now)
    log(
        session,
        "invite_organisation",
        hosting.event,
        name=hosting.event.title,
        actor=actor,
        now=now,
        partner=hosting.name,
        role=role.value,
    )
    return hosting


def _answer(
    session: Session,
    hosting: Hosting,
    answer: str,
    by_letter: bool,
    *,
    actor: Actor,
    now: datetime,
    was_to_lead: bool = False,
) -> Hosting:
    hosting.answered_at, hosting.answered_by_id, hosting.answered_by_letter = now, actor.id, by_letter
    hosting.token_hash = hosting.token_expires_at = None
    log(
        session,
        f"{answer}_hosting",
        hosting.event,
        name=hosting.event.title,
        actor=actor,
        now=now,
        partner=hosting.name,
        by_letter=by_letter,
    )
    tell_hosting_answered(session, hosting, answer, now=now, was_to_lead=was_to_lead)
    if hosting.state is HostingState.ACCEPTED:
        token = new_token()
        hosting.token_hash, hosting.token_expires_at = token_hash(token), now + STEP_OFF_WITHIN
        write_hosting_receipt(session, hosting, token, now=now)
    announce(session, hosting.event, now=now)
    return hosting

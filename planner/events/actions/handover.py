"""Changing the main organiser: a partner is asked to take over, and until it says yes nothing changes."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.core.errors import Invalid, NotAllowed, Problem, StaleVersion
from planner.core.text import N_, clean_text
from planner.core.tokens import new_token, token_hash
from planner.events.actions.consent import ANSWER_WITHIN, REMIND_AFTER, STEP_OFF_WITHIN
from planner.events.actions.drafts import UNFINISHED, note_unreviewed_change, touch
from planner.events.actions.event_fields import stated
from planner.events.actions.publication import announce
from planner.events.facts import facts_print, material_facts
from planner.events.letters import handover as letters
from planner.events.letters.hosting import recall_hosting_changed
from planner.events.models import Ending, Event, Handover, Hosting, HostingRole, HostingState
from planner.events.queries import lock_event
from planner.events.rules import (
    ASKING,
    is_able_to_lead,
    is_for_handing_over,
    may_answer_handover,
    missing_texts,
)
from planner.organisations.models import Organisation, Standing
from planner.organisations.rules import Actor

_OVER = N_("Frågan gäller inte längre. Den kan vara besvarad eller tillbakatagen.")


def ask_to_take_over(
    session: Session, hosting: Hosting, *, former_stays: bool, message: str = "", actor: Actor, now: datetime
) -> Handover:
    """Ask an accepted partner to become the main organiser. Asked twice it is asked once; only one is asked at a time.

    Who stays as co-organiser has said so by asking, or is asked afterwards. An organisation of the register that has
    no accounts can say neither, so it does not stay.
    """
    event = _locked_for_asking(session, hosting.event_id, actor)
    if event.handover is not None and event.handover.hosting is hosting:
        return event.handover
    _require_askable(event, hosting)
    event.handover = Handover(
        organisation_id=hosting.organisation_id,
        former_stays=former_stays and event.organiser.standing is not Standing.UNCLAIMED,
        is_on_behalf=not (actor.is_system or actor.works_for(event.organiser_id)),
        message=clean_text(message)[:500],
        asked_by_id=actor.id,
    )
    _send(session, event.handover, actor=actor, now=now)
    if event.handover.is_on_behalf:
        letters.tell_handover_asked(session, event.handover, actor=actor, now=now)
    return event.handover


def remind_handover(session: Session, event: Event, *, actor: Actor, now: datetime) -> Handover:
    """Send the letter once more, at most once a week; the earlier letter's link is dead from now on."""
    event = _locked_for_asking(session, event.id, actor)
    if event.handover is None:
        raise Invalid([Problem("", _OVER)])
    if now - event.handover.asked_at < REMIND_AFTER:
        raise Invalid([Problem("", N_("Det gick ut ett brev för mindre än en vecka sedan. Vänta lite till."))])
    return _send(session, event.handover, actor=actor, now=now)


def take_back_handover(session: Session, event: Event, *, actor: Actor, now: datetime) -> None:
    """Take the question back; whoever was asked is told. A second click finds it gone already."""
    event = _locked_for_asking(session, event.id, actor)
    if event.handover is None:
        return
    letters.tell_handover_taken_back(session, event.handover, actor=actor, now=now)
    _note(session, event.handover, "take_back_handover", actor=actor, now=now)
    _end(session, event)


def accept_handover(
    session: Session, handover: Handover, *, seen: str = "", actor: Actor, now: datetime, by_letter: bool = False
) -> Event:
    """Become the main organiser of the event as it is now. Its number, addresses and calendar entries stay.

    The former one becomes an accepted co-organiser or leaves, as it chose; the other partners are asked again.

    Raises:
        StaleVersion: it is not what the person saw, whose ``facts.facts_print`` is ``seen``.
    """
    event = _locked_for_answer(session, handover, actor, by_letter)
    before, former = material_facts(event), event.organiser
    if seen and seen != facts_print(before):
        raise StaleVersion(event.version)
    leader = _able_to_lead(event, handover.hosting)
    _note(session, handover, "accept_handover", actor=actor, now=now, former=former.name, by_letter=by_letter)
    stays, helper = handover.former_stays, letters.helper_of(session, handover)
    token = _change_places(session, event, handover, leader, now=now)
    touch(session, event, actor=actor, now=now)
    note_unreviewed_change(event, before, actor=actor, now=now)
    letters.tell_handover_accepted(session, event, former, token, stays=stays, helper=helper, now=now)
    letters.write_handover_receipt(session, event, former, stays=stays, now=now)
    announce(session, event, now=now)
    return event


def decline_handover(
    session: Session, handover: Handover, *, actor: Actor, now: datetime, by_letter: bool = False
) -> Event:
    """Say no. The partner stays what it was."""
    event = _locked_for_answer(session, handover, actor, by_letter)
    letters.tell_handover_declined(session, handover, now=now)
    _note(session, handover, "decline_handover", actor=actor, now=now, by_letter=by_letter)
    _end(session, event)
    return event


def lapse_handover(session: Session, event: Event, ending: Ending, *, actor: Actor, now: datetime) -> None:
    """Let the question fall, if there is one, because what it was about is over; those concerned are told.

    The event is fully loaded (``queries.lock_event``).
    """
    if event.handover is None:
        return
    letters.tell_handover_lapsed(session, event.handover, ending, now=now)
    _note(session, event.handover, "lapse_handover", actor=actor, now=now)
    _end(session, event)


def _locked_for_asking(session: Session, event_id: int, actor: Actor) -> Event:
    event = lock_event(session, event_id)
    if not is_for_handing_over(actor, event):
        raise NotAllowed
    return event


def _locked_for_answer(session: Session, handover: Handover, actor: Actor, by_letter: bool) -> Event:
    # Two answers at once, or an answer while the question is taken back: the second finds it gone.
    event = lock_event(session, handover.event_id)
    if event.handover is not handover:
        raise Invalid([Problem("", _OVER)])
    if not by_letter and not may_answer_handover(actor, handover):
        raise NotAllowed
    return event


def _require_askable(event: Event, hosting: Hosting) -> None:
    """The event is open, nobody else has been asked, and the partner could take over."""
    if event.status not in ASKING:
        raise Invalid([Problem("", N_("Programpunkten är avslutad. Huvudarrangören kan inte bytas."))])
    if event.handover is not None:
        refusal = N_("Ni har redan frågat %(name)s. Ta tillbaka den frågan först.")
        raise Invalid([Problem("partner", refusal, {"name": event.handover.hosting.name})])
    if not is_able_to_lead(hosting):
        refusal = N_("Bara en verifierad organisation som har tackat ja till att vara med kan ta över.")
        raise Invalid([Problem("partner", refusal)])


def _able_to_lead(event: Event, hosting: Hosting) -> Organisation:
    """The partner, verified still, with which the event lacks nothing that it did not lack before."""
    leader = hosting.organisation
    if leader is None or event.status not in ASKING or not is_able_to_lead(hosting):
        raise Invalid([Problem("", N_("Organisationen kan inte ta över just nu. Vänd er till samordnaren."))])
    already = {problem.field for problem in missing_texts(stated(event), event.organiser)}
    lacking = {problem.field for problem in missing_texts(stated(event), leader)} - already
    if lacking and event.status not in UNFINISHED:
        refusal = N_(
            "Programpunkten skulle sakna kontakt. Ange en offentlig e-postadress eller telefon för er organisation,"
            " eller en kontakt i programpunkten, innan ni tar över."
        )
        raise Invalid([Problem("", refusal)])
    return leader


def _change_places(session: Session, event: Event, handover: Handover, leader: Organisation, *, now: datetime) -> str:
    """The partner becomes the organiser; the former organiser takes a partner's place, or none.

    Returns:
        the secret of the link by which the former one may step off later, if it has said itself that it stays.
    """
    hosting, former, before = handover.hosting, event.organiser, material_facts(event)
    _end(session, event)
    recall_hosting_changed(session, hosting)
    event.hostings = [one for one in event.hostings if one.organisation_id not in (leader.id, former.id)]
    event.organiser = leader
    session.flush()
    return _keep_as_partner(session, event, handover, former, before, now=now) if handover.former_stays else ""


def _keep_as_partner(
    session: Session, event: Event, handover: Handover, former: Organisation, before: dict[str, Any], *, now: datetime
) -> str:
    """Make the former organiser a co-organiser. What it asked for itself it has agreed to; else it is asked again."""
    token = "" if handover.is_on_behalf else new_token()
    kept = Hosting(
        event=event,
        organisation=former,
        role=HostingRole.CO_ORGANISER,
        state=HostingState.ACCEPTED,
        asked_by_id=handover.asked_by_id,
        asked_at=handover.asked_at,
        answered_by_id=None if handover.is_on_behalf else handover.asked_by_id,
        answered_at=now,
        accepted_facts=before if handover.is_on_behalf else material_facts(event),
        token_hash=token_hash(token) if token else None,
        token_expires_at=now + STEP_OFF_WITHIN if token else None,
    )
    session.add(kept)
    session.flush()
    return token


def _send(session: Session, handover: Handover, *, actor: Actor, now: datetime) -> Handover:
    token = new_token()
    handover.asked_at = now
    handover.token_hash, handover.token_expires_at = token_hash(token), now + ANSWER_WITHIN
    session.flush()
    letters.write_handover_question(session, handover, token, actor=actor, now=now)
    _note(session, handover, "ask_to_take_over", actor=actor, now=now, former_stays=handover.former_stays)
    return handover


def _note(session: Session, handover: Handover, action: str, *, actor: Actor, now: datetime, **details: Any) -> None:
    event = handover.event
    log(session, action, event, name=event.title, actor=actor, now=now, partner=handover.hosting.name, **details)


def _end(session: Session, event: Event) -> None:
    """The question's row goes, before the hosting that it hangs on may."""
    event.handover = None
    session.flush()

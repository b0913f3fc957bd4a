"""Consent follows content: accepted partners are told when what they said yes to has changed."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from planner.core.tokens import new_token, token_hash
from planner.events.facts import differences, material_facts
from planner.events.letters.hosting import tell_hosting_changed
from planner.events.models import Event, EventStatus, Hosting, HostingState
from planner.events.rules import zone_of

ANSWER_WITHIN = timedelta(days=30)
"""How long the link of a letter answers."""

REMIND_AFTER = timedelta(days=7)
"""How long a question rests before it may be sent once more."""

STEP_OFF_WITHIN = timedelta(days=400)
"""How long the link of a receipt lets a partner step off: past the end of any week that is planned by now."""

GATHERING = timedelta(minutes=10)
"""How long changes to an event that is not public yet are gathered before its partners are told."""


def ask_again(session: Session, event: Event, *, now: datetime) -> list[Hosting]:
    """Mark every accepted partner whose facts have come to differ, and send each the difference.

    A change that is taken back before the answer needs no answer any more. The event is fully loaded.

    Returns:
        the hostings that now wait to be confirmed.
    """
    facts = material_facts(event)
    waiting = []
    for hosting in event.hostings:
        if hosting.state is not HostingState.ACCEPTED or hosting.accepted_facts is None:
            continue
        changed = differences(hosting.accepted_facts, facts, zone_of(event))
        hosting.needs_confirmation = bool(changed)
        if not changed:
            hosting.told_facts = None
            continue
        waiting.append(hosting)
        if hosting.told_facts is None or differences(hosting.told_facts, facts, zone_of(event)):
            hosting.told_facts = facts
            delay = timedelta(0) if event.status is EventStatus.PUBLISHED else GATHERING
            token = new_token()
            hosting.token_hash, hosting.token_expires_at = token_hash(token), now + ANSWER_WITHIN
            tell_hosting_changed(session, hosting, changed, token, now=now, delay=delay)
    return waiting

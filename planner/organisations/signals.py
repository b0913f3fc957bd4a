"""What the organisations feature tells the features above it."""

from dataclasses import dataclass, field
from datetime import date

from blinker import Signal


@dataclass
class LeftBehind:
    """What somebody had begun for an organisation that they do not speak for, and until when it is there for them.

    ``has_sent_in`` says that something of it was sent in, so that it cannot just be removed.
    """

    titles: list[str] = field(default_factory=list)
    has_sent_in: bool = False
    until: date | None = None


organisation_changed = Signal()
"""An organisation's public name, address or standing changed. Sent with the organisation, ``session`` and ``now``.

Listeners: planner.events.listeners (renders the affected occurrences anew, raises the revision).
"""

organisation_registered = Signal()
"""An organisation was registered, or a claim of one was verified. Sent with the organisation, ``session``, ``now`` and
``invitation`` (the token of the hosting letter that led there, or "").

Listeners: planner.events.listeners (ties waiting hosting invitations to it).
"""

claim_ended = Signal()
"""A claim of an organisation was refused or taken back. Sent with the organisation, ``claimant_id``, ``actor``,
``session``, ``now`` and ``left``, a ``LeftBehind`` that a listener fills in.

Listeners: planner.events.listeners (leaves the drafts that were begun under it with whoever began them).
"""

"""What the organisations feature tells the features above it."""

from blinker import Signal

organisation_changed = Signal()
"""An organisation's public name, address or standing changed. Sent with the organisation, ``session`` and ``now``.

Listeners: planner.events.listeners (renders the affected occurrences anew, raises the revision).
"""

organisation_registered = Signal()
"""An organisation was registered, or a claim of one was verified. Sent with the organisation, ``session``, ``now`` and
``invitation`` (the token of the hosting letter that led there, or "").

Listeners: planner.events.listeners (ties waiting hosting invitations to it).
"""

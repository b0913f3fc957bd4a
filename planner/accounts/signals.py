"""What the accounts feature tells and asks the features above it."""

from blinker import Signal

account_closing = Signal()
"""A person closes their account. Sent with the user, ``session`` and ``now``, before anything is changed; a listener
may refuse by raising ``Invalid``.

Listeners: planner.organisations.listeners (refuses for an organisation's last administrator, ends the memberships).
"""

personal_data_asked = Signal()
"""A person asks for everything that is kept of them. Sent with the user, ``session`` and ``data``, a dict to which a
listener adds one key with plain JSON values.

Listeners: planner.organisations.listeners (memberships and invitations), planner.events.listeners (stranded drafts).
"""

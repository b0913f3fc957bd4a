"""What the editions feature tells the features above it."""

from blinker import Signal

edition_archived = Signal()
"""An edition was archived. Sent with the edition, ``session``, ``actor`` and ``now``, in the same transaction.

Listeners: planner.events.listeners (its published events become archived ones).
"""

edition_days_changed = Signal()
"""An edition's first or last day changed. Sent with the edition, ``session`` and ``now``.

Listeners: planner.events.listeners (open-ended occurrences last as long as the edition does).
"""

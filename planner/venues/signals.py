"""What the venues feature tells the features above it."""

from blinker import Signal

venue_changed = Signal()
"""A place was registered, or its name, address, link or facts changed. Sent with the venue, ``session`` and ``now``.

Listeners: planner.events.listeners (renders the affected occurrences anew, raises the revision).
"""

venues_merged = Signal()
"""Two rows were found to be one place. Sent with the row that is left, ``merged`` (the other), ``session``, ``now``.

Listeners: planner.events.listeners (moves its occurrences to the row that is left).
"""

"""What the events feature tells the surfaces above it."""

from blinker import Signal

occurrences_changed = Signal()
"""Occurrences that the public can see changed, or ceased to be public. Sent with a list of fully loaded occurrences
(``events.queries.occurrences_for_rendering``), ``session`` and ``now``, before the edition's revision is raised.

Listeners: planner.feeds.listeners (renders and stores their calendar components).
"""

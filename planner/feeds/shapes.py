"""The shapes that a feed comes in. A new one is one module like ``ics`` and its line in ``SHAPES``."""

from typing import Protocol

from sqlalchemy.orm import Session

from planner.feeds import ics
from planner.feeds.feed import Feed


class Shape(Protocol):
    """A module that makes one shape.

    ``ENDING`` is how its addresses end, without a dot. ``VERSION`` is raised whenever the same rows give other bytes
    than before, so that no client keeps the old ones.
    """

    ENDING: str
    CONTENT_TYPE: str
    VERSION: int

    def body(self, session: Session, feed: Feed) -> bytes:
        """The whole file."""


SHAPES: dict[str, Shape] = {shape.ENDING: shape for shape in (ics,)}

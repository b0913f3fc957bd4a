"""The shapes that a feed comes in. A new one is one module like ``rss`` and its line in ``SHAPES``."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from sqlalchemy.orm import Session

from planner.core.errors import Invalid, Problem
from planner.feeds import atom, csv, ics, json, pdf, rss, xlsx
from planner.feeds.feed import Feed
from planner.feeds.offers import Offer, Options


class HasOptions(Protocol):
    """What an address may choose the looks of: each option with its values."""

    OPTIONS: Mapping[str, tuple[str, ...]]


class Shape(HasOptions, Protocol):
    """A module that makes one shape.

    ``ENDING`` is how its addresses end, without a dot. ``VERSION`` is raised whenever the same rows give other bytes
    than before, so that no client keeps the old ones. ``LABEL`` is what it is called in every language, ``USE`` what it
    is good for, in Swedish. ``OFFERS`` are the ways in which a list's page offers it, none if it has a place of its own
    there.

    ``OPTIONS`` are parameters of the shape alone, with the values that each may have: they decide what the file looks
    like, never what is in it, so they are no part of a ``CalendarQuery`` and unknown to the other shapes.
    """

    ENDING: str
    CONTENT_TYPE: str
    VERSION: int
    LABEL: str
    USE: str
    OFFERS: tuple[Offer, ...]

    def is_download(self, feed: Feed) -> bool:
        """Whether a browser shall save the file rather than show it."""

    def body(self, session: Session, feed: Feed, options: Options) -> bytes:
        """The whole file."""


SHAPES: dict[str, Shape] = {shape.ENDING: shape for shape in (ics, pdf, xlsx, csv, json, rss, atom)}
"""By ending, in the order in which people are offered them."""

SPOKEN = frozenset({pdf.ENDING})
"""What people read, in the language of its address. What programs read is in Swedish in every language."""


def options_of(shape: HasOptions, pairs: Iterable[tuple[str, str]]) -> Options:
    """What the address parameters choose of the shape's own options; empty values, which forms send, choose nothing.

    Raises:
        Invalid: one problem for each option with an unknown value, or with several.
    """
    chosen: dict[str, set[str]] = {}
    for key, text in pairs:
        if key in shape.OPTIONS and text.strip():
            chosen.setdefault(key, set()).add(text.strip())
    wrong = [key for key, values in chosen.items() if len(values) > 1 or not values <= set(shape.OPTIONS[key])]
    if wrong:
        message = "”%(key)s” kan bara vara %(values)s."
        raise Invalid(
            [Problem(key, message, {"key": key, "values": " eller ".join(shape.OPTIONS[key])}) for key in wrong]
        )
    return {key: values.pop() for key, values in sorted(chosen.items())}

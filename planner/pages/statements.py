"""The accessibility statement's facts; a test ties the day of its last change to its text."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Statement:
    """When the service was assessed, and when the statement's text was last changed."""

    assessed_on: date
    changed_on: date


def accessibility_statement() -> Statement:
    """The days that /tillganglighet names."""
    return Statement(assessed_on=date(2026, 11, 21), changed_on=date(2026, 11, 21))

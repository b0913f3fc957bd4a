"""The accessibility statement's days; a test ties the day of its last change to its text."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Statement:
    """When the website was assessed, and when the statement's text was last changed."""

    assessed_on: date
    changed_on: date


STATEMENT = Statement(assessed_on=date(2026, 11, 21), changed_on=date(2026, 11, 21))

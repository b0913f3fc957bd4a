"""What one view of the calendar gives to the page around it."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Seen:
    """The view's template with what it shows; how much matches in all; and the days that it is about, if any."""

    template: str
    total: int
    words: dict[str, Any]
    days: tuple[date, ...] = ()

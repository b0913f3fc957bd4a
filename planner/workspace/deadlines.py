"""The days of an edition that an organiser has to keep."""

from dataclasses import dataclass
from datetime import date

from planner.core.text import N_
from planner.editions.models import Edition


@dataclass(frozen=True)
class Deadline:
    """A day, what it is, and how many days are left (negative when it has passed)."""

    day: date
    label: str
    days_left: int


def deadlines_of(edition: Edition, today: date) -> list[Deadline]:
    """The edition's days in order: the last to send in, the print date, the first and the last of the week."""
    days = (
        (edition.submit_by, N_("Sista dag att skicka in programpunkter")),
        (edition.print_by, N_("Det tryckta programmet går till tryck")),
        (edition.first_day, N_("Veckan börjar")),
        (edition.last_day, N_("Veckans sista dag")),
    )
    known = [(day, label) for day, label in days if day is not None]
    return [Deadline(day, label, (day - today).days) for day, label in sorted(known, key=lambda one: one[0])]

"""The ways of looking at one query: the list that has no name in the address, and what ``vy`` names beside it.

A view is no filter: it changes how the programme is shown and never what is shown, so feeds do not know it.
"""

from collections.abc import Iterable
from enum import StrEnum

from planner.core.errors import Problem
from planner.core.text import N_, clean_line

KEY = "vy"
LONGEST_ECHO = 60


class View(StrEnum):
    """A way of looking; the value stands in the address."""

    LIST = "lista"
    DAY = "dag"
    WEEK = "vecka"
    MONTH = "manad"
    MAP = "karta"

    @property
    def label(self) -> str:
        return {
            View.LIST: N_("Lista"),
            View.DAY: N_("Dag"),
            View.WEEK: N_("Vecka"),
            View.MONTH: N_("Månad"),
            View.MAP: N_("Karta"),
        }[self]

    @property
    def shows_days(self) -> bool:
        """Whether it lays out the days itself, so that nobody needs to choose among them above it."""
        return self in (View.WEEK, View.MONTH)


def read_view(values: Iterable[str]) -> tuple[View, list[Problem]]:
    """The view that an address asks for and what is wrong with it; empty ones, which forms send, ask for the list."""
    asked = list(dict.fromkeys(filter(None, (value.strip() for value in values))))
    known = [View(value) for value in asked if value in set(View)]
    problems = [
        Problem(KEY, N_("Kalendern har ingen vy som heter ”%(value)s”."), {"value": clean_line(value)[:LONGEST_ECHO]})
        for value in asked
        if value not in set(View)
    ]
    if len(known) > 1:
        problems.append(Problem(KEY, N_("Välj en vy i taget.")))
    return (known[0] if len(known) == 1 else View.LIST), problems

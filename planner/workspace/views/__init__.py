"""The pages of the workspace, one module for each part of it."""

from planner.workspace.views import (
    answers,
    conflict,
    copies,
    dashboard,
    decisions,
    events,
    handovers,
    hostings,
    images,
    occurrence_states,
    occurrences,
    partners,
    review,
    steps,
    stranded,
    translations,
)
from planner.workspace.views.blueprint import blueprint

__all__ = [
    "answers",
    "blueprint",
    "conflict",
    "copies",
    "dashboard",
    "decisions",
    "events",
    "handovers",
    "hostings",
    "images",
    "occurrence_states",
    "occurrences",
    "partners",
    "review",
    "steps",
    "stranded",
    "translations",
]

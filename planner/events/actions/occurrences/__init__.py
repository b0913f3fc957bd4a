"""Every change of an occurrence: ``rows`` adds, changes, copies and removes, ``states`` calls off and moves."""

from planner.events.actions.occurrences.rows import (
    add_occurrence,
    change_occurrence,
    copy_occurrence,
    fingerprint,
    remove_occurrence,
)
from planner.events.actions.occurrences.states import (
    cancel_occurrence,
    move_occurrence_online,
    postpone_occurrence,
    reinstate_occurrence,
    use_reserve_place,
)

__all__ = [
    "add_occurrence",
    "cancel_occurrence",
    "change_occurrence",
    "copy_occurrence",
    "fingerprint",
    "move_occurrence_online",
    "postpone_occurrence",
    "reinstate_occurrence",
    "remove_occurrence",
    "use_reserve_place",
]

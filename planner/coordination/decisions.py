"""What a reviewer can decide."""

from enum import StrEnum

from planner.core.text import N_


class Decision(StrEnum):
    """What a reviewer decides on an event that was sent in."""

    PUBLISH = "publish"
    RETURN = "return"
    REJECT = "reject"

    @property
    def label(self) -> str:
        return {
            Decision.PUBLISH: N_("Publicera"),
            Decision.RETURN: N_("Be om komplettering"),
            Decision.REJECT: N_("Avslå"),
        }[self]

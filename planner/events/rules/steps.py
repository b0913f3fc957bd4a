"""The workflow as a table: which step leads from where to where. Who may take it stands in ``permission``."""

from enum import StrEnum

from planner.core.text import N_
from planner.events.models import EventStatus


class Step(StrEnum):
    """A step of the workflow."""

    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    RETURN = "return"
    REJECT = "reject"
    PUBLISH = "publish"
    CANCEL = "cancel"
    REINSTATE = "reinstate"
    WITHDRAW = "withdraw"
    ARCHIVE = "archive"

    @property
    def refusal(self) -> str:
        """What to say when the event's status does not allow it; ``%(status)s`` is where it stands."""
        return _REFUSALS[self]


_REFUSALS = {
    Step.SUBMIT: N_("Bara ett utkast eller en återlämnad programpunkt kan skickas in. Den här är: %(status)s."),
    Step.TAKE_BACK: N_(
        "Bara en insänd eller avpublicerad programpunkt kan tas tillbaka till utkast. Den här är: %(status)s."
    ),
    Step.RETURN: N_("Bara en insänd programpunkt kan lämnas tillbaka för komplettering. Den här är: %(status)s."),
    Step.REJECT: N_("Bara en insänd programpunkt kan avslås. Den här är: %(status)s."),
    Step.PUBLISH: N_("Programpunkten kan inte publiceras i det läge den är. Den här är: %(status)s."),
    Step.CANCEL: N_("Bara en publicerad programpunkt kan ställas in. Den här är: %(status)s."),
    Step.REINSTATE: N_("Bara en inställd programpunkt kan återupptas. Den här är: %(status)s."),
    Step.WITHDRAW: N_("Bara en publicerad eller inställd programpunkt kan avpubliceras. Den här är: %(status)s."),
    Step.ARCHIVE: N_("Bara en publicerad programpunkt kan arkiveras. Den här är: %(status)s."),
}

_LEADS_FROM = {
    Step.SUBMIT: frozenset({EventStatus.DRAFT, EventStatus.RETURNED}),
    Step.TAKE_BACK: frozenset({EventStatus.SUBMITTED, EventStatus.WITHDRAWN}),
    Step.RETURN: frozenset({EventStatus.SUBMITTED}),
    Step.REJECT: frozenset({EventStatus.SUBMITTED}),
    Step.PUBLISH: frozenset({EventStatus.DRAFT, EventStatus.SUBMITTED, EventStatus.RETURNED}),
    Step.CANCEL: frozenset({EventStatus.PUBLISHED}),
    Step.REINSTATE: frozenset({EventStatus.CANCELLED}),
    Step.WITHDRAW: frozenset({EventStatus.PUBLISHED, EventStatus.CANCELLED}),
    Step.ARCHIVE: frozenset({EventStatus.PUBLISHED}),
}

LEADS_TO = {
    Step.SUBMIT: EventStatus.SUBMITTED,
    Step.TAKE_BACK: EventStatus.DRAFT,
    Step.RETURN: EventStatus.RETURNED,
    Step.REJECT: EventStatus.REJECTED,
    Step.PUBLISH: EventStatus.PUBLISHED,
    Step.CANCEL: EventStatus.CANCELLED,
    Step.REINSTATE: EventStatus.PUBLISHED,
    Step.WITHDRAW: EventStatus.WITHDRAWN,
    Step.ARCHIVE: EventStatus.ARCHIVED,
}

EDITABLE = frozenset(
    {
        EventStatus.DRAFT,
        EventStatus.SUBMITTED,
        EventStatus.RETURNED,
        EventStatus.PUBLISHED,
        EventStatus.CANCELLED,
    }
)
"""Where an event's texts, occurrences and partners may be changed."""

ASKING = EDITABLE - {EventStatus.CANCELLED}
"""Where organisations may be asked to host the event jointly or to take it over: not in what is over or called off."""


def is_step_open(status: EventStatus, step: Step) -> bool:
    """Whether the step leads on from this status."""
    return status in _LEADS_FROM[step]

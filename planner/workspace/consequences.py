"""What a change will lead to, told before it is made."""

from planner.core.errors import Problem
from planner.core.text import N_
from planner.events.models import Event, HostingState
from planner.events.rules import is_shown


def who_will_hear(event: Event) -> list[Problem]:
    """Who is told when the event is changed, moved or called off; each a message with its values."""
    partners = sum(hosting.state is HostingState.ACCEPTED for hosting in event.hostings)
    hearers = []
    if partners == 1:
        hearers.append(Problem("", N_("En medarrangör får ett brev.")))
    elif partners:
        hearers.append(Problem("", N_("%(count)s medarrangörer får var sitt brev."), {"count": partners}))
    if is_shown(event) and event.edition.is_public:
        hearers.append(Problem("", N_("Alla som prenumererar på kalendern ser ändringen nästa gång den uppdateras.")))
        hearers.append(Problem("", N_("Sidan i programmet visar ändringen direkt.")))
    return hearers

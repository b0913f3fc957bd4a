"""Who may open an event in the workspace. Pure; needs its organiser, hostings and open question loaded."""

from planner.events.models import Event, Handover, Hosting, HostingState
from planner.events.rules import may_look_inside
from planner.organisations.rules import Actor


def may_open_event(actor: Actor, event: Event) -> bool:
    """Its hosts, those asked, and its coordinators once it was submitted; to anybody else it does not exist here."""
    return may_look_inside(actor, event) or bool(questions_to(actor, event))


def hostings_shown_to(actor: Actor, event: Event) -> list[Hosting]:
    """All of them to those inside; to one that was asked, its own and those that have said yes."""
    if may_look_inside(actor, event):
        return list(event.hostings)
    own = hostings_of(actor, event)
    return [one for one in event.hostings if one.state is HostingState.ACCEPTED or one in own]


def questions_to(actor: Actor, event: Event) -> list[Hosting]:
    """The hostings of the person's organisations that wait for an answer: asked, or asked to confirm again."""
    return [
        hosting
        for hosting in event.hostings
        if actor.works_for(hosting.organisation_id)
        and (hosting.state is HostingState.ASKED or waits_for_confirmation(hosting))
    ]


def handover_asked_of(actor: Actor, event: Event) -> Handover | None:
    """The question whether one of the person's organisations takes over as main organiser."""
    handover = event.handover
    return handover if handover is not None and actor.works_for(handover.organisation_id) else None


def hostings_of(actor: Actor, event: Event) -> list[Hosting]:
    """Every hosting of the person's organisations, whatever its state."""
    return [hosting for hosting in event.hostings if actor.works_for(hosting.organisation_id)]


def waits_for_confirmation(hosting: Hosting) -> bool:
    """Whether an accepted partner has been asked again since the event changed."""
    return hosting.state is HostingState.ACCEPTED and hosting.needs_confirmation

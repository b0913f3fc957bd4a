"""Who may do what with an event. Pure; each needs the event's organiser, edition and hostings loaded.

A rule ``may_…`` says yes only if the person may *and* the event's status allows it, so that a page can show a button by
it. The actions ask ``is_for_…`` for the person alone, so as to tell a wrong status in words.
"""

from planner.editions.models import EditionState
from planner.events.models import Event, EventStatus, Handover, Hosting, HostingState, Visibility
from planner.events.rules.steps import ASKING, EDITABLE, Step, is_step_open
from planner.organisations.models import Organisation, Standing
from planner.organisations.rules import Actor

UNNAMED_STANDINGS = (Standing.PENDING, Standing.REFUSED, Standing.SUSPENDED)
"""Organisations that nobody has verified, or that were switched off, are named nowhere in public.

An unclaimed one is named: it stands in the register because a coordinator or a published programme put it there.
"""


def is_shown(event: Event) -> bool:
    """Whether the public may see it, once its edition is public; ``queries.visibility`` asks the database the same."""
    return (
        event.status.is_public
        and event.visibility is Visibility.PUBLIC
        and event.organiser.standing not in UNNAMED_STANDINGS
    )


def is_organiser(actor: Actor, event: Event) -> bool:
    """Whether the person works for the main organiser, or began the event for one that they have claimed.

    A stranded draft is nobody's to work with: neither the organisation's, whose it never was, nor its writer's as such.
    """
    is_claimants = event.organiser_id in actor.claims and event.created_by_id == actor.id
    return (is_claimants and event.stranded_at is None) or _works_for_organiser(actor, event)


def is_host(actor: Actor, event: Event) -> bool:
    """Whether the person works for the main organiser or for an organisation that has accepted to host it."""
    return is_organiser(actor, event) or any(
        hosting.state is HostingState.ACCEPTED and actor.works_for(hosting.organisation_id)
        for hosting in event.hostings
    )


def is_coordinator_of(actor: Actor, event: Event) -> bool:
    """Whether the person coordinates the county or the main organiser's kommun."""
    return actor.coordinates(event.organiser.kommun_code)


def may_begin_event(actor: Actor, organiser: Organisation) -> bool:
    """Everybody who works for the organisation, unless it is suspended, or has claimed it; its coordinators for it."""
    works_there = actor.works_for(organiser.id) and organiser.standing is not Standing.SUSPENDED
    return works_there or organiser.id in actor.claims or actor.coordinates(organiser.kommun_code)


def may_see_event(actor: Actor, event: Event) -> bool:
    """Everybody when it is shown; its hosts and those asked always; its coordinators once it was submitted."""
    if actor.is_system or is_shown(event) or is_host(actor, event):
        return True
    is_asked = any(
        hosting.state is HostingState.ASKED and actor.works_for(hosting.organisation_id) for hosting in event.hostings
    )
    return is_asked or _coordinates_openly(actor, event)


def may_look_inside(actor: Actor, event: Event) -> bool:
    """Who else was asked, what each answered and what coordinators wrote: its hosts, and its coordinators."""
    return is_host(actor, event) or (is_coordinator_of(actor, event) and may_see_event(actor, event))


def may_edit_event(actor: Actor, event: Event) -> bool:
    """The main organiser, accepted partners that it lets edit, and its coordinators; not when it is closed."""
    return event.status in EDITABLE and (
        (is_organiser(actor, event) and event.organiser.standing is not Standing.SUSPENDED)
        or _edits_as_partner(actor, event)
        or _coordinates_openly(actor, event)
    )


def may_manage_hosting(actor: Actor, event: Event) -> bool:
    """Ask partners, change their roles: the main organiser and its coordinators; not when the event is closed.

    Nobody asks in the name of an organisation that they have only claimed.
    """
    is_asker = _works_for_organiser(actor, event) or _coordinates_openly(actor, event)
    return event.status in EDITABLE and is_asker


def may_answer_hosting(actor: Actor, hosting: Hosting) -> bool:
    """Every member of the organisation that was asked, and nobody in its place."""
    return actor.is_system or actor.works_for(hosting.organisation_id)


def is_for_handing_over(actor: Actor, event: Event) -> bool:
    """Whether the person may ask a partner to take over: the main organiser's administrators and its coordinators.

    A coordinator who works for a partner does not: nobody both asks in another's name and answers.
    """
    is_partner = any(
        hosting.state is HostingState.ACCEPTED and actor.works_for(hosting.organisation_id)
        for hosting in event.hostings
    )
    return _administers_organiser(actor, event) or (_coordinates_openly(actor, event) and not is_partner)


def may_hand_over(actor: Actor, event: Event) -> bool:
    """Ask a partner to become the main organiser, remind it, take the question back; not when the event is closed."""
    return event.status in ASKING and is_for_handing_over(actor, event)


def is_able_to_lead(hosting: Hosting) -> bool:
    """Whether a partner can become the main organiser: it stands behind the event, and a coordinator has verified it.

    With any other main organiser what is published would vanish. Needs the organisation loaded.
    """
    organisation = hosting.organisation
    return hosting.state is HostingState.ACCEPTED and organisation is not None and organisation.is_verified


def may_answer_handover(actor: Actor, handover: Handover) -> bool:
    """The administrators of the organisation that was asked: it will answer for the event, as those who asked did."""
    return actor.is_system or actor.administers(handover.organisation_id)


def is_for_organiser(actor: Actor, event: Event) -> bool:
    """Whether the person may send in and take back: the main organiser unless suspended, or who helps it."""
    return (is_organiser(actor, event) and event.organiser.standing is not Standing.SUSPENDED) or _coordinates_openly(
        actor, event
    )


def is_for_reviewer(actor: Actor, event: Event) -> bool:
    """Whether the person may decide: its coordinator who works for none of its hosts, so that four eyes see it."""
    return is_coordinator_of(actor, event) and not is_host(actor, event)


def is_help(actor: Actor, event: Event) -> bool:
    """Whether a change is a coordinator's in somebody else's event, so that its organiser is told what it was.

    A draft that a coordinator begins on the organiser's behalf is told of when it is sent in.
    """
    is_draft = event.status is EventStatus.DRAFT
    return is_coordinator_of(actor, event) and not (actor.is_system or is_draft or is_organiser(actor, event))


def may_submit_event(actor: Actor, event: Event) -> bool:
    """The main organiser, verified or not, sends in a draft or one that was returned."""
    return (
        is_step_open(event.status, Step.SUBMIT)
        and is_for_organiser(actor, event)
        and event.organiser.standing is not Standing.REFUSED
    )


def may_take_back_event(actor: Actor, event: Event) -> bool:
    """The main organiser makes one that is sent in or unpublished into a draft again."""
    return is_step_open(event.status, Step.TAKE_BACK) and is_for_organiser(actor, event)


def may_review_event(actor: Actor, event: Event) -> bool:
    """A coordinator of the organiser's kommun or of the county decides on what is sent in, never on their own."""
    return event.status is EventStatus.SUBMITTED and is_for_reviewer(actor, event)


def may_publish_event(actor: Actor, event: Event) -> bool:
    """Who reviews it; or a verified organiser's administrator where the edition lets them, while it is open."""
    return is_step_open(event.status, Step.PUBLISH) and (
        actor.is_system or may_review_event(actor, event) or publishes_own(actor, event)
    )


def publishes_own(actor: Actor, event: Event) -> bool:
    """Whether the person may publish without review: an administrator of a verified main organiser, by edition.

    What was unpublished, or ever sent back by a coordinator, comes back by a review only, also by way of a draft.
    """
    return (
        event.edition.verified_may_publish
        and event.published_at is None
        and event.decided_at is None
        and event.status is not EventStatus.RETURNED
        and event.edition.state in (EditionState.OPEN, EditionState.PUBLISHED)
        and event.organiser.is_verified
        and _administers_organiser(actor, event)
    )


def may_cancel_event(actor: Actor, event: Event) -> bool:
    """The main organiser and its coordinators call off one that is published."""
    return is_step_open(event.status, Step.CANCEL) and is_for_organiser(actor, event)


def may_reinstate_event(actor: Actor, event: Event) -> bool:
    """Those who may call it off may also let it take place after all."""
    return is_step_open(event.status, Step.REINSTATE) and is_for_organiser(actor, event)


def may_withdraw_event(actor: Actor, event: Event) -> bool:
    """The main organiser and its coordinators take it away from the public."""
    return is_step_open(event.status, Step.WITHDRAW) and is_for_organiser(actor, event)


def may_delete_draft(actor: Actor, event: Event) -> bool:
    """The main organiser throws away a draft that was never sent in."""
    return event.status is EventStatus.DRAFT and event.submitted_at is None and is_for_organiser(actor, event)


def may_acknowledge_change(actor: Actor, event: Event) -> bool:
    """Who could have reviewed it says that a change after the review has been seen."""
    return event.changed_after_review_at is not None and event.status.is_public and is_for_reviewer(actor, event)


def _works_for_organiser(actor: Actor, event: Event) -> bool:
    return event.stranded_at is None and actor.works_for(event.organiser_id)


def _administers_organiser(actor: Actor, event: Event) -> bool:
    return event.stranded_at is None and actor.administers(event.organiser_id)


def _coordinates_openly(actor: Actor, event: Event) -> bool:
    """A draft is its hosts' own; a coordinator comes in when it is sent in, or began it on the organiser's behalf."""
    began_it = actor.id is not None and event.created_by_id == actor.id and event.stranded_at is None
    return actor.is_system or (is_coordinator_of(actor, event) and (event.status is not EventStatus.DRAFT or began_it))


def _edits_as_partner(actor: Actor, event: Event) -> bool:
    return any(
        hosting.state is HostingState.ACCEPTED and hosting.may_edit and actor.works_for(hosting.organisation_id)
        for hosting in event.hostings
    )

"""The blueprint of the workspace, and how its views find the event that an address names."""

from flask import Blueprint, request

from planner.core.errors import NotFound
from planner.events.models import Event, Occurrence
from planner.events.queries import event_for_editing
from planner.events.rules import may_edit_event, may_look_inside
from planner.organisations.login import current_actor
from planner.web.access import require
from planner.web.database import db
from planner.workspace.rules import may_open_event
from planner.workspace.steps import Step, step_named

blueprint = Blueprint("workspace", __name__)


def opened_event(number: str) -> Event:
    """The event with this number, if the person may open it here.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    event = event_for_editing(db.session(), number)
    if event is None or not may_open_event(current_actor(), event):
        raise NotFound
    return event


def inside_event(number: str) -> Event:
    """The event with this number, if the person may see everything about it.

    Raises:
        NotFound: there is none, or the person's organisation was only asked to host it.
    """
    event = opened_event(number)
    if not may_look_inside(current_actor(), event):
        raise NotFound
    return event


def edited_event(number: str) -> Event:
    """The event with this number, if the person may change it.

    Raises:
        NotFound: there is none, or it is somebody else's.
        NotAllowed: the person may only read it.
    """
    event = opened_event(number)
    require(may_edit_event(current_actor(), event))
    return event


def occurrence_of(event: Event, occurrence_id: int) -> Occurrence:
    """One occurrence of a loaded event.

    Raises:
        NotFound: the event has no such occurrence.
    """
    for occurrence in event.occurrences:
        if occurrence.id == occurrence_id:
            return occurrence
    raise NotFound


def chosen_step() -> Step | None:
    """The step that the person left for by pressing it among the steps, with the form that they were in."""
    return step_named(request.form.get("vidare", ""))


def wants(what: str) -> bool:
    """Whether the button that was pressed in the form is this one."""
    return request.form.get("do") == what

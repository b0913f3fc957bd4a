"""Granska och skicka: everything on one page, what is missing, and the buttons that send in or publish."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid
from planner.events import actions, rules
from planner.events.models import Event, EventStatus
from planner.organisations.login import current_actor
from planner.web.access import Level, access, require
from planner.web.database import db
from planner.workspace.forms.decisions import ConfirmForm
from planner.workspace.rules import hostings_shown_to
from planner.workspace.steps import REVIEW, step_of, step_states
from planner.workspace.views.blueprint import blueprint, opened_event

Answer = str | Response | tuple[str, int]


@blueprint.get("/arbetsyta/evenemang/<number>/skicka")
@access(Level.MEMBER)
def review(number: str) -> str:
    """Everything on one page, what is missing, the criteria, and the button that sends it in."""
    return _render_review(opened_event(number), ConfirmForm())


@blueprint.post("/arbetsyta/evenemang/<number>/skicka")
@access(Level.MEMBER)
def submit(number: str) -> Answer:
    """Send the event in for review."""
    event, form = opened_event(number), ConfirmForm()
    try:
        actions.submit_event(db.session(), event, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        return _refused_review(event, form, invalid)
    db.session.commit()
    flash(_("Programpunkten är inskickad. Ni får ett brev när den är granskad."), "success")
    return _back(number)


@blueprint.post("/arbetsyta/evenemang/<number>/publicera")
@access(Level.MEMBER)
def publish(number: str) -> Answer:
    """Publish at once, where the edition lets a verified organisation do so."""
    event, form = opened_event(number), ConfirmForm()
    # A second click finds it published; what has been published once is no longer the organiser's own to publish.
    if event.status is EventStatus.PUBLISHED:
        return _back(number)
    require(rules.publishes_own(current_actor(), event))
    try:
        actions.publish_event(db.session(), event, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        return _refused_review(event, form, invalid)
    db.session.commit()
    flash(_("Programpunkten är publicerad. Nu syns den i kalendern."), "success")
    return _back(number)


def _refused_review(event: Event, form: ConfirmForm, invalid: Invalid) -> tuple[str, int]:
    """What is missing stands on the page with links to where it is mended; anything else stands on top."""
    form.add_problems(problem for problem in invalid.problems if not problem.field)
    return _render_review(event, form), 422


def _render_review(event: Event, form: ConfirmForm) -> str:
    actor, missing = current_actor(), rules.missing_for_submission(event)
    return render_template(
        "workspace/review.html",
        event=event,
        form=form,
        states=step_states(event, is_tried=True),
        hostings=hostings_shown_to(actor, event),
        step=REVIEW,
        missing=[(step_of(problem.field), problem) for problem in missing],
        warnings=rules.warnings_for(event),
        may_submit=rules.may_submit_event(actor, event),
        may_publish=rules.may_publish_event(actor, event) and rules.publishes_own(actor, event),
        may_edit=rules.may_edit_event(actor, event),
        is_inside=rules.may_look_inside(actor, event),
    )


def _back(number: str) -> Response:
    return redirect(url_for("workspace.show_event", number=number), 303)

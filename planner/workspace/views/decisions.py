"""Granska och skicka, and what happens to the whole event afterwards: taken back, called off, unpublished."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid
from planner.core.text import N_
from planner.events import actions, rules
from planner.events.models import Event, EventStatus
from planner.organisations.login import current_actor
from planner.organisations.rules import Actor
from planner.web.access import Level, access, require
from planner.web.database import db
from planner.workspace.consequences import who_will_hear
from planner.workspace.forms.decisions import ConfirmForm, ReasonForm
from planner.workspace.rules import hostings_shown_to
from planner.workspace.steps import REVIEW, step_of, step_states
from planner.workspace.views.blueprint import blueprint, opened_event

Answer = str | Response | tuple[str, int]
Rule = Callable[[Actor, Event], bool]


@dataclass(frozen=True)
class Decision:
    """A page that asks once more: what it is called, what will happen, what the button says, and who may."""

    heading: str
    explanation: str
    button: str
    done: str
    may: Rule
    is_grave: bool = False


CANCEL = Decision(
    N_("Ställ in hela programpunkten"),
    N_("Alla tillfällen ställs in. Sidan finns kvar, så att den som letar ser att det är inställt."),
    N_("Ställ in programpunkten"),
    N_("Programpunkten är inställd."),
    rules.may_cancel_event,
    is_grave=True,
)
REINSTATE = Decision(
    N_("Återuppta programpunkten"),
    N_("Programpunkten blir av igen. Tillfällen som ni har ställt in vart för sig är fortfarande inställda."),
    N_("Återuppta programpunkten"),
    N_("Programpunkten blir av igen."),
    rules.may_reinstate_event,
)
WITHDRAW = Decision(
    N_("Avpublicera programpunkten"),
    N_("Den försvinner från programmet och från alla kalendrar. Blir den inte av? Ställ in den i stället."),
    N_("Avpublicera"),
    N_("Programpunkten är avpublicerad."),
    rules.may_withdraw_event,
    is_grave=True,
)
TAKE_BACK = Decision(
    N_("Ta tillbaka till utkast"),
    N_("Programpunkten blir ett utkast igen och granskas inte. Ni kan skicka in den på nytt när ni vill."),
    N_("Ta tillbaka till utkast"),
    N_("Programpunkten är ett utkast igen."),
    rules.may_take_back_event,
)


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


@blueprint.get("/arbetsyta/evenemang/<number>/stall-in")
@access(Level.MEMBER)
def confirm_cancellation(number: str) -> Answer:
    """Ask once more, and why, before everything is called off."""
    return _ask(CANCEL, number, "workspace.cancel", ReasonForm())


@blueprint.post("/arbetsyta/evenemang/<number>/stall-in")
@access(Level.MEMBER)
def cancel(number: str) -> Answer:
    """Call the whole event off."""
    return _decide_with_reason(CANCEL, number, "workspace.cancel", actions.cancel_event)


@blueprint.get("/arbetsyta/evenemang/<number>/avpublicera")
@access(Level.MEMBER)
def confirm_withdrawal(number: str) -> Answer:
    """Ask once more, and why, before it is taken away from the public."""
    return _ask(WITHDRAW, number, "workspace.withdraw", ReasonForm())


@blueprint.post("/arbetsyta/evenemang/<number>/avpublicera")
@access(Level.MEMBER)
def withdraw(number: str) -> Answer:
    """Take the event away from the public."""
    return _decide_with_reason(WITHDRAW, number, "workspace.withdraw", actions.withdraw_event)


@blueprint.get("/arbetsyta/evenemang/<number>/aterta")
@access(Level.MEMBER)
def confirm_reinstatement(number: str) -> Answer:
    """Ask once more before everything takes place after all."""
    return _ask(REINSTATE, number, "workspace.reinstate", ConfirmForm())


@blueprint.post("/arbetsyta/evenemang/<number>/aterta")
@access(Level.MEMBER)
def reinstate(number: str) -> Answer:
    """Let the event take place after all."""
    return _decide(REINSTATE, number, "workspace.reinstate", actions.reinstate_event)


@blueprint.get("/arbetsyta/evenemang/<number>/ta-tillbaka")
@access(Level.MEMBER)
def confirm_taking_back(number: str) -> Answer:
    """Ask once more before it becomes a draft again."""
    return _ask(TAKE_BACK, number, "workspace.take_back", ConfirmForm())


@blueprint.post("/arbetsyta/evenemang/<number>/ta-tillbaka")
@access(Level.MEMBER)
def take_back(number: str) -> Answer:
    """Make the event a draft again."""
    return _decide(TAKE_BACK, number, "workspace.take_back", actions.take_back_event)


def _ask(decision: Decision, number: str, endpoint: str, form: ConfirmForm | ReasonForm) -> str:
    event = opened_event(number)
    require(decision.may(current_actor(), event))
    return _render(decision, event, endpoint, form)


def _decide(decision: Decision, number: str, endpoint: str, act: Callable[..., Event]) -> Answer:
    event, form = opened_event(number), ConfirmForm()
    try:
        act(db.session(), event, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render(decision, event, endpoint, form), 422
    db.session.commit()
    flash(_(decision.done), "success")
    return _back(number)


def _decide_with_reason(decision: Decision, number: str, endpoint: str, act: Callable[..., Event]) -> Answer:
    event, form = opened_event(number), ReasonForm()
    if not form.validate_on_submit():
        return _render(decision, event, endpoint, form), 422
    try:
        act(db.session(), event, form.reason.data, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render(decision, event, endpoint, form), 422
    db.session.commit()
    flash(_(decision.done), "success")
    return _back(number)


def _render(decision: Decision, event: Event, endpoint: str, form: ConfirmForm | ReasonForm) -> str:
    number = event.number.lower()
    return render_template(
        "workspace/confirm.html",
        event=event,
        decision=decision,
        hearers=who_will_hear(event) if decision is not TAKE_BACK else [],
        form=form,
        action=url_for(endpoint, number=number),
        back=url_for("workspace.show_event", number=number),
        occurrence=None,
    )


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

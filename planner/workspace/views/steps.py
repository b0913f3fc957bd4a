"""The steps that are one form each: Vad, Vilka, Tillgänglighet och anmälan. Each has its address and saves itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid, StaleVersion
from planner.events.actions import EventFields, save_event
from planner.events.actions.event_fields import stated
from planner.events.models import Event
from planner.events.rules import may_see_event
from planner.organisations.login import current_actor
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.fields import Choices
from planner.workspace.forms.audience import AudienceForm
from planner.workspace.forms.basics import BasicsForm
from planner.workspace.forms.practical import PracticalForm
from planner.workspace.forms.step import StepForm, changed_since, fingerprints
from planner.workspace.queries import possible_wholes
from planner.workspace.steps import PRACTICAL, WHAT, WHO, Step, next_step, step_states
from planner.workspace.views.blueprint import blueprint, chosen_step, edited_event, wants
from planner.workspace.views.conflict import choices_made, left_open, show_event_conflict

Answer = str | Response | tuple[str, int]
NAMES = {"part_of_id": "part_of", "languages": "spoken"}


@dataclass(frozen=True)
class StepPage:
    """What tells one step's page from another's."""

    step: Step
    form: type[StepForm]
    template: str
    update: str
    choices: Callable[[Event], Mapping[str, Choices]] = lambda _event: {}


def _basics_choices(event: Event) -> Mapping[str, Choices]:
    actor, wholes = current_actor(), possible_wholes(db.session(), event)
    shown = [one for one in wholes if one.id == event.part_of_id or may_see_event(actor, one)]
    return {"part_of": [(one.id, one.title) for one in shown]}


def _audience_choices(event: Event) -> Mapping[str, Choices]:
    return {"themes": [(row.theme_id, row.theme.name) for row in event.edition.themes]}


BASICS = StepPage(WHAT, BasicsForm, "workspace/basics.html", "workspace.update_basics", _basics_choices)
AUDIENCE = StepPage(WHO, AudienceForm, "workspace/audience.html", "workspace.update_audience", _audience_choices)
PRACTICALITIES = StepPage(PRACTICAL, PracticalForm, "workspace/practical.html", "workspace.update_practical")


@blueprint.get("/arbetsyta/evenemang/<number>/vad")
@access(Level.MEMBER)
def edit_basics(number: str) -> Answer:
    """Title, activity and texts."""
    return show_step(BASICS, number)


@blueprint.post("/arbetsyta/evenemang/<number>/vad")
@access(Level.MEMBER)
def update_basics(number: str) -> Answer:
    """Save title, activity and texts."""
    return save_step(BASICS, number)


@blueprint.get("/arbetsyta/evenemang/<number>/vilka")
@access(Level.MEMBER)
def edit_audience(number: str) -> Answer:
    """Audiences, themes, languages and kommuner."""
    return show_step(AUDIENCE, number)


@blueprint.post("/arbetsyta/evenemang/<number>/vilka")
@access(Level.MEMBER)
def update_audience(number: str) -> Answer:
    """Save audiences, themes, languages and kommuner."""
    return save_step(AUDIENCE, number)


@blueprint.get("/arbetsyta/evenemang/<number>/praktiskt")
@access(Level.MEMBER)
def edit_practical(number: str) -> Answer:
    """Accessibility, sign-up, price and contact."""
    return show_step(PRACTICALITIES, number)


@blueprint.post("/arbetsyta/evenemang/<number>/praktiskt")
@access(Level.MEMBER)
def update_practical(number: str) -> Answer:
    """Save accessibility, sign-up, price and contact."""
    return save_step(PRACTICALITIES, number)


def show_step(page: StepPage, number: str) -> str:
    """The form of a step with what is saved."""
    event = edited_event(number)
    form = opened_form(page.form, event, page.choices(event))
    return _render(page, event, form)


def save_step(page: StepPage, number: str) -> Answer:
    """Save a step and go on; 422 with what was typed if something is wrong, 409 if somebody else saved it."""
    event = edited_event(number)
    form = page.form(choices=page.choices(event))
    if not form.validate_on_submit():
        return _render(page, event, form), 422
    fields = form.fields(event)
    try:
        save_fields(event, form, fields)
    except Invalid as invalid:
        form.add_problems(invalid.problems, NAMES)
        return _render(page, event, form), 422
    except StaleVersion:
        return show_event_conflict(event, form, fields, url_for(page.update, number=number), page.step)
    db.session.commit()
    flash(_("Sparat."), "success")
    return onwards(page.step, event)


def opened_form(form: type[StepForm], event: Event, choices: Mapping[str, Choices]) -> StepForm:
    """A form filled with what is saved, which remembers what that was."""
    filled = form(formdata=None, data=form.data_of(event), choices=choices)
    stated_now = stated(event)
    filled.version.data = str(event.version)
    filled.base.data = fingerprints({key: stated_now[key] for key in filled.fields(event)})
    return filled


def save_fields(event: Event, form: StepForm, fields: EventFields) -> None:
    """Save what a form says. What others saved meanwhile in other steps is no conflict.

    Raises:
        StaleVersion: somebody else saved something of this very step.
    """
    stated_now: dict[str, Any] = stated(event)
    chosen = choices_made()
    if left_open():
        raise StaleVersion(event.version)
    others_changed = changed_since(form.base.data, {key: stated_now[key] for key in fields})
    expected = form.expected_version if others_changed else event.version
    wanted: Any = {key: value for key, value in fields.items() if chosen.get(key) != "theirs"}
    save_event(db.session(), event, wanted, expected_version=expected, actor=current_actor(), now=utc_now())


def onwards(step: Step, event: Event) -> Response:
    """To the next step, to another that was chosen among the steps, or back to this one, as the pressed button says."""
    goal = chosen_step() or (next_step(step) if wants("next") else step)
    return redirect(url_for(goal.endpoint, number=event.number.lower()), 303)


def _render(page: StepPage, event: Event, form: StepForm) -> str:
    return render_template(
        page.template,
        event=event,
        form=form,
        states=step_states(event),
        step=page.step,
        action=url_for(page.update, number=event.number.lower()),
    )

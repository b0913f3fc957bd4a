"""What becomes of the whole event: taken back, called off, on again, unpublished. Each page asks once more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid
from planner.core.text import N_
from planner.events import actions, rules
from planner.events.models import Event
from planner.organisations.login import current_actor
from planner.organisations.rules import Actor
from planner.web.access import Level, access, require
from planner.web.database import db
from planner.web.forms import Form
from planner.workspace.consequences import who_will_hear
from planner.workspace.forms.decisions import ConfirmForm, ReasonForm
from planner.workspace.views.blueprint import blueprint, opened_event

Answer = str | Response | tuple[str, int]
Act = Callable[[Event, Any], Event]


@dataclass(frozen=True)
class Decision:
    """A page that asks once more: what it is called, what will happen, what the button says, who may, what it does."""

    heading: str
    explanation: str
    button: str
    done: str
    may: Callable[[Actor, Event], bool]
    form: type[Form]
    act: Act
    is_grave: bool = False
    is_heard_of: bool = True


def _act(action: Callable[..., Event]) -> Act:
    """An action that takes the event alone."""
    return lambda event, _form: action(db.session(), event, actor=current_actor(), now=utc_now())


def _act_for_reason(action: Callable[..., Event]) -> Act:
    """An action that takes the event and why."""
    return lambda event, form: action(db.session(), event, form.reason.data, actor=current_actor(), now=utc_now())


DECISIONS = {
    "stall-in": Decision(
        N_("Ställ in hela programpunkten"),
        N_("Alla tillfällen ställs in. Sidan finns kvar, så att den som letar ser att det är inställt."),
        N_("Ställ in programpunkten"),
        N_("Programpunkten är inställd."),
        rules.may_cancel_event,
        ReasonForm,
        _act_for_reason(actions.cancel_event),
        is_grave=True,
    ),
    "aterta": Decision(
        N_("Återuppta programpunkten"),
        N_("Programpunkten blir av igen. Tillfällen som ni har ställt in vart för sig är fortfarande inställda."),
        N_("Återuppta programpunkten"),
        N_("Programpunkten blir av igen."),
        rules.may_reinstate_event,
        ConfirmForm,
        _act(actions.reinstate_event),
    ),
    "avpublicera": Decision(
        N_("Avpublicera programpunkten"),
        N_("Den försvinner från programmet och från alla kalendrar. Blir den inte av? Ställ in den i stället."),
        N_("Avpublicera"),
        N_("Programpunkten är avpublicerad."),
        rules.may_withdraw_event,
        ReasonForm,
        _act_for_reason(actions.withdraw_event),
        is_grave=True,
    ),
    "ta-tillbaka": Decision(
        N_("Ta tillbaka till utkast"),
        N_("Programpunkten blir ett utkast igen och granskas inte. Ni kan skicka in den på nytt när ni vill."),
        N_("Ta tillbaka till utkast"),
        N_("Programpunkten är ett utkast igen."),
        rules.may_take_back_event,
        ConfirmForm,
        _act(actions.take_back_event),
        is_heard_of=False,
    ),
}
ADDRESS = "/arbetsyta/evenemang/<number>/<any('stall-in', 'aterta', 'avpublicera', 'ta-tillbaka'):what>"


@blueprint.get(ADDRESS)
@access(Level.MEMBER)
def confirm_decision(number: str, what: str) -> str:
    """Tell what will happen to the whole event, and ask once more; why, where people need to know."""
    event, decision = opened_event(number), DECISIONS[what]
    require(decision.may(current_actor(), event))
    return _render(event, what, decision.form())


@blueprint.post(ADDRESS)
@access(Level.MEMBER)
def decide(number: str, what: str) -> Answer:
    """Let it happen."""
    event, decision = opened_event(number), DECISIONS[what]
    form = decision.form()
    if not form.validate_on_submit():
        return _render(event, what, form), 422
    try:
        decision.act(event, form)
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render(event, what, form), 422
    db.session.commit()
    flash(_(decision.done), "success")
    return redirect(url_for("workspace.show_event", number=number), 303)


def _render(event: Event, what: str, form: Form) -> str:
    number, decision = event.number.lower(), DECISIONS[what]
    return render_template(
        "workspace/confirm.html",
        event=event,
        decision=decision,
        hearers=who_will_hear(event) if decision.is_heard_of else [],
        form=form,
        action=url_for("workspace.decide", number=number, what=what),
        back=url_for("workspace.show_event", number=number),
        occurrence=None,
    )

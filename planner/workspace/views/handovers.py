"""Byt huvudarrangör: asking a partner to take over, reminding it, taking the question back."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid
from planner.events import actions
from planner.events.models import Event, HostingState
from planner.events.rules import is_able_to_lead, may_hand_over
from planner.organisations.login import current_actor
from planner.organisations.models import Standing
from planner.web.access import Level, access, require
from planner.web.database import db
from planner.web.limits import limiter
from planner.workspace.forms.decisions import STAYS, ConfirmForm, HandoverForm
from planner.workspace.views.blueprint import blueprint, opened_event

Answer = str | Response | tuple[str, int]
ASKS = "20 per hour"


@blueprint.get("/arbetsyta/evenemang/<number>/arrangorer/huvudarrangor")
@access(Level.MEMBER)
def new_handover(number: str) -> Answer:
    """Choose who is asked, and what becomes of today's main organiser."""
    event = _event(number)
    if event.handover is not None:
        return _back(event)
    return _render(event, _form(event, is_blank=True))


@blueprint.post("/arbetsyta/evenemang/<number>/arrangorer/huvudarrangor")
@access(Level.MEMBER)
@limiter.limit(ASKS)
def ask_to_take_over(number: str) -> Answer:
    """Ask; a second click finds it asked."""
    event = _event(number)
    form = _form(event)
    if not form.partner.options():
        return redirect(url_for("workspace.new_handover", number=number), 303)
    if not form.validate_on_submit():
        return _render(event, form), 422
    hosting = next(one for one in event.hostings if one.id == form.partner.data)
    stays = "former" in form and form.former.data == STAYS
    who, now, message = current_actor(), utc_now(), form.message.data
    try:
        actions.ask_to_take_over(db.session(), hosting, former_stays=stays, message=message, actor=who, now=now)
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render(event, form), 422
    db.session.commit()
    flash(_("%(name)s är tillfrågad. Inget ändras förrän de har tackat ja.", name=hosting.name), "success")
    return _back(event)


@blueprint.post("/arbetsyta/evenemang/<number>/arrangorer/huvudarrangor/paminn")
@access(Level.MEMBER)
@limiter.limit(ASKS)
def remind_handover(number: str) -> Response:
    """Send the question once more."""
    event = _event(number)
    try:
        handover = actions.remind_handover(db.session(), event, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        flash(" ".join(_(one.message, **one.values) for one in invalid.problems), "error")
        return _back(event)
    db.session.commit()
    flash(_("Ett nytt brev är på väg till %(name)s.", name=handover.hosting.name), "success")
    return _back(event)


@blueprint.get("/arbetsyta/evenemang/<number>/arrangorer/huvudarrangor/ta-tillbaka")
@access(Level.MEMBER)
def confirm_taking_back_handover(number: str) -> Answer:
    """Ask once more before the question is taken back."""
    event = _event(number)
    if event.handover is None:
        return _back(event)
    return render_template("workspace/take_back_handover.html", event=event, form=ConfirmForm())


@blueprint.post("/arbetsyta/evenemang/<number>/arrangorer/huvudarrangor/ta-tillbaka")
@access(Level.MEMBER)
def take_back_handover(number: str) -> Response:
    """Take the question back; a second click finds it gone already."""
    event = _event(number)
    if event.handover is None:
        return _back(event)
    name = event.handover.hosting.name
    actions.take_back_handover(db.session(), event, actor=current_actor(), now=utc_now())
    db.session.commit()
    flash(_("Frågan till %(name)s är tillbakatagen.", name=name), "success")
    return _back(event)


def _event(number: str) -> Event:
    """The event, if the person may ask somebody to take it over."""
    event = opened_event(number)
    require(may_hand_over(current_actor(), event))
    return event


def _back(event: Event) -> Response:
    return redirect(url_for("workspace.hostings", number=event.number.lower()), 303)


def _form(event: Event, *, is_blank: bool = False) -> HandoverForm:
    """The form with the partners that can take over; one alone is chosen already."""
    able = [(one.id, one.name) for one in event.hostings if is_able_to_lead(one)]
    given = {"partner": able[0][0] if len(able) == 1 else None, "former": STAYS}
    asked = {"formdata": None, "data": given} if is_blank else {}
    form = HandoverForm(choices={"partner": able}, **asked)
    # One of the register without accounts can have agreed to nothing.
    if event.organiser.standing is Standing.UNCLAIMED:
        del form.former
    return form


def _render(event: Event, form: HandoverForm) -> str:
    accepted = [one for one in event.hostings if one.state is HostingState.ACCEPTED]
    unverified = [one for one in accepted if not is_able_to_lead(one)]
    return render_template("workspace/handover.html", event=event, form=form, unverified=unverified)

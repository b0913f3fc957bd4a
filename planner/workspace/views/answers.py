"""Answering from the letter, without an account. A look never acts, since mail scanners open links; only POST does."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid, StaleVersion
from planner.events import actions
from planner.events.actions.consent import ANSWER_WITHIN, STEP_OFF_WITHIN
from planner.events.facts import differences, facts_print, material_facts
from planner.events.models import Event, Handover, Hosting, HostingState
from planner.events.queries import handover_by_token, hosting_by_token
from planner.events.rules import may_answer_handover, zone_of
from planner.organisations.login import current_actor
from planner.organisations.queries import organisations_of
from planner.organisations.rules import Actor
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.limits import limiter
from planner.workspace.forms.decisions import ConfirmForm
from planner.workspace.rules import waits_for_confirmation
from planner.workspace.views.blueprint import blueprint
from planner.workspace.views.partners import what_was_seen

Answer = str | Response | tuple[str, int]
ANSWERS: dict[str, Callable[..., Hosting]] = {
    "ja": actions.accept_hosting,
    "nej": actions.decline_hosting,
    "bekrafta": actions.confirm_hosting,
    "dra-sig-ur": actions.withdraw_hosting,
}
HANDOVER_ANSWERS: dict[str, Callable[..., Event]] = {
    "ta-over": actions.accept_handover,
    "avsta": actions.decline_handover,
}


@blueprint.get("/svar/<token>")
@access(Level.LETTER)
def show_question(token: str) -> Answer:
    """The event as it is now, what has changed, and the buttons that answer."""
    hosting = hosting_by_token(db.session(), token, now=utc_now())
    if hosting is not None:
        return _render(hosting, token, ConfirmForm())
    handover = handover_by_token(db.session(), token, now=utc_now())
    return _dead_link() if handover is None else _render_handover(handover, token, ConfirmForm())


@blueprint.post("/svar/<token>")
@access(Level.LETTER)
@limiter.limit("20 per minute; 60 per hour")
def answer_by_letter(token: str) -> Answer:
    """Answer once; the link is dead afterwards."""
    hosting = hosting_by_token(db.session(), token, now=utc_now())
    if hosting is None:
        return _dead_link()
    form, how = ConfirmForm(), request.form.get("svar", "")
    if how not in ANSWERS:
        form.form_errors.append(_("Välj ett svar."))
        return _render(hosting, token, form), 422
    try:
        who, seen = _who_answers(hosting), what_was_seen(how)
        ANSWERS[how](db.session(), hosting, **seen, actor=who, now=utc_now(), by_letter=True)
    except StaleVersion:
        return _render(hosting, token, form, is_overtaken=True), 409
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render(hosting, token, form), 422
    db.session.commit()
    return redirect(url_for("workspace.thank", how=how), 303)


@blueprint.post("/svar/<token>/organisation")
@access(Level.LETTER)
@limiter.limit("20 per minute; 60 per hour")
def answer_for_own_organisation(token: str) -> Answer:
    """Take an invitation by e-mail for an organisation that the person works for already; the link still answers."""
    hosting = hosting_by_token(db.session(), token, now=utc_now())
    if hosting is None:
        return _dead_link()
    chosen = request.form.get("organisation", "")
    organisation = next((one for one in organisations_of(db.session(), current_actor()) if one.slug == chosen), None)
    if organisation is None:
        form = ConfirmForm()
        form.form_errors.append(_("Välj organisation."))
        return _render(hosting, token, form), 422
    tied = actions.tie_invitation(db.session(), hosting, organisation)
    db.session.commit()
    if tied is not hosting or tied.organisation_id is None:
        return redirect(url_for("workspace.show_event", number=hosting.event.number.lower()), 303)
    return redirect(url_for("workspace.show_question", token=token), 303)


@blueprint.post("/svar/<token>/huvudarrangor")
@access(Level.LETTER)
@limiter.limit("20 per minute; 60 per hour")
def answer_handover_by_letter(token: str) -> Answer:
    """Take over as main organiser, or not; the link is dead afterwards."""
    handover = handover_by_token(db.session(), token, now=utc_now())
    if handover is None:
        return _dead_link()
    form, how = ConfirmForm(), request.form.get("svar", "")
    if how not in HANDOVER_ANSWERS:
        form.form_errors.append(_("Välj ett svar."))
        return _render_handover(handover, token, form), 422
    try:
        who, seen = _who_takes_over(handover), what_was_seen(how)
        HANDOVER_ANSWERS[how](db.session(), handover, **seen, actor=who, now=utc_now(), by_letter=True)
    except StaleVersion:
        return _render_handover(handover, token, form, is_overtaken=True), 409
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render_handover(handover, token, form), 422
    db.session.commit()
    return redirect(url_for("workspace.thank", how=how), 303)


@blueprint.get("/svar/tack/<any('ja', 'nej', 'bekrafta', 'dra-sig-ur', 'ta-over', 'avsta'):how>")
@access(Level.ANYONE)
def thank(how: str) -> str:
    """Say that the answer is saved; the same for everybody, so that a reload does no harm."""
    return render_template("workspace/thanks.html", how=how)


def _who_answers(hosting: Hosting) -> Actor:
    """The person, if they are signed in and work for the organisation; else whoever holds the letter."""
    actor = current_actor()
    return actor if actor.works_for(hosting.organisation_id) else Actor(name=hosting.name)


def _who_takes_over(handover: Handover) -> Actor:
    """The person, if they are signed in and may answer; else whoever holds the letter."""
    actor = current_actor()
    return actor if may_answer_handover(actor, handover) else Actor(name=handover.hosting.name)


def _dead_link() -> tuple[str, int]:
    """The link is used, too old, or was replaced by a later letter's."""
    days = {"answer_days": ANSWER_WITHIN.days, "step_off_days": STEP_OFF_WITHIN.days}
    return render_template("workspace/dead_question.html", **days), 404


def _render(hosting: Hosting, token: str, form: ConfirmForm, is_overtaken: bool = False) -> str:
    event, facts = hosting.event, material_facts(hosting.event)
    before = hosting.accepted_facts if waits_for_confirmation(hosting) else None
    own = organisations_of(db.session(), current_actor()) if hosting.organisation is None else ()
    return render_template(
        "workspace/question.html",
        hosting=hosting,
        event=event,
        token=token,
        form=form,
        seen=facts_print(facts),
        is_overtaken=is_overtaken,
        changed=differences(before, facts, zone_of(event)) if before else [],
        is_accepted=hosting.state is HostingState.ACCEPTED,
        is_asked_again=waits_for_confirmation(hosting),
        own=own,
    )


def _render_handover(handover: Handover, token: str, form: ConfirmForm, is_overtaken: bool = False) -> str:
    return render_template(
        "workspace/handover_question.html",
        handover=handover,
        event=handover.event,
        token=token,
        form=form,
        seen=facts_print(material_facts(handover.event)),
        is_overtaken=is_overtaken,
    )

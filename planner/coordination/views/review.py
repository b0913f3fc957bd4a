"""Reviewing one event: reading it as the public will, deciding, taking it away, noting a change."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.audit.queries import history_of
from planner.coordination.actions import decide, take_away
from planner.coordination.decisions import Decision
from planner.coordination.forms import DecisionForm, ReasonForm, decision_form
from planner.coordination.queries import clashes_of
from planner.coordination.views.blueprint import blueprint, coordinated_event
from planner.core.clock import utc_now
from planner.core.errors import Invalid, StaleVersion
from planner.core.text import N_
from planner.events import rules
from planner.events.actions import acknowledge_change
from planner.events.history import told
from planner.events.models import Event
from planner.events.queries import accepted_hostings
from planner.organisations.login import current_actor
from planner.venues.accessibility import stated_facts
from planner.web.access import Level, access
from planner.web.database import db

Answered = str | Response | tuple[str, int]
DONE = {
    Decision.PUBLISH: N_("Programpunkten är publicerad. Arrangören har fått ett brev."),
    Decision.RETURN: N_("Arrangören har fått ett brev om vad som behöver kompletteras."),
    Decision.REJECT: N_("Programpunkten är avslagen. Arrangören har fått ett brev med motiveringen."),
}
SHOWN_ENTRIES = 8


@blueprint.get("/granskning/<number>")
@access(Level.COORDINATOR)
def review(number: str) -> str:
    """The event as the public will see it, what it does not see, and the decision."""
    event = coordinated_event(number)
    return _render(event, _decision_form(event), _withdrawal_form(event))


@blueprint.post("/granskning/<number>/beslut")
@access(Level.COORDINATOR)
def decide_event(number: str) -> Answered:
    """Publish, return or reject."""
    event = coordinated_event(number)
    form = _decision_form(event)
    if not form.validate():
        return _render(event, form, _withdrawal_form(event)), 422
    decision = Decision(form.decision.data)
    try:
        decide(
            db.session(),
            event,
            decision,
            reason=form.reason.data,
            criterion_id=form.criterion.data,
            expected_version=form.expected_version,
            actor=current_actor(),
            now=utc_now(),
        )
    except StaleVersion:
        return _overtaken(number, form), 409
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render(event, form, _withdrawal_form(event)), 422
    db.session.commit()
    flash(_(DONE[decision]))
    return redirect(url_for("coordination.desk", upplaga=event.edition.slug))


@blueprint.post("/granskning/<number>/avpublicera")
@access(Level.COORDINATOR)
def withdraw(number: str) -> Answered:
    """Take a published event away, saying why."""
    event = coordinated_event(number)
    form = ReasonForm()
    if not form.validate():
        return _render(event, _decision_form(event), form), 422
    try:
        take_away(
            db.session(),
            event,
            form.reason.data,
            expected_version=form.expected_version,
            actor=current_actor(),
            now=utc_now(),
        )
    except StaleVersion:
        return _overtaken(number, form), 409
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render(event, _decision_form(event), form), 422
    db.session.commit()
    flash(_("Programpunkten är avpublicerad. Den syns inte längre i programmet eller i kalendrarna."))
    return redirect(url_for("coordination.review", number=number))


@blueprint.post("/granskning/<number>/sedd")
@access(Level.COORDINATOR)
def acknowledge(number: str) -> Response:
    """Note that a change after the review has been seen."""
    event = coordinated_event(number)
    acknowledge_change(db.session(), event, actor=current_actor(), now=utc_now())
    db.session.commit()
    flash(_("Ändringen i ”%(title)s” är noterad som sedd.", title=event.title))
    return redirect(url_for("coordination.desk", upplaga=event.edition.slug))


@blueprint.get("/granskning/<number>/logg")
@access(Level.COORDINATOR)
def log(number: str) -> str:
    """Everything that has happened to an event."""
    event = coordinated_event(number)
    return render_template("coordination/log.html", event=event, entries=_entries(event))


def _overtaken(number: str, form: DecisionForm | ReasonForm) -> str:
    """The page as it is now, with what somebody else did meanwhile and what the person typed."""
    db.session.rollback()
    event = coordinated_event(number)
    form.version.data = str(event.version)
    withdrawal = form if isinstance(form, ReasonForm) else _withdrawal_form(event)
    decision = form if isinstance(form, DecisionForm) else _decision_form(event)
    return _render(event, decision, withdrawal, overtaken=True, typed=form.reason.data)


def _decision_form(event: Event) -> DecisionForm:
    return decision_form(event.edition.criteria, event.version)


def _withdrawal_form(event: Event) -> ReasonForm:
    return ReasonForm(formdata=None, data={"version": str(event.version)})


def _entries(event: Event) -> list[Any]:
    return [told(entry, _) for entry in history_of(db.session(), "event", event.id)]


def _render(
    event: Event, decision: DecisionForm, withdrawal: ReasonForm, *, overtaken: bool = False, typed: str = ""
) -> str:
    entries = _entries(event)
    return render_template(
        "coordination/review.html",
        event=event,
        form=withdrawal if withdrawal.has_errors else decision,
        decision=decision,
        withdrawal=withdrawal,
        actor=current_actor(),
        rules=rules,
        hosts=[event.organiser, *(hosting.organisation for hosting in accepted_hostings(event))],
        missing=rules.missing_for_submission(event),
        warnings=rules.warnings_for(event),
        clashes=clashes_of(db.session(), event),
        stated_facts=stated_facts,
        entries=entries[:SHOWN_ENTRIES],
        has_more_entries=len(entries) > SHOWN_ENTRIES,
        overtaken=overtaken,
        typed=typed,
    )

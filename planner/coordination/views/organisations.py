"""The organisations that the coordinator answers for: who is trusted with appearing in public."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.audit.queries import history_of
from planner.coordination.forms import ReasonForm
from planner.coordination.history import told_of_organisation
from planner.coordination.queries import organisations_by_standing, standing_counts
from planner.coordination.views.blueprint import blueprint, coordinated_organisation
from planner.core.clock import utc_now
from planner.core.errors import Invalid
from planner.organisations import actions, rules
from planner.organisations.login import current_actor
from planner.organisations.models import Organisation, Standing
from planner.organisations.queries import claimant_of, members_of
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.paging import page_of

Answered = str | Response | tuple[str, int]
PAGE_SIZE = 40


@blueprint.get("/organisationer")
@access(Level.COORDINATOR)
def organisations() -> str:
    """Those of one standing: those that wait, unless the address asks for others."""
    asked = request.args.get("lage", Standing.PENDING)
    standing = Standing(asked) if asked in set(Standing) else Standing.PENDING
    found = organisations_by_standing(db.session(), current_actor(), standing)
    page = page_of(len(found), PAGE_SIZE)
    return render_template(
        "coordination/organisations.html",
        organisations=found[page.offset : page.offset + page.size],
        page=page,
        standing=standing,
        counts=standing_counts(db.session(), current_actor()),
    )


@blueprint.get("/organisationer/<slug>")
@access(Level.COORDINATOR)
def organisation(slug: str) -> str:
    """What an organisation has said of itself, and the decision."""
    return _render(coordinated_organisation(slug), ReasonForm(formdata=None))


@blueprint.post("/organisationer/<slug>/verifiera")
@access(Level.COORDINATOR)
def verify(slug: str) -> Answered:
    """Let it appear in public."""
    return _decide_plainly(slug, actions.verify_organisation, _("Organisationen är verifierad och har fått ett brev."))


@blueprint.post("/organisationer/<slug>/oppna")
@access(Level.COORDINATOR)
def reinstate(slug: str) -> Answered:
    """End a suspension."""
    return _decide_plainly(slug, actions.reinstate_organisation, _("Avstängningen är hävd."))


@blueprint.post("/organisationer/<slug>/neka")
@access(Level.COORDINATOR)
def refuse(slug: str) -> Answered:
    """Say no, and why."""
    message = _("Organisationen är inte verifierad. Den har fått ett brev med motiveringen.")
    return _decide_with_reason(slug, actions.refuse_organisation, message)


@blueprint.post("/organisationer/<slug>/stang")
@access(Level.COORDINATOR)
def suspend(slug: str) -> Answered:
    """Stop it from appearing in public, and say why."""
    message = _("Organisationen är avstängd. Dess programpunkter syns inte längre.")
    return _decide_with_reason(slug, actions.suspend_organisation, message)


def _decide_plainly(slug: str, action: Callable[..., Any], message: str) -> Answered:
    chosen = coordinated_organisation(slug)
    try:
        action(db.session(), chosen, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        return _refused(slug, ReasonForm(formdata=None), invalid)
    db.session.commit()
    flash(message)
    return redirect(url_for("coordination.organisation", slug=slug))


def _decide_with_reason(slug: str, action: Callable[..., Any], message: str) -> Answered:
    chosen, form = coordinated_organisation(slug), ReasonForm()
    if not form.validate():
        return _render(chosen, form), 422
    try:
        action(db.session(), chosen, form.reason.data, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        return _refused(slug, form, invalid)
    db.session.commit()
    flash(message)
    return redirect(url_for("coordination.organisation", slug=slug))


def _refused(slug: str, form: ReasonForm, invalid: Invalid) -> Answered:
    form.add_problems(invalid.problems)
    return _render(coordinated_organisation(slug), form), 422


def _render(chosen: Organisation, form: ReasonForm) -> str:
    entries = history_of(db.session(), "organisation", chosen.id)
    return render_template(
        "coordination/organisation.html",
        organisation=chosen,
        form=form,
        members=members_of(db.session(), chosen),
        claimant=claimant_of(db.session(), chosen),
        may_decide=rules.may_decide_standing(current_actor(), chosen),
        entries=[told_of_organisation(entry, _) for entry in entries],
    )

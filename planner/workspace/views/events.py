"""Beginning an event, its own page, its history, and throwing a draft away."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.audit.queries import history_of
from planner.core.clock import utc_now
from planner.core.errors import Invalid
from planner.core.tokens import new_token
from planner.editions.models import Edition
from planner.editions.queries import next_edition, open_editions
from planner.events import rules
from planner.events.actions import create_draft, delete_draft
from planner.events.facts import Difference, differences, facts_print, material_facts
from planner.events.history import told
from planner.events.models import Event, Hosting
from planner.events.queries import event_for_editing
from planner.organisations.login import current_actor
from planner.organisations.models import Organisation
from planner.organisations.queries import organisation_by_slug, organisations_drafting
from planner.web.access import Level, access, require
from planner.web.database import db
from planner.web.fields import Choices
from planner.web.receipts import content_of, take_receipt
from planner.workspace.forms.basics import NewEventForm
from planner.workspace.forms.decisions import ConfirmForm
from planner.workspace.rules import (
    handover_asked_of,
    hostings_of,
    hostings_shown_to,
    questions_to,
    waits_for_confirmation,
)
from planner.workspace.steps import step_states
from planner.workspace.views.blueprint import blueprint, inside_event, opened_event

Answer = str | Response | tuple[str, int]


@blueprint.get("/arbetsyta/evenemang/ny")
@access(Level.SIGNED_IN)
def new_event() -> Answer:
    """The only questions before a draft exists: whose it is and what it is called."""
    organisations, editions = _organisers(), _editions()
    if not organisations:
        return _register_first()
    wanted = request.args.get("organisation", "")
    first = next((one for one in organisations if one.slug == wanted), organisations[0])
    given = {
        "form_key": new_token(),
        "organisation": first.id if wanted or len(organisations) == 1 else None,
        "edition": editions[0].id if editions else None,
    }
    form = NewEventForm(formdata=None, choices=_choices(organisations, editions), data=given)
    return _render_new(form)


@blueprint.post("/arbetsyta/evenemang/ny")
@access(Level.SIGNED_IN)
def create_event() -> Answer:
    """Begin the draft, once for each time the page was shown, and lead to its first step."""
    organisations, editions = _organisers(), _editions()
    if not organisations:
        return _register_first()
    form = NewEventForm(choices=_choices(organisations, editions))
    _choose_what_is_given(form)
    if not form.validate_on_submit():
        return _render_new(form), 422
    receipt = take_receipt(db.session(), content_of(request.form), current_actor().id, now=utc_now())
    if receipt.location:
        return redirect(receipt.location, 303)
    organiser = next(one for one in organisations if one.id == form.organisation.data)
    edition = next(one for one in editions if one.id == form.edition.data)
    try:
        event = create_draft(db.session(), edition, organiser, form.title.data, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render_new(form), 422
    receipt.location = url_for("workspace.edit_basics", number=event.number.lower())
    db.session.commit()
    return redirect(receipt.location, 303)


@blueprint.get("/arbetsyta/evenemang/<number>")
@access(Level.MEMBER)
def show_event(number: str) -> str:
    """Where an event stands, what it holds, and everything that one may do with it."""
    return event_page(opened_event(number))


def event_page(event: Event, is_overtaken: bool = False) -> str:
    """An event's page; ``is_overtaken`` says that it changed while the person read it."""
    actor = current_actor()
    handover = handover_asked_of(actor, event)
    return render_template(
        "workspace/event.html",
        event=event,
        seen=facts_print(material_facts(event)),
        is_overtaken=is_overtaken,
        is_inside=rules.may_look_inside(actor, event),
        hostings=hostings_shown_to(actor, event),
        states=step_states(event),
        may={name: rule(actor, event) for name, rule in WHAT_ONE_MAY_DO.items()},
        questions=[(hosting, _changes_for(hosting)) for hosting in questions_to(actor, event)],
        handover=handover,
        may_take_over=handover is not None and rules.may_answer_handover(actor, handover),
        own_hostings=hostings_of(actor, event),
        warnings=rules.warnings_for(event),
        is_shown=rules.is_shown(event) and event.edition.is_public,
    )


@blueprint.get("/arbetsyta/evenemang/<number>/historik")
@access(Level.MEMBER)
def history(number: str) -> str:
    """Everything that has happened to an event, newest first."""
    event = inside_event(number)
    entries = [told(entry, _) for entry in history_of(db.session(), "event", event.id)]
    return render_template("workspace/history.html", event=event, entries=entries)


@blueprint.get("/arbetsyta/evenemang/<number>/ta-bort")
@access(Level.MEMBER)
def confirm_deletion(number: str) -> str:
    """Ask once more before a draft is thrown away."""
    event = opened_event(number)
    require(rules.may_delete_draft(current_actor(), event))
    return render_template("workspace/delete.html", event=event, form=ConfirmForm())


@blueprint.post("/arbetsyta/evenemang/<number>/ta-bort")
@access(Level.MEMBER)
def delete_event(number: str) -> Response:
    """Throw a draft away; a second click finds it gone already."""
    if event_for_editing(db.session(), number) is None:
        return redirect(url_for("workspace.index"), 303)
    event = opened_event(number)
    title = event.title
    delete_draft(db.session(), event, actor=current_actor(), now=utc_now())
    db.session.commit()
    flash(_("Utkastet ”%(title)s” är borttaget.", title=title), "success")
    return redirect(url_for("workspace.index"), 303)


WHAT_ONE_MAY_DO = {
    "edit": rules.may_edit_event,
    "manage_hosting": rules.may_manage_hosting,
    "hand_over": rules.may_hand_over,
    "submit": rules.may_submit_event,
    "publish": rules.may_publish_event,
    "take_back": rules.may_take_back_event,
    "cancel": rules.may_cancel_event,
    "reinstate": rules.may_reinstate_event,
    "withdraw": rules.may_withdraw_event,
    "delete": rules.may_delete_draft,
    "review": rules.may_review_event,
}


def _changes_for(hosting: Hosting) -> list[Difference]:
    """What has changed since a partner said yes."""
    if not waits_for_confirmation(hosting) or hosting.accepted_facts is None:
        return []
    return differences(hosting.accepted_facts, material_facts(hosting.event), rules.zone_of(hosting.event))


def _organisers() -> list[Organisation]:
    """The organisations that the person may begin an event for; a coordinator's is named in the address."""
    found = list(organisations_drafting(db.session(), current_actor()))
    wanted = request.args.get("organisation", "")
    if wanted and wanted not in [one.slug for one in found]:
        other = organisation_by_slug(db.session(), wanted)
        if other is not None and rules.may_begin_event(current_actor(), other):
            found.append(other)
    return found


def _editions() -> Sequence[Edition]:
    return open_editions(db.session(), utc_now().date())


def _choices(organisations: Sequence[Organisation], editions: Sequence[Edition]) -> dict[str, Choices]:
    return {
        "organisation": [(one.id, one.name) for one in organisations],
        "edition": [(one.id, one.name) for one in editions],
    }


def _register_first() -> Response:
    flash(_("Registrera din organisation först. Sedan kan du skriva programpunkter direkt."), "info")
    return redirect(url_for("organisations.new"), 303)


def _choose_what_is_given(form: NewEventForm) -> None:
    """The page does not ask where there is only one answer."""
    for field in (form.organisation, form.edition):
        if len(field.options()) == 1:
            field.process_formdata([field.options()[0][0]])


def _render_new(form: NewEventForm) -> str:
    action = url_for("workspace.create_event", organisation=request.args.get("organisation"))
    return render_template("workspace/new_event.html", form=form, action=action, coming=next_edition(db.session()))

"""Arrangörer: the main organiser asks others to host the event jointly, and sees what they answer."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotFound
from planner.core.text import N_, clean_line
from planner.events import actions
from planner.events.actions.consent import REMIND_AFTER
from planner.events.models import Event, Hosting, HostingRole, HostingState
from planner.events.rules import may_hand_over, may_manage_hosting
from planner.organisations.login import current_actor
from planner.organisations.queries import organisation_by_slug, search_organisations
from planner.web.access import Level, access, require
from planner.web.database import db
from planner.web.limits import limiter
from planner.workspace.forms.decisions import ConfirmForm, HostingForm, InviteByEmailForm, InviteForm
from planner.workspace.queries import hosting_of_event
from planner.workspace.rules import hostings_of
from planner.workspace.steps import PARTNERS, step_states
from planner.workspace.views.blueprint import blueprint, inside_event, opened_event

Answer = str | Response | tuple[str, int]
MOST_FOUND = 10
ROLE_HINTS = {
    HostingRole.CO_ORGANISER: N_("Ansvarar tillsammans med er och får ändra i programpunkten."),
    HostingRole.PARTICIPANT: N_("Medverkar i programmet, till exempel i en panel."),
    HostingRole.VENUE_HOST: N_("Lånar ut lokalen eller platsen."),
    HostingRole.SUPPORTER: N_("Stödjer med pengar, material eller spridning."),
}
INVITES = "60 per hour"


@blueprint.get("/arbetsyta/evenemang/<number>/arrangorer")
@access(Level.MEMBER)
def hostings(number: str) -> str:
    """Who stands behind the event, what each has answered and since when; and the search for more."""
    event, actor = inside_event(number), current_actor()
    words = clean_line(request.args.get("ord", ""))
    may_manage = may_manage_hosting(actor, event)
    return render_template(
        "workspace/hostings.html",
        event=event,
        states=step_states(event),
        step=PARTNERS,
        words=words,
        found=search_organisations(db.session(), words, MOST_FOUND) if words and may_manage else (),
        asked={hosting.organisation_id: hosting for hosting in event.hostings},
        may_manage=may_manage,
        may_hand_over=may_hand_over(actor, event),
        own=hostings_of(actor, event),
        may_remind={hosting.id: utc_now() - hosting.asked_at >= REMIND_AFTER for hosting in event.hostings},
        may_remind_handover=event.handover is not None and utc_now() - event.handover.asked_at >= REMIND_AFTER,
    )


@blueprint.get("/arbetsyta/evenemang/<number>/arrangorer/bjud-in/<slug>")
@access(Level.MEMBER)
def new_invitation(number: str, slug: str) -> str:
    """Choose a role for an organisation of the register, and write a greeting."""
    event = _managed_event(number)
    return _render_invitation(event, slug, InviteForm(formdata=None, data={"role": HostingRole.CO_ORGANISER}))


@blueprint.post("/arbetsyta/evenemang/<number>/arrangorer/bjud-in/<slug>")
@access(Level.MEMBER)
@limiter.limit(INVITES)
def invite(number: str, slug: str) -> Answer:
    """Ask an organisation of the register."""
    event, form = _managed_event(number), InviteForm()
    organisation = organisation_by_slug(db.session(), slug)
    if organisation is None:
        raise NotFound
    if not form.validate_on_submit():
        return _render_invitation(event, slug, form), 422
    try:
        actions.invite_organisation(
            db.session(),
            event,
            organisation,
            form.role.data,
            message=form.message.data,
            actor=current_actor(),
            now=utc_now(),
        )
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render_invitation(event, slug, form), 422
    db.session.commit()
    flash(_("%(name)s är inbjuden. Ni får ett brev när de svarar.", name=organisation.name), "success")
    return _back(event)


@blueprint.get("/arbetsyta/evenemang/<number>/arrangorer/bjud-in-med-e-post")
@access(Level.MEMBER)
def new_email_invitation(number: str) -> str:
    """Ask an organisation that is not in the register yet."""
    event = _managed_event(number)
    given = {"role": HostingRole.CO_ORGANISER, "name": clean_line(request.args.get("namn", ""))[:160]}
    return _render_email_invitation(event, InviteByEmailForm(formdata=None, data=given))


@blueprint.post("/arbetsyta/evenemang/<number>/arrangorer/bjud-in-med-e-post")
@access(Level.MEMBER)
@limiter.limit(INVITES)
def invite_by_email(number: str) -> Answer:
    """Send the question to an e-mail address."""
    event, form = _managed_event(number), InviteByEmailForm()
    if not form.validate_on_submit():
        return _render_email_invitation(event, form), 422
    try:
        actions.invite_by_email(
            db.session(),
            event,
            form.email.data,
            form.name.data,
            form.role.data,
            message=form.message.data,
            actor=current_actor(),
            now=utc_now(),
        )
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render_email_invitation(event, form), 422
    db.session.commit()
    flash(_("%(name)s är inbjuden. Brevet leder till att registrera organisationen.", name=form.name.data), "success")
    return _back(event)


@blueprint.get("/arbetsyta/evenemang/<number>/arrangorer/<int:hosting_id>")
@access(Level.MEMBER)
def edit_hosting(number: str, hosting_id: int) -> str:
    """Change a partner's role or rights, remind it, or take the question back."""
    event = _managed_event(number)
    hosting = _hosting(event, hosting_id)
    form = HostingForm(formdata=None, data={"role": hosting.role, "may_edit": hosting.may_edit})
    return _render_hosting(event, hosting, form)


@blueprint.post("/arbetsyta/evenemang/<number>/arrangorer/<int:hosting_id>")
@access(Level.MEMBER)
def update_hosting(number: str, hosting_id: int) -> Answer:
    """Save a partner's role and rights."""
    event = _managed_event(number)
    hosting, form = _hosting(event, hosting_id), HostingForm()
    if not form.validate_on_submit():
        return _render_hosting(event, hosting, form), 422
    # The role was answered to: once there is an answer the page does not ask for it.
    role = form.role.data if hosting.state is HostingState.ASKED else hosting.role
    try:
        actions.change_hosting(
            db.session(),
            hosting,
            role=role,
            may_edit=form.may_edit.data,
            actor=current_actor(),
            now=utc_now(),
        )
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render_hosting(event, hosting, form), 422
    db.session.commit()
    flash(_("Sparat."), "success")
    return _back(event)


@blueprint.post("/arbetsyta/evenemang/<number>/arrangorer/<int:hosting_id>/paminn")
@access(Level.MEMBER)
@limiter.limit(INVITES)
def remind(number: str, hosting_id: int) -> Response:
    """Send the question once more."""
    event = _managed_event(number)
    hosting = _hosting(event, hosting_id)
    try:
        actions.remind_hosting(db.session(), hosting, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        flash(" ".join(_(one.message, **one.values) for one in invalid.problems), "error")
        return _back(event)
    db.session.commit()
    flash(_("Ett nytt brev är på väg till %(name)s.", name=hosting.name), "success")
    return _back(event)


@blueprint.get("/arbetsyta/evenemang/<number>/arrangorer/<int:hosting_id>/ta-tillbaka")
@access(Level.MEMBER)
def confirm_taking_back_invitation(number: str, hosting_id: int) -> str:
    """Ask once more before a question is taken back."""
    event = _managed_event(number)
    return render_template(
        "workspace/take_back_invitation.html", event=event, hosting=_hosting(event, hosting_id), form=ConfirmForm()
    )


@blueprint.post("/arbetsyta/evenemang/<number>/arrangorer/<int:hosting_id>/ta-tillbaka")
@access(Level.MEMBER)
def take_back_invitation(number: str, hosting_id: int) -> Answer:
    """Take the question back; a second click finds it gone already."""
    event = _managed_event(number)
    hosting = hosting_of_event(event, hosting_id)
    if hosting is None:
        return _back(event)
    name = hosting.name
    try:
        actions.take_back_invitation(db.session(), hosting, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        flash(" ".join(_(one.message, **one.values) for one in invalid.problems), "error")
        return _back(event)
    db.session.commit()
    flash(_("Inbjudan till %(name)s är tillbakatagen.", name=name), "success")
    return _back(event)


def _managed_event(number: str) -> Event:
    """The event, if the person may ask partners."""
    event = opened_event(number)
    require(may_manage_hosting(current_actor(), event))
    return event


def _hosting(event: Event, hosting_id: int) -> Hosting:
    hosting = hosting_of_event(event, hosting_id)
    if hosting is None:
        raise NotFound
    return hosting


def _back(event: Event) -> Response:
    return redirect(url_for("workspace.hostings", number=event.number.lower()), 303)


def _render_invitation(event: Event, slug: str, form: InviteForm) -> str:
    organisation = organisation_by_slug(db.session(), slug)
    if organisation is None:
        raise NotFound
    return render_template(
        "workspace/invite.html", event=event, form=form, organisation=organisation, hints=_role_hints()
    )


def _render_email_invitation(event: Event, form: InviteByEmailForm) -> str:
    return render_template("workspace/invite.html", event=event, form=form, organisation=None, hints=_role_hints())


def _render_hosting(event: Event, hosting: Hosting, form: HostingForm) -> str:
    return render_template(
        "workspace/hosting.html",
        event=event,
        hosting=hosting,
        form=form,
        hints=_role_hints(),
        may_remind=utc_now() - hosting.asked_at >= REMIND_AFTER,
    )


def _role_hints() -> dict[str, str]:
    return {role.value: _(hint) for role, hint in ROLE_HINTS.items()}

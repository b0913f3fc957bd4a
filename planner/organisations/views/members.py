"""The people of an organisation: invite, change what they may do, let them go."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotFound
from planner.organisations import actions, queries, rules
from planner.organisations.forms import InviteForm, RoleForm
from planner.organisations.login import current_actor
from planner.organisations.models import MemberInvitation, MemberRole, Organisation
from planner.organisations.views.routes import (
    Answered,
    blueprint,
    managed_member,
    organisation_at,
    own_organisation,
    per_person,
    tell_problems,
)
from planner.web.access import Level, access, require
from planner.web.database import db
from planner.web.limits import limiter


@blueprint.get("/organisationer/<slug>/medlemmar")
@access(Level.SIGNED_IN)
def members(slug: str) -> Answered:
    """Who works here, and who has been invited."""
    return _members_page(own_organisation(slug), InviteForm(formdata=None))


@blueprint.post("/organisationer/<slug>/medlemmar")
@access(Level.SIGNED_IN)
@limiter.limit("40 per day", key_func=per_person)
def invite(slug: str) -> Answered:
    """Invite somebody."""
    organisation, form = organisation_at(slug), InviteForm()
    require(rules.may_invite_members(current_actor(), organisation))
    try:
        if form.validate():
            role = form.role.data or MemberRole.EDITOR
            actions.invite_member(
                db.session(), organisation, form.email.data, role, actor=current_actor(), now=utc_now()
            )
            db.session.commit()
            flash(_("Inbjudan är skickad till %(email)s.", email=form.email.data))
            return _back(organisation)
    except Invalid as refusal:
        form.add_problems(refusal.problems)
    return _members_page(organisation, form), 422


@blueprint.post("/organisationer/<slug>/inbjudningar/<int:invitation_id>/skicka-igen")
@access(Level.SIGNED_IN)
@limiter.limit("40 per day", key_func=per_person)
def renew(slug: str, invitation_id: int) -> Answered:
    """Send an invitation again with a new link."""
    organisation, invitation = _managed_invitation(slug, invitation_id)
    try:
        actions.renew_member_invitation(db.session(), invitation, actor=current_actor(), now=utc_now())
    except Invalid as refusal:
        tell_problems(refusal)
    else:
        db.session.commit()
        flash(_("En ny inbjudan är skickad till %(email)s.", email=invitation.email))
    return _back(organisation)


@blueprint.post("/organisationer/<slug>/inbjudningar/<int:invitation_id>/ta-tillbaka")
@access(Level.SIGNED_IN)
def revoke(slug: str, invitation_id: int) -> Answered:
    """Take an invitation back."""
    organisation, invitation = _managed_invitation(slug, invitation_id)
    try:
        actions.revoke_member_invitation(db.session(), invitation, actor=current_actor(), now=utc_now())
    except Invalid as refusal:
        tell_problems(refusal)
    else:
        db.session.commit()
        flash(_("Inbjudan till %(email)s är tillbakatagen.", email=invitation.email))
    return _back(organisation)


@blueprint.post("/organisationer/<slug>/medlemmar/<int:membership_id>/roll")
@access(Level.SIGNED_IN)
def change_role(slug: str, membership_id: int) -> Answered:
    """Let a member do more, or less."""
    organisation, membership = managed_member(slug, membership_id)
    form = RoleForm()
    if not form.validate():
        return _members_page(organisation, InviteForm(formdata=None)), 422
    try:
        role = form.role.data or membership.role
        actions.change_member_role(db.session(), membership, role, actor=current_actor(), now=utc_now())
    except Invalid as refusal:
        tell_problems(refusal)
    else:
        db.session.commit()
        flash(_("Rollen är ändrad."))
    return _back(organisation)


@blueprint.get("/organisationer/<slug>/medlemmar/<int:membership_id>/ta-bort")
@access(Level.SIGNED_IN)
def removing(slug: str, membership_id: int) -> Answered:
    """Ask whether the member should really be removed."""
    organisation, membership = managed_member(slug, membership_id)
    return render_template("organisations/removing.html", organisation=organisation, membership=membership)


@blueprint.post("/organisationer/<slug>/medlemmar/<int:membership_id>/ta-bort")
@access(Level.SIGNED_IN)
def remove(slug: str, membership_id: int) -> Answered:
    """Remove a member. Already gone is no fault: the button was pressed twice."""
    try:
        organisation, membership = managed_member(slug, membership_id)
    except NotFound:
        return _back(organisation_at(slug))
    try:
        actions.remove_member(db.session(), membership, actor=current_actor(), now=utc_now())
    except Invalid as refusal:
        tell_problems(refusal)
    else:
        db.session.commit()
        flash(_("%(name)s är inte längre medlem.", name=membership.user.name))
    return _back(organisation)


@blueprint.get("/organisationer/<slug>/lamna")
@access(Level.SIGNED_IN)
def leaving(slug: str) -> Answered:
    """Ask whether one really wants to leave."""
    return render_template("organisations/leaving.html", organisation=own_organisation(slug))


@blueprint.post("/organisationer/<slug>/lamna")
@access(Level.SIGNED_IN)
def leave(slug: str) -> Answered:
    """Leave the organisation. Having left already is no fault: the button was pressed twice."""
    organisation, actor = organisation_at(slug), current_actor()
    try:
        left = actions.withdraw_claim(db.session(), organisation, actor=actor, now=utc_now())
        actions.leave_organisation(db.session(), organisation, actor=actor, now=utc_now())
    except Invalid as refusal:
        tell_problems(refusal)
        return _back(organisation)
    db.session.commit()
    flash(_("Du har lämnat %(name)s.", name=organisation.name))
    if left.titles:
        flash(_("Dina utkast finns kvar i arbetsytan. Flytta eller hämta dem innan de tas bort."))
    return redirect(url_for("organisations.index"), 303)


def _back(organisation: Organisation) -> Response:
    return redirect(url_for("organisations.members", slug=organisation.slug), 303)


def _managed_invitation(slug: str, invitation_id: int) -> tuple[Organisation, MemberInvitation]:
    organisation = organisation_at(slug)
    require(rules.may_manage_members(current_actor(), organisation))
    invitation = queries.invitation_by_id(db.session(), organisation, invitation_id)
    if invitation is None:
        raise NotFound
    return organisation, invitation


def _members_page(organisation: Organisation, form: InviteForm) -> str:
    actor, session = current_actor(), db.session()
    may_manage = rules.may_manage_members(actor, organisation)
    return render_template(
        "organisations/members.html",
        organisation=organisation,
        members=queries.members_of(session, organisation),
        invitations=queries.unanswered_invitations(session, organisation) if may_manage else (),
        form=form,
        actor=actor,
        may_manage=may_manage,
        may_invite=rules.may_invite_members(actor, organisation),
        now=utc_now(),
    )

"""The page of an invitation's letter: opening it does nothing, only its button acts."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from planner.accounts.login import begin_session
from planner.accounts.queries import user_by_email
from planner.core.clock import utc_now
from planner.core.errors import NotAllowed, NotFound
from planner.organisations import actions, queries, rules
from planner.organisations.forms import JoinForm
from planner.organisations.login import current_actor
from planner.organisations.models import MemberInvitation
from planner.organisations.views.routes import Answered, blueprint
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.limits import limiter


@blueprint.get("/inbjudan/<token>")
@access(Level.LETTER)
def invitation(token: str) -> Answered:
    """Who invites to what, and the one thing that is left to do: accept, sign in, or say one's name."""
    found = queries.invitation_by_token(db.session(), token)
    if found and found.accepted_at and current_actor().works_for(found.organisation_id):
        return redirect(url_for("organisations.show", slug=found.organisation.slug), 303)
    if found is None or not rules.is_open_invitation(found, utc_now()):
        return render_template("organisations/dead_invitation.html"), 404
    return _page(found, token, JoinForm(formdata=None))


@blueprint.post("/inbjudan/<token>")
@access(Level.LETTER)
@limiter.limit("60 per hour")
def accept(token: str) -> Answered:
    """Become a member; somebody new gets an account on the way."""
    if current_actor().is_signed_in:
        return _accept_signed_in(token)
    found = queries.invitation_by_token(db.session(), token)
    form = JoinForm()
    if found and rules.is_open_invitation(found, utc_now()) and not form.validate():
        return _page(found, token, form), 422
    try:
        user = actions.join_with_new_account(db.session(), token, form.name.data, now=utc_now())
    except NotFound:
        return render_template("organisations/dead_invitation.html"), 404
    except NotAllowed:
        return redirect(url_for("organisations.invitation", token=token), 303)
    db.session.commit()
    begin_session(user)
    flash(_("Välkommen! Ditt konto är klart."))
    return redirect(url_for("organisations.index"), 303)


@blueprint.post("/organisationer/inbjudningar/<int:invitation_id>")
@access(Level.SIGNED_IN)
def accept_waiting(invitation_id: int) -> Answered:
    """Accept an invitation to one's own address, without its letter."""
    membership = actions.accept_waiting_invitation(db.session(), invitation_id, actor=current_actor(), now=utc_now())
    db.session.commit()
    flash(_("Välkommen! Du är nu medlem i %(name)s.", name=membership.organisation.name))
    return redirect(url_for("organisations.show", slug=membership.organisation.slug), 303)


def _accept_signed_in(token: str) -> Answered:
    try:
        membership = actions.accept_member_invitation(db.session(), token, actor=current_actor(), now=utc_now())
    except NotFound:
        return render_template("organisations/dead_invitation.html"), 404
    except NotAllowed:
        db.session.rollback()
        return redirect(url_for("organisations.invitation", token=token), 303)
    db.session.commit()
    flash(_("Välkommen! Du är nu medlem i %(name)s.", name=membership.organisation.name))
    return redirect(url_for("organisations.show", slug=membership.organisation.slug), 303)


def _page(found: MemberInvitation, token: str, form: JoinForm) -> str:
    actor = current_actor()
    return render_template(
        "organisations/invitation.html",
        invitation=found,
        token=token,
        form=form,
        actor=actor,
        is_theirs=rules.may_accept_member_invitation(actor, found),
        has_account=user_by_email(db.session(), found.email) is not None,
        path=f"/arbetsyta/inbjudan/{token}",
    )

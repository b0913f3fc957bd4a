"""One's own account: what it holds, what one is called, the data to take away, the end."""

import json

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from planner.accounts import actions, queries
from planner.accounts.exports import personal_data
from planner.accounts.forms import NameForm
from planner.accounts.login import end_session, renew_session, signed_in_user
from planner.accounts.views.routes import Answered, blueprint, sign_in_again
from planner.core.clock import utc_now
from planner.core.errors import Invalid
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.forms import Form


@blueprint.get("")
@access(Level.SIGNED_IN)
def show() -> Answered:
    """One's own account."""
    user = signed_in_user()
    return render_template("accounts/show.html", user=user, roles=queries.roles_of(db.session(), user))


@blueprint.get("/namn")
@access(Level.SIGNED_IN)
def edit_name() -> Answered:
    """Ask for another name."""
    return render_template("accounts/name.html", form=NameForm(formdata=None, name=signed_in_user().name))


@blueprint.post("/namn")
@access(Level.SIGNED_IN)
def update_name() -> Answered:
    """Save another name."""
    form = NameForm()
    if not form.validate():
        return render_template("accounts/name.html", form=form), 422
    actions.change_name(db.session(), signed_in_user(), form.name.data)
    db.session.commit()
    flash(_("Ditt namn är ändrat."))
    return redirect(url_for("accounts.show"), 303)


@blueprint.post("/ut-overallt")
@access(Level.SIGNED_IN)
def sign_out_everywhere() -> Answered:
    """End every other session; this one goes on."""
    user = signed_in_user()
    actions.sign_out_everywhere(db.session(), user)
    db.session.commit()
    renew_session(user)
    flash(_("Du är utloggad på alla andra enheter."))
    return redirect(url_for("accounts.show"), 303)


@blueprint.get("/uppgifter.json")
@access(Level.SIGNED_IN)
def export() -> FlaskResponse:
    """Everything that is kept of oneself, as a file."""
    data = personal_data(db.session(), signed_in_user())
    text = json.dumps(data, ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": "attachment; filename=mina-uppgifter.json"}
    return FlaskResponse(text, mimetype="application/json", headers=headers)


@blueprint.get("/stang")
@access(Level.SIGNED_IN)
def closing() -> Answered:
    """Say what happens when the account is closed."""
    return sign_in_again() or render_template("accounts/closing.html", form=Form(formdata=None))


@blueprint.post("/stang")
@access(Level.SIGNED_IN)
def close() -> Answered:
    """Close the account."""
    if first := sign_in_again():
        return first
    form = Form()
    try:
        actions.close_account(db.session(), signed_in_user(), now=utc_now())
    except Invalid as refusal:
        db.session.rollback()
        form.add_problems(refusal.problems)
        return render_template("accounts/closing.html", form=form), 422
    db.session.commit()
    end_session()
    return redirect(url_for("accounts.signed_out", stangt=1), 303)

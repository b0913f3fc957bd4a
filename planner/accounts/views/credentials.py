"""How one gets in: the address that links are sent to, and the password. Only for who has just shown who they are."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from planner.accounts import actions, queries, rules
from planner.accounts.forms import EmailForm, PasswordForm
from planner.accounts.login import renew_session, signed_in_user
from planner.accounts.views.routes import Answered, blueprint, dead_link, sign_in_again
from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotFound
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.limits import limiter


@blueprint.get("/epost")
@access(Level.SIGNED_IN)
def edit_email() -> Answered:
    """Ask for another address."""
    return sign_in_again() or render_template("accounts/email.html", form=EmailForm(formdata=None))


@blueprint.post("/epost")
@access(Level.SIGNED_IN)
@limiter.limit("10 per hour")
def request_email() -> Answered:
    """Send a link to the new address; the answer is the same when it belongs to somebody else."""
    if first := sign_in_again():
        return first
    form = EmailForm()
    try:
        if form.validate():
            actions.request_email_change(db.session(), signed_in_user(), form.email.data, now=utc_now())
            db.session.commit()
            flash(_("Vi har skickat en länk till %(email)s. Öppna den inom 30 minuter.", email=form.email.data))
            return redirect(url_for("accounts.show"), 303)
    except Invalid as refusal:
        form.add_problems(refusal.problems)
    return render_template("accounts/email.html", form=form), 422


@blueprint.get("/epost/<token>")
@access(Level.SIGNED_IN)
def email_link(token: str) -> Answered:
    """The page of the letter to the new address."""
    found = queries.email_confirmation(db.session(), token)
    if found is None or found.user_id != signed_in_user().id or not rules.is_usable(found, utc_now()):
        return dead_link()
    return render_template("accounts/email_link.html", user=signed_in_user(), new_email=found.email, token=token)


@blueprint.post("/epost/<token>")
@access(Level.SIGNED_IN)
def confirm_email(token: str) -> Answered:
    """Move the account to the new address."""
    user = signed_in_user()
    try:
        actions.confirm_email_change(db.session(), user, token, now=utc_now())
    except (NotFound, Invalid):
        db.session.rollback()
        return dead_link()
    db.session.commit()
    renew_session(user)
    flash(_("Din e-postadress är nu %(email)s.", email=user.email))
    return redirect(url_for("accounts.show"), 303)


@blueprint.get("/losenord")
@access(Level.SIGNED_IN)
def edit_password() -> Answered:
    """Ask for a new password."""
    return sign_in_again() or _password_page(PasswordForm(formdata=None))


@blueprint.post("/losenord")
@access(Level.SIGNED_IN)
def update_password() -> Answered:
    """Set the password; every other session ends."""
    if first := sign_in_again():
        return first
    form, user = PasswordForm(), signed_in_user()
    try:
        if form.validate():
            actions.set_password(db.session(), user, form.password.data, now=utc_now())
            db.session.commit()
            renew_session(user)
            flash(_("Lösenordet är sparat. Du är utloggad på alla andra enheter."))
            return redirect(url_for("accounts.show"), 303)
    except Invalid as refusal:
        form.add_problems(refusal.problems)
    return _password_page(form), 422


@blueprint.post("/losenord/ta-bort")
@access(Level.SIGNED_IN)
def remove_password() -> Answered:
    """Sign in by letter only from now on; every other session ends."""
    if first := sign_in_again("/konto/losenord"):
        return first
    user = signed_in_user()
    actions.remove_password(db.session(), user, now=utc_now())
    db.session.commit()
    renew_session(user)
    flash(_("Lösenordet är borttaget. Du loggar in med en länk i e-posten."))
    return redirect(url_for("accounts.show"), 303)


def _password_page(form: PasswordForm) -> str:
    return render_template("accounts/edit_password.html", form=form, user=signed_in_user())

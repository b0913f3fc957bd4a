"""Coming in, by a link or a password, and going out."""

from flask import redirect, render_template, request, session, url_for
from flask_limiter.util import get_remote_address
from flask_login import current_user
from werkzeug.wrappers import Response

from planner.accounts import actions, queries, rules
from planner.accounts.forms import LinkForm, NameForm, PasswordSignInForm, SignInForm
from planner.accounts.login import begin_session, end_session
from planner.accounts.views.routes import MY_ORGANISATIONS, REGISTER, Answered, blueprint, dead_link, onward
from planner.core.addresses import is_local_path
from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotFound
from planner.core.tokens import token_hash
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.limits import limiter

SENT_TO = "link_sent_to"
KEPT_FORMS = "/arbetsyta/kvar/"


def _typed_address() -> str:
    """What attempts are counted by beside the machine they come from; never the address itself."""
    return token_hash(request.form.get("email", "").strip().lower())


def _address_and_machine() -> str:
    """Whose password is tried, and from where: nobody locks somebody else out by guessing."""
    return f"{_typed_address()} {get_remote_address()}"


def _was_refused(response: Response) -> bool:
    return response.status_code == 422


@blueprint.get("/logga-in")
@access(Level.VISITOR)
def sign_in() -> Answered:
    """Ask for a link. Somebody who is in already goes on, unless they have to show once more who they are."""
    onward_to = request.args.get("nasta", "")
    again = request.args.get("igen") == "1"
    if current_user.is_authenticated and not again:
        return onward(onward_to)
    form = SignInForm(formdata=None, nasta=onward_to if is_local_path(onward_to) else "")
    return render_template("accounts/sign_in.html", form=form, again=again, has_kept=onward_to.startswith(KEPT_FORMS))


@blueprint.get("/ny")
@access(Level.VISITOR)
def register() -> Answered:
    """The beginning for somebody who wants to register an organisation."""
    if current_user.is_authenticated:
        return onward(REGISTER)
    return render_template("accounts/register.html", form=SignInForm(formdata=None, nasta=REGISTER))


@blueprint.post("/logga-in")
@access(Level.VISITOR)
@limiter.limit("60 per hour")
@limiter.limit("10 per hour", key_func=_typed_address)
def request_link() -> Answered:
    """Send a link, to an account or to opening one; the answer does not tell which."""
    form = SignInForm()
    if not form.validate():
        return render_template(
            "accounts/sign_in.html", form=form, again=False, has_kept=(form.nasta.data or "").startswith(KEPT_FORMS)
        ), 422
    actions.request_sign_in_link(db.session(), form.email.data, form.nasta.data, now=utc_now())
    db.session.commit()
    session[SENT_TO] = form.email.data
    return redirect(url_for("accounts.link_sent"), 303)


@blueprint.get("/logga-in/skickat")
@access(Level.VISITOR)
def link_sent() -> Answered:
    """Where to look for the letter."""
    if SENT_TO not in session:
        return redirect(url_for("accounts.sign_in"), 303)
    return render_template("accounts/link_sent.html", email=session[SENT_TO])


@blueprint.get("/in/<token>")
@access(Level.LETTER)
def link(token: str) -> Answered:
    """The page of a sign-in letter. Opening it does nothing: mail scanners open links."""
    found = queries.sign_in_link(db.session(), token)
    if found is None or not rules.is_usable(found, utc_now()):
        return dead_link()
    return render_template("accounts/link.html", form=LinkForm(formdata=None), user=found.user, token=token)


@blueprint.post("/in/<token>")
@access(Level.LETTER)
@limiter.limit("60 per hour")
def use_link(token: str) -> Answered:
    """Come in by the link of a letter."""
    found = queries.sign_in_link(db.session(), token)
    try:
        user = actions.sign_in_with_link(db.session(), token, now=utc_now())
    except NotFound:
        return dead_link()
    db.session.commit()
    begin_session(user, stay=LinkForm().stay.data)
    return onward(found.next_path if found else "")


@blueprint.get("/ny/<token>")
@access(Level.LETTER)
def new(token: str) -> Answered:
    """The page of a letter to somebody without account: what do you want to be called?"""
    found = queries.email_confirmation(db.session(), token)
    if found is None or found.user_id is not None or not rules.is_usable(found, utc_now()):
        return dead_link()
    return render_template("accounts/new.html", form=NameForm(formdata=None), email=found.email, token=token)


@blueprint.post("/ny/<token>")
@access(Level.LETTER)
@limiter.limit("60 per hour")
def create(token: str) -> Answered:
    """Open an account and come in."""
    form = NameForm()
    found = queries.email_confirmation(db.session(), token)
    if found is None or found.user_id is not None or not rules.is_usable(found, utc_now()):
        return dead_link()
    if not form.validate():
        return render_template("accounts/new.html", form=form, email=found.email, token=token), 422
    try:
        user = actions.open_account(db.session(), token, form.name.data, now=utc_now())
    except NotFound:
        return dead_link()
    db.session.commit()
    begin_session(user)
    return onward(found.next_path, MY_ORGANISATIONS)


@blueprint.get("/logga-in/losenord")
@access(Level.VISITOR)
def password() -> Answered:
    """Ask for address and password."""
    onward_to = request.args.get("nasta", "")
    form = PasswordSignInForm(formdata=None, nasta=onward_to if is_local_path(onward_to) else "")
    return render_template("accounts/password.html", form=form)


@blueprint.post("/logga-in/losenord")
@access(Level.VISITOR)
@limiter.limit("60 per hour")
@limiter.limit("10 per hour", key_func=_address_and_machine, deduct_when=_was_refused)
@limiter.limit("100 per hour", key_func=_typed_address, deduct_when=_was_refused)
def use_password() -> Answered:
    """Come in by a password."""
    form = PasswordSignInForm()
    if not form.validate():
        return render_template("accounts/password.html", form=form), 422
    try:
        user = actions.check_password(db.session(), form.email.data, form.password.data, now=utc_now())
    except Invalid as refusal:
        form.add_problems(refusal.problems)
        return render_template("accounts/password.html", form=form), 422
    db.session.commit()
    begin_session(user, stay=form.stay.data)
    return onward(form.nasta.data)


@blueprint.post("/ut")
@access(Level.VISITOR)
def sign_out() -> Answered:
    """Go out, here."""
    end_session()
    return redirect(url_for("accounts.signed_out"), 303)


@blueprint.get("/ut")
@access(Level.VISITOR)
def signed_out() -> Answered:
    """Say that one is out."""
    if current_user.is_authenticated:
        return redirect(url_for("accounts.show"), 303)
    return render_template("accounts/signed_out.html", closed="stangt" in request.args)

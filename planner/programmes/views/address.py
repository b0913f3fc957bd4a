"""The programme's address: remembered by this browser or not, exchanged for another, or gone for good."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid
from planner.core.tokens import new_token, sealed, unsealed
from planner.programmes.actions import forget_programme, rename_programme, renew_address
from planner.programmes.forms import KeyForm, NameForm
from planner.programmes.models import Programme
from planner.programmes.rules import is_like_a_token
from planner.programmes.views.blueprint import blueprint, programme_at
from planner.programmes.views.remembering import forget, remember, remembered_token
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.errors import error_page
from planner.web.origin import is_from_us
from planner.web.receipts import content_of, take_receipt


@blueprint.post("/mitt-program/<token>/kom-ihag")
@access(Level.HOLDER)
def remember_here(token: str) -> Response:
    """Let this browser remember the programme. No other site may make it remember one that somebody else can read."""
    programme_at(token)
    if not is_from_us():
        return _not_sure()
    return remember(redirect(url_for("programmes.show", token=token), 303), token)


@blueprint.post("/mitt-program/glom-har")
@access(Level.HOLDER)
def forget_here() -> Response:
    """Let this browser remember nothing; the programme itself stays."""
    if not is_from_us():
        return _not_sure()
    token = remembered_token()
    still_open = request.form.get("oppen", "") == "ja" and token
    there = url_for("programmes.show", token=token) if still_open else url_for("programmes.index")
    return forget(redirect(there, 303))


@blueprint.get("/mitt-program/<token>/hantera")
@access(Level.HOLDER)
def manage(token: str) -> str:
    """Its name, another address, and the end of it."""
    programme = programme_at(token)
    return _manage(token, programme, NameForm(formdata=None, data={"name": programme.name}))


@blueprint.post("/mitt-program/<token>/namn")
@access(Level.HOLDER)
def rename(token: str) -> Response | tuple[str, int]:
    """Call it something."""
    programme, form = programme_at(token), NameForm()
    try:
        if form.validate():
            rename_programme(db.session(), programme, form.name.data, now=utc_now())
    except Invalid as invalid:
        form.add_problems(invalid.problems)
    if form.has_errors:
        return _manage(token, programme, form), 422
    db.session.commit()
    return redirect(url_for("programmes.show", token=token), 303)


@blueprint.post("/mitt-program/<token>/ny-adress")
@access(Level.HOLDER)
def renew(token: str) -> Response:
    """Another address from now on. Whoever presses twice is led to it twice, or it would be lost to them."""
    session, form = db.session(), KeyForm()
    receipt = take_receipt(session, content_of(request.form), None, now=utc_now())
    if receipt.location:
        renewed = unsealed(receipt.location, form.form_key.data)
    else:
        renewed = renew_address(session, programme_at(token), token)
        if is_like_a_token(form.form_key.data):
            receipt.location = sealed(renewed, form.form_key.data)
    session.commit()
    response = redirect(url_for("programmes.show", token=renewed, bytt="ja"), 303)
    return remember(response, renewed) if remembered_token() == token else response


@blueprint.get("/mitt-program/<token>/radera")
@access(Level.HOLDER)
def ask_before_forgetting(token: str) -> str:
    """What goes, and that nobody can bring it back."""
    return render_template("programmes/forget.html", token=token, programme=programme_at(token))


@blueprint.post("/mitt-program/<token>/radera")
@access(Level.HOLDER)
def forget_for_good(token: str) -> Response:
    """Delete all of it."""
    forget_programme(db.session(), programme_at(token))
    db.session.commit()
    response = redirect(url_for("programmes.gone"), 303)
    return forget(response) if remembered_token() == token else response


@blueprint.get("/mitt-program/borttaget")
@access(Level.ANYONE)
def gone() -> str:
    """It is deleted; the same for everybody."""
    return render_template("programmes/gone.html")


def _manage(token: str, programme: Programme, form: NameForm) -> str:
    return render_template("programmes/manage.html", token=token, programme=programme, form=form, form_key=new_token())


def _not_sure() -> Response:
    """The browser does not say where the form stood."""
    words = _(
        "Webbläsaren säger inte varifrån knappen trycktes. Därför kan vi inte ändra vad den kommer ihåg. Spara i"
        " stället adressen som bokmärke."
    )
    return error_page(400, (words,))

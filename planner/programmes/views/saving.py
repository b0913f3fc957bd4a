"""From an occurrence to a programme: nothing is stored before Spara is pressed, not even a cookie for the form."""

from collections.abc import Sequence
from itertools import groupby

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid
from planner.core.tokens import new_token, sealed, unsealed
from planner.events.models import Event, Occurrence
from planner.programmes.actions import create_programme, save_occurrences
from planner.programmes.forms import AddressForm, SaveForm
from planner.programmes.models import Programme
from planner.programmes.queries import occurrences_beside, occurrences_named, programme_by_token, saved_uids
from planner.programmes.rules import MOST_SAVED, is_like_a_token, is_offered, is_shared_address, token_in
from planner.programmes.views.blueprint import blueprint
from planner.programmes.views.remembering import remembered_programme, remembered_token
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.language import text_language
from planner.web.limits import limiter
from planner.web.receipts import content_of, take_receipt

OFTEN = "60 per minute; 600 per hour"
"""A whole school class sits behind one address, and so does a library."""


@blueprint.get("/mitt-program")
@access(Level.HOLDER)
def index() -> str | Response:
    """The programme that this browser remembers; to others, what a programme is and the way to their own."""
    if remembered_programme() is not None:
        return redirect(url_for("programmes.show", token=remembered_token()), 303)
    return render_template("programmes/index.html", form=AddressForm(), is_stale=bool(remembered_token()))


@blueprint.post("/mitt-program/oppna")
@access(Level.HOLDER)
@limiter.limit(OFTEN)
def open_programme() -> Response | tuple[str, int]:
    """Go to the programme whose address was pasted. Posted, so that the secret stands in no query string."""
    form = AddressForm()
    token, _programme = _pasted(form)
    if form.has_errors:
        return render_template("programmes/index.html", form=form, is_stale=False), 422
    return redirect(url_for("programmes.show", token=token), 303)


@blueprint.get("/mitt-program/ny")
@access(Level.HOLDER)
def new() -> str | Response:
    """What would be saved, and what that means: nothing is saved yet."""
    asked = request.args.getlist("tillfalle")
    if not asked:
        return redirect(url_for("programmes.index"), 303)
    return _page(SaveForm(formdata=None, data={"form_key": new_token()}), asked)


@blueprint.post("/mitt-program/ny")
@access(Level.HOLDER)
@limiter.limit(OFTEN)
def create() -> Response | tuple[str, int]:
    """Save in the programme whose address was pasted, or in a new one."""
    form, uids = SaveForm(), request.form.getlist("tillfalle")
    try:
        token, count = _save_where_pasted(form, uids) if form.address.data else _save_in_new(form.form_key.data, uids)
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _page(form, uids or request.form.getlist("visad")), 422
    db.session.commit()
    return redirect(url_for("programmes.show", token=token, sparade=count), 303)


def _save_where_pasted(form: SaveForm, uids: Sequence[str]) -> tuple[str, int]:
    token, programme = _pasted(form)
    if programme is None:
        raise Invalid([])
    return token, save_occurrences(db.session(), programme, uids, now=utc_now())


def _save_in_new(form_key: str, uids: Sequence[str]) -> tuple[str, int]:
    """A second click of the same button leads to the programme of the first: its token lies sealed in the receipt."""
    session, now = db.session(), utc_now()
    receipt = take_receipt(session, content_of(request.form), None, now=now)
    if receipt.location:
        return unsealed(receipt.location, form_key), len(uids)
    _programme, token = create_programme(session, uids, now=now)
    if is_like_a_token(form_key):
        receipt.location = sealed(token, form_key)
    return token, len(uids)


def _pasted(form: AddressForm) -> tuple[str, Programme | None]:
    """The token of the address in the form, and its programme; without one, the form says why not."""
    token = token_in(form.address.data)
    programme = programme_by_token(db.session(), token)
    if programme is None and is_shared_address(form.address.data):
        form.add_error("address", _("Den adressen visar bara programmet. Klistra in adressen som du själv sparar på."))
    elif programme is None:
        message = _("Vi hittar inget program på den adressen. Kontrollera att du fick med hela.")
        form.add_error("address", message)
    return token, programme


def _page(form: SaveForm, uids: Sequence[str]) -> str:
    session = db.session()
    chosen = occurrences_named(session, uids[:MOST_SAVED], text_language())
    if not chosen:
        abort(404)
    programme, events = remembered_programme(), _choices(session, chosen)
    held = saved_uids(session, programme) if programme else set()
    return render_template(
        "programmes/new.html",
        form=form,
        events=events,
        chosen={occurrence.uid for occurrence in chosen},
        programme=programme,
        token=remembered_token(),
        held=held,
        has_all=all(each.uid in held for _event, occurrences in events for each in occurrences),
    )


def _choices(session: Session, chosen: Sequence[Occurrence]) -> list[tuple[Event, list[Occurrence]]]:
    """The events of what was chosen, each with the occurrences that one can choose between."""
    offered = [
        each for each in occurrences_beside(session, chosen, text_language()) if each in chosen or is_offered(each)
    ]
    by_event = groupby(sorted(offered, key=lambda each: each.event_id), key=lambda each: each.event)
    return [(event, list(occurrences)) for event, occurrences in by_event]

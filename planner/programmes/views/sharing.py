"""An address that only shows the programme: for others, and without a way back to the one that changes it."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from planner.core.clock import STOCKHOLM, utc_now
from planner.core.errors import NotFound
from planner.programmes.actions import share_programme, stop_sharing
from planner.programmes.agenda import agenda_of
from planner.programmes.queries import programme_by_share_token, saved_in
from planner.programmes.rules import share_token_of
from planner.programmes.views.blueprint import blueprint, calendar_of, drawn, programme_at, public_address
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.language import text_language


@blueprint.get("/mitt-program/<token>/dela")
@access(Level.HOLDER)
def sharing(token: str) -> str:
    """The address to share, if there is one, and what it gives others."""
    programme = programme_at(token)
    shared = share_token_of(programme, token)
    address = public_address("programmes.show_shared", shared) if shared else ""
    return render_template(
        "programmes/sharing.html",
        token=token,
        programme=programme,
        shared=shared,
        address=address,
        code=drawn(address) if address else "",
    )


@blueprint.post("/mitt-program/<token>/dela")
@access(Level.HOLDER)
def share(token: str) -> Response:
    """Make an address to share, or another one."""
    share_programme(db.session(), programme_at(token), token)
    db.session.commit()
    return redirect(url_for("programmes.sharing", token=token), 303)


@blueprint.post("/mitt-program/<token>/sluta-dela")
@access(Level.HOLDER)
def stop(token: str) -> Response:
    """Take the address to share away."""
    stop_sharing(db.session(), programme_at(token))
    db.session.commit()
    return redirect(url_for("programmes.sharing", token=token), 303)


@blueprint.get("/mitt-program/delat/<token>")
@access(Level.HOLDER)
def show_shared(token: str) -> str:
    """Somebody's programme, to look at."""
    session = db.session()
    programme = programme_by_share_token(session, token)
    if programme is None:
        raise NotFound
    today = utc_now().astimezone(STOCKHOLM).date()
    return render_template(
        "programmes/shared.html",
        token=token,
        programme=programme,
        agenda=agenda_of(saved_in(session, programme, text_language()), (), today),
        calendar=calendar_of(programme, token, is_shared=True),
    )

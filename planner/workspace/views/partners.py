"""What a partner answers from its own workspace: yes, no, still yes after a change, or no longer."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotFound
from planner.core.text import N_
from planner.events import actions
from planner.events.models import Event, Hosting
from planner.events.rules import may_answer_hosting
from planner.organisations.login import current_actor
from planner.web.access import Level, access, require
from planner.web.database import db
from planner.workspace.forms.decisions import ConfirmForm
from planner.workspace.queries import hosting_of_event
from planner.workspace.views.blueprint import blueprint, opened_event

ANSWERS: dict[str, tuple[Callable[..., Hosting], str]] = {
    "ja": (
        actions.accept_hosting,
        N_("Ni har tackat ja. Ert namn visas i programmet när programpunkten är publicerad."),
    ),
    "nej": (actions.decline_hosting, N_("Ni har tackat nej. Ert namn visas inte.")),
    "bekrafta": (actions.confirm_hosting, N_("Tack! Ni är fortfarande med.")),
    "dra-sig-ur": (actions.withdraw_hosting, N_("Ni har dragit er ur. Ert namn är borttaget överallt.")),
}


@blueprint.post(
    "/arbetsyta/evenemang/<number>/medverkan/<int:hosting_id>/<any('ja','nej','bekrafta','dra-sig-ur'):how>"
)
@access(Level.MEMBER)
def answer_hosting(number: str, hosting_id: int, how: str) -> Response:
    """Answer for one's organisation."""
    hosting = _own_hosting(opened_event(number), hosting_id)
    action, done = ANSWERS[how]
    try:
        action(db.session(), hosting, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        flash(" ".join(_(one.message, **one.values) for one in invalid.problems), "error")
        return redirect(url_for("workspace.show_event", number=number), 303)
    db.session.commit()
    flash(_(done), "success")
    # One that said no, or left, may not open the event any more.
    if how in ("nej", "dra-sig-ur"):
        return redirect(url_for("workspace.index"), 303)
    return redirect(url_for("workspace.show_event", number=number), 303)


@blueprint.get("/arbetsyta/evenemang/<number>/medverkan/<int:hosting_id>/dra-sig-ur")
@access(Level.MEMBER)
def confirm_stepping_off(number: str, hosting_id: int) -> str:
    """Ask once more before an organisation steps off."""
    event = opened_event(number)
    hosting = _own_hosting(event, hosting_id)
    return render_template("workspace/step_off.html", event=event, hosting=hosting, form=ConfirmForm())


def _own_hosting(event: Event, hosting_id: int) -> Hosting:
    """The hosting of an organisation that the person may answer for."""
    hosting = hosting_of_event(event, hosting_id)
    if hosting is None:
        raise NotFound
    require(may_answer_hosting(current_actor(), hosting))
    return hosting

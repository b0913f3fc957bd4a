"""What a partner answers from its own workspace: yes, no, still yes after a change, no longer; and whether it leads."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotAllowed, NotFound, StaleVersion
from planner.core.text import N_
from planner.events import actions
from planner.events.models import Event, Hosting
from planner.events.queries import event_for_editing
from planner.events.rules import may_answer_handover, may_answer_hosting
from planner.organisations.login import current_actor
from planner.web.access import Level, access, require
from planner.web.database import db
from planner.workspace.forms.decisions import ConfirmForm
from planner.workspace.queries import hosting_of_event
from planner.workspace.rules import may_open_event
from planner.workspace.views.blueprint import blueprint, opened_event
from planner.workspace.views.events import event_page

Answer = Response | tuple[str, int]
UNSEEN = "unseen"
"""The fingerprint that no event has: who does not say what they saw is shown the event before they say yes."""
ANSWERS: dict[str, tuple[Callable[..., Hosting], str]] = {
    "ja": (
        actions.accept_hosting,
        N_("Ni har tackat ja. Ert namn visas i programmet när programpunkten är publicerad."),
    ),
    "nej": (actions.decline_hosting, N_("Ni har tackat nej. Ert namn visas inte.")),
    "bekrafta": (actions.confirm_hosting, N_("Tack! Ni är fortfarande med.")),
    "dra-sig-ur": (actions.withdraw_hosting, N_("Ni har dragit er ur. Ert namn är borttaget överallt.")),
}

HANDOVER_ANSWERS: dict[str, tuple[Callable[..., Event], str]] = {
    "ja": (actions.accept_handover, N_("Ni är nu huvudarrangör. Kontrollera gärna att kontaktuppgifterna stämmer.")),
    "nej": (actions.decline_handover, N_("Ni har tackat nej till att ta över. Ni är med som förut.")),
}


@blueprint.post(
    "/arbetsyta/evenemang/<number>/medverkan/<int:hosting_id>/<any('ja','nej','bekrafta','dra-sig-ur'):how>"
)
@access(Level.MEMBER)
def answer_hosting(number: str, hosting_id: int, how: str) -> Answer:
    """Answer for one's organisation; the same answer twice, as by a double click, is one answer."""
    hosting = _own_hosting(number, hosting_id)
    action, done = ANSWERS[how]
    try:
        action(db.session(), hosting, **what_was_seen(how), actor=current_actor(), now=utc_now())
    except StaleVersion:
        return event_page(hosting.event, is_overtaken=True), 409
    except Invalid as invalid:
        flash(" ".join(_(one.message, **one.values) for one in invalid.problems), "error")
        return redirect(url_for("workspace.show_event", number=number), 303)
    db.session.commit()
    flash(_(done), "success")
    # One that said no, or left, may not open the event any more.
    if how in ("nej", "dra-sig-ur"):
        return redirect(url_for("workspace.index"), 303)
    return redirect(url_for("workspace.show_event", number=number), 303)


@blueprint.post("/arbetsyta/evenemang/<number>/huvudarrangor/<any('ja','nej'):how>")
@access(Level.MEMBER)
def answer_handover(number: str, how: str) -> Answer:
    """Take over as main organiser, or not; a second click finds it answered."""
    event, actor = opened_event(number), current_actor()
    to_event = redirect(url_for("workspace.show_event", number=number), 303)
    if event.handover is None:
        if not actor.administers(event.organiser_id):
            flash(_("Frågan gäller inte längre. Den kan vara besvarad eller tillbakatagen."), "info")
        return to_event
    require(may_answer_handover(actor, event.handover))
    action, done = HANDOVER_ANSWERS[how]
    try:
        action(db.session(), event.handover, **what_was_seen(how), actor=actor, now=utc_now())
    except StaleVersion:
        return event_page(event, is_overtaken=True), 409
    except Invalid as invalid:
        flash(" ".join(_(one.message, **one.values) for one in invalid.problems), "error")
        return to_event
    db.session.commit()
    flash(_(done), "success")
    return to_event


@blueprint.get("/arbetsyta/evenemang/<number>/medverkan/<int:hosting_id>/dra-sig-ur")
@access(Level.MEMBER)
def confirm_stepping_off(number: str, hosting_id: int) -> str:
    """Ask once more before an organisation steps off."""
    hosting = _own_hosting(number, hosting_id)
    return render_template("workspace/step_off.html", event=hosting.event, hosting=hosting, form=ConfirmForm())


def what_was_seen(how: str) -> dict[str, str]:
    """What an answer that says yes tells of the page it stood on; the others need nothing."""
    return {"seen": request.form.get("sedd") or UNSEEN} if how in ("ja", "bekrafta", "ta-over") else {}


def _own_hosting(number: str, hosting_id: int) -> Hosting:
    """The hosting of an organisation that the person may answer for, also one that has said no or left.

    Raises:
        NotFound: there is none, or the person may neither answer nor open the event.
        NotAllowed: the person may open the event, but another organisation was asked.
    """
    event, actor = event_for_editing(db.session(), number), current_actor()
    hosting = hosting_of_event(event, hosting_id) if event is not None else None
    if event is None or hosting is None:
        raise NotFound
    if may_answer_hosting(actor, hosting):
        return hosting
    raise NotAllowed if may_open_event(actor, event) else NotFound

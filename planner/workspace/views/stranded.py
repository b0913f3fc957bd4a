"""Utkast utan organisation: what somebody wrote for an organisation that they do not speak for; theirs for a while."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import NotFound
from planner.events.actions import discard_stranded_draft, move_stranded_draft
from planner.events.models import Event
from planner.events.queries import event_for_editing, stranded_drafts_of
from planner.events.rules import kept_until, may_take_along, zone_of
from planner.organisations.login import current_actor
from planner.organisations.queries import organisations_drafting
from planner.web.access import Level, access
from planner.web.database import db
from planner.workspace.draft_text import draft_as_text
from planner.workspace.views.blueprint import blueprint


@blueprint.get("/arbetsyta/utkast-utan-organisation")
@access(Level.SIGNED_IN)
def stranded() -> str:
    """What there is, until when, where it may be moved, and how it is taken away."""
    actor = current_actor()
    events = stranded_drafts_of(db.session(), actor.id or 0)
    return render_template(
        "workspace/stranded.html",
        events=[(one, kept_until(one.stranded_at, zone_of(one))) for one in events if one.stranded_at is not None],
        organisations=organisations_drafting(db.session(), actor),
    )


@blueprint.get("/arbetsyta/utkast-utan-organisation/<draft>.txt")
@access(Level.SIGNED_IN)
def stranded_text(draft: str) -> Response:
    """All of it as a text file."""
    event = _own(draft)
    answer = make_response(draft_as_text(event))
    answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{event.number.lower()}.txt"'
    return answer


@blueprint.post("/arbetsyta/utkast-utan-organisation/<draft>/flytta")
@access(Level.SIGNED_IN)
def move_stranded(draft: str) -> Response:
    """Go on with it for an organisation of one's own; a second click finds it there."""
    event, actor = _written_by_them(draft), current_actor()
    if event is None:
        raise NotFound
    chosen = request.form.get("organisation", "")
    organisation = next((one for one in organisations_drafting(db.session(), actor) if one.slug == chosen), None)
    if organisation is None:
        flash(_("Välj organisation."), "error")
        return redirect(url_for("workspace.stranded"), 303)
    event = move_stranded_draft(db.session(), event, organisation, actor=actor, now=utc_now())
    db.session.commit()
    flash(_("Utkastet hör nu till %(name)s.", name=organisation.name), "success")
    return redirect(url_for("workspace.show_event", number=event.number.lower()), 303)


@blueprint.get("/arbetsyta/utkast-utan-organisation/<draft>/ta-bort")
@access(Level.SIGNED_IN)
def confirm_discarding(draft: str) -> str:
    """Ask once more before it goes."""
    return render_template("workspace/discard.html", event=_own(draft))


@blueprint.post("/arbetsyta/utkast-utan-organisation/<draft>/ta-bort")
@access(Level.SIGNED_IN)
def discard(draft: str) -> Response:
    """Be done with it; a second click finds it gone already."""
    event = _written_by_them(draft)
    if event is None or event.stranded_at is None:
        return redirect(url_for("workspace.index"), 303)
    title = event.title
    discard_stranded_draft(db.session(), event, actor=current_actor(), now=utc_now())
    db.session.commit()
    flash(_("Utkastet ”%(title)s” är borttaget.", title=title), "success")
    return redirect(url_for("workspace.index"), 303)


def _written_by_them(number: str) -> Event | None:
    """What the person wrote under this number, stranded or no more so; nothing when it is gone.

    Raises:
        NotFound: it is somebody else's.
    """
    event = event_for_editing(db.session(), number)
    if event is not None and event.created_by_id != current_actor().id:
        raise NotFound
    return event


def _own(number: str) -> Event:
    """The person's own stranded draft.

    Raises:
        NotFound: there is none; to anybody else it does not exist.
    """
    event = event_for_editing(db.session(), number)
    if event is None or not may_take_along(current_actor(), event):
        raise NotFound
    return event

"""Så ser kalenderapparna ditt evenemang: for those who work with an event, before and after it is published.

A blueprint of its own, because these are pages: the feeds' own answers to errors are for calendar apps.
"""

from typing import Any

from flask import Blueprint, render_template, url_for

from planner.core.clock import utc_now
from planner.core.errors import NotFound
from planner.core.site import site_of
from planner.events.models import Event
from planner.events.queries import event_for_editing
from planner.events.rules import is_shown, may_edit_event, may_look_inside
from planner.feeds.advice import Advice, advice_on_event
from planner.feeds.apps import APPS
from planner.feeds.previews import Preview, parts_of, previews_of
from planner.organisations.login import current_actor
from planner.web.access import Level, access
from planner.web.database import db

blueprint = Blueprint("previews", __name__)


@blueprint.get("/arbetsyta/evenemang/<number>/kalenderappar")
@access(Level.MEMBER)
def event(number: str) -> str:
    """What concerns the whole event, and its first occurrence."""
    found = _seen_event(number)
    previews = _previews_of(found)
    return _render(found, previews, previews[0] if previews else None)


@blueprint.get("/arbetsyta/evenemang/<number>/kalenderappar/<int:occurrence_id>")
@access(Level.MEMBER)
def occurrence(number: str, occurrence_id: int) -> str:
    """What concerns the whole event, and one of its occurrences."""
    found = _seen_event(number)
    previews = _previews_of(found)
    chosen = next((each for each in previews if each.occurrence.id == occurrence_id), None)
    if chosen is None:
        raise NotFound
    return _render(found, previews, chosen)


def _seen_event(number: str) -> Event:
    """The event, for its hosts and its coordinators; to anybody else it does not exist here."""
    found = event_for_editing(db.session(), number)
    if found is None or not may_look_inside(current_actor(), found):
        raise NotFound
    return found


def _previews_of(event: Event) -> list[Preview]:
    return previews_of(event, site=site_of(db.session()), now=utc_now())


def _render(event: Event, previews: list[Preview], chosen: Preview | None) -> str:
    may_edit = may_edit_event(current_actor(), event)

    def mended_at(advice: Advice, preview: Preview | None = None) -> str:
        """The address where something is mended, if the person may; the register of places is open to all members."""
        if not advice.endpoint or not (may_edit or advice.venue):
            return ""
        return url_for(advice.endpoint, **_arguments(event, advice, preview), _anchor=advice.anchor or None)

    return render_template(
        "feeds/preview.html",
        event=event,
        previews=previews,
        chosen=chosen,
        advice=advice_on_event(event),
        mended_at=mended_at,
        may_edit=may_edit,
        is_shown=is_shown(event),
        apps=APPS,
        parts_of=parts_of,
    )


def _arguments(event: Event, advice: Advice, preview: Preview | None) -> dict[str, Any]:
    """What stands in the address where something is mended."""
    if advice.venue is not None:
        return {"slug": advice.venue.slug}
    number = event.number.lower()
    if advice.endpoint == "workspace.edit_occurrence" and preview is not None:
        return {"number": number, "occurrence_id": preview.occurrence.id}
    return {"number": number}

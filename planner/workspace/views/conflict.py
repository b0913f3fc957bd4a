"""The page where somebody who was overtaken by another save chooses, field by field, what shall hold."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from planner.events.actions import EventFields
from planner.events.actions.changes import LABELS, is_written, value_in_words
from planner.events.actions.event_fields import clean_fields, stated
from planner.events.models import Event
from planner.organisations.login import current_actor
from planner.web.language import page_tongue
from planner.workspace.conflicts import NOT_CHOSEN, InWords, clashes_of, differing
from planner.workspace.forms.step import StepForm, fingerprints
from planner.workspace.steps import Step

CHOICE = "choose_"
_NOT_CARRIED = ("csrf_token", "version", "base", "resolving")
Words = dict[str, InWords]


def choices_made() -> dict[str, str]:
    """What has been chosen on a conflict page: "theirs" or "mine" for each field."""
    given = {key.removeprefix(CHOICE): value for key, value in request.form.items() if key.startswith(CHOICE)}
    return {key: value for key, value in given.items() if value in ("theirs", "mine")}


def left_open() -> bool:
    """Whether a conflict page was sent in without a choice for each of its fields."""
    asked = request.form.get("resolving", "").split()
    return any(key not in choices_made() for key in asked)


def show_event_conflict(event: Event, form: StepForm, fields: EventFields, action: str, step: Step) -> tuple[str, int]:
    """Both versions of a step: what is saved now, and what this person typed."""
    theirs, mine = stated(event), clean_fields(fields)
    words = event_words(event, theirs, mine, dict(form.given_choices.get("part_of", ())))
    return show_conflict(event, theirs, mine, form.base.data, words, str(event.version), action, _(step.title))


def show_conflict(
    event: Event,
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    base: str,
    words: Words,
    version: str,
    action: str,
    what: str,
) -> tuple[str, int]:
    """The conflict page (409). Everything that was typed travels with it; nothing is saved yet."""
    clashes = clashes_of(theirs, mine, base, words, choices_made())
    carried = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in _NOT_CARRIED and not name.startswith(CHOICE)
    ]
    page = render_template(
        "workspace/conflict.html",
        event=event,
        what=what,
        clashes=clashes,
        carried=carried,
        version=version,
        base=fingerprints({key: theirs[key] for key in mine}),
        action=action,
        problem=_(NOT_CHOSEN) if left_open() else "",
        is_own=event.saved_by_id == current_actor().id,
    )
    return page, 409


def event_words(event: Event, theirs: Mapping[str, Any], mine: Mapping[str, Any], wholes: dict[int, str]) -> Words:
    """Each field of an event that differs, in the language of the page but for what people have written."""
    themes = [*event.themes, *(row.theme for row in event.edition.themes)]
    names = {"themes": {theme.id: theme.name for theme in themes}, "part_of_id": wholes}
    tongue = page_tongue()
    return {
        key: InWords(
            _(LABELS[key]),
            value_in_words(key, theirs[key], names, tongue),
            value_in_words(key, mine[key], names, tongue),
            lang="sv" if is_written(key, theirs[key]) else "",
        )
        for key in differing(theirs, mine)
    }

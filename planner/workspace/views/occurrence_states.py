"""What becomes of one occurrence: called off, postponed, taken up again, moved, removed. Each page asks once more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotFound
from planner.core.text import N_
from planner.events import actions
from planner.events.actions.occurrences.settling import is_published
from planner.events.models import Event, EventStatus, Occurrence, OccurrenceState
from planner.events.rules import is_for_organiser
from planner.organisations.login import current_actor
from planner.venues.queries import venue_by_id
from planner.web.access import Level, access, require
from planner.web.database import db
from planner.web.forms import Form
from planner.workspace.consequences import who_will_hear
from planner.workspace.forms.decisions import ConfirmForm, MoveOnlineForm, OptionalReasonForm, ReasonForm
from planner.workspace.places import digital_offer
from planner.workspace.views.blueprint import blueprint, edited_event, occurrence_of

Answer = str | Response | tuple[str, int]
Act = Callable[[Occurrence, Any], object]


@dataclass(frozen=True)
class Change:
    """A page that asks once more: what it is called, what will happen, what the button says, and what it does."""

    heading: str
    explanation: str
    button: str
    done: str
    form: type[Form]
    act: Act
    is_grave: bool = False


def _act(action: Callable[..., object]) -> Act:
    """An action that takes the occurrence alone."""
    return lambda occurrence, _form: action(db.session(), occurrence, actor=current_actor(), now=utc_now())


def _act_for_reason(action: Callable[..., object]) -> Act:
    """An action that takes the occurrence and why."""
    return lambda occurrence, form: action(
        db.session(), occurrence, form.reason.data, actor=current_actor(), now=utc_now()
    )


def _use_reserve_place(occurrence: Occurrence, form: OptionalReasonForm) -> object:
    return actions.use_reserve_place(
        db.session(), occurrence, reason=form.reason.data, actor=current_actor(), now=utc_now()
    )


def _move_online(occurrence: Occurrence, form: MoveOnlineForm) -> object:
    place = venue_by_id(db.session(), form.digital_place_id.data)
    if place is None:
        raise NotFound
    return actions.move_occurrence_online(
        db.session(), occurrence, place, reason=form.reason.data, actor=current_actor(), now=utc_now()
    )


CHANGES = {
    "stall-in": Change(
        N_("Ställ in tillfället"),
        N_("Tillfället finns kvar i programmet och visas som inställt, så att den som letar ser det."),
        N_("Ställ in tillfället"),
        N_("Tillfället är inställt."),
        ReasonForm,
        _act_for_reason(actions.cancel_occurrence),
        is_grave=True,
    ),
    "skjut-upp": Change(
        N_("Skjut upp tillfället"),
        N_("Tillfället visas som uppskjutet tills ni anger en ny tid."),
        N_("Skjut upp tillfället"),
        N_("Tillfället är uppskjutet. Ange en ny tid när den är bestämd."),
        ReasonForm,
        _act_for_reason(actions.postpone_occurrence),
    ),
    "aterta": Change(
        N_("Återuppta tillfället"),
        N_("Tillfället blir av som det var planerat."),
        N_("Återuppta tillfället"),
        N_("Tillfället blir av igen."),
        ConfirmForm,
        _act(actions.reinstate_occurrence),
    ),
    "flytta-digitalt": Change(
        N_("Flytta till digitalt"),
        N_("Tillfället blir bara digitalt. Platsen där det skulle ha varit står kvar i historiken."),
        N_("Flytta till digitalt"),
        N_("Tillfället är flyttat till digitalt."),
        MoveOnlineForm,
        _move_online,
    ),
    "anvand-reservplats": Change(
        N_("Använd reservplatsen"),
        N_("Tillfället flyttas till reservplatsen. Den första platsen blir reserv."),
        N_("Flytta till reservplatsen"),
        N_("Tillfället är flyttat till reservplatsen."),
        OptionalReasonForm,
        _use_reserve_place,
    ),
    "ta-bort": Change(
        N_("Ta bort tillfället"),
        N_("Tillfället har aldrig varit publicerat och försvinner helt."),
        N_("Ta bort tillfället"),
        N_("Tillfället är borttaget."),
        ConfirmForm,
        _act(actions.remove_occurrence),
        is_grave=True,
    ),
}
FOR_THE_ORGANISER = ("stall-in", "skjut-upp", "aterta")
ADDRESS = (
    "/arbetsyta/evenemang/<number>/tillfallen/<int:occurrence_id>/"
    "<any('stall-in', 'skjut-upp', 'aterta', 'flytta-digitalt', 'anvand-reservplats', 'ta-bort'):what>"
)


@blueprint.get(ADDRESS)
@access(Level.MEMBER)
def confirm_change(number: str, occurrence_id: int, what: str) -> str:
    """Tell what will happen to the occurrence, and ask once more."""
    event = edited_event(number)
    require(_may_make(event, what))
    occurrence = occurrence_of(event, occurrence_id)
    return _render(event, occurrence, what, _form(event, what))


@blueprint.post(ADDRESS)
@access(Level.MEMBER)
def make_change(number: str, occurrence_id: int, what: str) -> Answer:
    """Let it happen."""
    event, change = edited_event(number), CHANGES[what]
    require(_may_make(event, what))
    if what == "ta-bort" and occurrence_id not in [one.id for one in event.occurrences]:
        # A second click finds it gone already.
        return redirect(url_for("workspace.occurrences", number=number), 303)
    occurrence, form = occurrence_of(event, occurrence_id), _form(event, what)
    if not form.validate_on_submit():
        return _render(event, occurrence, what, form), 422
    try:
        change.act(occurrence, form)
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render(event, occurrence, what, form), 422
    db.session.commit()
    flash(_(change.done), "success")
    return redirect(url_for("workspace.occurrences", number=number), 303)


def ways_on(event: Event, occurrence: Occurrence) -> list[tuple[str, str]]:
    """What the person may make of an occurrence as it stands now: address part and label."""
    if not is_published(occurrence, event):
        possible = ["ta-bort"]
    elif event.status is EventStatus.CANCELLED:
        possible = []
    elif not occurrence.state.takes_place:
        possible = ["aterta", *(["stall-in"] if occurrence.state is OccurrenceState.POSTPONED else [])]
    else:
        has_reserve = occurrence.reserve_place_id is not None
        is_online = occurrence.state is OccurrenceState.MOVED_ONLINE
        moves = [*(["anvand-reservplats"] if has_reserve else []), *([] if is_online else ["flytta-digitalt"])]
        possible = [*moves, "skjut-upp", "stall-in"]
    return [(key, CHANGES[key].heading) for key in possible if _may_make(event, key)]


def _may_make(event: Event, what: str) -> bool:
    """Whether it takes place is the main organiser's to say; who edits for a partner may only move it."""
    return what not in FOR_THE_ORGANISER or is_for_organiser(current_actor(), event)


def _form(event: Event, what: str) -> Form:
    choices = {"digital_place_id": _digital_choices(event)} if what == "flytta-digitalt" else None
    return CHANGES[what].form(choices=choices)


def _digital_choices(event: Event) -> list[tuple[int, str]]:
    return digital_offer(db.session(), event, current_actor()).choices


def _render(event: Event, occurrence: Occurrence, what: str, form: Form) -> str:
    number = event.number.lower()
    return render_template(
        "workspace/confirm.html",
        event=event,
        decision=CHANGES[what],
        hearers=[] if what == "ta-bort" else who_will_hear(event),
        form=form,
        action=url_for("workspace.make_change", number=number, occurrence_id=occurrence.id, what=what),
        back=url_for("workspace.occurrences", number=number),
        occurrence=occurrence,
    )

"""När och var: the occurrences of an event, adding one and changing one."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid, StaleVersion
from planner.core.text import clean_line
from planner.core.tokens import new_token
from planner.data.kommuner import kommuner
from planner.events.actions import add_occurrence, change_occurrence, fingerprint
from planner.events.actions.occurrence_fields import OccurrenceFields, clean_fields, stated
from planner.events.models import Event, Occurrence
from planner.events.rules import may_edit_event, zone_of
from planner.organisations.login import current_actor
from planner.venues.queries import similar_venues
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.receipts import content_of, take_receipt
from planner.workspace.forms.occurrence import OccurrenceForm
from planner.workspace.forms.step import fingerprints
from planner.workspace.places import Offer, digital_offer, physical_offer, with_address
from planner.workspace.steps import WHEN, step_states
from planner.workspace.views.blueprint import blueprint, edited_event, occurrence_of, opened_event, wants
from planner.workspace.views.conflict import choices_made, left_open, show_conflict
from planner.workspace.views.occurrence_states import ways_on
from planner.workspace.views.places import register_new_places
from planner.workspace.views.words import occurrence_words

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class OccurrencePage:
    """A form for one occurrence with the places that it offers."""

    event: Event
    occurrence: Occurrence | None
    form: OccurrenceForm
    offer: Offer


@blueprint.get("/arbetsyta/evenemang/<number>/tillfallen")
@access(Level.MEMBER)
def occurrences(number: str) -> str:
    """Every occurrence, with what can be done to each."""
    event = opened_event(number)
    return render_template(
        "workspace/occurrences.html",
        event=event,
        states=step_states(event),
        step=WHEN,
        may_edit=may_edit_event(current_actor(), event),
        ways_on=partial(ways_on, event),
    )


@blueprint.get("/arbetsyta/evenemang/<number>/tillfallen/ny")
@access(Level.MEMBER)
def new_occurrence(number: str) -> str:
    """An empty form; the first day of the week is proposed."""
    event = edited_event(number)
    given = {"form_key": new_token(), "first_day": event.edition.first_day}
    return _render(_opened(event, None, given))


@blueprint.post("/arbetsyta/evenemang/<number>/tillfallen/ny")
@access(Level.MEMBER)
def create_occurrence(number: str) -> Answer:
    """Add the occurrence, once for each time the page was shown."""
    event = edited_event(number)
    receipt = take_receipt(db.session(), content_of(request.form), current_actor().id, now=utc_now())
    if receipt.location:
        return redirect(receipt.location, 303)
    page = _posted(event, None)
    if not _is_ready(page):
        return _answer_unready(page)
    try:
        fields: OccurrenceFields = {**page.form.fields(), **register_new_places(page.form)}
        add_occurrence(db.session(), page.event, fields, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        return _refused(page, invalid)
    goal = "workspace.new_occurrence" if wants("another") else "workspace.occurrences"
    receipt.location = url_for(goal, number=number)
    db.session.commit()
    flash(_("Tillfället är sparat."), "success")
    return redirect(receipt.location, 303)


@blueprint.get("/arbetsyta/evenemang/<number>/tillfallen/<int:occurrence_id>")
@access(Level.MEMBER)
def edit_occurrence(number: str, occurrence_id: int) -> str:
    """The form with what is saved."""
    event = edited_event(number)
    occurrence = occurrence_of(event, occurrence_id)
    given = {
        **OccurrenceForm.data_of(occurrence, zone_of(event)),
        "form_key": new_token(),
        "version": fingerprint(occurrence),
        "base": fingerprints(stated(occurrence, zone_of(event))),
    }
    return _render(_opened(event, occurrence, given))


@blueprint.post("/arbetsyta/evenemang/<number>/tillfallen/<int:occurrence_id>")
@access(Level.MEMBER)
def update_occurrence(number: str, occurrence_id: int) -> Answer:
    """Save the occurrence; the conflict page if somebody else has saved it meanwhile."""
    event = edited_event(number)
    occurrence = occurrence_of(event, occurrence_id)
    receipt = take_receipt(db.session(), content_of(request.form), current_actor().id, now=utc_now())
    if receipt.location:
        return redirect(receipt.location, 303)
    page = _posted(event, occurrence)
    if not _is_ready(page):
        return _answer_unready(page)
    try:
        _change(page, occurrence)
    except Invalid as invalid:
        return _refused(page, invalid)
    except StaleVersion:
        # The new places that were typed are registered when the person has chosen, not before.
        db.session.rollback()
        return _conflict(page, number, occurrence_id)
    receipt.location = url_for("workspace.occurrences", number=number)
    db.session.commit()
    flash(_("Tillfället är sparat."), "success")
    return redirect(receipt.location, 303)


def _change(page: OccurrencePage, occurrence: Occurrence) -> None:
    """Save what the form says, but for the fields where the person chose what somebody else saved."""
    if left_open():
        raise StaleVersion(page.event.version)
    theirs = {key for key, choice in choices_made().items() if choice == "theirs"}
    given = {**page.form.fields(), **register_new_places(page.form, but=theirs)}
    wanted: Any = {key: value for key, value in given.items() if key not in theirs}
    expected = page.form.version.data or "unknown"
    change_occurrence(db.session(), occurrence, wanted, expected=expected, actor=current_actor(), now=utc_now())


def _conflict(page: OccurrencePage, number: str, occurrence_id: int) -> tuple[str, int]:
    event = edited_event(number)
    occurrence = occurrence_of(event, occurrence_id)
    theirs, mine = stated(occurrence, zone_of(event)), _typed_as_stated(page.form, event)
    digital = digital_offer(db.session(), event, current_actor())
    names = dict([*page.offer.choices, *digital.choices])
    return show_conflict(
        event,
        theirs,
        mine,
        page.form.base.data,
        occurrence_words(theirs, mine, names),
        fingerprint(occurrence),
        url_for("workspace.update_occurrence", number=number, occurrence_id=occurrence_id),
        _("Tillfället"),
    )


def _typed_as_stated(form: OccurrenceForm, event: Event) -> dict[str, Any]:
    """The typed fields in the shape of what is saved; a place that is not registered yet by its name."""
    typed = clean_fields(form.fields())
    first_day = typed["first_day"]
    last_day = max(first_day, event.edition.last_day) if typed["is_open_ended"] else typed["last_day"] or first_day
    new = {"place_id": form.new_name.data} if form.adds_place else {}
    new_digital = {"digital_place_id": form.digital_name.data} if form.adds_digital_place else {}
    return {**typed, "last_day": last_day, **new, **new_digital}


def _is_ready(page: OccurrencePage) -> bool:
    """Whether the form is to be saved now, rather than searched with or mended."""
    if wants("search") or page.form.wants_search:
        return False
    return bool(page.form.validate_on_submit() & page.form.check_places())


def _answer_unready(page: OccurrencePage) -> Answer:
    """What a search found, or what is wrong; nothing is saved and nothing typed is lost."""
    if page.form.has_errors:
        return _render(page), 422
    page.form.searched.data = page.form.place_words.data
    return _render(page)


def _refused(page: OccurrencePage, invalid: Invalid) -> tuple[str, int]:
    if page.occurrence is not None:
        _show_chosen(page.form, stated(page.occurrence, zone_of(page.event)))
    page.form.add_problems(invalid.problems)
    return _render(page), 422


def _show_chosen(form: OccurrenceForm, theirs: dict[str, Any]) -> None:
    """After choices that do not go together: the form shows what was chosen, not only what was typed."""
    for key, choice in choices_made().items():
        if choice == "theirs" and key in theirs:
            form[key].data, form[key].raw_data = theirs[key], None


def _opened(event: Event, occurrence: Occurrence | None, given: dict[str, Any]) -> OccurrencePage:
    chosen = [given.get("place_id"), given.get("reserve_place_id")]
    offer = physical_offer(db.session(), event, current_actor(), chosen=chosen)
    form = OccurrenceForm(formdata=None, data=given, choices=_choices(event, offer))
    return OccurrencePage(event, occurrence, form, offer)


def _posted(event: Event, occurrence: Occurrence | None) -> OccurrencePage:
    """The form as posted. Places that earlier searches found are offered again, so that nothing chosen is lost."""
    chosen = [_number(request.form.get(name, "")) for name in ("place_id", "reserve_place_id")]
    words = clean_line(request.form.get("place_words", ""))
    offer = physical_offer(db.session(), event, current_actor(), chosen=chosen, words=words)
    form = OccurrenceForm(choices={**_choices(event, offer), "similar_id": _similar()})
    return OccurrencePage(event, occurrence, form, offer)


def _choices(event: Event, offer: Offer) -> dict[str, Any]:
    digital = digital_offer(db.session(), event, current_actor())
    return {"place_id": offer.choices, "reserve_place_id": offer.choices, "digital_place_id": digital.choices}


def _similar() -> list[tuple[int | str, str]]:
    """The places that the new one may be already, and the answer that it is none of them."""
    name, code = clean_line(request.form.get("new_name", "")), request.form.get("new_kommun", "")
    venues = similar_venues(db.session(), name, code) if name and code in kommuner() else ()
    found: list[tuple[int | str, str]] = [(venue.id, with_address(venue)) for venue in venues]
    return [*found, ("new", _("Nej, det här är en ny plats"))]


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def _render(page: OccurrencePage) -> str:
    number, occurrence = page.event.number.lower(), page.occurrence
    if occurrence is None:
        action = url_for("workspace.create_occurrence", number=number)
    else:
        action = url_for("workspace.update_occurrence", number=number, occurrence_id=occurrence.id)
    return render_template(
        "workspace/occurrence.html",
        event=page.event,
        occurrence=occurrence,
        form=page.form,
        hints=page.offer.hints,
        found=page.offer.found,
        action=action,
        step=WHEN,
        is_outdoors=any(venue.is_outdoors for venue in page.offer.venues if venue.id == page.form.place_id.data),
    )

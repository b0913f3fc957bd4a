"""Copying an occurrence to more days or more places in one go."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.dates import day_in_words
from planner.core.errors import Invalid
from planner.core.text import clean_line
from planner.core.tokens import new_token
from planner.editions.models import Edition
from planner.events.actions import copy_occurrence
from planner.events.models import Event, Occurrence
from planner.organisations.login import current_actor
from planner.venues.models import Venue
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.fields import parse_day
from planner.web.language import current_language
from planner.web.receipts import content_of, take_receipt
from planner.workspace.forms.decisions import CopyForm
from planner.workspace.places import Offer, physical_offer, with_address
from planner.workspace.views.blueprint import blueprint, edited_event, occurrence_of, wants

Answer = str | Response | tuple[str, int]
MOST_LINES = 100


@blueprint.get("/arbetsyta/evenemang/<number>/tillfallen/<int:occurrence_id>/kopiera")
@access(Level.MEMBER)
def plan_copies(number: str, occurrence_id: int) -> str:
    """Choose days and places."""
    event = edited_event(number)
    occurrence = occurrence_of(event, occurrence_id)
    offer = physical_offer(db.session(), event, current_actor())
    form = CopyForm(formdata=None, data={"form_key": new_token()}, choices=_choices(event, occurrence, offer))
    return _render(event, occurrence, form, offer)


@blueprint.post("/arbetsyta/evenemang/<number>/tillfallen/<int:occurrence_id>/kopiera")
@access(Level.MEMBER)
def make_copies(number: str, occurrence_id: int) -> Answer:
    """Copy, once for each time the page was shown; or show what a search found."""
    event = edited_event(number)
    occurrence = occurrence_of(event, occurrence_id)
    offer = _offer(event)
    form = CopyForm(choices=_choices(event, occurrence, offer))
    form.validate_on_submit()
    days = _days(form)
    if wants("search") or form.has_errors:
        form.searched.data = form.place_words.data
        return _render(event, occurrence, form, offer), 422 if form.has_errors else 200
    receipt = take_receipt(db.session(), content_of(request.form), current_actor().id, now=utc_now())
    if receipt.location:
        return redirect(receipt.location, 303)
    places = [venue for venue in offer.venues if venue.id in form.places.data]
    try:
        copies = copy_occurrence(
            db.session(), occurrence, days=days, places=places, actor=current_actor(), now=utc_now()
        )
    except Invalid as invalid:
        form.add_problems(invalid.problems, {"days": "week_days"})
        return _render(event, occurrence, form, offer), 422
    receipt.location = url_for("workspace.occurrences", number=number)
    db.session.commit()
    flash(ngettext("Ett tillfälle till är sparat.", "%(num)s tillfällen till är sparade.", len(copies)), "success")
    return redirect(receipt.location, 303)


def _days(form: CopyForm) -> list[date]:
    """The days that were ticked and those that were written; says which line is no day."""
    days = list(form.week_days.data or ())
    for line in (form.days.data or "").split("\n")[:MOST_LINES]:
        if line.strip():
            try:
                days.append(parse_day(line))
            except ValueError:
                form.add_error(
                    "days", _("”%(line)s” är inget datum. Skriv till exempel 2027-10-02.", line=line.strip())
                )
    return days


def _offer(event: Event) -> Offer:
    """What a search found, and every place that was ticked before it."""
    ticked = [int(value) for value in request.form.getlist("places") if value.isascii() and value.isdigit()]
    words = clean_line(request.form.get("place_words", ""))
    return physical_offer(db.session(), event, current_actor(), chosen=ticked[:MOST_LINES], words=words)


def _choices(event: Event, occurrence: Occurrence, offer: Offer) -> dict[str, list[tuple[object, str]]]:
    places = [(venue.id, with_address(venue)) for venue in offer.venues if not _is_there(venue, occurrence)]
    days = [(day, day_in_words(day, current_language())) for day in week_of(event.edition)]
    return {"places": list(places), "week_days": [(day, words) for day, words in days if day != occurrence.first_day]}


def week_of(edition: Edition) -> list[date]:
    """The days of an edition, at most a month of them."""
    count = min((edition.last_day - edition.first_day).days + 1, 31)
    return [edition.first_day + timedelta(days=number) for number in range(count)]


def _is_there(venue: Venue, occurrence: Occurrence) -> bool:
    return venue.id == occurrence.place_id


def _render(event: Event, occurrence: Occurrence, form: CopyForm, offer: Offer) -> str:
    return render_template(
        "workspace/copy.html",
        event=event,
        occurrence=occurrence,
        form=form,
        found=offer.found,
        action=url_for("workspace.make_copies", number=event.number.lower(), occurrence_id=occurrence.id),
    )

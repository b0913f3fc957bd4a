"""The registry of places, for members and coordinators."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotFound, StaleVersion
from planner.core.text import clean_line
from planner.data.kommuner import kommuner
from planner.organisations.login import current_actor
from planner.organisations.models import Organisation
from planner.organisations.rules import Actor
from planner.venues import actions, queries, rules
from planner.venues.accessibility import checks_of, stated_facts
from planner.venues.forms import LinkForm, VenueForm, facts_form, venue_form
from planner.venues.models import PLACE_FEATURES, Venue, VenueKind
from planner.web.access import Level, access, require
from planner.web.database import db
from planner.web.paging import page_of
from planner.web.receipts import content_of, take_receipt

blueprint = Blueprint("venues", __name__, url_prefix="/arbetsyta/platser")

PAGE_SIZE = 40
Answered = str | Response | tuple[str, int]


@blueprint.get("")
@access(Level.MEMBER)
def index() -> str:
    """Search the registry."""
    words = clean_line(request.args.get("q", ""))[:100]
    kommun_code = request.args.get("kommun", "") if request.args.get("kommun") in kommuner() else None
    kind = VenueKind(request.args["typ"]) if request.args.get("typ") in set(VenueKind) else None
    ids = queries.venue_ids_found(db.session(), words, kind=kind, actor=current_actor(), kommun_code=kommun_code)
    page = page_of(len(ids), PAGE_SIZE)
    return render_template(
        "venues/index.html",
        venues=queries.venues_by_ids(db.session(), ids[page.offset : page.offset + page.size]),
        page=page,
        words=words,
        kommun_code=kommun_code,
        kind=kind,
        kinds=VenueKind,
        kommuner=kommuner(),
        place_features=PLACE_FEATURES,
    )


@blueprint.get("/ny")
@access(Level.MEMBER)
def new() -> str:
    """An empty form for a physical place, or with ``?typ=digital`` for a digital one."""
    form = venue_form(_kind_asked(), None, _possible_owners(current_actor(), None))
    return render_template("venues/new.html", form=form, similar=())


@blueprint.post("/ny")
@access(Level.MEMBER)
def create() -> Answered:
    """Register a place, unless it seems to be there already and the person has not said that it is another."""
    actor, now = current_actor(), utc_now()
    form = venue_form(_kind_asked(), None, _possible_owners(actor, None))
    receipt = take_receipt(db.session(), content_of(request.form), actor.id, now=now)
    if receipt.location:
        return redirect(receipt.location)
    if not form.validate():
        return render_template("venues/new.html", form=form, similar=()), 422
    similar = _similar(form)
    if similar:
        return render_template("venues/new.html", form=form, similar=similar), 422
    try:
        venue = actions.register_venue(db.session(), {**form.fields(), "kind": form.kind}, actor=actor, now=now)
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return render_template("venues/new.html", form=form, similar=()), 422
    receipt.location = url_for("venues.show", slug=venue.slug)
    db.session.commit()
    flash(_("Platsen finns nu i registret. Fyll gärna i vad ni vet om tillgängligheten."))
    return redirect(receipt.location)


@blueprint.get("/<slug>")
@access(Level.MEMBER)
def show(slug: str) -> Answered:
    """What is known of a place, and what one may do with it."""
    venue, actor = _venue(slug), current_actor()
    if venue.slug != slug:
        return redirect(url_for("venues.show", slug=venue.slug), 301)
    return render_template(
        "venues/show.html",
        venue=venue,
        rules=rules,
        actor=actor,
        answers=stated_facts(venue),
        checks=checks_of(venue),
    )


@blueprint.get("/<slug>/redigera")
@access(Level.MEMBER)
def edit(slug: str) -> str:
    """The form for a place."""
    venue = _editable(slug)
    form = _form_of(venue)
    form.remember(venue.version)
    return render_template("venues/edit.html", form=form, venue=venue)


@blueprint.post("/<slug>/redigera")
@access(Level.MEMBER)
def update(slug: str) -> Answered:
    """Save a place; if somebody else saved it meanwhile, show both and overwrite nothing."""
    venue = _editable(slug)
    form, now = _form_of(venue), utc_now()
    try:
        if form.validate():
            version = form.expected_version
            actions.change_venue(
                db.session(), venue, form.fields(), expected_version=version, actor=current_actor(), now=now
            )
            db.session.commit()
            return _saved(venue, _("Platsen är sparad. Ändringen syns nu överallt där platsen visas."))
    except Invalid as invalid:
        form.add_problems(invalid.problems)
    except StaleVersion:
        db.session.rollback()
        venue = _editable(slug)
        versions = form.merge(_form_of(venue, formdata=None), venue.version)
        return render_template("venues/edit.html", form=form, venue=venue, versions=versions), 409
    return render_template("venues/edit.html", form=form, venue=venue), 422


@blueprint.get("/<slug>/tillganglighet")
@access(Level.MEMBER)
def facts(slug: str) -> str:
    """The form for what is known of a place's accessibility."""
    venue = _editable(slug)
    form = facts_form(venue)
    form.remember(venue.version)
    return render_template("venues/facts.html", form=form, venue=venue)


@blueprint.post("/<slug>/tillganglighet")
@access(Level.MEMBER)
def save_facts(slug: str) -> Answered:
    """Save what is known of a place's accessibility, when it was checked and by whom; two at once see both."""
    venue = _editable(slug)
    form = facts_form(venue)
    try:
        if form.validate():
            checked = {"checked_on": form.checked_on.data, "checked_by": form.checked_by.data, "notes": form.notes()}
            version, actor = form.expected_version, current_actor()
            actions.set_venue_facts(
                db.session(), venue, form.answers(), **checked, expected_version=version, actor=actor, now=utc_now()
            )
            db.session.commit()
            return _saved(venue, _("Uppgifterna om tillgänglighet är sparade."))
    except Invalid as invalid:
        form.add_problems(invalid.problems)
    except StaleVersion:
        db.session.rollback()
        venue = _editable(slug)
        versions = form.merge(facts_form(venue, formdata=None), venue.version)
        return render_template("venues/facts.html", form=form, venue=venue, versions=versions), 409
    return render_template("venues/facts.html", form=form, venue=venue), 422


@blueprint.get("/<slug>/lank")
@access(Level.MEMBER)
def link(slug: str) -> str:
    """The form that replaces a digital place's link."""
    venue = _venue(slug)
    require(rules.may_replace_link(current_actor(), venue))
    return render_template("venues/link.html", form=LinkForm(obj=None, dial_in=venue.dial_in), venue=venue)


@blueprint.post("/<slug>/lank")
@access(Level.MEMBER)
def replace_link(slug: str) -> Answered:
    """Replace a digital place's link at once."""
    venue, form, actor = _venue(slug), LinkForm(), current_actor()
    require(rules.may_replace_link(actor, venue))
    try:
        if form.validate():
            link, dial_in = form.join_url.data, form.dial_in.data
            actions.replace_link(db.session(), venue, link, dial_in=dial_in, actor=actor, now=utc_now())
            db.session.commit()
            return _saved(venue, _("Länken är utbytt. Programmet och kalendrarna har redan den nya."))
    except Invalid as invalid:
        form.add_problems(invalid.problems)
    return render_template("venues/link.html", form=form, venue=venue), 422


def _saved(venue: Venue, words: str) -> Response:
    """Back to the place, which says what has been done."""
    flash(words)
    return redirect(url_for("venues.show", slug=venue.slug))


def _venue(slug: str) -> Venue:
    """The place at the address, if the person may see it; one that is another's own is as if it were not there."""
    venue = queries.venue_by_slug(db.session(), slug)
    if venue is None or not rules.may_see_venue(current_actor(), venue):
        raise NotFound
    return venue


def _editable(slug: str) -> Venue:
    venue = _venue(slug)
    require(rules.may_edit_venue(current_actor(), venue))
    return venue


def _kind_asked() -> VenueKind:
    return VenueKind.DIGITAL if request.args.get("typ") == VenueKind.DIGITAL else VenueKind.PHYSICAL


def _form_of(venue: Venue, **options: Any) -> VenueForm:
    actor = current_actor()
    may_give_away = rules.may_give_venue_away(actor, venue)
    return venue_form(venue.kind, venue, _possible_owners(actor, venue) if may_give_away else (), **options)


def _possible_owners(actor: Actor, venue: Venue | None) -> Sequence[Organisation]:
    """Those that may be chosen, and the present one."""
    owners = list(queries.possible_owners(db.session(), actor))
    if venue is not None and venue.owner is not None and venue.owner not in owners:
        owners.append(venue.owner)
    return owners


def _similar(form: VenueForm) -> Sequence[Any]:
    if request.form.get("another") == "1":
        return ()
    return queries.similar_venues(db.session(), form.name.data, form.kommun_code.data, form.kind)

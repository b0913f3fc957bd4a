"""Editions: set up, copied from the last one, opened, published, archived. The county's coordinators only."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.audit.queries import history_of
from planner.coordination.forms import EditionForm, edition_form
from planner.coordination.history import told_of_edition
from planner.coordination.views.blueprint import blueprint, whole_edition
from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotFound, StaleVersion
from planner.core.text import N_, slugify
from planner.editions import actions, rules
from planner.editions.fields import EditionFields
from planner.editions.models import Edition
from planner.editions.queries import all_editions, all_themes, edition_with_all
from planner.organisations.login import current_actor
from planner.web.access import Level, access
from planner.web.database import db

Answered = str | Response | tuple[str, int]
STEPS = {"oppna": actions.open_edition, "publicera": actions.publish_edition, "arkivera": actions.archive_edition}
DONE = {
    "oppna": N_("Upplagan är öppen. Organisationer kan nu skicka in programpunkter."),
    "publicera": N_("Upplagan är publicerad. Alla kan nu läsa programmet."),
    "arkivera": N_("Upplagan är arkiverad. Programmet finns kvar att läsa."),
}


@blueprint.get("/upplagor")
@access(Level.COUNTY_COORDINATOR)
def editions() -> str:
    """Every edition, newest first."""
    return render_template("coordination/editions.html", editions=all_editions(db.session()))


@blueprint.get("/upplagor/ny")
@access(Level.COUNTY_COORDINATOR)
def new_edition() -> str:
    """The form for a new edition: a copy of the last one if there is any."""
    source = _source()
    form = _new_form(source)
    return render_template("coordination/edition_new.html", form=form, source=source)


@blueprint.post("/upplagor/ny")
@access(Level.COUNTY_COORDINATOR)
def create_edition() -> Answered:
    """Set up a new edition."""
    form = edition_form(None, all_themes(db.session()))
    if not form.validate():
        return render_template("coordination/edition_new.html", form=form, source=_source()), 422
    try:
        edition = actions.create_edition(db.session(), _fields(form), actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        db.session.rollback()
        form.add_problems(invalid.problems, {"slug": "name"})
        return render_template("coordination/edition_new.html", form=form, source=_source()), 422
    db.session.commit()
    flash(_("Upplagan är skapad. Öppna den när organisationerna ska kunna skicka in."))
    return redirect(url_for("coordination.edition", slug=edition.slug))


@blueprint.get("/upplagor/<slug>")
@access(Level.COUNTY_COORDINATOR)
def edition(slug: str) -> str:
    """An edition: what it says, what it lacks, which step comes next."""
    return _render(whole_edition(slug))


@blueprint.get("/upplagor/<slug>/redigera")
@access(Level.COUNTY_COORDINATOR)
def edit_edition(slug: str) -> str:
    """The form for an edition."""
    chosen = whole_edition(slug)
    form = edition_form(chosen, all_themes(db.session()))
    return render_template("coordination/edition_edit.html", edition=chosen, form=form)


@blueprint.post("/upplagor/<slug>/redigera")
@access(Level.COUNTY_COORDINATOR)
def update_edition(slug: str) -> Answered:
    """Save an edition."""
    chosen = whole_edition(slug)
    form = edition_form(chosen, all_themes(db.session()))
    if not form.validate():
        return render_template("coordination/edition_edit.html", edition=chosen, form=form), 422
    try:
        actions.change_edition(
            db.session(),
            chosen,
            _fields(form, chosen),
            expected_version=form.expected_version,
            actor=current_actor(),
            now=utc_now(),
        )
    except Invalid as invalid:
        db.session.rollback()
        form.add_problems(invalid.problems)
        return render_template("coordination/edition_edit.html", edition=whole_edition(slug), form=form), 422
    except StaleVersion:
        db.session.rollback()
        return _both_versions(form, whole_edition(slug))
    db.session.commit()
    flash(_("Upplagan är sparad."))
    return redirect(url_for("coordination.edition", slug=chosen.slug))


@blueprint.get("/upplagor/<slug>/<any(oppna, publicera, arkivera):step>")
@access(Level.COUNTY_COORDINATOR)
def confirm_step(slug: str, step: str) -> str:
    """What the step means, what is missing, and a button."""
    chosen = whole_edition(slug)
    return render_template("coordination/edition_step.html", edition=chosen, step=step, missing=_missing(chosen, step))


@blueprint.post("/upplagor/<slug>/<any(oppna, publicera, arkivera):step>")
@access(Level.COUNTY_COORDINATOR)
def take_step(slug: str, step: str) -> Answered:
    """Open, publish or archive."""
    chosen = whole_edition(slug)
    try:
        STEPS[step](db.session(), chosen, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        db.session.rollback()
        chosen = whole_edition(slug)
        page = render_template("coordination/edition_step.html", edition=chosen, step=step, missing=invalid.problems)
        return page, 422
    db.session.commit()
    flash(_(DONE[step]))
    return redirect(url_for("coordination.edition", slug=slug))


def _render(chosen: Edition) -> str:
    entries = history_of(db.session(), "edition", chosen.id)
    return render_template(
        "coordination/edition.html",
        edition=chosen,
        rules=rules,
        entries=[told_of_edition(entry, _) for entry in entries],
    )


def _missing(chosen: Edition, step: str) -> list[object]:
    missing = {"oppna": rules.missing_for_opening_edition, "publicera": rules.missing_for_publishing_edition}
    return list(missing[step](chosen)) if step in missing else []


def _source() -> Edition | None:
    """The edition to copy: the one that the address names, else the newest."""
    wanted = request.args.get("fran", "")
    newest = next(iter(all_editions(db.session())), None)
    slug = wanted or (newest.slug if newest else "")
    found = edition_with_all(db.session(), slug) if slug else None
    if wanted and found is None:
        raise NotFound
    return found


def _new_form(source: Edition | None) -> EditionForm:
    """The last edition's texts, themes and criteria without its name and days; the defaults if there is none."""
    form = edition_form(source, all_themes(db.session()), with_defaults=source is None)
    for field in (form.name, form.first_day, form.last_day, form.submit_by, form.print_by, form.number_prefix):
        field.data = None if field.data is None or field.name.endswith(("day", "by")) else ""
    return form


def _both_versions(form: EditionForm, chosen: Edition) -> Answered:
    """What is saved now beside what was typed, since another coordinator saved in between."""
    saved = edition_form(chosen, all_themes(db.session()), formdata=None)
    saved.offer_spare_criteria()
    versions = form.merge(saved, chosen.version)
    return render_template("coordination/edition_edit.html", edition=chosen, form=form, versions=versions), 409


def _fields(form: EditionForm, present: Edition | None = None) -> EditionFields:
    """What was typed, with the themes that were ticked, those of before in their order, and the new ones."""
    places = {row.theme_id: row.position for row in present.themes} if present else {}
    ticked = [theme for theme in all_themes(db.session()) if theme.id in (form.themes.data or ())]
    ticked.sort(key=lambda theme: places.get(theme.id, len(places)))
    added = [actions.ensure_theme(db.session(), slugify(name), name) for name in form.theme_names()]
    return {**form.fields(), "themes": [*ticked, *added]}

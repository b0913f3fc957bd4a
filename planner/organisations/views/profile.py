"""What an organisation says of itself, and where it stands."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from planner.accounts.queries import coordinators_for
from planner.core.clock import utc_now
from planner.core.errors import Invalid, StaleVersion
from planner.data.kommuner import COUNTY_CODE
from planner.organisations import actions, rules
from planner.organisations.forms import ClaimedProfileForm, ProfileForm
from planner.organisations.login import current_actor
from planner.organisations.models import Organisation
from planner.organisations.views.routes import Answered, blueprint, organisation_at, own_organisation, tell_problems
from planner.web.access import Level, access, require
from planner.web.database import db


@blueprint.get("/organisationer/<slug>")
@access(Level.SIGNED_IN)
def show(slug: str) -> Answered:
    """Where the organisation stands, what it says of itself, who coordinates it."""
    organisation, actor = own_organisation(slug), current_actor()
    if organisation.slug != slug:
        return redirect(url_for("organisations.show", slug=organisation.slug), 301)
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        details=actions.stated_details(organisation),
        coordinators=coordinators_for(db.session(), organisation.kommun_code),
        may_edit=rules.may_edit_organisation(actor, organisation),
        may_ask_again=rules.may_ask_again(actor, organisation),
        is_involved=rules.is_involved(actor, organisation),
    )


@blueprint.get("/organisationer/<slug>/andra")
@access(Level.SIGNED_IN)
def edit(slug: str) -> Answered:
    """The form with what is stated now."""
    organisation = organisation_at(slug)
    require(rules.may_edit_organisation(current_actor(), organisation))
    form = _saved(organisation)
    form.remember(organisation.version)
    return render_template("organisations/edit.html", form=form, organisation=organisation)


@blueprint.post("/organisationer/<slug>/andra")
@access(Level.SIGNED_IN)
def update(slug: str) -> Answered:
    """Save what is stated, unless somebody else has saved in between: then both are shown."""
    organisation = organisation_at(slug)
    require(rules.may_edit_organisation(current_actor(), organisation))
    form, actor, now = _form_for(organisation), current_actor(), utc_now()
    try:
        if form.validate():
            stated, version = form.stated(), form.expected_version
            actions.change_organisation(
                db.session(), organisation, stated, expected_version=version, actor=actor, now=now
            )
            db.session.commit()
            flash(_("Uppgifterna är sparade."))
            return redirect(url_for("organisations.show", slug=organisation.slug), 303)
    except Invalid as refusal:
        form.add_problems(refusal.problems)
    except StaleVersion:
        db.session.rollback()
        return _both_versions(form, organisation_at(slug))
    return render_template("organisations/edit.html", form=form, organisation=organisation), 422


@blueprint.post("/organisationer/<slug>/be-om-ny-kontroll")
@access(Level.SIGNED_IN)
def ask_again(slug: str) -> Answered:
    """Ask to be verified once more."""
    organisation = organisation_at(slug)
    try:
        actions.ask_again(db.session(), organisation, actor=current_actor(), now=utc_now())
    except Invalid as refusal:
        tell_problems(refusal)
    else:
        db.session.commit()
        flash(_("En samordnare kontrollerar uppgifterna igen. Ni får ett brev när det är klart."))
    return redirect(url_for("organisations.show", slug=organisation.slug), 303)


def _form_for(organisation: Organisation, **values: object) -> ProfileForm:
    may_rename = rules.may_rename_organisation(current_actor(), organisation)
    return ProfileForm(**values) if may_rename else ClaimedProfileForm(**values)


def _saved(organisation: Organisation) -> ProfileForm:
    """The form with what is saved now."""
    details = actions.stated_details(organisation)
    return _form_for(organisation, formdata=None, **{**details, "kommun_code": details["kommun_code"] or COUNTY_CODE})


def _both_versions(form: ProfileForm, organisation: Organisation) -> Answered:
    """What is saved now beside what was typed, since somebody else saved in between."""
    versions = form.merge(_saved(organisation), organisation.version)
    return render_template("organisations/edit.html", form=form, organisation=organisation, versions=versions), 409

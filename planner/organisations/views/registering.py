"""How an organisation comes in: first look in the register, then claim it, ask to be let in, or register a new one."""

from urllib.parse import quote

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from planner.accounts.queries import coordinators_for
from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotAllowed
from planner.core.text import clean_line
from planner.organisations import actions, queries, rules
from planner.organisations.forms import ClaimForm, RegisterForm
from planner.organisations.login import current_actor
from planner.organisations.views.routes import Answered, blueprint, organisation_at, per_person
from planner.web.access import Level, access, require
from planner.web.database import db
from planner.web.language import local
from planner.web.limits import limiter


@blueprint.get("/organisationer")
@access(Level.SIGNED_IN)
def index() -> Answered:
    """The organisations that one works for, and the invitations that wait for an answer."""
    actor, session, now = current_actor(), db.session(), utc_now()
    invitations = queries.invitations_for(session, actor.email)
    return render_template(
        "organisations/index.html",
        memberships=queries.memberships_of(session, actor.id or 0),
        claims=queries.claims_of(session, actor.id or 0),
        invitations=[invitation for invitation in invitations if rules.is_open_invitation(invitation, now)],
    )


@blueprint.get("/organisationer/ny")
@access(Level.SIGNED_IN)
def new() -> Answered:
    """Look in the register first: most organisations of the county are there already."""
    name = clean_line(request.args.get("namn", ""))[:160]
    found = queries.search_organisations(db.session(), name)
    return render_template("organisations/new.html", name=name, found=found, actor=current_actor(), rules=rules)


@blueprint.get("/organisationer/ny/uppgifter")
@access(Level.SIGNED_IN)
def new_details() -> Answered:
    """The form for one that is not in the register."""
    form = RegisterForm(
        formdata=None,
        name=clean_line(request.args.get("namn", ""))[:160],
        responsible_name=current_actor().name,
        inbjudan=request.args.get("inbjudan", ""),
    )
    return render_template("organisations/new_details.html", form=form, taken=None)


@blueprint.post("/organisationer/ny/uppgifter")
@access(Level.SIGNED_IN)
@limiter.limit("20 per day", key_func=per_person)
def create() -> Answered:
    """Register it; it can work with drafts at once. Who came from an invitation goes back to answer it."""
    form = RegisterForm()
    if not form.validate():
        return render_template("organisations/new_details.html", form=form, taken=None), 422
    try:
        organisation = actions.register_organisation(
            db.session(),
            form.stated(),
            accepts_terms=form.accepts_terms.data,
            actor=current_actor(),
            now=utc_now(),
            invitation=form.inbjudan.data,
        )
    except Invalid as refusal:
        form.add_problems(refusal.problems)
        taken = queries.organisation_by_name(db.session(), form.name.data)
        return render_template("organisations/new_details.html", form=form, taken=taken), 422
    db.session.commit()
    if form.inbjudan.data:
        flash(_("%(name)s är registrerad. Nu kan ni svara på inbjudan.", name=organisation.name))
        return redirect(local(f"/svar/{quote(form.inbjudan.data, safe='')}"), 303)
    flash(_("%(name)s är registrerad. Ni kan börja med era programpunkter direkt.", name=organisation.name))
    return redirect(url_for("organisations.show", slug=organisation.slug), 303)


@blueprint.get("/organisationer/<slug>/det-ar-vi")
@access(Level.SIGNED_IN)
def new_claim(slug: str) -> Answered:
    """The form for one that is in the register and that nobody has claimed."""
    organisation = organisation_at(slug)
    if not rules.may_claim_organisation(current_actor(), organisation):
        return redirect(url_for("organisations.join", slug=organisation.slug), 303)
    form = ClaimForm(
        formdata=None,
        website=organisation.website,
        about=organisation.about,
        responsible_name=current_actor().name,
        inbjudan=request.args.get("inbjudan", ""),
    )
    return render_template("organisations/claim.html", form=form, organisation=organisation)


@blueprint.post("/organisationer/<slug>/det-ar-vi")
@access(Level.SIGNED_IN)
@limiter.limit("20 per day", key_func=per_person)
def claim(slug: str) -> Answered:
    """Say that it is one's own; a coordinator checks that before anything of it changes in public."""
    organisation, form = organisation_at(slug), ClaimForm()
    if not form.validate():
        return render_template("organisations/claim.html", form=form, organisation=organisation), 422
    try:
        actions.claim_organisation(
            db.session(),
            organisation,
            form.stated(),
            accepts_terms=form.accepts_terms.data,
            actor=current_actor(),
            now=utc_now(),
            invitation=form.inbjudan.data,
        )
    except NotAllowed:
        db.session.rollback()
        return redirect(url_for("organisations.join", slug=organisation.slug), 303)
    except Invalid as refusal:
        form.add_problems(refusal.problems)
        return render_template("organisations/claim.html", form=form, organisation=organisation), 422
    db.session.commit()
    flash(_("Tack! En samordnare kontrollerar nu att ni företräder %(name)s.", name=organisation.name))
    if form.inbjudan.data:
        flash(_("Ni kan svara på inbjudan så snart det är klart. Den väntar då i er arbetsyta."))
    return redirect(url_for("organisations.show", slug=organisation.slug), 303)


@blueprint.get("/organisationer/<slug>/bli-medlem")
@access(Level.SIGNED_IN)
def join(slug: str) -> Answered:
    """How one becomes a member of an organisation that others run, without learning who they are."""
    organisation, actor = organisation_at(slug), current_actor()
    if rules.may_see_organisation(actor, organisation):
        return redirect(url_for("organisations.show", slug=organisation.slug), 303)
    return render_template(
        "organisations/join.html",
        organisation=organisation,
        may_ask=rules.may_ask_to_join(actor, organisation),
        coordinators=coordinators_for(db.session(), organisation.kommun_code),
    )


@blueprint.post("/organisationer/<slug>/bli-medlem")
@access(Level.SIGNED_IN)
@limiter.limit("5 per day", key_func=per_person)
def ask_to_join(slug: str) -> Answered:
    """Tell the administrators that one wants to become a member."""
    organisation, actor = organisation_at(slug), current_actor()
    require(rules.may_ask_to_join(actor, organisation))
    actions.ask_to_join(db.session(), organisation, actor=actor, now=utc_now())
    db.session.commit()
    flash(_("Vi har skickat din fråga till administratörerna för %(name)s.", name=organisation.name))
    return redirect(url_for("organisations.index"), 303)

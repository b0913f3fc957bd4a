"""Who coordinates the county and its kommuner. The county's coordinators only."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.accounts.actions import grant_coordinator, revoke_coordinator
from planner.accounts.models import CoordinatorRole
from planner.accounts.queries import coordinator_roles, user_by_email
from planner.coordination.forms import CoordinatorForm
from planner.coordination.views.blueprint import blueprint
from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotFound
from planner.data.kommuner import COUNTY_CODE, kommuner
from planner.organisations.login import current_actor
from planner.web.access import Level, access
from planner.web.database import db

Answered = str | Response | tuple[str, int]


@blueprint.get("/samordnare")
@access(Level.COUNTY_COORDINATOR)
def coordinators() -> str:
    """Everybody who coordinates, the kommuner without anybody, and the form."""
    return _render(CoordinatorForm(formdata=None))


@blueprint.post("/samordnare")
@access(Level.COUNTY_COORDINATOR)
def grant() -> Answered:
    """Make somebody coordinator."""
    form = CoordinatorForm()
    if not form.validate():
        return _render(form), 422
    user = user_by_email(db.session(), form.email.data)
    if user is None:
        message = _("Ingen har ett konto med den adressen. Be personen logga in en gång först.")
        form.add_error("email", message)
        return _render(form), 422
    try:
        grant_coordinator(db.session(), user, _code(str(form.kommun.data)), actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render(form), 422
    db.session.commit()
    flash(_("%(name)s är nu samordnare och har fått ett brev.", name=user.name))
    return redirect(url_for("coordination.coordinators"))


@blueprint.get("/samordnare/<int:role_id>/avsluta")
@access(Level.COUNTY_COORDINATOR)
def confirm_revoke(role_id: int) -> str:
    """Ask before a role ends."""
    return render_template("coordination/coordinator_revoke.html", role=_role(role_id), problems=())


@blueprint.post("/samordnare/<int:role_id>/avsluta")
@access(Level.COUNTY_COORDINATOR)
def revoke(role_id: int) -> Answered:
    """End somebody's role."""
    role = _role(role_id)
    try:
        revoke_coordinator(db.session(), role.user, role.kommun_code, actor=current_actor(), now=utc_now())
    except Invalid as invalid:
        page = render_template("coordination/coordinator_revoke.html", role=role, problems=invalid.problems)
        return page, 422
    db.session.commit()
    flash(_("%(name)s är inte längre samordnare där.", name=role.user.name))
    return redirect(url_for("coordination.coordinators"))


def _role(role_id: int) -> CoordinatorRole:
    found = next((role for role in coordinator_roles(db.session()) if role.id == role_id), None)
    if found is None:
        raise NotFound
    return found


def _code(choice: str) -> str | None:
    return None if choice == COUNTY_CODE else choice


def _render(form: CoordinatorForm) -> str:
    roles = coordinator_roles(db.session())
    covered = {role.kommun_code for role in roles}
    return render_template(
        "coordination/coordinators.html",
        roles=roles,
        form=form,
        uncovered=[kommun for code, kommun in kommuner().items() if code not in covered],
    )

"""The blueprint that the views hang on, and how they find what they are asked for."""

from flask import Blueprint, flash
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.core.errors import Invalid, NotFound
from planner.organisations.login import current_actor
from planner.organisations.models import Membership, Organisation
from planner.organisations.queries import member_by_id, organisation_by_slug
from planner.organisations.rules import may_manage_members, may_see_organisation
from planner.web.access import require
from planner.web.database import db

blueprint = Blueprint("organisations", __name__, url_prefix="/arbetsyta")

Answered = str | Response | tuple[str, int]


def per_person() -> str:
    """Limits count what a person does, not what a whole kommun does behind one address."""
    return f"person-{current_actor().id}"


def organisation_at(slug: str) -> Organisation:
    """The organisation with this address, or that once had it; anybody may know that it exists."""
    organisation = organisation_by_slug(db.session(), slug)
    if organisation is None:
        raise NotFound
    return organisation


def own_organisation(slug: str) -> Organisation:
    """The organisation, for those who may see its pages."""
    organisation = organisation_at(slug)
    require(may_see_organisation(current_actor(), organisation))
    return organisation


def managed_member(slug: str, membership_id: int) -> tuple[Organisation, Membership]:
    """A member of the organisation, for those who manage its members."""
    organisation = organisation_at(slug)
    require(may_manage_members(current_actor(), organisation))
    membership = member_by_id(db.session(), organisation, membership_id)
    if membership is None:
        raise NotFound
    return organisation, membership


def tell_problems(refusal: Invalid) -> None:
    """Say on the next page what a single button could not do."""
    db.session.rollback()
    for problem in refusal.problems:
        flash(gettext(problem.message, **problem.values), "error")

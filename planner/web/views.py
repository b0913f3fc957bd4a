"""The page where a form that came too late waits for the person who typed it."""

from flask import Blueprint, render_template

from planner.core.clock import utc_now
from planner.core.errors import NotFound
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.keeping import kept_form

blueprint = Blueprint("kept", __name__)

TECHNICAL = ("version", "base", "form_key", "next", "token", "do", "vidare")


@blueprint.get("/arbetsyta/kvar/<token>")
@access(Level.SIGNED_IN)
def show(token: str) -> str:
    """What was typed, with a button that sends it again to where it was going."""
    kept = kept_form(db.session(), token, now=utc_now())
    if kept is None:
        raise NotFound
    shown = [value for name, value in kept.fields if name not in TECHNICAL and _is_prose(value)]
    return render_template("kept/show.html", kept=kept, shown=shown)


def _is_prose(value: str) -> bool:
    """Whether a person wrote it, rather than chose it in a list."""
    return " " in value.strip() or value != value.lower()

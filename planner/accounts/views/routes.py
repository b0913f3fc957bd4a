"""The blueprint that the views hang on, and where they lead on to."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.accounts.login import has_just_signed_in
from planner.core.addresses import is_local_path

blueprint = Blueprint("accounts", __name__, url_prefix="/konto")

Answered = str | Response | tuple[str, int]

WORKSPACE = "/arbetsyta"
MY_ORGANISATIONS = "/arbetsyta/organisationer"
REGISTER = "/arbetsyta/organisationer/ny"


def onward(path: str, otherwise: str = WORKSPACE) -> Response:
    """Lead on to a path of ours, in the language of this page; never to anybody else's."""
    path = path if is_local_path(path) else otherwise
    root = request.script_root
    return redirect(path if root and path.startswith(f"{root}/") else f"{root}{path}", 303)


def sign_in_again(then: str = "") -> Response | None:
    """Where to go first before one changes how one gets in, unless one has just shown who one is."""
    if has_just_signed_in():
        return None
    return redirect(url_for("accounts.sign_in", nasta=then or request.path, igen=1), 303)


def dead_link() -> Answered:
    """The page for a link that is used, too old, or never was: the same for all three."""
    return render_template("accounts/dead_link.html"), 404

"""The one cookie of Mitt program: it holds the programme's token, if the person asks this browser to remember it.

It reaches no address but those of Mitt program, once in each language (so it has no ``__Host-`` before its name, which
would send it everywhere), and decides nothing: every change is made at an address that holds the token itself.
"""

from datetime import timedelta

from flask import current_app, request
from werkzeug.wrappers import Response

from planner.programmes.models import Programme
from planner.programmes.queries import programme_by_token
from planner.web.database import db
from planner.web.language import LANGUAGES, plain, prefix_of

KEPT = timedelta(days=395)
"""Thirteen months. Browsers keep no cookie longer than 400 days."""


def remembered_token() -> str:
    """The token that this browser has been asked to remember, or ""."""
    return request.cookies.get(current_app.config["PROGRAMME_COOKIE"], "")


def remembered_programme() -> Programme | None:
    """The programme that this browser has been asked to remember, if it is still there."""
    return programme_by_token(db.session(), remembered_token())


def remember(response: Response, token: str) -> Response:
    """Ask the browser to remember a programme."""
    for path in _paths():
        response.set_cookie(
            current_app.config["PROGRAMME_COOKIE"],
            token,
            max_age=KEPT,
            path=path,
            secure=current_app.config["PRODUCTION"],
            httponly=True,
            samesite="Lax",
        )
    return response


def forget(response: Response) -> Response:
    """Ask the browser to remember none."""
    for path in _paths():
        response.delete_cookie(
            current_app.config["PROGRAMME_COOKIE"],
            path=path,
            secure=current_app.config["PRODUCTION"],
            httponly=True,
            samesite="Lax",
        )
    return response


def _paths() -> list[str]:
    """The pages of Mitt program in each language."""
    return [plain(f"{prefix_of(code)}/mitt-program") for code in LANGUAGES]

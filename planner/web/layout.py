"""What the layouts know: who is here, which page it is, and the messages left by the page before.

A page that anyone may enter is the same for everybody (``Level.ANYONE``): it never asks for the session, so it sets
no cookie and can be cached.
"""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, get_flashed_messages, has_request_context, request
from jinja2 import StrictUndefined

from planner.web.access import ActingPerson
from planner.web.visits import is_without_session


@dataclass(frozen=True)
class Visitor:
    """Somebody of whom nothing is asked."""

    name: str = ""
    is_signed_in: bool = False
    is_member: bool = False
    is_coordinator: bool = False
    is_county_coordinator: bool = False


def init_app(app: Flask) -> None:
    """Give every template the layout's words. An undefined name in a template is an error."""
    app.jinja_options = {**app.jinja_options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.globals["is_here"] = is_here
    app.context_processor(_words)


def is_here(path: str) -> str:
    """ "page" if this is the page at that path, "section" if it lies below it, else "" (for aria-current)."""
    if request.path == path:
        return "page"
    return "section" if request.path.startswith(f"{path}/") else ""


def _words() -> dict[str, Any]:
    if not has_request_context():
        return {}
    return {"acting": _acting(), "flashed_messages": _flashed_messages()}


def _has_session() -> bool:
    # An error page may come of a broken session or a broken database: it asks neither.
    if is_without_session() or g.get("is_error_page", False):
        return False
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def _acting() -> ActingPerson:
    if not _has_session():
        return Visitor()
    person: ActingPerson = current_app.extensions["planner.who_acts"]()
    return person


def _flashed_messages() -> list[tuple[str, str]]:
    if not _has_session():
        return []
    messages: list[tuple[str, str]] = get_flashed_messages(with_categories=True)  # type: ignore[assignment]
    return messages

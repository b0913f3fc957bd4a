"""Who may enter: every route says it where it stands, and a test walks the URL map to prove it.

``@access(Level.…)`` decides only who may come in at all. What one may do with the thing behind the door is decided in
the ``rules`` of its feature, object by object, through ``require``.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from flask import Flask, current_app, redirect, request, url_for

from planner.core.errors import NotAllowed
from planner.web.keeping import keep_this_form

P = ParamSpec("P")
R = TypeVar("R")


class Level(StrEnum):
    """Who may enter a route."""

    ANYONE = "anyone"
    """Every visitor, without session: the answer is the same for everybody."""
    VISITOR = "visitor"
    """Every visitor, but the answer belongs to this visit: signing in, registering, forms with CSRF."""
    LETTER = "letter"
    """Whoever holds the secret address from a letter."""
    HOLDER = "holder"
    """Whoever holds a secret address of their own, or comes for one, without account and without session."""
    SIGNED_IN = "signed_in"
    MEMBER = "member"
    """A member of at least one organisation."""
    COORDINATOR = "coordinator"
    """A coordinator of the county or of some kommun."""
    COUNTY_COORDINATOR = "county_coordinator"


class ActingPerson(Protocol):
    """What the door needs to know of who knocks."""

    @property
    def is_signed_in(self) -> bool: ...
    @property
    def is_member(self) -> bool: ...
    @property
    def is_coordinator(self) -> bool: ...
    @property
    def is_county_coordinator(self) -> bool: ...


def init_app(app: Flask, who_acts: Callable[[], ActingPerson]) -> None:
    """Tell the doors how to find out who knocks."""
    app.extensions["planner.who_acts"] = who_acts


def access(level: Level) -> Callable[[Callable[P, R]], Callable[P, Any]]:
    """Declare who may enter a view. Others are sent to sign in, or refused with 403 when they have."""

    def declare(view: Callable[P, R]) -> Callable[P, Any]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
            if level in (Level.ANYONE, Level.VISITOR, Level.LETTER, Level.HOLDER):
                return view(*args, **kwargs)
            person: ActingPerson = current_app.extensions["planner.who_acts"]()
            if not person.is_signed_in:
                back = keep_this_form() if request.method == "POST" else request.full_path.rstrip("?")
                return redirect(url_for("accounts.sign_in", nasta=back or None), 303)
            require(_may_enter(level, person))
            return view(*args, **kwargs)

        guarded.access = level  # type: ignore[attr-defined]
        return guarded

    return declare


def require(allowed: bool) -> None:
    """Go on only if a rule said yes.

    Raises:
        NotAllowed: answered with 403.
    """
    if not allowed:
        raise NotAllowed


def _may_enter(level: Level, person: ActingPerson) -> bool:
    return {
        Level.SIGNED_IN: person.is_signed_in,
        Level.MEMBER: person.is_member or person.is_coordinator,
        Level.COORDINATOR: person.is_coordinator,
        Level.COUNTY_COORDINATOR: person.is_county_coordinator,
    }[level]

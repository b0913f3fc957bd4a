"""The session belongs to visits that need one: signing in, forms, working.

A page for everybody has none, and neither has one that is opened by a secret address of the visitor's own.
"""

from flask import Flask, Response, current_app, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from planner.web.access import Level


class VisitSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, except that a page without session neither sets it nor varies by it.

    Flask-Login looks into the session at the end of every answer, which would otherwise mark every page of the site,
    and every feed, as different for each visitor.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not is_without_session():
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    """Keep sessions in signed cookies, away from public pages."""
    app.session_interface = VisitSessions()


def is_for_everybody() -> bool:
    """Whether the address asked for belongs to no visit in particular (``Level.ANYONE``, or no page at all)."""
    return _level() is Level.ANYONE


def is_without_session() -> bool:
    """Whether no session is read or set: nobody in particular, or whoever holds a secret address of their own."""
    return _level() in (Level.ANYONE, Level.HOLDER)


def is_for_a_holder() -> bool:
    """Whether the address asked for may be a secret of the visitor's own."""
    return _level() is Level.HOLDER


def _level() -> Level:
    view = current_app.view_functions.get(request.endpoint or "")
    level: Level = getattr(view, "access", Level.ANYONE)
    return level

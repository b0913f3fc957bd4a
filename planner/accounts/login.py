"""Flask-Login, kept behind this one module."""

from flask import Flask
from flask_login import LoginManager, UserMixin

from planner.accounts.queries import user_by_session_key
from planner.web.database import db

login_manager = LoginManager()


class SignedInUser(UserMixin):  # type: ignore[misc]
    """What Flask-Login keeps: the session key, which a new sign-out everywhere replaces, never the user's id."""

    def __init__(self, user_id: int, session_key: str) -> None:
        self.id = user_id
        self.session_key = session_key

    def get_id(self) -> str:
        return self.session_key


def init_app(app: Flask) -> None:
    """Let Flask-Login find the person of a session."""
    login_manager.init_app(app)
    login_manager.user_loader(_load)


def _load(session_key: str) -> SignedInUser | None:
    user = user_by_session_key(db.session(), session_key)
    return SignedInUser(user.id, user.session_key) if user else None

"""Flask-Login and the session of a signed-in person, kept behind this one module."""

from datetime import datetime, timedelta

from flask import Flask, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from planner.accounts.models import User
from planner.accounts.queries import user_by_session_key
from planner.accounts.rules import is_recent
from planner.core.clock import utc_now
from planner.core.errors import NotAllowed
from planner.web.database import db

STAYS = timedelta(days=14)
SIGNED_IN_AT = "signed_in_at"

login_manager = LoginManager()
# Telephones change networks all day; what a session is worth is decided by its key alone.
login_manager.session_protection = None


class SignedInUser(UserMixin):  # type: ignore[misc]
    """What Flask-Login keeps: the session key, which a new sign-out everywhere replaces, never the user's id."""

    def __init__(self, user_id: int, session_key: str) -> None:
        self.id = user_id
        self.session_key = session_key

    def get_id(self) -> str:
        return self.session_key


def init_app(app: Flask) -> None:
    """Let Flask-Login find the person of a session. A session ends after a fortnight, however busy it is."""
    app.config["PERMANENT_SESSION_LIFETIME"] = STAYS
    # Renewing the cookie at every request would set one on public pages too, which everybody shares.
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    login_manager.init_app(app)
    login_manager.user_loader(_load)


def begin_session(user: User, *, stay: bool = False) -> None:
    """Sign the person in with a session of its own: nothing of the visitor's is carried over.

    Without ``stay`` the session ends when the browser is closed: the right thing on a library's computer.
    """
    session.clear()
    session[SIGNED_IN_AT] = utc_now().isoformat()
    session.permanent = stay
    login_user(SignedInUser(user.id, user.session_key))


def end_session() -> None:
    """Sign the person out here."""
    logout_user()
    session.clear()


def renew_session(user: User) -> None:
    """Stay signed in here after every session of the person has been ended. It proves nothing anew."""
    signed_in_at = session.get(SIGNED_IN_AT)
    begin_session(user, stay=session.permanent)
    session[SIGNED_IN_AT] = signed_in_at


def signed_in_user() -> User:
    """The person of this request.

    Raises:
        NotAllowed: nobody is signed in.
    """
    user = db.session.get(User, current_user.id) if current_user.is_authenticated else None
    if user is None:
        raise NotAllowed
    return user


def has_just_signed_in() -> bool:
    """Whether the person showed lately enough who they are to change how they get in."""
    stored = session.get(SIGNED_IN_AT)
    return is_recent(datetime.fromisoformat(stored) if stored else None, utc_now())


def _load(session_key: str) -> SignedInUser | None:
    user = user_by_session_key(db.session(), session_key)
    return SignedInUser(user.id, user.session_key) if user else None

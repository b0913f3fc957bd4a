"""The test client: a browser without JavaScript that has loaded the form before it posts it."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from planner.accounts.login import SIGNED_IN_AT
from planner.accounts.models import User
from planner.core.clock import utc_now
from planner.web.answers import UNPACK
from tests.inspection import inspect_page


def session_of(user: User) -> dict[str, Any]:
    """What the session of somebody holds who has signed in just now."""
    return {"_user_id": user.session_key, "_fresh": True, SIGNED_IN_AT: utc_now().isoformat()}


def cookie_of(app: Flask, user: User) -> tuple[str, str]:
    """Name and value of the cookie of somebody who has signed in, for a browser of another kind."""
    signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return app.config["SESSION_COOKIE_NAME"], signer.dumps(session_of(user))


A_VISIT = "/konto"
"""Pages for everybody have no session (planner.web.visits), so cookies are looked at from this one."""


class Browser(FlaskClient):
    """Sends the CSRF token as the form would, and inspects every page that it is given.

    What the test has written is there for the application to read, and what the application writes is there for
    the test: both sessions stand on the same connection.
    """

    test_session: Session

    def open(self, *args: Any, **options: Any) -> TestResponse:
        """Make one request."""
        if options.get("method") == "POST":
            options["headers"] = {**self.form_headers(), **dict(options.get("headers") or {})}
        self.test_session.commit()
        response = super().open(*args, **options)
        self.test_session.expire_all()
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400 and response.data:
            inspect_page(_plain(response).decode())
        return response

    def sign_in(self, user: User) -> None:
        """Be this person from now on."""
        with self.session_transaction(A_VISIT) as cookie:
            cookie.update(session_of(user))

    def form_headers(self) -> dict[str, str]:
        """What is sent along with every form."""
        return {"X-CSRFToken": self._csrf_token()}

    def _csrf_token(self) -> str:
        with self.session_transaction(A_VISIT) as cookie, self.application.test_request_context() as context:
            context.session.update(cookie)
            token: str = generate_csrf()
            cookie["csrf_token"] = context.session["csrf_token"]
        return token


def _plain(response: TestResponse) -> bytes:
    encoding = response.headers.get("Content-Encoding", "")
    return UNPACK[encoding](response.data) if encoding else response.data

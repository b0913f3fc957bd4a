"""The Demokrativeckan planner. ``create_app`` reads as a table of contents."""

from typing import Any

from flask import Flask

from planner import config
from planner.accounts import login as accounts_login
from planner.organisations.login import current_actor
from planner.web import access, database


def create_app(overrides: dict[str, Any] | None = None) -> Flask:
    """The application, configured from the environment; ``overrides`` are for tests."""
    app = Flask("planner", template_folder="../templates", static_folder="../static")
    app.config.from_mapping(config.settings())
    app.config.update(overrides or {})

    database.init_app(app, app.config["SITE"])
    accounts_login.init_app(app)
    access.init_app(app, current_actor)
    return app

"""The Demokrativeckan planner. ``create_app`` reads as a table of contents."""

import os
from collections.abc import Mapping

from flask import Flask

from planner import config
from planner.accounts import login as accounts_login
from planner.organisations.login import current_actor
from planner.web import access, database


def create_app(environment: Mapping[str, str] = os.environ) -> Flask:
    """The application, configured from the environment."""
    app = Flask("planner", template_folder="../templates", static_folder="../static")
    app.config.from_mapping(config.settings(environment))

    database.init_app(app, app.config["SITE"])
    accounts_login.init_app(app)
    access.init_app(app, current_actor)
    return app

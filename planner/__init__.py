"""The Demokrativeckan planner. ``create_app`` reads as a table of contents."""

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask

from planner import background, commands, config
from planner.accounts import commands as accounts_commands
from planner.accounts import login as accounts_login
from planner.accounts.views import blueprint as accounts
from planner.browse.views import blueprint as browse
from planner.coordination.views import blueprint as coordination
from planner.core import logs
from planner.editions.queries import site_revision
from planner.embed.views import blueprint as embed
from planner.embed.views import building
from planner.events import commands as events_commands
from planner.events import listeners as events_listeners
from planner.exchange import commands as exchange_commands
from planner.feeds import commands as feeds_commands
from planner.feeds import listeners as feeds_listeners
from planner.feeds.views import blueprint as feeds
from planner.feeds.views import previews
from planner.organisations import listeners as organisations_listeners
from planner.organisations.login import current_actor
from planner.organisations.views import blueprint as organisations
from planner.pages.views import blueprint as pages
from planner.programmes.views import blueprint as programmes
from planner.venues.views import blueprint as venues
from planner.web import (
    access,
    addresses,
    answer_cache,
    caching,
    canonical,
    database,
    errors,
    filters,
    forms,
    headers,
    language,
    layout,
    limits,
    marking,
    paging,
    private,
    proxies,
    request_log,
    shared_caches,
    static_files,
    titles,
    visits,
)
from planner.web.views import blueprint as kept
from planner.workspace.views import blueprint as workspace

ROOMS = (
    layout,
    visits,
    language,
    titles,
    canonical,
    static_files,
    filters,
    marking,
    paging,
    forms,
    headers,
    caching,
    private,
    errors,
)
BLUEPRINTS = (
    accounts,
    organisations,
    browse,
    building,
    coordination,
    embed,
    feeds,
    kept,
    pages,
    previews,
    programmes,
    venues,
    workspace,
)


def create_app(environment: Mapping[str, str] = os.environ) -> Flask:
    """The application, configured from the environment."""
    app = Flask("planner", template_folder="../templates", static_folder="../static")
    app.config.from_mapping(config.settings(environment))
    logs.configure(production=app.config["PRODUCTION"])

    carried: dict[str, Any] = {"site": app.config["SITE"]}
    sessions = database.init_app(app, carried)
    carried["queue"] = background.init_app(app, sessions)

    proxies.init_app(app, app.config["PROXIES"])
    request_log.init_app(app)
    limits.init_app(app)
    accounts_login.init_app(app)
    access.init_app(app, current_actor)
    addresses.init_app(app)
    for room in ROOMS:
        room.init_app(app)
    answer_cache.init_app(app, site_revision())
    shared_caches.init_app(app, app.config["PROXIES"])
    for door in (commands, accounts_commands, events_commands, exchange_commands, feeds_commands):
        door.init_app(app)
    organisations_listeners.connect()
    events_listeners.connect()
    feeds_listeners.connect()
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app

"""Who acts in this request."""

from flask import g
from flask_login import current_user

from planner.organisations.queries import actor_for
from planner.organisations.rules import NOBODY, Actor
from planner.web.database import db


def current_actor() -> Actor:
    """The signed-in person with what they may speak for, read once a request; ``NOBODY`` for a visitor."""
    if "actor" not in g:
        g.actor = actor_for(db.session(), current_user.id) if current_user.is_authenticated else NOBODY
    actor: Actor = g.actor
    return actor

"""What one can do with the feeds at the command line."""

import click
from flask import Flask
from flask.cli import with_appcontext

from planner.core.clock import utc_now
from planner.core.db import reading_only
from planner.events.actions.publication import AT_A_TIME
from planner.feeds.actions import outdated_events, render_anew
from planner.web.database import db


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(render_feeds)


@click.command("render-feeds")
@with_appcontext
def render_feeds() -> None:
    """Render every component of the feeds anew that has another public address or format than this installation's."""
    session = db.session()
    with reading_only():
        outdated = outdated_events(session)
        session.rollback()
    for start in range(0, len(outdated), AT_A_TIME):
        render_anew(session, outdated[start : start + AT_A_TIME], now=utc_now())
        # In portions, so that nobody who saves meanwhile waits for the whole programme.
        session.commit()
    if outdated:
        click.echo(f"Kalenderflöden: {len(outdated)} programpunkter är skrivna på nytt.")

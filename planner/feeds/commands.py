"""What one can do with the feeds at the command line."""

import click
from flask import Flask
from flask.cli import with_appcontext

from planner.events.actions.publication import AT_A_TIME
from planner.feeds.actions import outdated_events, render_anew
from planner.web.database import write_anew


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(render_feeds)


@click.command("render-feeds")
@with_appcontext
def render_feeds() -> None:
    """Render every component of the feeds anew that has another public address or format than this installation's."""
    written = write_anew(outdated_events, render_anew, at_a_time=AT_A_TIME)
    if written:
        click.echo(f"Kalenderflöden: {written} programpunkter är skrivna på nytt.")

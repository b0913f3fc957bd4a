"""What one can do with the events at the command line."""

import click
from flask import Flask
from flask.cli import with_appcontext

from planner.core.clock import utc_now
from planner.core.db import reading_only
from planner.events.actions.counting import count_where_needed
from planner.events.actions.publication import AT_A_TIME, show_all
from planner.events.actions.searchable import events_outdated
from planner.web.database import db


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(count_programme)
    app.cli.add_command(index_search)


@click.command("count-programme")
@with_appcontext
def count_programme() -> None:
    """Count the programmes that are not kept counted as they should be."""
    session = db.session()
    editions = count_where_needed(session)
    session.commit()
    if editions:
        click.echo(f"Programmet är räknat för {len(editions)} upplagor.")


@click.command("index-search")
@with_appcontext
def index_search() -> None:
    """Write the words that are searched anew where they are others than this version would write."""
    session = db.session()
    with reading_only():
        outdated = events_outdated(session)
        session.rollback()
    for start in range(0, len(outdated), AT_A_TIME):
        show_all(session, outdated[start : start + AT_A_TIME], now=utc_now())
        # In portions, so that nobody who saves meanwhile waits for the whole programme.
        session.commit()
    if outdated:
        click.echo(f"Sökning: {len(outdated)} programpunkter är skrivna på nytt.")

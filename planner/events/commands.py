"""What one can do with the events at the command line."""

import click
from flask import Flask
from flask.cli import with_appcontext

from planner.events.actions.counting import count_where_needed
from planner.events.actions.publication import AT_A_TIME, show_all
from planner.events.actions.searchable import events_outdated
from planner.web.database import db, write_anew


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
    written = write_anew(events_outdated, show_all, at_a_time=AT_A_TIME)
    if written:
        click.echo(f"Sökning: {written} programpunkter är skrivna på nytt.")

"""What one can tell the product at the command line, beside what each feature adds: ``flask --app wsgi …``."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import exists, select

from planner.background import EXTENSION
from planner.core.site import site_of
from planner.editions.models import Edition
from planner.jobs.queue import worker
from planner.web.database import db


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(prepare)
    app.cli.add_command(jobs)


@click.command()
@with_appcontext
def prepare() -> None:
    """Bring the database up to date; fill an empty one with the demonstration week; say where everything is."""
    upgrade()
    # Not whether there are tables: the demonstration of a first start that was interrupted is not there either.
    is_empty = not db.session.scalar(select(exists().select_from(Edition)))
    db.session.rollback()
    if is_empty and not current_app.config["PRODUCTION"]:
        _run("demo")
    _run("count-programme")
    _run("render-feeds")
    _run("index-search")
    click.echo(f"\nDemokrativeckan:  {site_of(db.session()).public_url}")
    click.echo(f"Brev och data:    {current_app.config['INSTANCE']}")
    _run("sign-ins")


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@with_appcontext
def jobs(once: bool) -> None:
    """Send letters and do the rest of the background work in a process of its own."""
    queue = current_app.extensions[EXTENSION]
    if once:
        queue.run_all()
    else:
        worker(queue).run()


def _run(name: str) -> None:
    click.get_current_context().invoke(current_app.cli.commands[name])

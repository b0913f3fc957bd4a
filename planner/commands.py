"""What one can tell the product at the command line, beside what each feature adds: ``flask --app wsgi …``."""

import os

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import inspect

from planner.background import EXTENSION
from planner.jobs.queue import worker
from planner.web.database import db


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(prepare)
    app.cli.add_command(jobs)


@click.command()
@with_appcontext
def prepare() -> None:
    """Bring the database up to date; fill a new one with the demonstration week; say where everything is."""
    is_new = not inspect(db.engine).has_table("alembic_version")
    upgrade()
    if is_new and "demo" in current_app.cli.commands:
        _run("demo")
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    click.echo(f"\nDemokrativeckan:  http://{host}:{port}")
    click.echo(f"Brev och data:    {current_app.config['INSTANCE']}")
    if "sign-ins" in current_app.cli.commands:
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

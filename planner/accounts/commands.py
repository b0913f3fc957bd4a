"""What one can do with accounts at the command line."""

from dataclasses import dataclass

import click
from flask import Flask
from flask.cli import with_appcontext

from planner.accounts.actions import checked_email, grant_coordinator, register_user
from planner.accounts.queries import user_by_email
from planner.core.clock import utc_now
from planner.core.errors import Invalid
from planner.core.site import site_of
from planner.web.database import db


@dataclass(frozen=True)
class Operator:
    """Whoever runs the server: answers to nobody in the product."""

    id: int | None = None
    name: str = "Kommandoraden"
    is_county_coordinator: bool = False
    is_system: bool = True


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(create_coordinator)


@click.command("create-coordinator")
@click.argument("email")
@click.argument("name")
@click.option("--kommun", metavar="CODE", help="SCB's code of one kommun, such as 1780; without it the whole county.")
@with_appcontext
def create_coordinator(email: str, name: str, kommun: str | None) -> None:
    """Make somebody a coordinator; a new installation begins with one of the county."""
    session, now = db.session(), utc_now()
    try:
        user = user_by_email(session, checked_email(email)) or register_user(session, email, name, now=now)
        grant_coordinator(session, user, kommun, actor=Operator(), now=now)
    except Invalid as refusal:
        raise click.ClickException("; ".join(problem.text for problem in refusal.problems)) from refusal
    session.commit()
    click.echo(f"{user.name} <{user.email}> coordinates {kommun or 'the county'}.")
    click.echo(f"Sign in at {site_of(session).public_url}/konto/logga-in")

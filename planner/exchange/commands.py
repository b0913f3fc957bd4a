"""The commands that bring programmes in and out: import-programme, import-events, export-events, demo, sign-ins."""

import json
import os
import secrets
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from planner.core.clock import utc_now
from planner.editions.models import Edition
from planner.editions.queries import edition_by_slug
from planner.exchange.archive import import_programme, rows_of
from planner.exchange.demonstration import SLUG, make_demonstration
from planner.exchange.exporting import export_lines
from planner.exchange.importing import Importer, Report
from planner.web.database import db

OUTCOMES = {"in": "kom in", "already": "finns redan"}


def init_app(app: Flask) -> None:
    """Give the application its commands."""
    commands: tuple[Callable[..., Any], ...] = (import_programme_file, import_events, export_events, demo, sign_ins)
    for command in commands:
        app.cli.add_command(command)  # type: ignore[arg-type]


@click.command("import-programme")
@click.argument("file", type=click.File(encoding="utf-8"))
@with_appcontext
def import_programme_file(file: TextIO) -> None:
    """Läs in verkliga program (demokrativeckan-2021.json) i arkiverade upplagor, rad för rad."""
    try:
        rows = rows_of(json.load(file))
    except ValueError as error:
        raise click.ClickException(f"Filen går inte att läsa: {error}") from None
    lines = list(import_programme(db.session(), rows, now=utc_now()))
    refused = [line for line in lines if line.outcome not in OUTCOMES]
    db.session.commit()
    for line in lines:
        open_questions = f" – ofullständig: {', '.join(line.open_questions)}" if line.open_questions else ""
        click.echo(f"{line.id}: {OUTCOMES.get(line.outcome, line.outcome)}, upplaga {line.edition}{open_questions}")
    counts = Counter(line.outcome if line.outcome in OUTCOMES else "refused" for line in lines)
    incomplete = sum(bool(line.open_questions) for line in lines)
    click.echo(
        f"{len(lines)} rader: {counts['in']} kom in, {counts['already']} fanns redan, {len(refused)} gick inte att "
        f"läsa. {incomplete} är ofullständiga i källan."
    )
    if refused:
        raise SystemExit(1)


@click.command("import-events")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def import_events(file: Path) -> None:
    """Läs in programpunkter i utbytesformatet (docs/interchange.md), en per rad, i en enda transaktion."""
    importer = Importer(db.session(), now=utc_now())
    with file.open(encoding="utf-8", errors="surrogateescape") as lines:
        total = sum(1 for _ in lines)
    with (
        file.open(encoding="utf-8", errors="surrogateescape") as lines,
        click.progressbar(lines, length=total, label="Läser in") as shown,
    ):
        for at, text in enumerate(shown, start=1):
            importer.take_line(at, text)
    report = importer.finish()
    db.session.commit()
    _tell(report)


@click.command("export-events")
@click.option("--edition", "slug", help="Bara den här upplagan, till exempel 2027.")
@click.option("--output", type=click.File("w", encoding="utf-8", lazy=False), default="-")
@with_appcontext
def export_events(slug: str | None, output: TextIO) -> None:
    """Skriv ut programpunkter i utbytesformatet, en per rad."""
    edition: Edition | None = edition_by_slug(db.session(), slug) if slug else None
    if slug and edition is None:
        raise click.ClickException(f"Upplagan {slug} finns inte.")
    for line in export_lines(db.session(), edition):
        output.write(f"{line}\n")


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Gör demonstrationsveckan Demokrativeckan 2027 och läs in programmet från 2021. Bara för demonstration."""
    if current_app.config.get("PRODUCTION"):
        raise click.ClickException("Demonstrationen kan inte läggas in i en skarp installation.")
    session, now = db.session(), utc_now()
    programme = Path(__file__).parents[1] / "data" / "demokrativeckan-2021.json"
    list(import_programme(session, rows_of(json.loads(programme.read_text(encoding="utf-8"))), now=now))
    is_new = edition_by_slug(session, SLUG) is None
    if is_new:
        # Opened before the week is made, which takes a while, so that nobody waits in vain; written before the
        # commit: interrupted in between, a week is made anew, but a lost password could not be.
        with _open_for_its_owner(_sign_ins_file()) as file:
            password = secrets.token_urlsafe(12)
            for one in make_demonstration(session, password, now=now):
                file.write(f"{one.role}: {one.email}\n")
            file.write(f"Lösenord för alla: {password}\n")
    session.commit()
    click.echo("Demokrativeckan 2027 är klar." if is_new else "Demokrativeckan 2027 finns redan.")


@click.command("sign-ins")
@with_appcontext
def sign_ins() -> None:
    """Visa vilka man kan logga in som i demonstrationen."""
    file = _sign_ins_file()
    click.echo(file.read_text(encoding="utf-8") if file.exists() else "Här finns ingen demonstration.")


def _sign_ins_file() -> Path:
    return Path(current_app.config["INSTANCE"]) / "demo-sign-ins.txt"


def _open_for_its_owner(path: Path) -> TextIO:
    """Begin a file that nobody else on the machine may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8")


def _tell(report: Report) -> None:
    for at, problems in report.refused:
        for problem in problems:
            click.echo(f"rad {at}: {problem.field + ': ' if problem.field else ''}{problem.text}", err=True)
    click.echo(
        f"{len(report.arrived)} kom in, {len(report.unchanged)} fanns redan, {len(report.refused)} gick inte att läsa."
    )
    if report.refused:
        raise SystemExit(1)

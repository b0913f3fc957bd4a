"""Every page type is valid HTML: the Nu checker, which the W3C runs, finds nothing to say about any of them.

The addresses come from the URL map, so a page that is added is checked by itself. What a person reads in the workspace
is checked in Swedish; the public pages in each language of the interface.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from planner import create_app
from planner.accounts.models import User
from planner.web.access import Level
from planner.web.database import db
from planner.web.language import DEFAULT, LANGUAGES
from tests import databases, parts
from tests.browser.week import FOR_EVERYBODY, Week, make_week, stops_of
from tests.browsing import cookie_of

PLAIN = {"Accept-Encoding": "identity"}
OF_MEMBERS = (Level.SIGNED_IN, Level.MEMBER)
A_GUESS = "This document appears to be written in Swedish"
"""What the checker guesses from the words of a page alone: those of people are Swedish, and say so one by one."""
OF_COORDINATORS = (Level.COORDINATOR, Level.COUNTY_COORDINATOR)


@pytest.fixture
def app(clock: object, tmp_path: Path) -> Iterator[Flask]:
    address = databases.new_database("sqlite", "html", databases.original("sqlite"))
    app = create_app(databases.environment_for(address, tmp_path))
    yield app
    with app.app_context():
        db.engine.dispose()
    databases.drop_database(address)


@pytest.fixture
def week(app: Flask) -> Week:
    with app.app_context(), Session(db.engine, expire_on_commit=False, info={"site": databases.SITE}) as session:
        week = make_week(session)
        session.commit()
    return week


def client_of(app: Flask, user: User | None = None) -> FlaskClient:
    client = app.test_client()
    if user is not None:
        name, value = cookie_of(app, user)
        client.set_cookie(name, value, domain="localhost")
    return client


def pages(client: FlaskClient, paths: list[str]) -> Iterator[tuple[str, bytes]]:
    for path in dict.fromkeys(paths):
        answer = client.get(path, headers=PLAIN)
        if answer.mimetype == "text/html" and answer.status_code != 303:
            yield path, answer.data


def faults_of(found: dict[str, bytes], folder: Path) -> list[str]:
    """What the checker says, one line for each message: the address, what is wrong, and where."""
    assert parts.CHECKER, "the Nu HTML checker is missing"
    names: dict[str, str] = {}
    for number, (path, html) in enumerate(found.items()):
        file = folder / f"{number}.html"
        file.write_bytes(html)
        names[file.name] = path
    command = ["java", "-jar", parts.CHECKER, "--format", "json", "--stdout", "--exit-zero-always"]
    command += [str(folder / name) for name in names]
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    messages = ((names[one["url"].rpartition("/")[2]], one["message"], one.get("extract")) for one in told["messages"])
    return [f"{path}: {message} {extract!r}" for path, message, extract in messages if not is_a_guess(path, message)]


def is_a_guess(path: str, message: str) -> bool:
    """Whether it is what a page in English with a Swedish programme on it leads the checker to think."""
    return path.startswith("/en/") and A_GUESS in message


@pytest.mark.skipif(not parts.CHECKER, reason="the Nu HTML checker is missing")
def test_every_page_is_valid_html(app: Flask, week: Week, tmp_path: Path) -> None:
    stops = list(stops_of(app, week.world))
    public = [path for path, level in stops if level in FOR_EVERYBODY]
    prefixes = ["" if code == DEFAULT else f"/{code}" for code in LANGUAGES]
    asked = [f"{prefix}{path}" for prefix in prefixes for path in [*public, "/finns-inte", "/kalender?form=flygande"]]
    found = dict(pages(client_of(app), asked))
    for user, levels in ((week.world.member, OF_MEMBERS), (week.world.county_coordinator, OF_COORDINATORS)):
        found |= pages(client_of(app, user), [path for path, level in stops if level in levels])
    folder = tmp_path / "pages"
    folder.mkdir()

    assert len(found) > 100
    assert faults_of(found, folder) == []


@pytest.mark.skipif(not parts.CHECKER, reason="the Nu HTML checker is missing")
def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    html = b"<!doctype html><html lang=sv><title>Sida</title><p><div>Fel</div></p>"
    [fault] = faults_of({"/sida": html}, tmp_path)
    assert fault.startswith("/sida: No “p” element in scope")

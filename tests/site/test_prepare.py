"""What `make run` does before it serves: an empty database is filled, one with a programme is kept."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from planner import create_app
from planner.editions.models import Edition
from planner.events.models import Event, Occurrence
from planner.web.database import db
from tests import databases

MOVED = "https://ny.demokrativeckan.example"


@pytest.fixture
def address(database: str) -> Iterator[str]:
    """The address of a database without tables."""
    address = databases.new_database(database, "own")
    yield address
    databases.drop_database(address)


@pytest.fixture
def first_start(database: str, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A database and a folder as a first start leaves them, for this test to start on again."""
    first = databases.demonstration(database)
    address = databases.new_database(database, "own", first.database)
    yield address, Path(shutil.copytree(first.folder, tmp_path / "instance"))
    databases.drop_database(address)


def start(address: str, folder: Path, **environment: str) -> tuple[int, str]:
    """Prepare as a new process would; the exit code and what was printed, with what went wrong."""
    app = create_app({**databases.environment_for(address, folder), **environment})
    result = app.test_cli_runner().invoke(args=["prepare"])
    leave(app)
    return result.exit_code, f"{result.output}{result.exception!r}"


def leave(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def rows(address: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a second start must not change."""
    engine = sa.create_engine(address)
    with engine.connect() as connection:
        found = {
            "editions": connection.execute(sa.select(Edition.slug, Edition.revision).order_by(Edition.slug)).all(),
            "events": connection.execute(sa.select(Event.number, Event.version).order_by(Event.number)).all(),
            "components": connection.execute(
                sa.select(Occurrence.uid, Occurrence.sequence, Occurrence.component).order_by(Occurrence.uid)
            ).all(),
        }
    engine.dispose()
    return {name: [tuple(row) for row in answer] for name, answer in found.items()}


def test_a_first_start_that_is_interrupted_leaves_nothing_and_a_later_one_may_go_on(
    address: str, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "demo-sign-ins.txt"
    in_the_way.mkdir()
    # The programme of 2021 has been read in by then, in the same transaction.
    code, printed = start(address, tmp_path)
    assert (code, "IsADirectoryError" in printed) == (1, True)
    assert rows(address) == {"editions": [], "events": [], "components": []}


def test_the_first_start_says_where_everything_is_and_later_ones_keep_the_data(
    database: str, first_start: tuple[str, Path]
) -> None:
    address, folder = first_start
    printed = databases.demonstration(database).printed
    assert f"Demokrativeckan:  {databases.SITE.public_url}\n" in printed
    assert "Lösenord för alla: " in printed
    sign_ins = folder / "demo-sign-ins.txt"
    assert sign_ins.stat().st_mode & 0o777 == 0o600
    first = rows(address)
    assert "2027" in [slug for slug, _revision in first["editions"]]

    again = start(address, folder)
    assert (again[0], "Demokrativeckan 2027" in again[1]) == (0, False)
    assert sign_ins.read_text(encoding="utf-8") in again[1]
    assert rows(address) == first

    assert start(address, folder, PUBLIC_URL=MOVED)[0] == 0
    moved = rows(address)
    assert [row[:2] for row in moved["components"]] == [row[:2] for row in first["components"]]
    texts = [str(component) for _uid, _sequence, component in moved["components"] if component]
    assert len(texts) > 200
    assert [text for text in texts if f"URL:{MOVED}/" not in text] == []
    assert moved["events"] == first["events"]


def test_in_production_an_empty_database_stays_empty(address: str, tmp_path: Path) -> None:
    settings = {
        "PLANNER_ENV": "production",
        "SMTP_URL": "smtp://post.demokrativeckan.example",
        "MAIL_FROM": "post@demokrativeckan.example",
        "OPERATOR_EMAIL": "demokrativeckan@demokrativeckan.example",
    }
    code, printed = start(address, tmp_path, **settings)
    assert code == 0, printed
    assert rows(address)["editions"] == []

"""The migrations make what the models say, on both databases, and can be taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from planner import create_app
from planner.core.db import Base
from planner.web.database import db
from tests import databases


@pytest.fixture
def empty_app(database: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database without tables."""
    address = databases.new_database(database, "own")
    app = create_app(databases.environment_for(address, tmp_path))
    with app.app_context():
        yield app
        db.engine.dispose()
    databases.drop_database(address)


def tables() -> set[str]:
    return set(sa.inspect(db.engine).get_table_names())


def test_the_migrations_make_exactly_what_the_models_say(empty_app: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == [], "run `make migration WHY=...`"


def test_the_migrations_go_up_and_down_and_up_again(empty_app: Flask) -> None:
    upgrade()
    whole = tables()
    downgrade(revision="base")
    assert tables() == {"alembic_version"}
    upgrade()
    assert tables() == whole == {*Base.metadata.tables, "alembic_version"}


def test_the_check_constraints_are_in_the_database(empty_app: Flask) -> None:
    upgrade()
    wanted = {
        constraint.name
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, sa.CheckConstraint)
    }
    inspector = sa.inspect(db.engine)
    there = {check["name"] for table in Base.metadata.tables for check in inspector.get_check_constraints(table)}
    assert there == wanted

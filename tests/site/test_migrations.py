"""The migrations make what the models say, on both databases, and can be taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy.orm import Session, joinedload, undefer

from planner import create_app
from planner.audit.actions import log
from planner.core.db import Base, is_of_the_models
from planner.editions.models import Edition
from planner.events.models import EventStatus, Occurrence
from planner.events.news import facts_to_see
from planner.organisations.rules import SYSTEM
from planner.web.database import db
from tests import databases
from tests.factories import LONG_AGO, make_digital_venue, make_edition, make_event, make_occurrence

BEFORE_NEWS = "0003"


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
    return {name for name in sa.inspect(db.engine).get_table_names() if is_of_the_models(name, "table")}


def test_the_migrations_make_exactly_what_the_models_say(empty_app: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_of_the_models})
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


def test_what_the_public_sees_is_taken_down_when_news_begin_to_be_written(empty_app: Flask) -> None:
    upgrade()
    with Session(db.engine) as session:
        edition = make_edition(session)
        event = make_event(session, edition=edition, with_occurrence=False)
        called_off = make_event(session, "Inställt", edition=edition, status=EventStatus.CANCELLED)
        room = make_digital_venue(session)
        make_occurrence(session, event, digital_place=room, is_preliminary=True, schedule_print="a")
        make_occurrence(session, event, place=None, start=None, is_open_ended=True, schedule_print="a")
        make_occurrence(session, called_off, end=None, schedule_print="a")
        make_occurrence(session, event)
        log(session, "publish_edition", edition, name="2027", actor=SYSTEM, now=LONG_AGO)
        session.commit()
    downgrade(revision=BEFORE_NEWS)
    assert "news_item" not in tables()
    upgrade()
    with Session(db.engine) as session:
        choice = sa.select(Occurrence).options(
            joinedload(Occurrence.event),
            joinedload(Occurrence.place),
            joinedload(Occurrence.digital_place),
            undefer(Occurrence.seen_facts),
        )
        shown = {one: one.schedule_print != "" for one in session.scalars(choice)}
        assert sum(shown.values()) == 3
        assert [one.seen_facts for one in shown] == [facts_to_see(one) if was else None for one, was in shown.items()]
        assert session.scalars(sa.select(Edition.published_at)).all() == [LONG_AGO]

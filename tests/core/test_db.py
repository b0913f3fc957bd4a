"""Column types and how SQLite is opened."""

import gc
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session
from sqlalchemy.orm.state import InstanceState

from planner.accounts.models import User
from planner.core.db import Base, changing_tables, open_sqlite_safely, reading_only
from planner.core.site import Site, site_of
from planner.organisations.models import Membership
from tests.factories import make_edition, make_organisation, make_user


def test_an_instant_comes_back_in_utc_whatever_zone_it_went_in_with(session: Session) -> None:
    noon = datetime(2027, 9, 20, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    user = make_user(session, last_signed_in_at=noon)
    session.expire(user)
    assert user.last_signed_in_at == noon
    assert user.last_signed_in_at.tzinfo is UTC


def test_a_naive_datetime_is_refused(session: Session) -> None:
    with pytest.raises(StatementError, match="every instant carries its zone"):
        make_user(session, last_signed_in_at=datetime(2027, 9, 20, 12, 0))  # noqa: DTZ001 - that is the point


def test_an_enum_is_stored_by_value_and_guarded_by_a_constraint(session: Session) -> None:
    edition = make_edition(session)
    assert session.scalar(sa.text("SELECT state FROM edition")) == "published"
    with pytest.raises(IntegrityError, match="ck_edition_state"), session.begin_nested():
        session.execute(sa.text("UPDATE edition SET state = 'forgotten'"))
    assert edition.is_public


def test_foreign_keys_hold(session: Session) -> None:
    organisation = make_organisation(session)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(
            sa.insert(Membership).values(
                user_id=4711, organisation_id=organisation.id, role="editor", since=datetime(2027, 1, 1, tzinfo=UTC)
            )
        )


def test_what_sqlalchemy_notes_on_a_row_is_never_moved_for_a_late_name(session: Session) -> None:
    """CPython 3.11 frees it while it is in use, if a collection comes in between: docs/decisions/0021."""
    make_user(session)
    session.expunge_all()
    user = session.scalars(sa.select(User)).one()
    session.expunge_all()
    # So many that CPython learns one name more at most.
    *_, late = [InstanceState.__new__(InstanceState) for _ in range(40)]
    for name in ("session_id", "_strong_obj", "expired", "modified", "insert_order", "_deleted", "_last_known_values"):
        setattr(late, name, None)
    for note in (sa.inspect(user), late):
        assert [held for held in gc.get_referents(note) if isinstance(held, dict) and "session_id" in held] == []


def test_a_session_knows_its_site(session: Session, site: Site) -> None:
    assert site_of(session) == site


@pytest.fixture
def file_engine(tmp_path: Path) -> sa.Engine:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'safe.db'}")
    open_sqlite_safely(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        make_user(session, name="0")
        session.commit()
    return engine


def test_sqlite_is_opened_with_everything_on(file_engine: sa.Engine) -> None:
    with file_engine.connect() as connection:
        pragmas = ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas] == ["wal", 1, 5000, 1]
    file_engine.dispose()


def test_nobody_loses_an_update_between_reading_and_writing(file_engine: sa.Engine) -> None:
    def count_up(_worker: int) -> None:
        for _round in range(20):
            with Session(file_engine) as session:
                user = session.scalars(sa.select(User)).one()
                user.name = str(int(user.name) + 1)
                session.commit()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(count_up, range(4)))
    with Session(file_engine) as session:
        assert session.scalars(sa.select(User.name)).one() == "80"
    file_engine.dispose()


def test_who_only_reads_does_not_wait_for_who_writes(file_engine: sa.Engine) -> None:
    with Session(file_engine) as writer, Session(file_engine) as reader:
        writer.scalars(sa.select(User)).one().name = "written"
        writer.flush()
        with reading_only():
            assert reader.scalars(sa.select(User.name)).one() == "0"
        writer.commit()
    file_engine.dispose()


def test_a_table_made_anew_by_a_migration_keeps_the_rows_of_others(file_engine: sa.Engine) -> None:
    with Session(file_engine) as session:
        make_organisation(session, members=[session.scalars(sa.select(User)).one()])
        session.commit()

    with file_engine.connect() as connection, changing_tables(connection):
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("organisation", recreate="always") as table:
            table.create_check_constraint("named", "name <> ''")
        connection.commit()

    with Session(file_engine) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Membership)) == 1
        assert session.scalar(sa.text("PRAGMA foreign_keys")) == 1
    file_engine.dispose()


def test_a_migration_that_leaves_rows_behind_says_so(file_engine: sa.Engine) -> None:
    orphan = sa.insert(Membership).values(
        user_id=4711, organisation_id=4712, role="editor", since=datetime(2027, 1, 1, tzinfo=UTC)
    )

    def migrate() -> None:
        with file_engine.connect() as connection, changing_tables(connection):
            connection.execute(orphan)
            connection.commit()

    with pytest.raises(RuntimeError, match="rows that nothing holds any more"):
        migrate()
    file_engine.dispose()

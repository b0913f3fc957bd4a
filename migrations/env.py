"""How Alembic finds the database and the tables. The same migrations run on SQLite and PostgreSQL."""

from alembic import context
from flask import current_app

from planner.core.db import Base, changing_tables

engine = current_app.extensions["migrate"].db.engine

with engine.connect() as connection, changing_tables(connection):
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()

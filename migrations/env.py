"""How Alembic finds the database and the tables. The same migrations run on SQLite and PostgreSQL."""

from alembic import context
from flask import current_app

import planner.accounts.models
import planner.audit.models
import planner.editions.models
import planner.events.models
import planner.mail.models
import planner.organisations.models
import planner.venues.models  # noqa: F401 - importing the models is what fills the metadata
from planner.core.db import Base

engine = current_app.extensions["migrate"].db.engine

with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()

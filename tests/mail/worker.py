"""A worker in a process of its own that sends what is due: ``python -m tests.mail.worker DATABASE SMTP_URL NOW``."""

import sys
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.core.db import open_sqlite_safely
from planner.mail.jobs import send_letters
from planner.mail.postman import SmtpPostman
from tests.databases import SITE

database, smtp_url, now = sys.argv[1:]
engine = sa.create_engine(database)
open_sqlite_safely(engine)
with Session(engine, info={"site": SITE}) as session:
    send_letters(session, SmtpPostman(smtp_url), "post@demokrativeckan.example", now=datetime.fromisoformat(now))

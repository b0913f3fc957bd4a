"""What a visitor can do from a page of text."""

from datetime import datetime

from sqlalchemy.orm import Session

from planner.mail.actions import post_letter
from planner.mail.models import Letter


def report_barrier(
    session: Session, what: str, *, where: str, reply_to: str, operator_email: str, now: datetime
) -> Letter:
    """Send a report of something that is not accessible to whoever runs the website; nothing else is stored."""
    return post_letter(session, "barrier_report", operator_email, now=now, what=what, where=where, reply_to=reply_to)

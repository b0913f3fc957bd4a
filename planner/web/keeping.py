"""Nothing typed is lost when a session has ended: a form that comes too late is kept until the person is back.

Why in the database, and what keeps others from making use of it: docs/decisions/0003-kept-forms.md.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app, request, url_for
from flask_limiter.util import get_remote_address
from limits import parse
from sqlalchemy.orm import Session

from planner.core.clock import utc_now
from planner.core.tokens import new_token, token_hash
from planner.web.database import db
from planner.web.limits import limiter
from planner.web.models import KeptForm
from planner.web.origin import is_from_us

KEPT = timedelta(hours=24)
LONGEST = 200_000
"""Characters in one form; the longest of ours holds a good tenth of it."""
MOST = 500
"""Forms kept at once: what strangers can fill the table with."""
A_MACHINE = parse("30 per hour")
"""Forms kept for one machine, so that nobody alone fills what everybody shares."""
FOR_THE_SIGNED_IN = ("signed_in", "member", "coordinator", "county_coordinator")
NEVER_KEPT = ("csrf_token", "password", "new_password", "losenord")


def keep_form(session: Session, path: str, pairs: list[list[str]], had_files: bool, *, now: datetime) -> str:
    """Keep what was posted to a path for a day.

    Returns:
        the token that finds it, or "" when it is too much to keep.
    """
    session.execute(sa.delete(KeptForm).where(KeptForm.expires_at < now))
    kept = session.scalar(sa.select(sa.func.count()).select_from(KeptForm)) or 0
    if kept >= MOST or sum(len(name) + len(value) for name, value in pairs) > LONGEST or len(path) > 500:
        return ""
    token = new_token()
    session.add(
        KeptForm(token_hash=token_hash(token), path=path, fields=pairs, had_files=had_files, expires_at=now + KEPT)
    )
    return token


def kept_form(session: Session, token: str, *, now: datetime) -> KeptForm | None:
    """The form that a token finds, while it is kept."""
    return session.scalars(
        sa.select(KeptForm).where(KeptForm.token_hash == token_hash(token), KeptForm.expires_at >= now)
    ).one_or_none()


def keep_this_form() -> str:
    """Keep the form that this request posts to a page for the signed-in.

    Returns:
        the path where it waits, or "" when there is nothing that should be kept.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "POST" or getattr(view, "access", "") not in FOR_THE_SIGNED_IN or not is_from_us():
        return ""  # what another site posts is never offered to be saved
    pairs = [[name, value] for name, value in request.form.items(multi=True) if name not in NEVER_KEPT]
    if not any(value.strip() for _name, value in pairs):
        return ""
    if not limiter.limiter.hit(A_MACHINE, "kept-form", get_remote_address()):
        return ""
    had_files = any(file.filename for file in request.files.values())
    token = keep_form(db.session(), request.full_path.rstrip("?"), pairs, had_files, now=utc_now())
    db.session.commit()
    return url_for("kept.show", token=token).removeprefix(request.script_root) if token else ""

"""A form that creates something does so once, however often it is sent: a double click, a reload, the back button.

Each rendering carries a key of its own (the field ``form_key``). The first post takes a receipt in the transaction of
what it creates; a later one of the same rendering *with the same content* is led to the first's result. Somebody who
goes back and types something else has typed something new.
"""

import hashlib
import json
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from planner.core.tokens import new_token, token_hash
from planner.web.models import FormReceipt

KEPT = timedelta(days=2)


def content_of(form: MultiDict[str, str]) -> str:
    """What a receipt is taken for: one rendering of a form with what was typed into it."""
    if not form.get("form_key"):
        return new_token()
    pairs = sorted((name, value) for name, value in form.items(multi=True) if name != "csrf_token")
    return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()


def take_receipt(session: Session, content: str, person_id: int | None, *, now: datetime) -> FormReceipt:
    """The receipt for ``content_of`` a form: new, or the first post's with its ``location``.

    Two posts at the same moment wait for each other at the primary key.
    """
    hashed = token_hash(f"{person_id}:{content}")
    earlier = session.get(FormReceipt, hashed)
    if earlier is not None:
        return earlier
    session.execute(sa.delete(FormReceipt).where(FormReceipt.expires_at < now))
    receipt = FormReceipt(key=hashed, location="", expires_at=now + KEPT)
    try:
        with session.begin_nested():
            session.add(receipt)
    except IntegrityError:
        return session.get_one(FormReceipt, hashed)
    return receipt

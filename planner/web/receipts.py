"""A form that creates something does so once, however often it is sent: a double click, a reload, the back button.

Each rendering carries a key of its own. The first post takes a receipt in the transaction of what it creates; every
later one with the same key is led to the first's result.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planner.core.tokens import new_token, token_hash
from planner.web.models import FormReceipt

KEPT = timedelta(days=2)


def take_receipt(session: Session, key: str, person_id: int | None, *, now: datetime) -> FormReceipt:
    """The receipt of one rendering of a form: new, or the first post's with its ``location``.

    Two posts at the same moment wait for each other at the primary key.
    """
    hashed = token_hash(f"{person_id}:{key or new_token()}")
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

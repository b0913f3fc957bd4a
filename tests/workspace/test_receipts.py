"""A form that creates something does so once, also when it is sent twice in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from planner.accounts.models import User
from planner.web.models import FormReceipt
from planner.web.receipts import content_of, take_receipt
from tests.factories import make_user


def test_first_post_gets_a_new_receipt_and_the_next_one_its_result(session: Session, now: datetime) -> None:
    first = take_receipt(session, "content", 1, now=now)
    assert first.location == ""
    first.location = "/dit"
    session.flush()
    assert take_receipt(session, "content", 1, now=now).location == "/dit"
    assert take_receipt(session, "content", 2, now=now).location == ""
    assert take_receipt(session, "other content", 1, now=now).location == ""


def test_content_is_what_was_typed_in_one_rendering() -> None:
    form = MultiDict([("form_key", "a"), ("title", "Fest"), ("csrf_token", "1")])
    assert content_of(form) == content_of(MultiDict([("title", "Fest"), ("form_key", "a"), ("csrf_token", "2")]))
    assert content_of(form) != content_of(MultiDict([("form_key", "b"), ("title", "Fest")]))
    assert content_of(form) != content_of(MultiDict([("form_key", "a"), ("title", "Kalas")]))


def test_form_without_a_key_is_never_taken_for_another() -> None:
    form = MultiDict([("title", "Fest")])
    assert content_of(form) != content_of(form)


def test_old_receipts_go_when_a_new_one_is_taken(session: Session, now: datetime) -> None:
    take_receipt(session, "old", 1, now=now)
    take_receipt(session, "new", 1, now=now + timedelta(days=3))
    session.flush()
    assert len(session.scalars(sa.select(FormReceipt)).all()) == 1


def test_two_posts_at_the_same_moment_make_one_thing(own_engine: Engine, loopback: None, now: datetime) -> None:
    start = Barrier(2)

    def post(number: int) -> str:
        with Session(own_engine) as session:
            start.wait(timeout=10)
            receipt = take_receipt(session, "content", 1, now=now)
            if not receipt.location:
                make_user(session, f"Person {number}", email=f"en{number}@example.se")
                receipt.location = f"/person/{number}"
            session.commit()
            return receipt.location

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(post, (1, 2))
    assert first == second
    with Session(own_engine) as session:
        assert [user.name for user in session.scalars(sa.select(User))] == [f"Person {first[-1]}"]

"""A letter is a row in the transaction of what it tells of."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from jinja2 import UndefinedError
from sqlalchemy.orm import Session

from planner.mail import rendering
from planner.mail.actions import post_letter
from planner.mail.models import Letter


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of letters of the test's own."""
    monkeypatch.setattr(rendering, "LETTERS", tmp_path)
    rendering._environment.cache_clear()
    (tmp_path / "greeting.txt").write_text("Hej {{ name }}!\n\nVälkommen till {{ site }}\n", encoding="utf-8")
    yield tmp_path
    rendering._environment.cache_clear()


def test_the_first_line_is_the_subject_and_the_site_is_always_known(
    session: Session, templates: Path, now: datetime
) -> None:
    letter = post_letter(session, "greeting", "anna@example.se", now=now, name="Åsa & Örjan")
    session.flush()
    assert (letter.subject, letter.body) == ("Hej Åsa & Örjan!", "Välkommen till https://demokrativeckan.example\n")
    assert (letter.due_at, letter.attempts, letter.sent_at) == (now, 0, None)


def test_a_name_that_the_letter_needs_and_nobody_gave_is_an_error(
    session: Session, templates: Path, now: datetime
) -> None:
    with pytest.raises(UndefinedError):
        post_letter(session, "greeting", "anna@example.se", now=now)


def test_a_letter_takes_the_place_of_an_earlier_one_with_its_key_that_has_not_left(
    session: Session, templates: Path, now: datetime
) -> None:
    for name in ("ett", "två"):
        post_letter(session, "greeting", "anna@example.se", now=now, key="k", delay=timedelta(minutes=5), name=name)
    post_letter(session, "greeting", "bo@example.se", now=now, key="k", name="tre")
    post_letter(session, "greeting", "anna@example.se", now=now, name="fyra")
    session.flush()
    subjects = session.scalars(sa.select(Letter.subject).order_by(Letter.id)).all()
    assert subjects == ["Hej två!", "Hej tre!", "Hej fyra!"]


def test_a_letter_that_has_left_or_is_leaving_is_not_replaced(session: Session, templates: Path, now: datetime) -> None:
    sent = post_letter(session, "greeting", "anna@example.se", now=now, key="k", name="skickat")
    sent.sent_at = now
    leaving = post_letter(session, "greeting", "anna@example.se", now=now, key="k", name="på väg")
    leaving.leased_until = now
    post_letter(session, "greeting", "anna@example.se", now=now, key="k", name="nytt")
    session.flush()
    assert len(session.scalars(sa.select(Letter)).all()) == 3

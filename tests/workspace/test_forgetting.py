"""What the workspace forgets by itself: kept forms, receipts, and pictures that no event shows."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.web.jobs import forget_forms
from planner.web.models import FormReceipt, KeptForm
from planner.workspace.images import store_image
from planner.workspace.jobs import forget_images
from tests.factories import make_event


def test_forms_and_receipts_are_forgotten_when_their_time_is_out(session: Session, now: datetime) -> None:
    for number, expires in enumerate((now - timedelta(seconds=1), now)):
        session.add(KeptForm(token_hash=f"{number:064}", path="/", fields=[["title", "x"]], expires_at=expires))
        session.add(FormReceipt(key=f"{number:064}", location="/", expires_at=expires))
    assert forget_forms(session, now) == 2
    assert forget_forms(session, now) == 0
    assert [kept.expires_at for kept in session.scalars(select(KeptForm))] == [now]


def stored(folder: Path, at: datetime) -> str:
    name = store_image(folder, b"picture")
    os.utime(folder / name, (at.timestamp(), at.timestamp()))
    return name


def test_pictures_that_no_event_shows_are_forgotten_once_an_hour(
    session: Session, now: datetime, tmp_path: Path
) -> None:
    on_the_hour = now.replace(minute=0)
    shown, unused = (stored(tmp_path, on_the_hour - timedelta(days=3)) for _ in range(2))
    new = stored(tmp_path, on_the_hour - timedelta(days=1))
    make_event(session, image_file=shown)
    assert forget_images(session, tmp_path, on_the_hour + timedelta(minutes=15)) == 0
    assert forget_images(session, tmp_path, on_the_hour) == 1
    assert {file.name for file in tmp_path.iterdir()} == {shown, new}
    assert not (tmp_path / unused).exists()


def test_nothing_uploaded_is_nothing_to_forget(session: Session, now: datetime, tmp_path: Path) -> None:
    assert forget_images(session, tmp_path / "uploads", now.replace(minute=0)) == 0

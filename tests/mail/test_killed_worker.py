"""A worker is killed in the middle of its round, and the next one finishes it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from planner.mail.jobs import LEASE
from planner.mail.models import Letter
from tests.mail.post_office import PostOffice

ROOT = Path(__file__).parents[2]
SUBJECTS = [f"Brev {number}" for number in range(1, 8)]


def test_a_worker_killed_in_the_middle_loses_nothing_and_sends_nothing_twice(
    own_database: str, own_engine: Engine, make_letter: Callable[..., Letter], office: PostOffice, now: datetime
) -> None:
    with Session(own_engine) as session:
        for subject in SUBJECTS:
            make_letter(session, subject)
        session.commit()

    def start_worker(at: datetime) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "tests.mail.worker", own_database, office.url, at.isoformat()]
        return subprocess.Popen(words, cwd=ROOT)

    def kill_at_the_fourth(message: EmailMessage) -> str:
        if message["Subject"] == "Brev 4":
            os.kill(worker.pid, signal.SIGKILL)
            return "451 The line is dead"
        return "250 OK"

    office.answer = kill_at_the_fourth
    worker = start_worker(now)
    assert worker.wait(timeout=60) == -signal.SIGKILL
    assert office.subjects == SUBJECTS[:3]

    office.answer = lambda _message: "250 OK"
    assert start_worker(now).wait(timeout=60) == 0
    assert office.subjects == SUBJECTS[:3]  # the dead worker's lease still holds

    assert start_worker(now + LEASE).wait(timeout=60) == 0
    assert office.subjects == SUBJECTS

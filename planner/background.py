"""Everything that happens without a request: the sweeps of the whole application, by name."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from planner.accounts.jobs import forget_links
from planner.events.jobs import forget_stranded_drafts
from planner.jobs.queue import InsideConsumer, Queue, Sweep, storage, worker
from planner.mail.actions import LETTERS
from planner.mail.jobs import forget_letters, send_letters
from planner.mail.postman import FolderPostman, Postman, SmtpPostman
from planner.organisations.jobs import forget_invitations
from planner.programmes.jobs import forget_programmes
from planner.web.jobs import forget_forms
from planner.workspace.jobs import forget_images

EXTENSION = "planner.queue"


def init_app(app: Flask, sessions: Callable[[], Session]) -> Queue:
    """Make the queue; ``sessions`` opens a session for a sweep."""
    huey = storage(app.config["INSTANCE"], app.config["REDIS_URL"])
    queue = Queue(huey, sessions, sweeps(app.config))
    app.extensions[EXTENSION] = queue
    return queue


def sweeps(config: dict[str, Any]) -> dict[str, Sweep]:
    """What there is to sweep. Every sweep runs each minute and finds most often nothing."""
    url, folder = config["SMTP_URL"], config["INSTANCE"] / "mail"
    postman: Postman = SmtpPostman(url) if url else FolderPostman(folder)
    return {
        LETTERS: lambda session, now: send_letters(session, postman, config["MAIL_FROM"], now=now),
        "forget_letters": forget_letters,
        "forget_links": forget_links,
        "forget_invitations": forget_invitations,
        "forget_stranded_drafts": forget_stranded_drafts,
        "forget_forms": forget_forms,
        "forget_programmes": forget_programmes,
        "forget_images": lambda session, now: forget_images(session, config["INSTANCE"] / "uploads", now),
    }


def start_inside(app: Flask) -> None:
    """Run the sweeps in threads of this process: the embedded default."""
    if app.config["JOBS"] == "inside":
        worker(app.extensions[EXTENSION], InsideConsumer).start()

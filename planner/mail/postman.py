"""How a letter leaves: by SMTP, or as a file in a folder where a person can read it."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

READABLE = default.clone(utf8=True, max_line_length=None)
TIMEOUT_SECONDS = 20

Send = Callable[[EmailMessage, str], None]
"""Hands over a message; the text is a name for it that is the same however often it is tried.

Raises ``Undeliverable`` when it was refused for good, ``OSError`` when it may be tried again.
"""


class Undeliverable(Exception):
    """This letter will never be taken, however often it is tried."""


class Postman(Protocol):
    """Somebody who takes letters, several in a round. Opening a round raises ``OSError`` if the post is closed."""

    def round(self) -> AbstractContextManager[Send]: ...


class FolderPostman:
    """Puts each letter into a folder as a file of its own. Putting it there again changes nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def round(self) -> Iterator[Send]:
        """Letters are written one by one; a half-written one is never seen."""
        self.folder.mkdir(parents=True, exist_ok=True)
        yield self._write

    def _write(self, message: EmailMessage, name: str) -> None:
        message.set_content(message.get_content(), cte="8bit")
        unfinished = self.folder / f".{name}.part"
        unfinished.write_bytes(message.as_bytes(policy=READABLE))
        unfinished.rename(self.folder / f"{name}.eml")


class SmtpPostman:
    """Hands letters to a server: ``smtp://[user:password@]host[:port]``, or ``smtps://`` for TLS from the start.

    On ``smtp://`` STARTTLS is used whenever the server offers it, and required before a password is sent.
    """

    def __init__(self, address: str) -> None:
        self.address = urlsplit(address)

    @contextmanager
    def round(self) -> Iterator[Send]:
        """All letters of a round go over one connection."""
        with _connect(self.address) as server:

            def send(message: EmailMessage, _name: str) -> None:
                try:
                    server.send_message(message)
                except smtplib.SMTPException as error:
                    if _is_permanent(error):
                        raise Undeliverable(str(error)) from error
                    raise

            yield send


def _connect(address: SplitResult) -> smtplib.SMTP:
    host = address.hostname or ""
    if address.scheme == "smtps":
        return _sign_in(smtplib.SMTP_SSL(host, address.port or 465, timeout=TIMEOUT_SECONDS), address)
    server = smtplib.SMTP(host, address.port or 587, timeout=TIMEOUT_SECONDS)
    server.ehlo()
    if server.has_extn("starttls") or address.username:
        server.starttls(context=ssl.create_default_context())
    return _sign_in(server, address)


def _sign_in(server: smtplib.SMTP, address: SplitResult) -> smtplib.SMTP:
    if address.username:
        server.login(unquote(address.username), unquote(address.password or ""))
    return server


def _is_permanent(error: smtplib.SMTPException) -> bool:
    """Whether the server refused this letter for good (RFC 5321 4.2.1: a reply of 5xx)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500

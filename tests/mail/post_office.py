"""A mail server on this machine that takes letters, or refuses them as a test wants."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from random import sample
from typing import Any

from aiosmtpd.controller import Controller


def free_port() -> int:
    """A port below 32768: above, a client that waits for a server can be connected to itself."""
    for port in sample(range(20_000, 32_000), 1_000):
        with socket.socket() as plug:
            try:
                plug.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no free port")


class PostOffice:
    """Remembers what came. ``answer`` is asked before each letter is taken: "250 …" takes it."""

    def __init__(self, port: int) -> None:
        self.url = f"smtp://127.0.0.1:{port}"
        self.came: list[EmailMessage] = []
        self.connections = 0
        self.answer: Callable[[EmailMessage], str] = lambda _message: "250 OK"
        self.answer_recipient: Callable[[str], str] = lambda _address: "250 OK"

    async def handle_EHLO(self, _server: Any, session: Any, _envelope: Any, host: str, replies: list[str]) -> list[str]:  # noqa: N802
        session.host_name = host
        self.connections += 1
        return replies

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        answer = self.answer_recipient(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, EmailMessage, policy=default)
        answer = self.answer(message)
        if answer.startswith("250"):
            self.came.append(message)
        return answer

    @property
    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.came]


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    """A mail server that listens until the end of the block."""
    port = free_port()
    office = PostOffice(port)
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()

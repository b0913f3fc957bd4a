"""Asking a server of this machine over HTTP, with exactly the headers that a test means and no others."""

import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

HOST = "demokrativeckan.example"
VISITOR = "127.0.0.77"
"""Where the requests come from, so that a log which writes down who asks can be told from one that does not."""


@dataclass(frozen=True)
class Answer:
    """What came back, the body as it crossed the wire."""

    status: int
    headers: Message
    body: bytes

    def __getitem__(self, name: str) -> str:
        return self.headers.get(name, "")


def ask(
    port: int,
    path: str,
    headers: Mapping[str, str] | None = None,
    *,
    method: str = "GET",
    body: bytes | None = None,
    tls: ssl.SSLContext | None = None,
    host: str = HOST,
) -> Answer:
    """One request on a connection of its own."""
    source, patience = (VISITOR, 0), 30
    connection = (
        HTTPSConnection("127.0.0.1", port, timeout=patience, source_address=source, context=tls)
        if tls
        else HTTPConnection("127.0.0.1", port, timeout=patience, source_address=source)
    )
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": host, "Content-Length": str(len(body or b"")), **(headers or {})}.items():
            if body is not None or name != "Content-Length":
                connection.putheader(name, value)
        connection.endheaders(body)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def until(happened: Callable[[], bool], seconds: float) -> float:
    """Wait for something, and say how long it took.

    Raises:
        TimeoutError: it did not happen in time.
    """
    began = time.monotonic()
    while not happened():
        if time.monotonic() > began + seconds:
            raise TimeoutError(f"not within {seconds} seconds")
        time.sleep(0.02)
    return time.monotonic() - began


def kept(log: Path) -> list[str]:
    """What the access log says of the cache, request by request: MISS, HIT, STALE …, "" where there is none."""
    return [json.loads(line)["cache"] for line in log.read_text(encoding="utf-8").splitlines()]

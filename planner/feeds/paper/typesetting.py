"""One door to typst: a template of ours and values in, a tagged PDF (PDF/UA-1) out.

The values go in as JSON, so that whatever somebody has typed is a text and can be nothing else. The date is the
programme's, so the same values give the same bytes.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from planner.feeds.paper.letters import printable

PROCESS = Path(__file__).parent / "typst_process.py"
AT_ONCE = BoundedSemaphore(2)
"""So many documents are made at a time: the other threads of a worker have visitors who only want to read a page."""
LONGEST_WAIT = 10
LONGEST_WORK = 60
"""Seconds. A thousand entries take about two."""


class NotTypesetError(RuntimeError):
    """No document came of it; whoever asked may try again later."""


def typeset(template: str, values: Mapping[str, Any], *, changed_at: datetime) -> bytes:
    """The document that a template ("programme") makes of the values, dated by what it shows.

    Raises:
        NotTypesetError: others are being made for too long, or this one cannot be.
    """
    given = json.dumps(_printable(values), ensure_ascii=False).encode()
    command = [sys.executable, "-I", str(PROCESS), template, str(int(changed_at.timestamp()))]
    if not AT_ONCE.acquire(timeout=LONGEST_WAIT):
        raise NotTypesetError("too many documents at once")
    try:
        # Our own file, run by our own Python; what people typed goes in as input and never as an argument.
        done = subprocess.run(  # noqa: S603
            command, input=given, capture_output=True, timeout=LONGEST_WORK, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotTypesetError(f"no document in {LONGEST_WORK} seconds") from None
    finally:
        AT_ONCE.release()
    if done.returncode:
        raise NotTypesetError(done.stderr.decode(errors="replace"))
    return done.stdout


def _printable(value: Any) -> Any:
    """The value with every text in it as our fonts can print it."""
    match value:
        case str():
            return printable(value)
        case Mapping():
            return {key: _printable(each) for key, each in value.items()}
        case list() | tuple():
            return [_printable(each) for each in value]
    return value

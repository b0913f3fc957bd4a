"""The log: one form for all loggers, JSON in production, and never anything personal."""

import json
import logging
from collections.abc import Callable, Iterator

import pytest
import structlog

from planner.core import logs
from planner.core.tokens import new_token


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., str]]:
    """Configures the log for production or development, runs something, and returns what was written."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level

    def write(work: Callable[[], None], *, production: bool) -> str:
        logs.configure(production=production)
        work()
        return capsys.readouterr().err

    yield write
    root.handlers, root.level = handlers, level


def test_production_writes_one_json_object_a_line(written: Callable[..., str]) -> None:
    log = structlog.get_logger("planner.test")
    line = json.loads(written(lambda: log.warning("letter_delayed", letter=17), production=True))
    assert {name: line[name] for name in ("event", "level", "logger", "letter")} == {
        "event": "letter_delayed",
        "level": "warning",
        "logger": "planner.test",
        "letter": 17,
    }
    assert line["timestamp"].endswith("Z")


def test_development_writes_a_line_for_a_person(written: Callable[..., str]) -> None:
    log = structlog.get_logger("planner.test")
    line = written(lambda: log.info("sweep", done=3), production=False)
    assert line[8:] == " info    planner.test: sweep done=3\n"


@pytest.mark.parametrize("production", [True, False])
def test_no_address_and_no_secret_is_written_whoever_writes_it(written: Callable[..., str], production: bool) -> None:
    token = new_token()

    def fail() -> None:
        try:
            raise ValueError("refused by anna.andersson@post.example.se")
        except ValueError:
            logging.getLogger("a.library").exception("Exception on /konto/in/%s [GET]", token)

    text = written(fail, production=production)
    assert "ValueError: refused by <e-post>" in text
    assert "/konto/in/… [GET]" in text
    assert ("anna" in text, token in text) == (False, False)

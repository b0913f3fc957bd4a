"""What the service says of itself: JSON lines in production, readable ones in development, never personal data."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SECRET = re.compile(r"(?<=/)[A-Za-z0-9_-]{32}(?![A-Za-z0-9_-])")

STEPS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def configure(*, production: bool) -> None:
    """Send every logger of the process, ours and the libraries', to standard error in one form."""
    structlog.configure(
        processors=[*STEPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False) if production else _readable
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=STEPS,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer, without_personal_data],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    # Their start-up lines tell nothing that ours do not.
    for name in ("huey", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)


def without_personal_data(_logger: Any, _method: str, line: Any) -> str:
    """The finished line without e-mail addresses and secret addresses, whatever put them there."""
    return SECRET.sub("…", EMAIL.sub("<e-post>", str(line)))


def _readable(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    """One line for a person: time, level, what happened, the values; a traceback below it."""
    time, level = str(event.pop("timestamp"))[11:19], event.pop("level")
    name, text, trace = event.pop("logger", ""), event.pop("event"), event.pop("exception", "")
    values = " ".join(f"{key}={value}" for key, value in event.items())
    return f"{time} {level:7} {name}: {text} {values}".rstrip() + (f"\n{trace}" if trace else "")

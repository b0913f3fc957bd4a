"""Letters are plain-text templates, rendered strictly: an undefined name is an error. No Flask here."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

LETTERS = Path(__file__).parents[2] / "templates" / "letters"


@cache
def _environment() -> Environment:
    return Environment(  # noqa: S701 - plain text, nothing to escape
        loader=FileSystemLoader(LETTERS),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


def render_letter(name: str, values: dict[str, Any]) -> tuple[str, str]:
    """The subject and the body of a letter."""
    text = _environment().get_template(f"{name}.txt").render(values)
    subject, _, body = text.partition("\n")
    return subject.strip(), body.strip() + "\n"

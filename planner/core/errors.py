"""What an action may refuse with. Messages are plain Swedish, marked with ``N_`` and translated by the views."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong or missing: the field's name ("" for the whole), a Swedish message, its values.

    ``message`` may hold ``%(name)s`` placeholders that ``values`` fill, so that it can be translated.
    """

    field: str
    message: str
    values: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def text(self) -> str:
        """The message in Swedish with its values filled in."""
        return self.message % self.values if self.values else self.message


class Refused(Exception):
    """An action said no; nothing has been changed."""


class NotAllowed(Refused):
    """The actor may not do this (403)."""


class NotFound(Refused):
    """The thing does not exist, or the actor may not know that it does (404)."""


class Invalid(Refused):
    """What was given does not hold together; carries every problem found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.field}: {problem.text}" for problem in problems))
        self.problems = list(problems)


class StaleVersion(Refused):
    """Somebody else saved the same thing in between; nothing was overwritten."""

    def __init__(self, current_version: int) -> None:
        super().__init__(f"the current version is {current_version}")
        self.current_version = current_version

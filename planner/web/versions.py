"""Two people save the same form: what differs between their versions, in words, so that neither is lost.

A form that is opened carries the version that it shows and a fingerprint of each of its fields. When somebody else has
saved meanwhile, the fingerprints tell what this person has touched and what only the other one has.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from wtforms import Field

from planner.web.fields import ChoiceField, HiddenField, TickField
from planner.web.forms import Form


@dataclass(frozen=True)
class Difference:
    """One field of which there are two versions, both in words.

    ``is_taken`` says that the form now holds what is saved, because this person had not touched the field;
    ``is_written`` that the words are people's own, and not the interface's.
    """

    label: str
    mine: str
    theirs: str
    is_taken: bool
    is_written: bool


class VersionedForm(Form):
    """A form that says which version of the thing the person read."""

    version = HiddenField()

    @property
    def expected_version(self) -> int:
        """The version that the page showed; one that never was if it says nothing of it."""
        return int(self.version.data) if self.version.data.isascii() and self.version.data.isdigit() else -1


class MergingForm(VersionedForm):
    """A form whose fields remember what stood in them when it was opened, but for those ``not_compared``."""

    not_compared: tuple[str, ...] = ()
    base = HiddenField()

    def remember(self, version: int) -> None:
        """Carry the version that the form shows, and what its fields say in it."""
        self.version.process(None, data=str(version))
        self.base.process(None, data=json.dumps({name: _fingerprint(field) for name, field in self._asked()}))

    def merge(self, saved: "MergingForm", version: int) -> list[Difference]:
        """What is saved now beside what this person typed; where they typed nothing new, the form takes what is saved.

        ``saved`` is the same form filled with what is saved. To send the form again is a choice made with open eyes.
        """
        before, found = self._remembered(), []
        for name, field in self._asked():
            other = saved[name]
            mine, theirs = in_words(field), in_words(other)
            if mine == theirs:
                continue
            is_taken = before.get(name) == _fingerprint(field)
            found.append(Difference(field.label.text, mine, theirs, is_taken, _is_written(field)))
            if is_taken:
                field.process(None, data=other.data)
        saved.remember(version)
        self.version.process(None, data=saved.version.data)
        self.base.process(None, data=saved.base.data)
        return found

    def _asked(self) -> list[tuple[str, Field]]:
        """The fields that a person fills in."""
        left_out = {"csrf_token", *self.not_compared}
        return [
            (name, field)
            for name, field in self._fields.items()
            if name not in left_out and not isinstance(field, HiddenField)
        ]

    def _remembered(self) -> dict[str, Any]:
        """The fingerprints that travelled with the form; if they are broken none, so that all counts as touched."""
        try:
            before = json.loads(self.base.data)
        except ValueError:
            return {}
        return before if isinstance(before, dict) else {}


def in_words(field: Field) -> str:
    """What a field holds, as one would read it."""
    if hasattr(field, "entries"):
        return "\n".join(filter(None, (in_words(entry) for entry in field.entries)))
    if hasattr(field, "form"):
        return ": ".join(filter(None, (in_words(part) for part in field if not isinstance(part, HiddenField))))
    if isinstance(field, ChoiceField):
        return ", ".join(label for _value, label, is_chosen in field.options() if is_chosen)
    if isinstance(field, TickField):
        return str(gettext("Ja") if field.data else gettext("Nej"))
    return str(field.value_typed)


def _is_written(field: Field) -> bool:
    if isinstance(field, ChoiceField):
        return not field.has_own_choices
    return not isinstance(field, TickField)


def _fingerprint(field: Field) -> str:
    return hashlib.sha256(in_words(field).encode()).hexdigest()[:12]

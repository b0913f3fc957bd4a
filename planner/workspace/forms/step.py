"""What the forms of all steps share: which version they were opened on, and what stood in them then."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from planner.events.actions import EventFields
from planner.events.models import Event
from planner.web.fields import HiddenField
from planner.web.versions import VersionedForm


class StepForm(VersionedForm):
    """One step of registering an event.

    ``version`` is the event's when the step was opened and ``base`` a fingerprint of each field as it stood then, so
    that what others have changed meanwhile can be told from what this person changed.
    """

    base = HiddenField()

    @classmethod
    def data_of(cls, event: Event) -> dict[str, Any]:
        """The event's values under the names of the form's fields."""
        raise NotImplementedError

    def fields(self, event: Event) -> EventFields:
        """What was typed, under the names of the action's fields."""
        raise NotImplementedError


def fingerprints(values: Mapping[str, Any]) -> str:
    """A short fingerprint of each value, as the hidden field ``base`` carries them."""
    return json.dumps({key: _fingerprint(value) for key, value in values.items()}, separators=(",", ":"))


def changed_since(base: str, values: Mapping[str, Any]) -> set[str]:
    """The keys of the values that are no longer what they were when ``base`` was made; all of them if it is broken."""
    try:
        before = json.loads(base)
    except ValueError:
        before = {}
    if not isinstance(before, dict):
        before = {}
    return {key for key, value in values.items() if before.get(key) != _fingerprint(value)}


def _fingerprint(value: Any) -> str:
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()[:12]

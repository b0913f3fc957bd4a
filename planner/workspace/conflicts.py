"""Two people saved the same thing: both versions side by side, field by field, so that neither is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.core.text import N_
from planner.workspace.forms.step import changed_since


@dataclass(frozen=True)
class InWords:
    """A field's label and both its values; ``lang`` is the language that people wrote them in, "" if they are ours."""

    label: str
    theirs: str
    mine: str
    lang: str = ""


@dataclass(frozen=True)
class Clash:
    """One field that differs: its key, both values in words, and which of them is the likely one.

    ``likely`` is "theirs" when only they changed it, "mine" when only this person did, "" when both did.
    """

    key: str
    words: InWords
    likely: str
    chosen: str = ""


def clashes_of(
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    base: str,
    words: Mapping[str, InWords],
    chosen: Mapping[str, str],
) -> list[Clash]:
    """The fields of ``mine`` that differ from what is saved now.

    ``words`` holds each of them in words, ``chosen`` the choices that were made already.
    """
    theirs_changed = changed_since(base, {key: theirs[key] for key in mine})
    mine_changed = changed_since(base, mine)
    found = []
    for key, both in words.items():
        likely = "" if key in theirs_changed & mine_changed else "theirs" if key in theirs_changed else "mine"
        found.append(Clash(key, both, likely, chosen.get(key, likely)))
    return found


def differing(theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> list[str]:
    """The keys of ``mine`` whose values are not those saved now."""
    return [key for key, value in mine.items() if theirs.get(key) != value]


NOT_CHOSEN = N_("Välj vilken version som ska gälla för varje fält.")

"""Text from people, made fit for a line of a calendar file.

``icalendar`` escapes; what it lets through (control characters, ``\\N``) stops here. It also folds between the two
backslashes of one that is escaped, which loses the event in Google, so lines are folded anew.
"""

import re

from icalendar import Component, vText

from planner.core.text import clean_text
from planner.feeds.text import shorten, single_line

_SPACES = re.compile(" {2,}")
_UNIT = re.compile(r"\\.|\^[\^n']|.")
"""What no fold may part: a character, or an escape of RFC 5545 3.3.11 or RFC 6868."""

LONGEST_LINE = 75
"""Octets, without the line end (RFC 5545 3.1)."""


def one_line(text: str, longest: int = 255) -> vText:
    """A value of one clean line, which may turn out empty. Outlook complains above 255 characters."""
    return _value(shorten(single_line(text), longest))


def many_lines(text: str) -> vText:
    """A value of several clean lines."""
    # A run of spaces could fill a whole folded line, which some readers take for a blank one.
    return _value(_SPACES.sub(" ", clean_text(text)))


def serialised(component: Component) -> str:
    """The lines of a component, folded, with CRLF."""
    lines = component.to_ical().decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    folded, room = [], LONGEST_LINE
    for unit in _UNIT.findall(line):
        octets = len(unit.encode())
        if octets > room:
            folded.append("\r\n ")
            room = LONGEST_LINE - 1
        folded.append(unit)
        room -= octets
    return "".join(folded)


def _value(text: str) -> vText:
    # icalendar takes a backslash before a capital N for a line break: "C:\Ny" would become two lines.
    return vText(text.replace("\\N", "\\ N"))

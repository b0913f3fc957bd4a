"""Text and addresses from people, made fit for a line of a calendar file.

``icalendar`` escapes; what it lets through (control characters, ``\\N``, addresses of any scheme) stops here. It also
folds between the two backslashes of one that is escaped, which loses the event in Google, so lines are folded anew.
"""

import html
import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

from icalendar import Component, vText

from planner.core.text import clean_line, clean_text

_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|ul|ol|blockquote|tr)>|<br ?/?>")
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(" {2,}")
_JOINER = "\u200d"
# It belongs between emoji and between letters of scripts that join; after a Latin letter somebody hides something.
_STRAY_JOINER = re.compile("(?<![\u0370-\U0010ffff])\u200d+")
_JOINED = frozenset({_JOINER, "\ufe0e", "\ufe0f", *(chr(tone) for tone in range(0x1F3FB, 0x1F400))})
_UNIT = re.compile(r"\\.|\^[\^n']|.")
"""What no fold may part: a character, or an escape of RFC 5545 3.3.11 or RFC 6868."""

LONGEST_LINE = 75
"""Octets, without the line end (RFC 5545 3.1)."""

_STAYS = "%/:?#[]@!$&'()*+,;=~"


def one_line(text: str, longest: int = 255) -> vText:
    """A value of one clean line, which may turn out empty. Outlook complains above 255 characters."""
    return _value(shorten(clean_line(_STRAY_JOINER.sub("", text)), longest))


def many_lines(text: str) -> vText:
    """A value of several clean lines."""
    # A run of spaces could fill a whole folded line, which some readers take for a blank one.
    return _value(_SPACES.sub(" ", clean_text(text)))


def shorten(text: str, longest: int) -> str:
    """The text, or its beginning and ``…``, cut between words if it can be and never inside a letter or an emoji."""
    if len(text) <= longest:
        return text
    cut = longest - 1
    while cut > 0 and _belongs_together(text[cut - 1], text[cut]):
        cut -= 1
    kept = text[:cut]
    if not text[cut].isspace() and " " in kept[longest // 2 :]:
        kept = kept.rpartition(" ")[0]
    return f"{kept.rstrip(' ,.;:–-')}…"


def plain(markup: str) -> str:
    """The words of sanitised HTML, each paragraph on a line."""
    return clean_text(html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", markup))))


def web_address(address: str) -> str:
    """An http(s) address in ASCII, or nothing: what is no such address is in no feed."""
    try:
        parts = urlsplit(clean_line(address))
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[a-z0-9_.\-]+", host):
        return ""
    rest = (quote(part, safe=_STAYS) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host + port, *rest))


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


def _belongs_together(before: str, after: str) -> bool:
    return before == _JOINER or after in _JOINED or bool(unicodedata.combining(after))

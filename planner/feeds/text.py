"""Text and addresses from people, made fit for any feed."""

import html
import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

from planner.core.text import clean_line, clean_text

_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|ul|ol|blockquote|tr)>|<br ?/?>")
_TAG = re.compile(r"<[^>]*>")
_JOINER = "\u200d"
_JOINED = frozenset({_JOINER, "\ufe0e", "\ufe0f", *(chr(tone) for tone in range(0x1F3FB, 0x1F400))})
# It belongs between emoji and between letters of scripts that join; after a Latin letter somebody hides something.
_STRAY_JOINER = re.compile("(?<![\u0370-\U0010ffff])\u200d+")
_STAYS = "%/:?#[]@!$&'()*+,;=~"


def single_line(text: str) -> str:
    """One clean line, which may turn out empty."""
    return clean_line(_STRAY_JOINER.sub("", text))


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


def _belongs_together(before: str, after: str) -> bool:
    return before == _JOINER or after in _JOINED or bool(unicodedata.combining(after))

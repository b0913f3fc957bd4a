"""How words are compared: what somebody types and what an organiser wrote go through the same mill.

å, ä and ö are letters of their own, so ``val`` is not ``väl``; other accents do not matter. Snowball stems Swedish, but
not all forms of a word alike (vecka, veckan; demokrati, demokratin): it is asked until it has nothing more to say, with
what it misses in between.
"""

import re
import unicodedata
from functools import lru_cache
from threading import local

import Stemmer

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_OWN = str.maketrans("åäö", "aao")
_NORDIC = str.maketrans("øæ", "öä")

_QUALITY = re.compile(r"(?P<root>.{3,}het)(?:s|en|ens|er|ers|erna|ernas)?\Z")
_ENDINGS = re.compile(
    r"(?P<root>"
    r".{2,}i(?=(?:n|ns|s|et|ets|er|ers|erna|ernas|um|ums|umet)\Z)"
    r"|.{3,}[oöyu](?=ns?\Z)"
    r"|.{3,}(?=(?:an|ans|et|ets)\Z)"
    r"|.{4,}(?=ums?\Z)"
    r")"
)
"""Demokratin, partiet, seminarium; miljön; veckan, torget; museum: what Snowball leaves."""

_threads = local()


def plain(text: str) -> str:
    """The text in small letters, without other accents than those of å, ä and ö."""
    small = unicodedata.normalize("NFC", text.casefold()).translate(_NORDIC)
    return small if small.isascii() else "".join(char if char in "åäö" else _bare(char) for char in small)


def folded(text: str) -> str:
    """Plain text as on a keyboard without å, ä and ö."""
    return text.translate(_OWN)


def words_of(text: str) -> list[str]:
    """The words of a text, plain, in the order in which they stand; addresses on the web are no words."""
    return _WORD.findall(plain(_ADDRESS.sub(" ", text)))


def stem(word: str) -> str:
    """What the forms of a plain word have in common; a word to compare, not one to read."""
    return _stem(word)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    if quality := _QUALITY.match(word):
        return quality["root"]
    while True:
        shorter = _snowball().stemWord(word)
        if ending := _ENDINGS.match(shorter):
            shorter = ending["root"]
        if shorter == word:
            return word
        word = shorter


def _snowball() -> Stemmer.Stemmer:
    """A stemmer of the thread's own: two threads may not share one."""
    if not hasattr(_threads, "stemmer"):
        _threads.stemmer = Stemmer.Stemmer("swedish", 0)
    stemmer: Stemmer.Stemmer = _threads.stemmer
    return stemmer


def _bare(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))

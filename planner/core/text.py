"""Text: cleaning what people paste, slugs, folding for comparison, marking for translation."""

import re
import unicodedata
from collections.abc import Sequence

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_BIDI_AND_ZERO_WIDTH = re.compile("[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools expect
    """Mark a Swedish text for translation where it is written; the views translate it where it is shown."""
    return message


def clean_line(text: str) -> str:
    """One line of plain text: no control, bidirectional or zero-width characters, single spaces, composed letters."""
    text = re.sub(r"\s*[\r\n\x0b\x0c\x85\u2028\u2029]+\s*", " ", text)
    text = _BIDI_AND_ZERO_WIDTH.sub("", _CONTROL.sub("", text.replace("\t", " ")))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def clean_text(text: str) -> str:
    """Several lines of plain text: line ends become ``\\n``, other control characters go, at most one empty line."""
    text = re.sub("\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    text = _CONTROL.sub("", text.replace("\t", " "))
    text = "\n".join(line.rstrip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def slugify(text: str, *, longest: int = 80) -> str:
    """An address part: å and ä become a, ö becomes o, everything else that is not a letter or digit a hyphen."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("æ", "a").replace("ß", "ss"))
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > longest:
        slug = slug[: longest + 1].rpartition("-")[0] or slug[:longest]
    return slug or "namnlos"


def first_that_fit(words: Sequence[str], longest: int) -> tuple[list[str], int]:
    """The first of the words that have room in so many characters with a comma between, one at least; how many more."""
    shown: list[str] = []
    for word in words:
        if shown and len(", ".join([*shown, word])) > longest:
            break
        shown.append(word)
    return shown, len(words) - len(shown)


def swedish_key(text: str) -> tuple[tuple[int, str], ...]:
    """A sort key in Swedish order: å, ä, ö after z; case and other accents do not matter."""
    order = {"å": (1, "a"), "ä": (1, "b"), "ö": (1, "c")}
    keys: list[tuple[int, str]] = []
    for char in unicodedata.normalize("NFC", text.casefold()):
        base = unicodedata.normalize("NFKD", char)[0]
        keys.append(order.get(char) or (0, base))
    return tuple(keys)

"""Which letters can be printed. A PDF for everybody may hold none that has no form in any font."""

import re
import unicodedata
from functools import cache
from pathlib import Path

FALLBACK = (range(0x391, 0x3A2), range(0x3A3, 0x3CF), range(0x400, 0x460), range(0x490, 0x492))
"""Greek and Cyrillic, which typst's own letters have."""

_LIST = Path(__file__).parent / "fonts" / "letters.txt"
_BLANKS = re.compile("[ \n]+")


def printable(text: str) -> str:
    """The text without what no font of ours has, like emoji, and without the blanks that stood around it."""
    composed = unicodedata.normalize("NFC", text)
    if all(letter in _letters() for letter in composed):
        return composed
    return _BLANKS.sub(" ", "".join(letter for letter in composed if letter in _letters())).strip()


@cache
def _letters() -> frozenset[str]:
    """Every letter with a form, as ``tools/print_fonts.py`` has written them down: ``20-7e`` in hexadecimal."""
    spans = (line.partition("-") for line in _LIST.read_text(encoding="ascii").split())
    ours = (code for first, _dash, last in spans for code in range(int(first, 16), int(last, 16) + 1))
    return frozenset(map(chr, (*ours, ord("\n"), *(code for span in FALLBACK for code in span))))

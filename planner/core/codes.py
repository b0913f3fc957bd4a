"""Short codes that can be read aloud and typed from a poster. They follow from a text and hide nothing."""

import hashlib
import re
from collections.abc import Iterator

ALPHABET = "23456789cfghjmpqrvwx"
"""Open Location Code's: no vowels, so that no code becomes a word in any language, and none that look alike."""

SHORTEST, LONGEST = 6, 12
"""64 million codes are far more than anybody will ask for, so a longer one is rare."""

_CODE = re.compile(f"[{ALPHABET}]{{{SHORTEST},{LONGEST}}}\\Z")


def codes_of(text: str) -> Iterator[str]:
    """The codes that a text may have, best first: each a character longer, for when another text has taken it.

    The same text has the same codes everywhere and always, so that two who ask at once get the same.
    """
    number = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    code = ""
    while len(code) < LONGEST:
        number, place = divmod(number, len(ALPHABET))
        code += ALPHABET[place]
        if len(code) >= SHORTEST:
            yield code


def as_code(typed: str) -> str:
    """What somebody typed as a code of ours, capitals or not; "" if none was ever made like it."""
    code = typed.strip().lower()
    return code if _CODE.match(code) else ""

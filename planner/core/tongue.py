"""The language that something is told in, for rooms that know nothing of pages: what is written once in Swedish."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tongue:
    """How days and clock are written, and how our own Swedish words are said.

    ``texts`` are the texts of an event that are shown first ("sv-lattlast" in easy Swedish), ``prefix`` what the
    addresses of pages begin with ("/en").
    """

    code: str
    say: Callable[[str], str]
    texts: str = "sv"
    prefix: str = ""


SWEDISH = Tongue("sv", str)

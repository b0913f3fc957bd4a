"""The languages that an address can be in, for tests that look at what stands behind its prefix."""

import re

from planner.web.language import LANGUAGES, prefix_of

PREFIXES = [prefix_of(code) for code in LANGUAGES]
PREFIX = "".join(["(?:", "|".join(filter(None, PREFIXES)), ")?"])
"""As a pattern: the prefix of any language, or none."""


def without_language(path: str) -> str:
    """A path as the routes know it."""
    return re.sub(rf"^{PREFIX}(?=/|$)", "", path)

"""Marking what was searched for in the texts of a page, wherever they stand on it.

Who knows what was searched for says so once for the page; the templates mark what people read first.
"""

import re
from collections.abc import Callable, Sequence

from flask import Flask, g
from markupsafe import Markup, escape

Finder = Callable[[str], Sequence[tuple[int, int]]]
"""Where in a text the hits stand: from where to where, in order and apart."""

_TAGS = re.compile(r"(<[^>]*>)")


def init_app(app: Flask) -> None:
    """Give the templates their filter, and the test of whether the page has anything to mark."""
    app.jinja_env.filters["marked"] = marked
    app.jinja_env.globals["is_marking"] = is_marking


def mark_hits(finder: Finder) -> None:
    """Mark these hits on the page that is being made."""
    g.finder = finder


def is_marking() -> bool:
    """Whether anything was searched for on this page."""
    return "finder" in g


def marked(text: object) -> Markup:
    """A text, or markup of ours around one, with its hits in ``<mark>``."""
    whole = escape(text)
    if not is_marking():
        return whole
    # Split at tags of our own alone: whatever is no tag has been escaped, and is escaped again around its marks.
    parts = (Markup(part) for part in _TAGS.split(whole))  # noqa: S704
    return Markup("").join(part if at % 2 else _marked(part.unescape()) for at, part in enumerate(parts))


def _marked(text: str) -> Markup:
    parts, done = [Markup("")], 0
    for begin, end in g.finder(text):
        parts += [escape(text[done:begin]), Markup("<mark>{}</mark>").format(text[begin:end])]
        done = end
    return Markup("").join([*parts, escape(text[done:])])

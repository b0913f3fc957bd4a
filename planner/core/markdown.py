"""Markdown that people write, as HTML that is safe to show: no raw HTML, a short list of elements, marked links."""

from functools import cache

import nh3
from markdown_it import MarkdownIt

_ELEMENTS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "h3", "h4"}


def render_markdown(text: str) -> str:
    """The sanitised HTML of a description; headings begin at level three, below the page's own. "" for no text."""
    if not text.strip():
        return ""
    cleaner = nh3.Cleaner(
        tags=_ELEMENTS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"https", "http", "mailto", "tel"},
        link_rel="nofollow ugc noopener",
    )
    return cleaner.clean(_markdown().render(text))


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True})
    markdown.core.ruler.push("headings", _lower_headings)
    return markdown


def _lower_headings(state: object) -> None:
    for token in getattr(state, "tokens", []):
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag in ("h1", "h2") else "h4"

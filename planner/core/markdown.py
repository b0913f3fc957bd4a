"""Markdown as people write it in descriptions, rendered once when it is saved, through an allow-list."""

from collections.abc import Sequence
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "strong", "em", "h3", "h4", "ul", "ol", "li", "blockquote", "a", "hr", "code", "pre"}


def render_markdown(text: str) -> str:
    """Safe HTML: headings below the page's own, links that promise nothing, no pictures, no raw HTML."""
    if not text.strip():
        return ""
    parser = _parser()
    tokens = parser.parse(text)
    _place_headings(tokens)
    return nh3.clean(
        str(parser.renderer.render(tokens, parser.options, {})),
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"https", "http", "mailto", "tel"},
        link_rel="nofollow ugc noopener",
    ).strip()


def _place_headings(tokens: Sequence[Token]) -> None:
    """The page has an h1 and its sections h2: the highest level written becomes h3, the others h4; none is skipped."""
    levels = [token.tag for token in tokens if token.type == "heading_open"]
    seen_h3 = False
    tag = ""
    for token in tokens:
        if token.type == "heading_open":
            tag = "h3" if token.tag == min(levels) or not seen_h3 else "h4"
            seen_h3 = True
        if token.type in ("heading_open", "heading_close"):
            token.tag = tag


@cache
def _parser() -> MarkdownIt:
    # Pictures have their own field with an alternative text; tables belong to the page's own facts.
    return MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).disable("image")

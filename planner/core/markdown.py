"""Markdown as people write it in descriptions, rendered once when it is saved, through an allow-list."""

from functools import cache

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "h3", "h4", "ul", "ol", "li", "blockquote", "a", "hr", "code"}
_LEVELS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}


def render_markdown(text: str) -> str:
    """Safe HTML: headings below the page's own, links that promise nothing, no pictures, no raw HTML."""
    if not text.strip():
        return ""
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        # The page has an h1 and its sections h2: what is written inside them begins at h3.
        token.tag = _LEVELS.get(token.tag, token.tag)
    return nh3.clean(
        str(parser.renderer.render(tokens, parser.options, {})),
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"https", "http", "mailto", "tel"},
        link_rel="nofollow ugc noopener",
    ).strip()


@cache
def _parser() -> MarkdownIt:
    # Pictures have their own field with an alternative text; tables belong to the page's own facts.
    return MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).disable("image")

"""HTML as a browser reads it, and what is wrong with how it is written.

A browser mends what is badly nested without a word, so the tree that it makes is compared with the tags as they stand.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import turbohtml
from turbohtml.treebuild import parse_into

HTML = "http://www.w3.org/1999/xhtml"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
Attributes = tuple[tuple[str, str | None], ...]


class ElementBuilder:
    """Builds elements of the standard library; those of SVG carry their namespace, those of HTML none."""

    def create_document(self) -> Element:
        return Element("document")

    def create_doctype(self, *_names: str | None) -> None:
        return None

    def create_element(self, name: str, namespace: str, attributes: Attributes) -> Element:
        tag = name if namespace == HTML else f"{{{namespace}}}{name}"
        return Element(tag, {key: value or "" for key, value in attributes})

    def create_text(self, data: str) -> str:
        return data

    def create_comment(self, _data: str) -> None:
        return None

    def create_pi(self, *_words: str) -> None:
        return None

    def append(self, parent: Element, child: Element | str | None) -> None:
        if isinstance(child, Element):
            parent.append(child)
        elif child and len(parent):
            parent[-1].tail = (parent[-1].tail or "") + child
        elif child:
            parent.text = (parent.text or "") + child


def parse(html: str) -> Element:
    """The root element of a page, as a browser would build it."""
    builder: turbohtml.treebuild.TreeBuilder[Element] = ElementBuilder()  # type: ignore[assignment]
    [root] = parse_into(html, builder)
    return root


def faults(html: str, page: Element) -> Iterator[str]:
    """What a browser would have to mend: in the characters, the end of an element, or where an element may stand."""
    if not html.lower().startswith("<!doctype html>"):
        yield "no doctype"
    for error in turbohtml.parse(html).errors:
        yield f"line {error.line}, column {error.col}: {error.code}"
    open_tags: list[str] = []
    built = _elements(page, 1)
    for token in turbohtml.tokenize(html):
        here = f"line {token.line}, column {token.col}"
        if token.type is turbohtml.TokenType.START_TAG:
            written = (len(open_tags) + 1, token.tag)
            if (read := next(built, None)) != written:
                yield f"{here}: <{token.tag}> at depth {written[0]} is read as {read}"
                return
            if token.tag not in VOID and not token.self_closing:
                open_tags.append(token.tag)
        elif token.type is turbohtml.TokenType.END_TAG:
            if open_tags[-1:] != [token.tag]:
                yield f"{here}: </{token.tag}> stands where {open_tags[-3:]} are open"
                return
            open_tags.pop()
    yield from (f"<{tag}> is never closed" for tag in open_tags)
    yield from (f"{element} is read where nothing is written" for element in built)


def _elements(element: Element, depth: int) -> Iterator[tuple[int, str]]:
    yield depth, element.tag.rpartition("}")[2].lower()
    for child in element:
        yield from _elements(child, depth + 1)

"""Every HTML page that any test fetches is looked at here, so that no page has to ask for it."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests import markup
from tests.languages import PREFIX, PREFIXES

WITHOUT_SESSION = re.compile(rf"{PREFIX}/mitt-program(?:/|$)")
"""Where no session stands behind the forms (decision 0013)."""
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
TAKE_NO_TOKEN = {f"{prefix}/f" for prefix in PREFIXES}
"""Where pages for everybody post to, who have no cookie (planner.web.forms.takes_no_token)."""


def inspect_page(html: str) -> None:
    """Fail with everything that is wrong with a page."""
    problems = list(_problems(html))
    assert not problems, "The page has faults:\n  " + "\n  ".join(problems)


def _problems(html: str) -> Iterator[str]:
    page = markup.parse(html)
    yield from markup.faults(html, page)
    yield from _document_problems(page)
    yield from _heading_problems(page)
    yield from _identity_problems(page)
    yield from _field_problems(page)
    yield from _form_problems(page)
    yield from _inline_problems(page)


def _text(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _document_problems(page: Element) -> Iterator[str]:
    if not page.get("lang"):
        yield "html has no lang attribute"
    headings = [_text(h1) for h1 in page.iter("h1")]
    if len(headings) != 1:
        yield f"{len(headings)} h1, there must be exactly one: {headings}"
        return
    title = _text(page.find("head/title"))
    # An error summary puts "Fel: " first, so that a screen reader says it before anything else.
    if not title.removeprefix("Fel: ").removeprefix("Error: ").startswith(headings[0]):
        yield f"the title {title!r} does not begin with the h1 {headings[0]!r}"


def _heading_problems(page: Element) -> Iterator[str]:
    level = 0
    for element in page.iter():
        if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            here = int(element.tag[1])
            if here > level + 1:
                yield f"{element.tag} {_text(element)!r} follows a heading of level {level}"
            if not _text(element):
                yield f"an empty {element.tag}"
            level = here


def _identity_problems(page: Element) -> Iterator[str]:
    counts = Counter(identity for element in page.iter() if (identity := element.get("id")) is not None)
    yield from (f"the id {identity!r} stands {count} times" for identity, count in counts.items() if count > 1)
    for element in page.iter():
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            for identity in (element.get(attribute) or "").split():
                if identity not in counts:
                    yield f"{element.tag} has {attribute}={identity!r}, which is on no element"
        target = element.get("href") or ""
        if element.tag == "a" and target.startswith("#") and len(target) > 1 and target[1:] not in counts:
            yield f"a link leads to {target!r}, which is on no element"


def _field_problems(page: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in page.iter("label") if _text(label)}
    wrapped = {id(field) for label in page.iter("label") if _text(label) for field in label.iter()}
    for element in page.iter():
        if element.tag not in ("input", "select", "textarea") or element.get("type", "text") in UNLABELLED:
            continue
        if element.get("aria-label") or element.get("aria-labelledby"):
            continue
        if element.get("id") not in labelled and id(element) not in wrapped:
            yield f"the field {element.get('name')!r} has no label"
    for image in page.iter("img"):
        if image.get("alt") is None:
            yield f"the image {image.get('src')!r} has no alt attribute"


def _form_problems(page: Element) -> Iterator[str]:
    for form in page.iter("form"):
        if not form.get("action"):
            yield f"a form without action: {_text(form)[:60]!r}"
        fields = {field.get("name") for field in form.iter("input")}
        is_posted, action = form.get("method", "get").lower() == "post", form.get("action") or ""
        needs_token = action not in TAKE_NO_TOKEN and not WITHOUT_SESSION.match(action)
        if is_posted and needs_token and "csrf_token" not in fields:
            yield f"a form that posts without csrf_token, to {action!r}"
        if is_posted and not needs_token and "csrf_token" in fields:
            yield f"a form that needs a session where there is none, to {action!r}"
        if not any(button.get("type", "submit") == "submit" for button in form.iter("button")):
            yield f"a form without a button, to {form.get('action')!r}"


def _inline_problems(page: Element) -> Iterator[str]:
    for element in page.iter():
        if element.get("style") is not None:
            yield f"inline style on {element.tag}: {element.get('style')!r}"
        if element.tag == "style":
            yield "a style element"
        if element.tag == "script" and not element.get("src") and element.get("type") != "application/ld+json":
            yield "an inline script"
        yield from (f"{element.tag} has {name}" for name in element.attrib if str(name).startswith("on"))

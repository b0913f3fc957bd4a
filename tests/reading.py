"""What a test reads in a page: the form that it would send, its heading, what is wrong, what two people wrote."""

import re
from html import unescape

from werkzeug.test import TestResponse

from tests import markup

FIELD = re.compile(r'<h3 class="versions__field">(.*?)</h3>(.*?)(?=<h3|<p><a)', re.DOTALL)
SIDE = re.compile(r'<div class="versions__text"( data-in-form)?>(.*?)</div>', re.DOTALL)


def fields_of(response: TestResponse, action: str = "") -> dict[str, list[str]]:
    """What a browser would send from the page's form: hidden fields, texts, ticked boxes, chosen options."""
    page = markup.parse(response.get_data(as_text=True))
    main = page.find(".//main")
    forms = [form for form in main.iter("form") if form.get("method") == "post" and action in form.get("action", "")]
    fields: dict[str, list[str]] = {}
    for field in forms[0].iter():
        name = field.get("name")
        if name is None or name == "csrf_token" or field.tag == "button":
            continue
        if field.tag == "select":
            chosen = [one.get("value", "") for one in field.iter("option") if one.get("selected") is not None]
            fields.setdefault(name, []).extend(chosen or [next(field.iter("option")).get("value", "")])
        elif field.tag == "textarea":
            fields.setdefault(name, []).append(re.sub("^\n", "", field.text or ""))
        elif field.get("type") in ("checkbox", "radio"):
            if field.get("checked") is not None:
                fields.setdefault(name, []).append(field.get("value", "on"))
        elif field.get("type") != "file":
            fields.setdefault(name, []).append(field.get("value", ""))
    return fields


def heading(response: TestResponse) -> str:
    """The text of the page's h1."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.get_data(as_text=True), re.DOTALL)
    return " ".join(found[1].split()) if found else ""


def errors_of(response: TestResponse) -> list[tuple[str, str]]:
    """The error summary: where each link leads, and what it says."""
    page = markup.parse(response.get_data(as_text=True))
    for box in page.iter("div"):
        if "error-summary" in (box.get("class") or "").split():
            items = list(box.iter("li"))
            return [
                (
                    next((link.get("href", "") for link in item.iter("a")), ""),
                    " ".join("".join(item.itertext()).split()),
                )
                for item in items
            ]
    return []


def versions_on(page: str) -> dict[str, tuple[str, str, str]]:
    """For each field that differs: what this person typed, what is saved, and which of them stands in the form."""
    found = {}
    for label, sides in FIELD.findall(page):
        (mine_is_in_form, mine), (_theirs, theirs) = SIDE.findall(sides)
        found[unescape(label)] = (unescape(mine), unescape(theirs), "mine" if mine_is_in_form else "theirs")
    return found

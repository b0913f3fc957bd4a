"""The page of the design shows whatever the style sheets and the components have: what is not seen there rots."""

import re
from pathlib import Path

import pytest
from flask import Flask

from tests.browsing import Browser

ROOT = Path(__file__).parents[2]
CSS = ROOT / "static" / "css"
PAGES = ("/om/design", "/om/design/kalendern")
NO_COMPONENTS = {"palette", "tokens", "base", "chrome", "layout", "print", "wishes", "later", "main"}
"""Colours, plain elements, the frame of every page, and what changes others but has nothing of its own."""
ON_PAGES_OF_THEIR_OWN = {
    "event": "an event's page is one whole, and so are the others here: tests/browser/test_every_page.py looks at them",
    "news": "the page of what is new",
    "start": "the start page",
    "apps": "the ways into each calendar app, on /prenumerera",
    "saved": "the page of a saved programme",
    "printed": "the page to print",
    "workspace": "the organisers' pages",
    "coordination": "the coordinators' pages",
}


@pytest.fixture
def shown(client: Browser) -> str:
    return "".join(client.get(path).text for path in PAGES)


def blocks_of(sheet: str) -> set[str]:
    """The classes that a style sheet is about, without their parts (``card`` and not ``card__title``)."""
    without_comments = re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)
    selectors = re.findall(r"(?:^|\})([^{}@]+)\{", re.sub(r"@media[^{]+\{", "}", without_comments))
    first = (re.findall(r"^\.([a-z][a-z-]*)", part.strip()) for each in selectors for part in each.split(","))
    return {name[0].partition("__")[0].partition("--")[0] for name in first if name}


@pytest.mark.parametrize(
    "name", sorted({path.stem for path in CSS.glob("*.css")} - NO_COMPONENTS - set(ON_PAGES_OF_THEIR_OWN))
)
def test_every_style_sheet_is_shown(shown: str, name: str) -> None:
    classes = {each for found in re.findall(r'class="([^"]*)"', shown) for each in found.split()}
    seen = {each.partition("__")[0].partition("--")[0] for each in classes}
    assert blocks_of((CSS / f"{name}.css").read_text(encoding="utf-8")) - seen == set()


def test_every_component_is_shown() -> None:
    folder = ROOT / "templates"
    pages = [
        folder / "pages" / "design.html",
        *folder.glob("browse/design*.html"),
        *folder.glob("browse/design/*.html"),
    ]
    waiting, known = pages, set()
    while waiting:
        path = waiting.pop()
        asked = re.findall(r'{% (?:import|from|include|extends) "([^"]+)"', path.read_text(encoding="utf-8"))
        asked += re.findall(r'{%- (?:import|from|include) "([^"]+)"', path.read_text(encoding="utf-8"))
        waiting += [folder / each for each in asked if each not in known]
        known |= set(asked)
    components = {f"components/{path.name}" for path in (folder / "components").iterdir()}
    assert components - known == set()


def test_in_production_neither_page_is_there(app: Flask, client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "PRODUCTION", True)
    assert [client.get(path).status_code for path in PAGES] == [404, 404]


OF_A_PICTURE = {"county-map"}
"""Measured in the units of its drawing."""


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.stem)
def test_type_has_two_weights_and_the_sizes_of_the_scale(path: Path) -> None:
    """Each size in each weight is a font that a phone makes before it shows anything."""
    sheet = re.sub(r"@font-face \{.*?\n\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    weights = set(re.findall(r"font-weight: ([^;]+);", sheet))
    sizes = set(re.findall(r"font-size: ([^;]+);", sheet)) if path.stem not in OF_A_PICTURE else set()
    assert weights <= {"var(--regular)", "var(--strong)"}
    assert not [size for size in sizes if re.fullmatch(r"[0-9.]+(rem|px)", size)]

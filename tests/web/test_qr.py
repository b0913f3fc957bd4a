"""A QR code is part of the page: its modules are the address's, and it has a text alternative."""

import re
from xml.etree.ElementTree import Element

import segno

from planner.web.qr import QUIET_ZONE, qr_in_page
from tests import markup

ADDRESS = "https://demokrativeckan.example/mitt-program/AbCdEfGhIjKlMnOpQrStUvWxYz012345"


def read(drawn: str) -> Element:
    """The drawing as a page shows it."""
    page = markup.parse(drawn)
    return next(part for part in page.iter() if str(part.tag).endswith("}svg"))


def drawn_modules(path: str, border: int) -> set[tuple[int, int]]:
    """The dark modules (row, column) that a path of horizontal strokes draws, without the quiet zone."""
    dark, x, y = set(), 0.0, 0.0
    for command, values in re.findall(r"([Mmh])([-0-9. ]+)", path):
        numbers = [float(number) for number in re.findall(r"-?[0-9.]+", values)]
        if command == "M":
            x, y = numbers
        elif command == "m":
            x, y = x + numbers[0], y + numbers[1]
        else:
            dark |= {(int(y) - border, int(x) - border + step) for step in range(int(numbers[0]))}
            x += numbers[0]
    return dark


def test_drawing_is_the_code_of_the_address() -> None:
    drawing = read(qr_in_page(ADDRESS, "Koden"))
    paths = [part for part in drawing.iter() if part.tag.endswith("path")]
    matrix = segno.make_qr(ADDRESS, error="m", boost_error=False).matrix
    expected = {(row, column) for row, line in enumerate(matrix) for column, bit in enumerate(line) if bit}
    assert drawn_modules(paths[-1].get("d") or "", QUIET_ZONE) == expected


def test_drawing_says_what_it_is_and_brings_nothing_along() -> None:
    markup = qr_in_page(ADDRESS, "<b>Koden</b>")
    drawing = read(markup)
    assert drawing.get("role") == "img"
    assert [part.text for part in drawing.iter() if part.tag.endswith("title")] == ["<b>Koden</b>"]
    assert not [part.tag for part in drawing.iter() if not part.tag.endswith(("svg", "path", "title"))]
    assert "style" not in markup

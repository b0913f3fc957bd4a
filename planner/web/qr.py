"""QR codes, drawn here: nobody else is told what is scanned."""

from io import BytesIO

import segno
from markupsafe import Markup

QUIET_ZONE = 4
"""Modules of white around the code; scanners need four."""
COLOURS = {"dark": "#000", "light": "#fff"}
"""In any colour scheme."""


def qr_code(text: str) -> bytes:
    """The text as a QR code in an SVG file, readable with a seventh of it worn away.

    A module is a millimetre wide where nothing else decides the size: on paper it can be scanned from a metre.
    """
    file = BytesIO()
    _code(text).save(file, kind="svg", unit="mm", border=QUIET_ZONE, title=text, xmldecl=False, **COLOURS)
    return file.getvalue()


def qr_in_page(text: str, title: str) -> Markup:
    """The same as a part of a page: a secret address in it goes nowhere, not even to us in another request.

    ``title`` is its text alternative.
    """
    drawn = _code(text).svg_inline(
        border=QUIET_ZONE, svgclass="qr-code", lineclass=None, omitsize=True, title=title, **COLOURS
    )
    # segno escapes the title, and there is no other text in the drawing.
    return Markup(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704


def _code(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="m", boost_error=False)

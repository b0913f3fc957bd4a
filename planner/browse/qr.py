"""QR codes, drawn here: nobody else is told what is scanned."""

from io import BytesIO

import segno

QUIET_ZONE = 4
"""Modules of white around the code; scanners need four."""


def qr_code(text: str) -> bytes:
    """The text as a QR code in SVG: dark on white in any colour scheme, readable with a seventh of it worn away.

    A module is a millimetre wide where nothing else decides the size: on paper it can be scanned from a metre.
    """
    file = BytesIO()
    code = segno.make_qr(text, error="m", boost_error=False)
    code.save(file, kind="svg", unit="mm", border=QUIET_ZONE, dark="#000", light="#fff", title=text, xmldecl=False)
    return file.getvalue()

"""A process of its own for typst, which may take 300 MB for a thousand entries: they are given back when it ends.

It is run as a file and imports nothing of ours, so that it starts in a tenth of a second. Values come as JSON on
standard input, the document goes to standard output. No font but ours and those inside typst, no packages, no network.
"""

import sys
from pathlib import Path

import typst

FOLDER = Path(__file__).parent


def main(template: str, timestamp: str) -> None:
    """Write the document that a template makes of the values, dated as it is told."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FOLDER / "fonts")])
    document = typst.compile(
        FOLDER / f"{template}.typ",
        root=FOLDER,
        font_paths=fonts,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(timestamp),
        sys_inputs={"values": sys.stdin.buffer.read().decode()},
    )
    sys.stdout.buffer.write(document)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Make the fonts for paper from the vendored ones: ``python tools/print_fonts.py``.

Typst reads neither WOFF2 nor weights within one file, so each weight becomes a TrueType file of its own, with the
letters of both files in it. The same sources give the same bytes: a test makes them anew and compares.
"""

import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "static" / "vendor" / "familjen-grotesk-5.3.0"
TARGETS = ROOT / "planner" / "feeds" / "paper" / "fonts"
WEIGHTS = {"Regular": 400, "Bold": 700}


def made() -> dict[str, bytes]:
    """The files by name."""
    fonts = {f"FamiljenGrotesk-{style}.ttf": font(style, weight) for style, weight in WEIGHTS.items()}
    return {**fonts, "letters.txt": letters_in(fonts.values()), "LICENSE": (SOURCES / "LICENSE").read_bytes()}


def letters_in(fonts: Iterable[bytes]) -> bytes:
    """The code points that all of them have, in hexadecimal: a span on each line."""
    codes = sorted(set.intersection(*(set(TTFont(BytesIO(each)).getBestCmap()) for each in fonts)))
    firsts = [code for code in codes if code - 1 not in codes]
    lasts = [code for code in codes if code + 1 not in codes]
    return "".join(f"{first:x}-{last:x}\n" for first, last in zip(firsts, lasts, strict=True)).encode()


def font(style: str, weight: int) -> bytes:
    """One weight of all the letters, dated as its sources are."""
    with TemporaryDirectory() as folder:
        parts = [_part(name, weight, folder) for name in ("latin", "latin-ext")]
        modified = TTFont(parts[0])["head"].modified
        merged = Merger().merge(parts)
    merged.recalcTimestamp = False
    merged["head"].created = merged["head"].modified = modified
    names = {2: style, 17: style, 4: f"Familjen Grotesk {style}", 6: f"FamiljenGrotesk-{style}"}
    for name in merged["name"].names:
        name.string = names.get(name.nameID, name.string)
    file = BytesIO()
    merged.save(file)
    return file.getvalue()


def _part(name: str, weight: int, folder: str) -> str:
    part = instantiateVariableFont(TTFont(SOURCES / f"{name}.woff2", recalcTimestamp=False), {"wght": weight})
    part.flavor = None
    part["OS/2"].usWeightClass = weight
    path = f"{folder}/{name}.ttf"
    part.save(path)
    return path


def main() -> int:
    TARGETS.mkdir(parents=True, exist_ok=True)
    for name, content in made().items():
        (TARGETS / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Images that organisers upload: never stored as they came, but drawn anew, so that nothing hides in them."""

import re
import secrets
import warnings
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps

from planner.core.errors import Invalid, Problem
from planner.core.text import N_

LONGEST_SIDE = 1_600
"""Pixels: twice what the widest page shows."""
MOST_PIXELS = 50_000_000
"""What a large camera makes; more is a bomb, or a poster that belongs elsewhere."""
KINDS = ("JPEG", "PNG", "WEBP")
QUALITY = 80
_NAME = re.compile(r"[0-9a-f]{32}\.webp")


def redraw_image(file: BinaryIO) -> bytes:
    """The picture as WebP, upright, at most 1600 pixels a side, without metadata (GPS position, camera, thumbnail).

    Raises:
        Invalid: it is no image that we read, or far too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn(file)
    except Invalid:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_large() from bomb
    # Pillow's decoders raise many kinds of errors on broken files.
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, OverflowError) as broken:
        raise Invalid(
            [Problem("image", N_("Filen är ingen bild som vi kan läsa. Välj en JPEG, PNG eller WebP."))]
        ) from broken


def store_image(folder: Path, picture: bytes) -> str:
    """Put a redrawn picture in the folder of uploads, under a name that nobody can guess.

    Returns:
        the file's name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}.webp"
    with (folder / name).open("xb") as file:
        file.write(picture)
    return name


def is_stored(folder: Path, name: str) -> bool:
    """Whether it is the name of a picture that we stored, and nothing that leads elsewhere."""
    return _NAME.fullmatch(name) is not None and (folder / name).is_file()


def stored_before(folder: Path, instant: datetime) -> list[Path]:
    """The pictures that were stored before an instant."""
    files = folder.glob("*.webp") if folder.is_dir() else ()
    return [file for file in files if file.stat().st_mtime < instant.timestamp()]


def _drawn(file: BinaryIO) -> bytes:
    with Image.open(file, formats=KINDS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise _too_large()
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image)
        has_transparency = "A" in upright.getbands() or "transparency" in upright.info
        plain = upright.convert("RGBA" if has_transparency else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # A copy of the pixels alone: what came along in ``info`` (EXIF, XMP, profiles) is left behind.
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    drawn = BytesIO()
    bare.save(drawn, "WEBP", quality=QUALITY, method=4)
    return drawn.getvalue()


def _too_large() -> Invalid:
    return Invalid([Problem("image", N_("Bilden är för stor. Den får ha högst 50 miljoner bildpunkter."))])

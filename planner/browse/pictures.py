"""The picture that stands for a page where its address is shared: what, when and where, in our design (decision 0017).

Drawn with the site's own fonts and colours as a PNG of 1200 × 630 pixels. What is too long for the largest letters gets
smaller ones, and then more lines; letters that our fonts lack are left out.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1_200, 630
MARGIN = 72
ROOM = WIDTH - 2 * MARGIN
"""Pixels across which text may go."""
FINER = 3
"""The background is drawn so many times larger and shrunk: Pillow's own lines have steps."""

FOREST, DEEP, LIGHT, SOFT, CLOUDBERRY, INK = "#0c3b30", "#082c24", "#f6f1e6", "#c9dad0", "#f1a450", "#241100"
"""As in tokens.css and palette.css; the warm one is that of dark pages, which is read at 7:1 on the green."""

TITLE_SIZES = range(92, 40, -4)
TITLE_TOP, TITLE_BOTTOM = 150, 402
"""The title stands in the middle of what is between."""
MOST_LINES = 4

_STATIC = Path(__file__).parents[2] / "static"
_FONTS = _STATIC / "vendor" / "familjen-grotesk-5.3.0"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Picture:
    """What is written on it: one line each but the title. ``state`` stands first, as on a label; all may be empty."""

    title: str
    when: str = ""
    where: str = ""
    who: str = ""
    state: str = ""


def draw(picture: Picture) -> bytes:
    """The picture as a PNG file, the same bytes for the same words."""
    image = _background().copy()
    canvas = ImageDraw.Draw(image)
    _label(canvas, picture.state)
    _title(canvas, picture.title)
    for text, size, weight, colour, top in (
        (picture.when, 40, 700, CLOUDBERRY, 424),
        (picture.where, 34, 500, LIGHT, 476),
        (picture.who, 28, 400, SOFT, 522),
    ):
        face = Face(size, weight)
        face.draw(canvas, MARGIN, top, face.cut(text, ROOM), colour)
    file = BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", compress_level=9)
    return file.getvalue()


@dataclass(frozen=True)
class Face:
    """Our letters in one size (pixels) and weight, from the two files that they are divided into."""

    size: int
    weight: int

    def width(self, text: str) -> float:
        """How many pixels a text takes."""
        return sum(_font(file, self.size, self.weight).getlength(part) for file, part in _parts(text))

    def draw(self, canvas: ImageDraw.ImageDraw, left: float, top: float, text: str, colour: str) -> None:
        """Write a text, its line's top at ``top``."""
        for file, part in _parts(text):
            font = _font(file, self.size, self.weight)
            canvas.text((left, top + self.size), part, fill=colour, font=font, anchor="ls")
            left += font.getlength(part)

    def cut(self, text: str, room: float) -> str:
        """The text, or as much of it as has room with ``…`` after it."""
        if self.width(text) <= room:
            return text
        words = text
        while words and self.width(f"{words}…") > room:
            words = words[:-1]
        return f"{words.rstrip(' ,.;:–-')}…"

    def lines(self, text: str, room: float) -> list[str]:
        """The text in lines between words, and inside a word that is wider than all the room."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if self.width(longer) <= room:
                lines[-1] = longer
                continue
            lines += self._pieces(word, room)
        return [line for line in lines if line]

    def balanced(self, text: str) -> list[str]:
        """The text in as few lines as it takes, about equally long: no single word is left over for the last."""
        lines = self.lines(text, ROOM)
        for room in range(ROOM - 40, ROOM // 2, -40):
            narrower = self.lines(text, room)
            if len(narrower) > len(lines) or max(map(self.width, text.split())) > room:
                break
            lines = narrower
        return lines

    def _pieces(self, word: str, room: float) -> list[str]:
        pieces = [""]
        for letter in word:
            if self.width(word) > room and self.width(f"{pieces[-1]}{letter}-") > room:
                pieces[-1] += "-"
                pieces.append("")
            pieces[-1] += letter
        return pieces


def _title(canvas: ImageDraw.ImageDraw, text: str) -> None:
    face, lines = _title_lines(text)
    step = face.size * 1.08
    top = TITLE_TOP + (TITLE_BOTTOM - TITLE_TOP - step * len(lines)) / 2
    for line in lines:
        face.draw(canvas, MARGIN, top, line, LIGHT)
        top += step


def _title_lines(text: str) -> tuple[Face, list[str]]:
    """The largest letters in which the whole text has room without breaking a word; at last in which it has any."""
    words = text.split()
    for size in TITLE_SIZES:
        face = Face(size, 700)
        lines = face.lines(text, ROOM)
        is_whole = all(face.width(word) <= ROOM for word in words) or size == TITLE_SIZES[-1]
        if is_whole and len(lines) <= MOST_LINES and size * 1.08 * len(lines) <= TITLE_BOTTOM - TITLE_TOP:
            return face, face.balanced(text)
    return face, [*lines[: MOST_LINES - 1], face.cut(" ".join(lines[MOST_LINES - 1 :]), ROOM)]


def _label(canvas: ImageDraw.ImageDraw, text: str) -> None:
    """What nobody must miss, at the top to the right."""
    if not text:
        return
    face = Face(34, 700)
    width = face.width(text) + 48
    box = (WIDTH - MARGIN - width, 60, WIDTH - MARGIN, 120)
    canvas.rounded_rectangle(box, radius=30, fill=CLOUDBERRY)
    face.draw(canvas, box[0] + 24, 66, text, INK)


@lru_cache(maxsize=1)
def _background() -> Image.Image:
    """What all of them have: the colour, the forest at the bottom, the sign and the name."""
    image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), FOREST)
    canvas = ImageDraw.Draw(image)
    scale = WIDTH * FINER / 720
    for shape in _treeline():
        canvas.polygon([(x * scale, (y - 60) * scale + HEIGHT * FINER) for x, y in shape], fill=DEEP)
    _sign(canvas, MARGIN * FINER, 60 * FINER, 60 * FINER / 40)
    image = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    name, place = Face(38, 700), Face(38, 400)
    named = ImageDraw.Draw(image)
    name.draw(named, MARGIN + 78, 66, "Demokrativeckan", LIGHT)
    place.draw(named, MARGIN + 78 + name.width("Demokrativeckan "), 66, "Värmland", SOFT)
    return image


def _treeline() -> Iterator[list[tuple[float, float]]]:
    """The forest of the pages (static/img/treeline.svg): the ridge, then each tree, in a box of 720 × 60."""
    path = re.search(r' d="([^"]+)"', (_STATIC / "img" / "treeline.svg").read_text(encoding="utf-8"))
    for shape in path.group(1).split("z") if path else ():
        # The ridge begins with "M0 60V47.9" and ends with "V60".
        numbers = _NUMBER.findall(re.sub(r"M0 60V", "M0 60L0 ", shape).replace("V60", "L720 60"))
        if len(numbers) >= 6:
            values = [float(number) for number in numbers]
            yield list(zip(values[::2], values[1::2], strict=True))


def _sign(canvas: ImageDraw.ImageDraw, left: float, top: float, scale: float) -> None:
    """The sign of the site (static/img/favicon.svg), light on dark: a speech bubble with a spruce over water."""

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(left + x * scale, top + y * scale) for x, y in points]

    canvas.ellipse(at((2, 2), (38, 35)), fill=LIGHT)
    canvas.polygon(at((7, 28), (7, 39), (16, 34)), fill=LIGHT)
    spruce = ((20, 7), (26.2, 15.5), (22.8, 15.5), (28.2, 23.5), (11.8, 23.5), (17.2, 15.5), (13.8, 15.5))
    canvas.polygon(at(*spruce), fill=FOREST)
    waves = at(
        (10, 27.5), (12.5, 27), (15, 25.7), (17.5, 27), (20, 27.5), (22.5, 27), (25, 25.7), (27.5, 27), (30, 27.5)
    )
    canvas.line(waves, fill="#b06f1f", width=round(2.4 * scale), joint="curve")


def _parts(text: str) -> list[tuple[str, str]]:
    """The text in runs that one file of letters has, by the file's name; what neither has is left out."""
    runs: list[tuple[str, str]] = []
    for letter in unicodedata.normalize("NFC", text):
        file = next((name for name in ("latin", "latin-ext") if ord(letter) in _letters(name)), "")
        if not file:
            continue
        if runs and runs[-1][0] == file:
            runs[-1] = file, runs[-1][1] + letter
        else:
            runs.append((file, letter))
    return runs


@lru_cache(maxsize=2)
def _letters(name: str) -> frozenset[int]:
    """The code points of a file of letters, as tokens.css says them to the browsers."""
    css = (_STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    face = next(face for face in css.split("@font-face")[1:] if f"/{name}.woff2" in face)
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", face)
    return frozenset(code for first, last in ranges for code in range(int(first, 16), int(last or first, 16) + 1))


@lru_cache(maxsize=64)
def _font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(_FONTS / f"{name}.woff2"), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font

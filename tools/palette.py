"""Make static/css/palette.css: every colour from a few hues in OKLCH, on the same ladder of lightness, light and dark.

    python tools/palette.py          write the file
    python tools/palette.py --check  say whether it is what this program writes

The names are those that Designsystemet's components read. tests/web/test_palette.py measures the contrasts.
"""

import math
import sys
from pathlib import Path

PALETTE = Path(__file__).parents[1] / "static" / "css" / "palette.css"

# Hue and chroma of each colour; lightness of its solid tone, light and dark.
COLOURS = {
    "accent": (172, 0.075, 0.40, 0.80),  # spruce
    "info": (236, 0.085, 0.43, 0.80),  # lake
    "brand": (66, 0.135, 0.74, 0.78),  # cloudberry
    "success": (150, 0.10, 0.45, 0.80),
    "warning": (75, 0.13, 0.76, 0.80),
    "danger": (28, 0.155, 0.46, 0.76),  # falu red
}
STEPS = (
    "background-default",
    "background-tinted",
    "surface-default",
    "surface-tinted",
    "surface-hover",
    "surface-active",
    "border-subtle",
    "border-default",
    "border-strong",
    "text-subtle",
    "text-default",
)
LIGHTNESS = {
    "light": (0.983, 0.965, 1, 0.945, 0.915, 0.885, 0.85, 0.60, 0.47, 0.43, 0.26),
    "dark": (0.195, 0.215, 0.235, 0.275, 0.315, 0.355, 0.40, 0.66, 0.78, 0.82, 0.94),
}
CHROMA = {
    "light": (0.12, 0.16, 0, 0.28, 0.40, 0.52, 0.6, 0.9, 1, 1, 0.75),
    "dark": (0.22, 0.25, 0.28, 0.42, 0.5, 0.55, 0.6, 0.9, 0.9, 0.85, 0.3),
}
# Neutral is no single hue: birch paper and spruce ink by day, forest and birch by night.
NEUTRAL = {
    "light": (
        (85, 0.010), (85, 0.014), (85, 0), (85, 0.018), (85, 0.022), (85, 0.026), (85, 0.022),
        (165, 0.016), (170, 0.022), (175, 0.022), (178, 0.030),
    ),
    "dark": ((178, 0.018),) * 7 + ((160, 0.018), (150, 0.016), (110, 0.014), (90, 0.014)),
}  # fmt: skip
NEUTRAL_SOLID = {"light": (178, 0.03, 0.30), "dark": (90, 0.014, 0.90)}


def colour(lightness: float, chroma: float, hue: float) -> str:
    """The hexadecimal sRGB colour, its chroma lowered until the screen can show it."""
    rgb = _linear(lightness, chroma, hue)
    while chroma > 0 and not all(-0.0005 <= channel <= 1.0005 for channel in rgb):
        chroma -= 0.002
        rgb = _linear(lightness, chroma, hue)
    return "#" + "".join(f"{round(_gamma(min(1, max(0, channel))) * 255):02x}" for channel in rgb)


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    # Björn Ottosson's OKLab, https://bottosson.github.io/posts/oklab/
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def tones(name: str, scheme: str) -> dict[str, str]:
    """Every tone of one colour in one scheme, by Designsystemet's names."""
    is_light = scheme == "light"
    if name == "neutral":
        ladder: tuple[tuple[float, float], ...] = NEUTRAL[scheme]
        hue, chroma, solid = NEUTRAL_SOLID[scheme]
    else:
        hue, chroma, light, dark = COLOURS[name]
        solid = light if is_light else dark
        ladder = tuple((hue, chroma * part) for part in CHROMA[scheme])
    shown = {
        step: colour(lightness, step_chroma, step_hue)
        for step, lightness, (step_hue, step_chroma) in zip(STEPS, LIGHTNESS[scheme], ladder, strict=True)
    }
    change = -0.05 if is_light else 0.04
    for count, state in enumerate(("default", "hover", "active")):
        shown[f"base-{state}"] = colour(solid + change * count, chroma, hue)
    dark_ink = solid > 0.6
    shown["base-contrast-subtle"] = colour(*((0.32, chroma * 0.5) if dark_ink else (0.93, chroma * 0.25)), hue)
    shown["base-contrast-default"] = colour(0.20, chroma * 0.35, hue) if dark_ink else "#ffffff"
    return shown


def style_sheet() -> str:
    """The whole file."""

    def block(scheme: str) -> str:
        return "\n".join(
            f"  --ds-color-{name}-{step}: {value};"
            for name in ("neutral", *COLOURS)
            for step, value in tones(name, scheme).items()
        )

    return (
        "/* Written by tools/palette.py: change the hues there. */\n"
        f"@layer ds.theme {{\n:root {{\n{block('light')}\n}}\n"
        f"@media screen and (prefers-color-scheme: dark) {{\n:root {{\n{block('dark')}\n}}\n}}\n}}\n"
    )


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(0 if PALETTE.read_text() == style_sheet() else f"{PALETTE} is not what this program writes")
    PALETTE.write_text(style_sheet())

"""Whether a colour can be read on a ground, as WCAG 2.2 measures it (1.4.3), and the nearest one that can."""

LEAST = 4.5
"""How many times as light the lighter of text and ground has to be."""

BLACK, WHITE = "000000", "ffffff"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours like ``0c3b30``, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_readable(colour: str, ground: str) -> bool:
    """Whether text of the colour can be read on the ground."""
    return contrast(colour, ground) >= LEAST


def nearest_readable(colour: str, ground: str) -> str:
    """The colour, as much darker or lighter as it takes on the ground."""
    end = max((BLACK, WHITE), key=lambda each: contrast(each, ground))
    for step in range(51):
        mixed = _mixed(colour, end, step / 50)
        if is_readable(mixed, ground):
            return mixed
    return end


def _luminance(colour: str) -> float:
    channels = [each / 255 for each in _rgb(colour)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mixed(colour: str, end: str, share: float) -> str:
    pairs = zip(_rgb(colour), _rgb(end), strict=True)
    return "".join(f"{round(one + (other - one) * share):02x}" for one, other in pairs)


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start : start + 2], 16) for start in (0, 2, 4))

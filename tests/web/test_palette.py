"""The colours: what stands on what can be read, by day and by night (WCAG 2.2, 1.4.3 and 1.4.11)."""

import pytest

from tools import palette

TEXT, LARGE_OR_GRAPHIC = 4.5, 3.0
NAMES = ["neutral", *palette.COLOURS]
GROUNDS = ["background-default", "background-tinted", "surface-default", "surface-tinted"]


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_text_can_be_read_on_every_ground_of_its_colour_and_of_the_paper(name: str, scheme: str) -> None:
    own, paper = palette.tones(name, scheme), palette.tones("neutral", scheme)
    for ink in ("text-default", "text-subtle"):
        for ground in GROUNDS:
            assert contrast(own[ink], own[ground]) >= TEXT, (ink, ground)
            assert contrast(own[ink], paper[ground]) >= TEXT, (ink, ground)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_text_on_a_solid_tone_can_be_read_also_when_it_is_hovered_and_pressed(name: str, scheme: str) -> None:
    own = palette.tones(name, scheme)
    for state in ("default", "hover", "active"):
        assert contrast(own["base-contrast-default"], own[f"base-{state}"]) >= TEXT, state


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_the_edge_of_a_field_can_be_seen(name: str, scheme: str) -> None:
    own, paper = palette.tones(name, scheme), palette.tones("neutral", scheme)
    for ground in ("background-default", "surface-default"):
        assert contrast(own["border-default"], paper[ground]) >= LARGE_OR_GRAPHIC, ground


def test_the_file_is_what_the_program_writes() -> None:
    assert palette.PALETTE.read_text() == palette.style_sheet()

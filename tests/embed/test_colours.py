"""A colour is taken only if it can be read; another is proposed that can."""

import pytest

from planner.core.text import clean_line
from planner.embed.colours import contrast, is_readable, nearest_readable
from planner.embed.options import Ground, Look, Options
from tests.web.test_palette import contrast as measured


@pytest.mark.parametrize(("one", "other"), [("000000", "ffffff"), ("767676", "ffffff"), ("0c3b30", "15211e")])
def test_contrast_is_what_the_palette_is_measured_by(one: str, other: str) -> None:
    assert contrast(one, other) == pytest.approx(measured(f"#{one}", f"#{other}"))


@pytest.mark.parametrize("ground", Ground)
@pytest.mark.parametrize("colour", ["ffff00", "ff0000", "00ff00", "777777", "000000", "ffffff", "15211e"])
def test_what_is_proposed_can_be_read_and_is_no_farther_off_than_needed(colour: str, ground: Ground) -> None:
    better = nearest_readable(colour, ground.colour)
    assert is_readable(better, ground.colour)
    assert (better == colour) is is_readable(colour, ground.colour)
    assert is_readable(ground.usual_accent, ground.colour)


def test_the_edge_of_what_can_be_read() -> None:
    """#767676 is the lightest grey on white that passes (4.54:1), #777777 is the first that does not (4.48:1)."""
    assert Options.parse([("farg", "#767676")]) == (Options(accent="767676"), [])
    options, [problem] = Options.parse([("farg", "#777777")])
    assert (options.accent, problem.field) == ("", "farg")
    assert problem.text == (
        "Färgen #777777 går inte att läsa mot bakgrunden: kontrasten är 4,4:1 och behöver vara minst 4,5:1."
        " Prova #757575."
    )


def test_options_say_nothing_of_what_is_so_anyway() -> None:
    for pairs in ([], [("visa", "dagar"), ("antal", "5"), ("grund", "mork"), ("farg", "ffcc00")]):
        options, problems = Options.parse(pairs)
        assert (options.pairs(), problems) == (pairs, [])
    assert Options.parse([("farg", " #0C3B30 "), ("visa", ""), ("kommun", "1784")]) == (Options(), [])


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("visa", "ruta", "”visa” kan vara lista, dagar, kompakt."),
        ("grund", "rosa", "”grund” kan vara ljus, mork."),
        ("antal", "0", "Välj ett antal mellan 1 och 100."),
        ("antal", "101", "Välj ett antal mellan 1 och 100."),
        ("antal", "²", "Välj ett antal mellan 1 och 100."),
        ("farg", "röd", "”röd” är ingen färg. Skriv den som #0c3b30."),
        ("farg", "#fff", "”#fff” är ingen färg. Skriv den som #0c3b30."),
        ("farg", "x" * 99, f"”{'x' * 30}” är ingen färg. Skriv den som #0c3b30."),
    ],
)
def test_a_value_that_cannot_be_says_what_can(key: str, value: str, words: str) -> None:
    options, problems = Options.parse([(key, value)])
    assert (options, [clean_line(problem.text) for problem in problems]) == (Options(), [words])
    assert options.look is Look.LIST

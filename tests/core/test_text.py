"""Text: what people paste becomes clean, addresses are plain, and å, ä and ö stand where they belong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.text import clean_line, clean_text, slugify, swedish_key


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("  Samtal   om\tdemokrati ", "Samtal om demokrati"),
        ("Två\r\nrader", "Två rader"),
        ("A\u030arja\u0308ng", "Årjäng"),
        ("dold\u200btext\u202e", "doldtext"),
        ("noll\x00byte\ufeff", "nollbyte"),
        ("fast\u00a0mellanrum", "fast mellanrum"),
        ("\u2028", ""),
        ("👩\u200d👧 familj", "👩\u200d👧 familj"),
        ("halv\ud83d", "halv"),
    ],
)
def test_a_line_is_cleaned(pasted: str, clean: str) -> None:
    assert clean_line(pasted) == clean


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("Ett\r\nTvå\rTre", "Ett\nTvå\nTre"),
        ("Stycke\n\n\n\nNästa  \n", "Stycke\n\nNästa"),
        ("flik\x0bnad\x1f", "flik\nnad"),
        ("\n\n  Indrag kvar i raden", "Indrag kvar i raden"),
    ],
)
def test_several_lines_are_cleaned(pasted: str, clean: str) -> None:
    assert clean_text(pasted) == clean


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_text(text)) == clean_text(text)
    assert "\n" not in clean_line(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Årjängs kommun", "arjangs-kommun"),
        ("Öppet hus på Älvsbacka", "oppet-hus-pa-alvsbacka"),
        ("SV & ABF: café, té!", "sv-abf-cafe-te"),
        ("Smørrebrød æ ß", "smorrebrod-a-ss"),
        ("!!!", "namnlos"),
        ("مرحبا", "namnlos"),
    ],
)
def test_a_slug_is_plain(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_a_long_slug_ends_with_a_whole_word() -> None:
    assert slugify("demokrati för alla i hela länet", longest=20) == "demokrati-for-alla-i"
    assert slugify("x" * 100, longest=20) == "x" * 20


@given(st.text(), st.integers(10, 100))
def test_a_slug_is_always_an_address_part_and_stays_itself(text: str, longest: int) -> None:
    slug = slugify(text, longest=longest)
    assert 0 < len(slug) <= longest
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slugify(slug, longest=longest) == slug


def test_swedish_order_puts_the_last_letters_last() -> None:
    names = ["Östmark", "Årjäng", "Ängelsberg", "Zinkgruvan", "arvika", "Éda", "Eda", "Säffle", "Sunne"]
    expected = ["arvika", "Éda", "Eda", "Sunne", "Säffle", "Zinkgruvan", "Årjäng", "Ängelsberg", "Östmark"]
    assert sorted(names, key=swedish_key) == expected

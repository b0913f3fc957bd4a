"""Short codes: the same for the same text, readable aloud, never a word."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from planner.core.codes import ALPHABET, LONGEST, SHORTEST, as_code, codes_of


@given(st.text())
def test_a_text_has_the_same_codes_always_and_each_is_one_longer(text: str) -> None:
    codes = list(codes_of(text))
    assert codes == list(codes_of(text))
    assert [len(code) for code in codes] == list(range(SHORTEST, LONGEST + 1))
    assert all(longer.startswith(shorter) for shorter, longer in combinations(codes, 2))
    assert all(as_code(code) == code for code in codes)


def test_the_code_of_a_text_is_promised_for_ever() -> None:
    assert next(codes_of("kommun=1784&form=digitalt")) == "wjf6v7"


def test_nothing_in_it_can_be_taken_for_something_else_or_make_a_word() -> None:
    assert not set(ALPHABET) & set("aeiouyåäö01lsz")
    assert len(set(ALPHABET)) == len(ALPHABET) == 20


def test_codes_spread() -> None:
    assert len({next(codes_of(str(number))) for number in range(2_000)}) == 2_000


def test_what_is_typed_may_have_capitals_and_spaces_around() -> None:
    assert as_code(" 7XCQ9F ") == "7xcq9f"


@given(st.text())
def test_what_was_never_a_code_is_none(text: str) -> None:
    code = as_code(text)
    assert code == "" or (set(code) <= set(ALPHABET) and SHORTEST <= len(code) <= LONGEST)


def test_near_misses_are_none() -> None:
    assert [as_code(typed) for typed in ("", "7xcq9", "7xcq91", "7xcq9f\x00", "7xcq9f" * 3, "7xcq 9f")] == [""] * 6

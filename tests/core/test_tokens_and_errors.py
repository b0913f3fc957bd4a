"""Secret addresses, and what an action refuses with."""

import re
from contextlib import suppress

from planner.core.errors import Invalid, Problem, StaleVersion
from planner.core.tokens import new_token, sealed, token_hash, unsealed


def test_tokens_are_long_different_and_safe_in_an_address() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", token) for token in tokens)


def test_what_is_stored_does_not_give_the_token_away() -> None:
    token = new_token()
    assert re.fullmatch(r"[0-9a-f]{64}", token_hash(token))
    assert token_hash(token) == token_hash(token) != token_hash(new_token())


def test_a_sealed_token_is_read_with_its_key_and_with_no_other() -> None:
    token, key, other = new_token(), new_token(), new_token()
    seal = sealed(token, key)
    assert unsealed(seal, key) == token
    assert re.fullmatch(r"[0-9a-f]{96}", seal)
    assert bytes.fromhex(seal[32:]) != token.encode()
    with suppress(UnicodeDecodeError):
        assert unsealed(seal, other) != token


def test_the_same_token_is_sealed_differently_each_time() -> None:
    token, key = new_token(), new_token()
    assert len({sealed(token, key) for _time in range(100)}) == 100


def test_a_problem_fills_in_its_values_and_leaves_a_lone_percent_sign_alone() -> None:
    assert Problem("age", "Högst %(most)s år", {"most": 120}).text == "Högst 120 år"
    assert Problem("", "100 % rätt").text == "100 % rätt"


def test_a_refusal_carries_everything_that_is_wrong() -> None:
    refusal = Invalid([Problem("title", "Skriv en titel"), Problem("", "Något saknas")])
    assert [problem.field for problem in refusal.problems] == ["title", ""]
    assert str(refusal) == "title: Skriv en titel; : Något saknas"
    assert StaleVersion(7).current_version == 7

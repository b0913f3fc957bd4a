"""Secret addresses, and what an action refuses with."""

import re

from planner.core.errors import Invalid, Problem, StaleVersion
from planner.core.tokens import new_token, token_hash


def test_tokens_are_long_different_and_safe_in_an_address() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", token) for token in tokens)


def test_what_is_stored_does_not_give_the_token_away() -> None:
    token = new_token()
    assert re.fullmatch(r"[0-9a-f]{64}", token_hash(token))
    assert token_hash(token) == token_hash(token) != token_hash(new_token())


def test_a_problem_fills_in_its_values_and_leaves_a_lone_percent_sign_alone() -> None:
    assert Problem("age", "Högst %(most)s år", {"most": 120}).text == "Högst 120 år"
    assert Problem("", "100 % rätt").text == "100 % rätt"


def test_a_refusal_carries_everything_that_is_wrong() -> None:
    refusal = Invalid([Problem("title", "Skriv en titel"), Problem("", "Något saknas")])
    assert [problem.field for problem in refusal.problems] == ["title", ""]
    assert str(refusal) == "title: Skriv en titel; : Något saknas"
    assert StaleVersion(7).current_version == 7

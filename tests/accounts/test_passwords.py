"""Passwords are kept as OWASP says, and those that are tried first are refused."""

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from planner.accounts.passwords import hash_password, is_common, is_right_password, needs_rehash
from planner.accounts.rules import problems_with_password


def test_a_hash_is_argon2id_with_owasps_parameters() -> None:
    parameters = extract_parameters(hash_password("fyra ord utan mening"))

    assert (parameters.type, parameters.time_cost, parameters.memory_cost, parameters.parallelism) == (
        Type.ID,
        2,
        19456,
        1,
    )


@pytest.mark.parametrize(
    ("password", "password_hash", "right"),
    [
        ("fyra ord utan mening", hash_password("fyra ord utan mening"), True),
        ("Fyra ord utan mening", hash_password("fyra ord utan mening"), False),
        ("fyra ord utan mening", None, False),
        ("nobody has this password", None, False),
        ("fyra ord utan mening", "not a hash", False),
        ("bla\u030abärssylt i juni", hash_password("blåbärssylt i juni"), True),
    ],
    # A hash differs in every process, and pytest-xdist wants the same names in all of them.
    ids=["right", "other case", "no hash", "nobody", "no real hash", "composed letters"],
)
def test_a_password_is_compared_with_its_hash(password: str, password_hash: str | None, right: bool) -> None:
    assert is_right_password(password, password_hash) is right


def test_a_hash_of_other_parameters_is_renewed() -> None:
    assert not needs_rehash(hash_password("fyra ord utan mening"))
    assert needs_rehash(PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("fyra ord utan mening"))


@pytest.mark.parametrize(
    "password",
    [
        "lösenord1234",
        "LÖSENORD1234",
        "Losenord1234",
        "password1234",
        "sommaren2027",
        "Värmland2027!",
        "demokrativeckan",
        "qwertyuiopåä",
        "123456789012",
        "hejhejhejhej",
    ],
)
def test_what_everybody_tries_first_is_common(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("kort", "Lösenordet behöver minst 12 tecken."),
        ("elva tecken", "Lösenordet behöver minst 12 tecken."),
        ("x" * 201, "Lösenordet får vara högst 200 tecken."),
        (
            "Password1234",
            "Lösenordet är för lätt att gissa. Välj ett annat, till exempel fyra ord som inte hör ihop.",
        ),
        (
            "abababababab",
            "Lösenordet är för lätt att gissa. Välj ett annat, till exempel fyra ord som inte hör ihop.",
        ),
        (
            "anna.andersson",
            "Lösenordet är för lätt att gissa. Välj ett annat, till exempel fyra ord som inte hör ihop.",
        ),
        (
            "AnnaAndersson123",
            "Lösenordet är för lätt att gissa. Välj ett annat, till exempel fyra ord som inte hör ihop.",
        ),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_its_reason(password: str, message: str) -> None:
    problems = problems_with_password(password, email="anna.andersson@karlstad.se", name="Anna Andersson")

    assert [(problem.field, problem.text) for problem in problems] == [("password", message)]


@pytest.mark.parametrize("password", ["fyra ord utan mening", "tolv tecken!", "anna.andersson tycker om älgar"])
def test_a_long_password_that_is_not_common_will_do(password: str) -> None:
    assert problems_with_password(password, email="anna.andersson@karlstad.se", name="Anna Andersson") == []

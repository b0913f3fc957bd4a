"""Passwords: how they are kept, and which ones are too easily guessed. Pure but for the list that is shipped."""

import unicodedata
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200

# OWASP's profile for Argon2id: 19 MiB, two passes. The library's default costs six times the processor time.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def hash_password(password: str) -> str:
    """What is stored of a password."""
    return _hasher.hash(_composed(password))


def is_right_password(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one behind the hash. Takes as long when there is no hash to compare with."""
    try:
        return _hasher.verify(password_hash or _nobodys_hash(), _composed(password)) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def is_common(password: str) -> bool:
    """Whether the password is one of those that are tried first."""
    return password.casefold() in _common_passwords()


def is_monotonous(password: str) -> bool:
    """Whether the password repeats very few characters: "aaaaaaaaaaaa", "121212121212"."""
    return len(set(password.casefold())) < 5


@cache
def _common_passwords() -> frozenset[str]:
    lines = (files("planner.data") / "common-passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")


def _composed(password: str) -> str:
    # The same å may be typed as one character or two, depending on the keyboard.
    return unicodedata.normalize("NFC", password)

"""Secret addresses: random tokens of which only a hash is stored."""

import hashlib
import secrets


def new_token() -> str:
    """A random token of 192 bits, safe in an address."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """What is stored and looked up: SHA-256 as 64 hexadecimal digits. The token itself is never stored."""
    return hashlib.sha256(token.encode()).hexdigest()

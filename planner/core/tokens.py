"""Secret addresses: random tokens of which only a hash is stored."""

import hashlib
import secrets
from string import ascii_letters, digits

LENGTH = 32


def new_token() -> str:
    """A random token of 190 bits. Letters and digits only: no mail program cuts such an address short."""
    return "".join(secrets.choice(ascii_letters + digits) for _ in range(LENGTH))


def token_hash(token: str) -> str:
    """What is stored and looked up: SHA-256 as 64 hexadecimal digits. The token itself is never stored."""
    return hashlib.sha256(token.encode()).hexdigest()

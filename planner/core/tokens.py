"""Secret addresses: random tokens of which only a hash is stored.

Where a page has to show a second secret again, that one is stored sealed with the first: whoever has the database
alone has neither.
"""

import hashlib
import hmac
import secrets
from string import ascii_letters, digits

LENGTH = 32


def new_token() -> str:
    """A random token of 190 bits. Letters and digits only: no mail program cuts such an address short."""
    return "".join(secrets.choice(ascii_letters + digits) for _ in range(LENGTH))


def token_hash(token: str) -> str:
    """What is stored and looked up: SHA-256 as 64 hexadecimal digits. The token itself is never stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def sealed(token: str, key: str) -> str:
    """A token that only who holds another secret can read: different each time, hexadecimal digits.

    The key is a random token itself, never a password: nobody can try them all.
    """
    nonce = secrets.token_hex(16)
    return nonce + _padded(token.encode(), key, nonce).hex()


def unsealed(text: str, key: str) -> str:
    """The token that was ``sealed`` with this key."""
    nonce = text[:LENGTH]
    return _padded(bytes.fromhex(text[LENGTH:]), key, nonce).decode()


def _padded(content: bytes, key: str, nonce: str) -> bytes:
    # A one-time pad as long as the token: HMAC-SHA256 gives 32 bytes that nobody can tell from random ones.
    pad = hmac.digest(key.encode(), nonce.encode(), "sha256")
    return bytes(one ^ other for one, other in zip(content, pad, strict=True))

"""Addresses that people type: e-mail, web and telephone, and paths that come back to us in a query string."""

import re
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

LONGEST_EMAIL = 254
LONGEST_WEB_ADDRESS = 300
LONGEST_PATH = 500

_UNSAFE_IN_PATH = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
# Area codes of two digits after the zero; Stockholm has one, everybody else three.
_SHORT_AREA_CODES = re.compile(r"1[013689]|2[0136]|3[1356]|4[0246]|54|6[03]|7[02369]|90")


def clean_email(text: str) -> str:
    """An e-mail address in lower case.

    Raises:
        ValueError: it cannot be one.
    """
    try:
        address = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValueError(text) from error
    if len(address.normalized) > LONGEST_EMAIL:
        raise ValueError(text)
    return address.normalized.lower()


def clean_web_address(text: str) -> str:
    """A web address with its scheme: ``www.abf.se`` becomes ``https://www.abf.se``.

    Raises:
        ValueError: it is not an http or https address of a named host.
    """
    text = text.strip()
    if not re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE):
        text = f"https://{text}"
    parts = urlsplit(text)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or "." not in host.strip(".") or parts.username or parts.password:
        raise ValueError(text)
    if _UNSAFE_IN_PATH.search(text) or len(text) > LONGEST_WEB_ADDRESS:
        raise ValueError(text)
    return text


def clean_phone(text: str) -> str:
    """A telephone number as E.164 (``+46545400000``) from the ways that Swedes write one.

    Raises:
        ValueError: it cannot be a number that one can call.
    """
    digits = re.sub(r"[\s().–/-]", "", text.replace("(0)", ""))
    digits = re.sub(r"^00", "+", digits)
    if digits.startswith("0"):
        digits = f"+46{digits[1:]}"
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", digits):
        raise ValueError(text)
    return digits


def shown_phone(number: str) -> str:
    """An E.164 number as Swedes read it: ``+46545400000`` becomes ``054-540 00 00``; foreign ones stay."""
    if not number.startswith("+46"):
        return number
    digits = number[3:]
    area = 1 if digits.startswith("8") else 2 if _SHORT_AREA_CODES.match(digits) else 3
    rest = digits[area:]
    first = len(rest) % 2 + 2 if len(rest) > 3 else len(rest)
    groups = [rest[:first], *(rest[start : start + 2] for start in range(first, len(rest), 2))]
    return f"0{digits[:area]}-{' '.join(groups)}"


def holds_address(text: str) -> bool:
    """Whether a name is used to carry an address: our letters bring names to people who have not asked for them."""
    return "://" in text or "@" in text or "www." in text.casefold()


def is_local_path(path: str) -> bool:
    """Whether a path that came in with a request leads to a page of ours and nowhere else."""
    if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST_PATH or _UNSAFE_IN_PATH.search(path):
        return False
    parts = urlsplit(path)
    return not parts.scheme and not parts.netloc

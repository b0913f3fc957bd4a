"""Addresses that people type."""

import pytest

from planner.core.addresses import clean_email, clean_phone, clean_web_address, is_local_path, shown_phone


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Anna.Andersson@Karlstad.SE", "anna.andersson@karlstad.se"),
        ("  info@forening.se ", "info@forening.se"),
        ("info@åmål.se", "info@åmål.se"),
    ],
)
def test_an_email_address_is_stored_in_lower_case(typed: str, stored: str) -> None:
    assert clean_email(typed) == stored


@pytest.mark.parametrize(
    "typed", ["", "anna", "anna@", "@karlstad.se", "anna@karlstad", "anna andersson@karlstad.se", "a@b.se\nBcc: x@y.se"]
)
def test_what_cannot_be_an_email_address_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        clean_email(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("www.abf.se", "https://www.abf.se"),
        ("http://karlstad.riksteatern.se", "http://karlstad.riksteatern.se"),
        (" https://www.sv.se/avdelningar/sv-varmland/ ", "https://www.sv.se/avdelningar/sv-varmland/"),
    ],
)
def test_a_web_address_gets_its_scheme(typed: str, stored: str) -> None:
    assert clean_web_address(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "ftp://abf.se",
        "https://",
        "abf",
        "https://abf.se@evil.se",
        "https://abf.se/a b",
        "https://abf.se\\evil.se",
        "https://[::1",
        "https://abf.se/" + "a" * 300,
    ],
)
def test_what_is_no_web_address_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        clean_web_address(typed)


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("054-540 00 00", "+46545400000", "054-540 00 00"),
        ("+46 (0)54 540 00 00", "+46545400000", "054-540 00 00"),
        ("0046545400000", "+46545400000", "054-540 00 00"),
        ("070 123 45 67", "+46701234567", "070-123 45 67"),
        ("0550-880 00", "+4655088000", "0550-880 00"),
        ("0570/816 00", "+4657081600", "0570-816 00"),
        ("08-123 456 78", "+46812345678", "08-12 34 56 78"),
        ("+47 22 12 34 56", "+4722123456", "+4722123456"),
    ],
)
def test_a_telephone_number_is_stored_as_e164_and_shown_as_swedes_write_it(typed: str, stored: str, shown: str) -> None:
    assert clean_phone(typed) == stored
    assert shown_phone(stored) == shown


@pytest.mark.parametrize("typed", ["", "växeln", "12", "054-540 00 00 ankn 12", "+46 54 540 00 00 000 000 000"])
def test_what_cannot_be_called_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        clean_phone(typed)


@pytest.mark.parametrize(
    ("path", "is_ours"),
    [
        ("/arbetsyta", True),
        ("/arbetsyta/organisationer/ny?inbjudan=abc&namn=FUB%20Karlstad", True),
        ("/", True),
        ("", False),
        ("arbetsyta", False),
        ("//evil.se", False),
        ("///evil.se", False),
        ("/\\evil.se", False),
        ("\\\\evil.se", False),
        ("https://evil.se/", False),
        ("javascript:alert(1)", False),
        ("/\t/evil.se", False),
        ("/ /evil.se", False),
        ("/\nSet-Cookie: a=b", False),
        (" //evil.se", False),
        ("/" + "a" * 500, False),
    ],
)
def test_only_paths_of_ours_are_followed(path: str, is_ours: bool) -> None:
    assert is_local_path(path) is is_ours

"""What people type about places, cleaned and checked."""

from typing import Any

import pytest

from planner.venues.fields import clean_fields, is_safe_link, normal_postcode, parse_coordinate, problems_of
from planner.venues.models import VenueKind


@pytest.mark.parametrize("typed", ["652 26", "65226", "SE-652 26", "s-65226", " 652\u00a026 "])
def test_a_postcode_is_five_digits_however_it_is_written(typed: str) -> None:
    assert normal_postcode(typed) == "65226"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("59,65", 59.65), ("59.65", 59.65), (" 13,4985° Ö", 13.4985), ("59.38° N", 59.38), ("13.50 E", 13.5)],
)
def test_a_coordinate_has_comma_or_point(typed: str, expected: float) -> None:
    assert parse_coordinate(typed) == expected


@pytest.mark.parametrize("typed", ["", "väst", "59,38, 13,50", "59°22'"])
def test_what_is_no_coordinate_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="could not convert"):
        parse_coordinate(typed)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://moten.example/rum", True),
        ("https://moten.example:8443/rum?a=1", True),
        ("http://moten.example/rum", False),
        ("javascript:alert(1)", False),
        ("https://localhost/rum", False),
        ("https://anna@moten.example/", False),
        ("https://moten.example/rum två", False),
        ("https://moten.example:port/", False),
        ("https://[moten.example/", False),
        ("moten.example", False),
    ],
)
def test_only_https_to_a_named_host_is_a_safe_link(url: str, expected: bool) -> None:
    assert is_safe_link(url) is expected


KARLSTAD = {"latitude": 59.38, "longitude": 13.5}


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({}, []),
        (KARLSTAD, []),
        ({"name": ""}, ["name"]),
        ({"name": "x" * 161}, ["name"]),
        ({"kommun_code": "0180"}, ["kommun_code"]),
        ({"kommun_code": "1780"}, []),
        ({"postcode": "6522"}, ["postcode"]),
        ({"postcode": "05226"}, ["postcode"]),
        ({"capacity": 0}, ["capacity"]),
        ({"latitude": 59.38}, ["longitude"]),
        ({"longitude": 13.5}, ["latitude"]),
        ({"latitude": 13.5, "longitude": 59.38}, ["latitude"]),
        ({"latitude": 48.1, "longitude": 13.5}, ["latitude"]),
        ({"latitude": 59.38, "longitude": 135.0}, ["longitude"]),
        ({"is_private": True}, ["owner_id"]),
        ({"is_private": True, "owner_id": 7}, []),
        ({"kind": VenueKind.DIGITAL, "join_url": "http://moten.example"}, ["join_url"]),
        ({"kind": VenueKind.DIGITAL, "join_url": "https://moten.example"}, []),
        ({"kind": VenueKind.DIGITAL}, []),
    ],
)
def test_each_problem_is_told_at_its_field(given: dict[str, Any], fields: list[str]) -> None:
    whole = {"kind": VenueKind.PHYSICAL, "name": "Biblioteket", **given}

    assert [problem.field for problem in problems_of(whole)] == fields


def test_texts_are_cleaned_and_no_kommun_is_none() -> None:
    assert clean_fields(
        {"name": " Stora\u200b  salen ", "rooms": "A\r\nB ", "postcode": "652 26", "kommun_code": ""}
    ) == {
        "name": "Stora salen",
        "rooms": "A\nB",
        "postcode": "65226",
        "kommun_code": None,
    }

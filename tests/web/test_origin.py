"""Where a form stood, by what browsers say and other sites cannot make them say."""

import pytest
from flask import Flask

from planner.web.origin import is_from_elsewhere, is_from_us


@pytest.mark.parametrize(
    ("headers", "ours", "elsewhere"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True, False),
        ({"Sec-Fetch-Site": "cross-site"}, False, True),
        ({"Sec-Fetch-Site": "same-site"}, False, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False, True),
        ({"Sec-Fetch-Site": "none"}, False, False),
        ({"Origin": "http://localhost"}, True, False),
        ({"Origin": "https://localhost"}, False, True),
        ({"Origin": "http://localhost.ond.example"}, False, True),
        ({"Origin": "null"}, False, False),
        ({}, False, False),
    ],
)
@pytest.mark.parametrize("path", ["/mitt-program/ny", "/en/mitt-program/ny"])
def test_origin_of_a_form(app: Flask, path: str, headers: dict[str, str], ours: bool, elsewhere: bool) -> None:
    with app.test_request_context(path, method="POST", headers=headers):
        assert (is_from_us(), is_from_elsewhere()) == (ours, elsewhere)

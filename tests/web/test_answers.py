"""Which encoding a client gets, and that every body comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.web.answers import UNPACK, Answer, best_encoding

ENCODINGS = st.sampled_from(["", "gzip", "br"])


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity, br;q=0.5", ""),
        ("*", "gzip"),
        ("gzip;q=0, *;q=0.5", ""),
        ("BR", "br"),
        ("gzip;q=x, br", "br"),
        ("räksmörgås", ""),
    ],
)
def test_best_encoding(accepted: str, expected: str) -> None:
    assert best_encoding(accepted) == expected


@given(field=st.text())
def test_any_field_gives_an_encoding_that_we_can_make(field: str) -> None:
    assert best_encoding(field) in ("", "gzip", "br")


@given(body=st.binary(), asked=st.lists(ENCODINGS), kept=ENCODINGS)
def test_every_variant_holds_the_same_bytes_however_they_are_asked_for(
    body: bytes, asked: list[str], kept: str
) -> None:
    answer = Answer("tag", body, content_type="text/html")
    answer.forget_all_but(kept)

    for encoding in asked:
        assert UNPACK.get(encoding, bytes)(answer.body(encoding)) == body
    assert answer.size == sum(len(answer.body(encoding)) for encoding in {kept, *asked})


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("text/calendar; charset=utf-8", "br"),
        ("application/feed+json", "br"),
        ("image/svg+xml", "br"),
        ("image/png", ""),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ""),
    ],
)
def test_what_is_packed_already_is_not_packed_again(content_type: str, expected: str) -> None:
    assert Answer("tag", b"body", content_type=content_type).encoding_for("gzip, br") == expected


def test_each_encoding_has_an_etag_of_its_own() -> None:
    answer = Answer("tag", b"body", content_type="text/html")

    assert [answer.etag(encoding) for encoding in ("", "gzip", "br")] == ['"tag"', '"tag-gzip"', '"tag-br"']

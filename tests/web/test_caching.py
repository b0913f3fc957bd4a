"""The precedence of preconditions (RFC 9110 13.2.2) as a table, and odd headers by the thousand."""

import gzip
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import http_date

from planner.web.answers import outcome
from planner.web.caching import Version, respond

CHANGED = datetime(2027, 8, 20, 8, 15, tzinfo=UTC)
NOW = CHANGED + timedelta(days=1)
VERSION = Version(("ics", 1, "sv", "/kalender", 7, 12), CHANGED)
ETAG = VERSION.etag()
BODY = "Räksmörgås ".encode() * 50

SAME, OLDER, NEWER = (http_date(CHANGED + timedelta(seconds=shift)) for shift in (0, -1, 1))
OK, NOT_MODIFIED, FAILED = HTTPStatus.OK, HTTPStatus.NOT_MODIFIED, HTTPStatus.PRECONDITION_FAILED


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, OK),
        # 3. If-None-Match, by the weak comparison
        ({"If-None-Match": ETAG}, NOT_MODIFIED),
        ({"If-None-Match": f"W/{ETAG}"}, NOT_MODIFIED),
        ({"If-None-Match": f'"a, b", {ETAG} ,W/"c"'}, NOT_MODIFIED),
        ({"If-None-Match": "*"}, NOT_MODIFIED),
        ({"If-None-Match": '"other"'}, OK),
        ({"If-None-Match": ETAG.strip('"')}, OK),
        ({"If-None-Match": ""}, OK),
        ({"If-None-Match": '"*"'}, OK),
        # 4. If-Modified-Since, only without If-None-Match
        ({"If-Modified-Since": SAME}, NOT_MODIFIED),
        ({"If-Modified-Since": NEWER}, NOT_MODIFIED),
        ({"If-Modified-Since": OLDER}, OK),
        ({"If-Modified-Since": "Friday, 20-Aug-27 08:15:00 GMT"}, NOT_MODIFIED),
        ({"If-Modified-Since": "Fri Aug 20 08:15:00 2027"}, NOT_MODIFIED),
        ({"If-Modified-Since": "snart"}, OK),
        ({"If-Modified-Since": ""}, OK),
        ({"If-Modified-Since": f"{NEWER}, {NEWER}"}, OK),
        ({"If-Modified-Since": f"Fri, 01 Jan 2038 00:00:00 +{'9' * 20}"}, OK),
        ({"If-None-Match": '"other"', "If-Modified-Since": NEWER}, OK),
        ({"If-None-Match": "", "If-Modified-Since": NEWER}, OK),
        ({"If-None-Match": ETAG, "If-Modified-Since": OLDER}, NOT_MODIFIED),
        # 1. If-Match, by the strong comparison
        ({"If-Match": ETAG}, OK),
        ({"If-Match": f'"other", {ETAG}'}, OK),
        ({"If-Match": "*"}, OK),
        ({"If-Match": '"other"'}, FAILED),
        ({"If-Match": f"W/{ETAG}"}, FAILED),
        ({"If-Match": '"other"', "If-None-Match": ETAG}, FAILED),
        ({"If-Match": ETAG, "If-None-Match": ETAG}, NOT_MODIFIED),
        # 2. If-Unmodified-Since, only without If-Match
        ({"If-Unmodified-Since": SAME}, OK),
        ({"If-Unmodified-Since": NEWER}, OK),
        ({"If-Unmodified-Since": OLDER}, FAILED),
        ({"If-Unmodified-Since": "snart"}, OK),
        ({"If-Match": ETAG, "If-Unmodified-Since": OLDER}, OK),
        ({"If-Unmodified-Since": SAME, "If-Modified-Since": SAME}, NOT_MODIFIED),
        # 5. ranges are not offered, so that the whole is the answer
        ({"Range": "bytes=0-1", "If-Range": ETAG}, OK),
    ],
)
def test_outcome_of_preconditions(headers: dict[str, str], expected: HTTPStatus) -> None:
    assert outcome(headers, ETAG, CHANGED) == expected


@pytest.mark.parametrize(
    "other",
    [
        Version(("rss", 1, "sv", "/kalender", 7, 12), CHANGED),
        Version(("ics", 2, "sv", "/kalender", 7, 12), CHANGED),
        Version(("ics", 1, "en", "/kalender", 7, 12), CHANGED),
        Version(("ics", 1, "sv", "/kalender?dag=2027-09-20", 7, 12), CHANGED),
        Version(("ics", 1, "sv", "/kalender", 8, 12), CHANGED),
        Version(("ics", 1, "sv", "/kalender", 7, 13), CHANGED),
        Version(("ics", 1, "sv", "/kalender", "7", 12), CHANGED),
        Version(("ics", 1, "sv/kalender", 7, 12), CHANGED),
    ],
)
def test_whatever_decides_the_bytes_decides_the_etag(other: Version) -> None:
    assert other.etag() != ETAG


def test_the_etag_is_the_same_in_every_process_and_another_for_each_encoding() -> None:
    assert ETAG == '"70babcd32b011420da3d7e8dd56d5385"'
    assert VERSION.etag("gzip") == f'{ETAG[:-1]}-gzip"'


def answer(method: str = "GET", *, now: datetime = NOW, **headers: str) -> tuple[int, dict[str, str], bytes, int]:
    """Status, headers and body of an answer, and how many times it was rendered."""
    rendered = []

    def render() -> bytes:
        rendered.append(1)
        return BODY

    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with Flask(__name__).test_request_context("/", method=method, headers=sent):
        response = respond(
            VERSION, render, content_type="text/plain; charset=utf-8", now=now, headers={"X-Open": "yes"}
        )
    return response.status_code, dict(response.headers), response.get_data(), len(rendered)


def test_a_whole_answer() -> None:
    assert answer() == (
        200,
        {
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Length": str(len(BODY)),
            "ETag": ETAG,
            "Cache-Control": "public, max-age=900",
            "Vary": "Accept-Encoding",
            "X-Open": "yes",
            "Last-Modified": "Fri, 20 Aug 2027 08:15:00 GMT",
        },
        BODY,
        1,
    )


def test_a_zipped_answer() -> None:
    status, headers, body, _times = answer(Accept_Encoding="gzip")

    assert (status, headers["Content-Encoding"], headers["ETag"]) == (200, "gzip", VERSION.etag("gzip"))
    assert headers["Content-Length"] == str(len(body))
    assert gzip.decompress(body) == BODY
    assert body == answer(Accept_Encoding="gzip")[2]


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_not_modified_renders_nothing_and_repeats_what_a_cache_needs(encoding: str) -> None:
    etag = VERSION.etag(encoding)

    assert answer(Accept_Encoding=encoding, If_None_Match=etag) == (
        304,
        {"ETag": etag, "Cache-Control": "public, max-age=900", "Vary": "Accept-Encoding", "X-Open": "yes"},
        b"",
        0,
    )


def test_the_etag_of_one_encoding_is_not_that_of_the_other() -> None:
    assert answer(If_None_Match=VERSION.etag("gzip"))[0] == 200
    assert answer(Accept_Encoding="gzip", If_None_Match=ETAG)[0] == 200


def test_a_failed_precondition_renders_nothing_and_is_not_kept() -> None:
    status, headers, body, times = answer(If_Match='"other"')

    assert (status, headers["Cache-Control"], body, times) == (412, "no-store", b"", 0)


def test_no_answer_is_dated_in_the_future() -> None:
    early = CHANGED - timedelta(seconds=5)

    assert answer(now=early)[1]["Last-Modified"] == http_date(early)
    assert answer(now=early, If_Modified_Since=http_date(early))[0] == 200


CONDITIONAL = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range"]
PIECES = st.sampled_from(
    [ETAG, f"W/{ETAG}", "*", '"', '"x"', "W/", ",", " ", "GMT", SAME, OLDER, "-1", "bytes=0-", "\xff"]
)
ODD = st.one_of(
    st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f")),
    st.lists(PIECES).map("".join),
    st.datetimes().map(http_date),
)


@given(headers=st.dictionaries(st.sampled_from([*CONDITIONAL, "Accept-Encoding"]), ODD))
def test_odd_headers_never_fail(headers: dict[str, str]) -> None:
    status, found, body, times = answer(**{name.replace("-", "_"): value for name, value in headers.items()})

    assert status in (200, 304, 412)
    assert times == (status == 200)
    if status == 200:
        assert (gzip.decompress(body) if "Content-Encoding" in found else body) == BODY
    else:
        assert body == b""


@given(tag=st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126, exclude_characters='"')))
def test_only_our_own_tag_is_ours(tag: str) -> None:
    assert outcome({"If-None-Match": f'"{tag}"'}, ETAG, CHANGED) is (NOT_MODIFIED if f'"{tag}"' == ETAG else OK)


@given(moment=st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001
def test_any_date_is_compared_as_a_date(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)

    expected = NOT_MODIFIED if moment >= CHANGED else OK
    assert outcome({"If-Modified-Since": http_date(moment)}, ETAG, CHANGED) is expected

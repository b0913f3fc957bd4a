"""What nginx keeps and for how long, in front of a server that may say anything: the last word is nginx's own."""

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from planner.web.shared_caches import FOR_SHARED_CACHES, FRESH, RENEWED
from tests.deploy.asking import kept, until
from tests.deploy.conftest import Made, StandIn, for_everybody

OFTEN_ASKED = "public, max-age=900, s-maxage=1, stale-while-revalidate=600"
SELDOM_ASKED = "public, max-age=900, s-maxage=1, stale-while-revalidate=1"


def assert_kept(stand_in: StandIn, expected: list[str]) -> None:
    """The lines of the log are written after their answers have been sent."""
    log = stand_in.folder / "access.log"
    until(lambda: len(kept(log)) >= len(expected), 20)
    assert kept(log) == expected


def test_what_is_for_everybody_is_asked_for_once(stand_in: StandIn) -> None:
    assert [stand_in.ask("/kalender").body for _visitor in range(3)] == [b"1"] * 3
    assert stand_in.ask("/kalender", method="HEAD").status == 200
    assert stand_in.times("/kalender") == 1


@pytest.mark.parametrize(
    "cookie", ["demokrativeckan=x", "a=b; __Host-demokrativeckan=x", "__Host-demokrativeckan=x;c=d"]
)
def test_a_request_with_a_session_neither_gets_what_is_kept_nor_is_kept(stand_in: StandIn, cookie: str) -> None:
    assert stand_in.ask("/kalender", {"Cookie": cookie}).body == b"1"
    assert stand_in.ask("/kalender").body == b"2"
    assert stand_in.ask("/kalender", {"Cookie": cookie}).body == b"3"
    assert stand_in.ask("/kalender").body == b"2"


def test_a_cookie_of_somebody_elses_makes_no_difference(stand_in: StandIn) -> None:
    assert [stand_in.ask("/kalender", {"Cookie": f"inte-demokrativeckan={n}"}).body for n in range(2)] == [b"1"] * 2


def test_a_request_with_credentials_is_not_kept(stand_in: StandIn) -> None:
    assert [stand_in.ask("/kalender", {"Authorization": "Basic eDp5"}).body for _time in range(2)] == [b"1", b"2"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Set-Cookie": "demokrativeckan=abc"},
        {"Cache-Control": "private, no-store"},
        {"Cache-Control": "private"},
        {"Cache-Control": "no-store"},
        {"Cache-Control": "no-cache"},
        {"Cache-Control": "s-maxage=60"},
        {"Cache-Control": ""},
        {"Cache-Control": "public, max-age=0"},
        {"Vary": "Cookie"},
        {"Vary": "Accept-Encoding, Cookie"},
        {"Vary": "*"},
    ],
    ids=str,
)
def test_an_answer_that_is_somebodys_is_not_kept(stand_in: StandIn, headers: Mapping[str, str]) -> None:
    stand_in.answers["/kalender"] = lambda number: _with(for_everybody(number), headers)
    assert [stand_in.ask("/kalender").body for _visitor in range(3)] == [b"1", b"2", b"3"]


def _with(made: Made, headers: Mapping[str, str]) -> Made:
    status, others, body = made
    return status, {**others, **headers}, body


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", ["arbetsyta", "samordning", "konto", "svar", "mitt-program"])
@pytest.mark.parametrize("rest", ["", "/en-hemlighet", "/en-hemlighet.ics", ".ics"])
def test_addresses_of_one_persons_are_never_kept(stand_in: StandIn, prefix: str, path: str, rest: str) -> None:
    """Even if the application came to say that everybody may."""
    address = f"{prefix}/{path}{rest}"
    assert [stand_in.ask(address).body for _time in range(2)] == [b"1", b"2"]


@pytest.mark.parametrize("address", ["/%61rbetsyta", "//arbetsyta", "/kalender/../konto", "/./svar/abc"])
def test_other_spellings_of_their_addresses_neither(stand_in: StandIn, address: str) -> None:
    assert [stand_in.ask(address).body for _time in range(2)] == [b"1", b"2"]


def test_what_changes_something_goes_through_every_time(stand_in: StandIn) -> None:
    assert stand_in.ask("/tillganglighet/hinder").body == b"1"
    assert [stand_in.ask("/tillganglighet/hinder", method="POST", body=b"x=1").body for _t in range(2)] == [b"2", b"3"]
    assert stand_in.ask("/tillganglighet/hinder").body == b"1"


@pytest.mark.parametrize(
    ("accepted", "upstream"),
    [
        (None, None),
        ("identity", None),
        ("", None),
        ("deflate", None),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate", "gzip"),
        ("deflate, gzip;q=1.0, *;q=0.5", "gzip"),
        ("gzip;q=1.0,deflate;q=0.6,identity;q=0.3", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0.0, br", None),
        ("identity, gzip;q=0.5", None),
        ("identity;q=1, gzip", None),
        ("br", None),
        ("gzip, deflate, br", "br, gzip"),
        ("gzip, deflate, br, zstd", "br, gzip"),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", "br, gzip"),
        ("gzip, br;q=0", "gzip"),
        ("brotli, gzipped", None),
        (",,;q, gzip;q=junk", None),
    ],
)
def test_of_the_ways_to_ask_for_an_encoding_three_reach_the_application(
    stand_in: StandIn, accepted: str | None, upstream: str | None
) -> None:
    stand_in.ask("/kalender", {} if accepted is None else {"Accept-Encoding": accepted})
    [(_method, _path, headers)] = stand_in.asked
    assert headers.get("Accept-Encoding") == upstream


def test_each_encoding_is_kept_once(stand_in: StandIn) -> None:
    ways = ["", "identity", "gzip", "gzip, deflate", "gzip;q=0.9", "br, gzip", "gzip, deflate, br, zstd"]
    assert [stand_in.ask("/kalender", {"Accept-Encoding": way}).body for way in ways] == [
        b"1", b"1", b"2", b"2", b"2", b"3", b"3",
    ]  # fmt: skip


def test_what_is_said_to_our_cache_reaches_nobody_else(stand_in: StandIn) -> None:
    said = ["public, max-age=900", "public, max-age=0, stale-if-error=86400"]
    for number, words in enumerate(said):
        stand_in.answers[f"/{number}"] = lambda n, words=words: for_everybody(n, f"{words}{FOR_SHARED_CACHES}")
    stand_in.answers["/mine"] = lambda n: for_everybody(n, "private, no-store")
    for _time in range(2):
        assert [stand_in.ask(f"/{number}")["Cache-Control"] for number in range(2)] == said
    assert stand_in.ask("/mine")["Cache-Control"] == "private, no-store"
    assert (FRESH, RENEWED) == (2, 8)


def test_after_its_seconds_an_answer_is_renewed_behind_the_visitors_backs(stand_in: StandIn) -> None:
    stand_in.answers["/kalender"] = lambda number: for_everybody(number, OFTEN_ASKED)
    assert stand_in.ask("/kalender").body == b"1"
    until(lambda: stand_in.ask("/kalender").body == b"2", 20)
    said = kept(stand_in.folder / "access.log")
    assert "STALE" in said
    assert "EXPIRED" not in said


def test_what_nobody_has_asked_for_lately_is_renewed_before_the_visitors_eyes(stand_in: StandIn) -> None:
    stand_in.answers["/kalender"] = lambda number: for_everybody(number, SELDOM_ASKED)
    assert stand_in.ask("/kalender").body == b"1"
    time.sleep(3.2)
    assert stand_in.ask("/kalender").body == b"2"


def test_a_slow_page_is_made_once_for_all_who_wait(stand_in: StandIn) -> None:
    def slowly(number: int) -> Made:
        time.sleep(0.5)
        return for_everybody(number, OFTEN_ASKED)

    stand_in.answers["/kalender"] = slowly
    with ThreadPoolExecutor(8) as visitors:
        assert {answer.body for answer in visitors.map(stand_in.ask, ["/kalender"] * 8)} == {b"1"}
        time.sleep(2.1)
        assert b"1" in {answer.body for answer in visitors.map(stand_in.ask, ["/kalender"] * 8)}
    until(lambda: stand_in.times("/kalender") == 2, 20)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_when_the_application_fails_the_last_good_answer_goes_out(stand_in: StandIn, status: int) -> None:
    said = {1: for_everybody(1, "public, max-age=900, s-maxage=1", ETag='"first"')}
    stand_in.answers["/kalender.ics"] = lambda number: said.get(number, (status, {}, b"broken"))
    assert stand_in.ask("/kalender.ics").body == b"1"
    time.sleep(2.1)
    for _visitor in range(3):
        answer = stand_in.ask("/kalender.ics")
        assert (answer.status, answer.body, answer["ETag"]) == (200, b"1", '"first"')
    assert stand_in.ask("/kalender.ics", {"If-None-Match": '"first"'}).status == 304
    assert_kept(stand_in, ["MISS", "STALE", "STALE", "STALE", "STALE"])


def test_what_has_been_taken_away_does_not_come_back_when_the_application_fails(stand_in: StandIn) -> None:
    words = f"public, max-age=0{FOR_SHARED_CACHES}"
    said = {1: for_everybody(1, words), 2: (404, {"Cache-Control": words}, b"gone")}
    stand_in.answers["/evenemang/x"] = lambda number: said.get(number, (503, {}, b"broken"))
    assert stand_in.ask("/evenemang/x").status == 200
    until(lambda: stand_in.ask("/evenemang/x").status == 404, 30)
    seen = {404}

    def has_failed_since() -> bool:
        seen.add(stand_in.ask("/evenemang/x").status)
        return stand_in.times("/evenemang/x") > 3

    until(has_failed_since, 30)
    assert seen == {404}


def test_an_unchanged_answer_is_renewed_without_being_sent_again(stand_in: StandIn) -> None:
    def answer(number: int) -> Made:
        if stand_in.asked[-1][2].get("If-None-Match") == '"same"':
            return (
                304,
                {"Cache-Control": "public, max-age=0, s-maxage=60", "ETag": '"same"', "Content-Length": "0"},
                b"",
            )
        return for_everybody(number, "public, max-age=0, s-maxage=1", ETag='"same"')

    stand_in.answers["/kalender"] = answer
    assert stand_in.ask("/kalender").body == b"1"
    time.sleep(2.1)
    assert [stand_in.ask("/kalender").body for _visitor in range(3)] == [b"1"] * 3
    assert_kept(stand_in, ["MISS", "REVALIDATED", "HIT", "HIT"])


def test_readers_of_feeds_are_never_counted_and_those_who_post_are(stand_in: StandIn) -> None:
    assert {stand_in.ask(f"/kalender.ics?dag=2027-09-{n:02}").status for n in range(1, 31) for _time in range(10)} == {
        200
    }
    assert {stand_in.ask(f"/kalender?sida={n}").status for n in range(300)} == {200}
    posts = [stand_in.ask("/tillganglighet/hinder", method="POST", body=b"") for _time in range(150)]
    refused = [answer for answer in posts if answer.status == 429]
    assert posts[0].status == 200
    assert refused
    assert "Det blev för många försök" in refused[0].body.decode()
    assert {stand_in.ask("/kalender.ics").status for _time in range(10)} == {200}
    knocks = [stand_in.ask("/konto/logga-in").status for _time in range(300)]
    assert knocks[0] == 200
    assert 429 in knocks

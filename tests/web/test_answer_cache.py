"""What is kept in front of the application, for how long, and in how much memory."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask, Response, request
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from planner.web import caching
from planner.web.access import Level, access
from planner.web.answer_cache import BESIDE_THE_BODY, AnswerCache
from planner.web.caching import Version, hold_until, respond

START = datetime(2027, 9, 20, 8, 7, tzinfo=UTC)


class World:
    """An application that counts what it makes, behind a cache, and the number that says what is published."""

    def __init__(self, most_bytes: int = 1_000_000) -> None:
        self.number: int | None = 1
        self.made: list[str] = []
        self.cache = AnswerCache(self.application().wsgi_app, lambda: self.number, most_bytes)
        self.client = Client(self.cache)

    def application(self) -> Flask:
        app = Flask(__name__)
        caching.init_app(app)

        def make(name: str) -> str:
            self.made.append(name)
            return f"<h1>{name} {self.number} {request.args}</h1>"

        @app.get("/sida")
        @access(Level.ANYONE)
        def page() -> str:
            return make("page")

        @app.get("/nu")
        @access(Level.ANYONE)
        def present() -> str:
            hold_until(datetime.now(UTC) + timedelta(minutes=1))
            return make("present")

        @app.get("/flode")
        @access(Level.ANYONE)
        def feed() -> Response:
            version = Version(("feed", self.number), START)
            return respond(version, lambda: make("feed").encode(), content_type="text/calendar", now=datetime.now(UTC))

        @app.get("/hemligt")
        @access(Level.LETTER)
        def secret() -> Response:
            version = Version(("secret", self.number), START)
            private = "private, max-age=300"
            body = "secret"
            return respond(
                version,
                lambda: make(body).encode(),
                content_type="text/calendar",
                now=datetime.now(UTC),
                cache_control=private,
            )

        @app.get("/saknas")
        @access(Level.ANYONE)
        def missing() -> tuple[str, int]:
            return make("missing"), 404

        @app.route("/svara", methods=["GET", "POST"])
        @access(Level.VISITOR)
        def form() -> str:
            return make("form")

        return app

    def fetch(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        response = self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        return response.status_code, dict(response.headers), response.data


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(clock: time_machine.Traveller) -> World:
    return World()


@pytest.mark.parametrize("path", ["/sida", "/flode", "/sida?a=1"])
@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_what_is_kept_is_sent_again_with_the_same_headers(world: World, path: str, encoding: str) -> None:
    first = world.fetch(path, Accept_Encoding=encoding)

    assert world.fetch(path, Accept_Encoding=encoding) == first
    assert len(world.made) == 1


ODD = st.dictionaries(
    st.sampled_from(
        [
            "If-None-Match",
            "If-Modified-Since",
            "If-Match",
            "If-Unmodified-Since",
            "If-Range",
            "Range",
            "Accept-Encoding",
        ]
    ),
    st.sampled_from(
        ["", "*", "W/*", '"', '"a", *', "junk", "gzip;q=x", "br", "bytes=0-1", f"Fri, 01 Jan 2038 00:00:00 +{'9' * 20}"]
    )
    | st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
    max_size=4,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(headers=ODD, path=st.sampled_from(["/sida", "/flode"]), method=st.sampled_from(["GET", "HEAD"]))
def test_odd_headers_get_of_what_is_kept_what_they_get_of_what_is_made(
    clock: time_machine.Traveller, headers: dict[str, str], path: str, method: str
) -> None:
    made, kept = World(), World()
    kept.fetch(path)

    answers = [each.client.open(path, method=method, headers=headers) for each in (made, kept)]

    first, second = ((each.status_code, dict(each.headers), each.data) for each in answers)
    assert second == first


@pytest.mark.parametrize("path", ["/sida", "/flode"])
def test_each_encoding_is_packed_from_the_one_that_is_kept(world: World, path: str) -> None:
    separate = [World().fetch(path, Accept_Encoding=encoding) for encoding in ("gzip", "", "br")]

    assert [world.fetch(path, Accept_Encoding=encoding) for encoding in ("gzip", "", "br")] == separate
    assert len(world.made) == 1


@pytest.mark.parametrize("path", ["/sida", "/flode"])
def test_a_client_that_has_it_gets_304_from_what_is_kept(world: World, path: str) -> None:
    etag = world.fetch(path)[1]["ETag"]
    unmade = World()
    expected = unmade.fetch(path, If_None_Match=etag)

    assert expected[0] == 304
    assert world.fetch(path, If_None_Match=etag) == expected
    assert len(world.made) == 1


@pytest.mark.parametrize("path", ["/sida", "/flode"])
@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_who_has_it_asks_first_and_who_has_nothing_gets_all_of_it(world: World, path: str, encoding: str) -> None:
    """As another worker does, or this one at the next quarter of an hour."""
    whole = world.fetch(path, Accept_Encoding=encoding)
    other = World()

    assert other.fetch(path, Accept_Encoding=encoding, If_None_Match=whole[1]["ETag"])[0] == 304
    assert other.fetch(path, Accept_Encoding=encoding) == whole
    assert other.fetch(path, Accept_Encoding=encoding) == whole


def test_a_feed_that_every_client_has_is_never_made(world: World) -> None:
    etag = Version(("feed", 1), START).etag()

    assert [world.fetch("/flode", If_None_Match=etag)[0] for _time in range(3)] == [304, 304, 304]
    assert world.made == []
    assert world.fetch("/flode")[0] == 200


def test_head_is_get_without_a_body(world: World) -> None:
    status, headers, _body = world.fetch("/sida")
    response = world.client.head("/sida")

    assert (response.status_code, dict(response.headers), response.data) == (status, headers, b"")
    assert len(world.made) == 1


def test_a_change_that_the_public_sees_makes_everything_anew(world: World) -> None:
    before = world.fetch("/sida")
    world.number = 2

    assert world.fetch("/sida")[2] != before[2]
    assert world.made == ["page", "page"]


def test_what_was_made_while_something_changed_is_not_taken_for_the_new(world: World) -> None:
    numbers = iter([1, 2])
    world.cache.read_number = lambda: next(numbers)

    world.fetch("/sida")
    world.fetch("/sida")

    assert world.made == ["page", "page"]


@pytest.mark.parametrize(
    ("path", "times"),
    [("/sida?a=1", ["page"]), ("/sida?a=2", ["page"]), ("/saknas", ["missing"] * 2), ("/svara", ["form"] * 2)],
)
def test_what_is_kept_at_which_address(world: World, path: str, times: list[str]) -> None:
    world.fetch("/sida?a=3")
    world.made.clear()

    world.fetch(path)
    world.fetch(path)

    assert world.made == times


def test_what_is_private_is_not_kept(world: World) -> None:
    first, again = world.fetch("/hemligt"), world.fetch("/hemligt")

    assert first == again
    assert first[1]["Cache-Control"] == "private, max-age=300"
    assert world.made == ["secret", "secret"]


def test_only_what_asks_is_answered_from_it(world: World) -> None:
    world.fetch("/sida")

    assert world.client.post("/sida").status_code == 405
    assert set(world.client.options("/sida").allow) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    ("path", "holds_for"),
    [("/sida", timedelta(minutes=8)), ("/nu", timedelta(minutes=1)), ("/flode", None)],
)
def test_how_long_an_answer_holds(
    world: World, clock: time_machine.Traveller, path: str, holds_for: timedelta | None
) -> None:
    world.fetch(path)
    clock.shift((holds_for or timedelta(days=400)) - timedelta(seconds=1))
    world.fetch(path)
    assert len(world.made) == 1

    clock.shift(timedelta(seconds=1))
    world.fetch(path)
    assert len(world.made) == (1 if holds_for is None else 2)


def test_a_database_that_does_not_answer_is_the_applications_matter(world: World) -> None:
    world.fetch("/sida")
    world.number = None

    assert world.fetch("/sida")[0] == 200
    assert world.made == ["page", "page"]


def test_what_a_failed_precondition_means_is_asked_of_the_application(world: World) -> None:
    world.fetch("/sida")

    status, headers, body = world.fetch("/sida", If_Match='"other"')
    assert (status, headers["Cache-Control"], body) == (412, "no-store", b"")


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("room_for", [0, 1, 3])
def test_memory_is_bounded_and_what_nobody_asks_for_goes_first(room_for: int) -> None:
    world = World(room_for * (BESIDE_THE_BODY + 100))
    for number in range(5):
        world.fetch(f"/sida?a={number}")
        world.fetch("/sida?a=0")
    world.made.clear()

    for number in (4, 0, 3):
        world.fetch(f"/sida?a={number}")

    assert len(world.made) == {0: 3, 1: 3, 3: 0}[room_for]
    assert world.cache.shelf.bytes <= world.cache.shelf.most_bytes


def test_another_encoding_of_what_is_kept_is_counted(world: World) -> None:
    world.fetch("/sida", Accept_Encoding="br")
    before = world.cache.shelf.bytes
    packed = world.fetch("/sida", Accept_Encoding="gzip")[2]

    assert world.cache.shelf.bytes == before + len(packed)


def test_the_last_change_is_never_told_as_in_the_future(world: World, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(hours=-1))
    told: Callable[[], Any] = lambda: world.fetch("/flode")[1]["Last-Modified"]  # noqa: E731

    assert [told(), told()] == ["Mon, 20 Sep 2027 07:07:00 GMT"] * 2
    clock.shift(timedelta(hours=2))
    assert told() == "Mon, 20 Sep 2027 08:07:00 GMT"

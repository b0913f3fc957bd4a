"""Bad input: what every feed answers to addresses, methods and headers that nobody should send, and many do.

The feeds are found in the URL map, so that a new shape or address is tried by itself.
"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from random import Random
from string import ascii_uppercase
from urllib.parse import quote, quote_from_bytes, urlsplit

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from werkzeug.http import http_date, parse_date
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse

from planner.events.calendar_query import KEYS, MOST_VALUES, CalendarQuery
from planner.events.models import Audience
from planner.feeds.shapes import SHAPES
from planner.web.access import Level
from planner.web.addresses import LONGEST
from planner.web.answers import UNPACK
from tests.browsing import Browser
from tests.conftest import QueryCount
from tests.feeds.conftest import Show
from tests.feeds.reading import uids_in
from tests.site.world import World, make_world

CountQueries = Callable[[], AbstractContextManager[QueryCount]]
IN_WORDS = "text/plain; charset=utf-8"
WHOLE = {"If-None-Match": "*"}
"""A client that has something already is told what is wrong all the same."""

often = settings(
    max_examples=12,
    deadline=None,
    # The inputs are small as they come; to make them smaller would take minutes of requests.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/"), min_size=1, max_size=150)
BYTES = st.binary(max_size=30)
OPTIONS = {option for shape in SHAPES.values() for option in shape.OPTIONS}
UNKNOWN_KEYS = TEXTS.filter(lambda key: key not in {*KEYS, *OPTIONS})


class Surface:
    """Every feed and every page for everybody, with one thing of each kind in them."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
        self.feed_rules = [rule for rule in rules if self._is_feed(rule)]
        self.feeds = [address for rule in self.feed_rules for address in self._addresses(rule)]
        self.pages = [
            address
            for rule in rules
            if rule not in self.feed_rules and self._level(rule) is Level.ANYONE
            for address in self._addresses(rule)
        ]

    def misnamed(self, rule: Rule, name: str) -> list[str]:
        """The feeds at this rule, of something called so."""
        chosen = [key for key in rule.arguments if not isinstance(rule._converters[key], AnyConverter)]
        if not chosen:
            return []
        with self.app.test_request_context():
            return [
                self.app.url_for(rule.endpoint, **{**values, **dict.fromkeys(chosen, name)})
                for values in self.world.arguments_of(rule)
            ]

    def _level(self, rule: Rule) -> Level | None:
        return getattr(self.app.view_functions[rule.endpoint], "access", None)

    def _is_feed(self, rule: Rule) -> bool:
        """Whether it is open, and ends as one of the shapes: in so many words, or in whichever is asked for."""
        chosen = rule._converters.get("ending")
        endings = chosen.items if isinstance(chosen, AnyConverter) else {rule.rule.rpartition(".")[2]}
        return self._level(rule) in (Level.ANYONE, Level.LETTER, Level.HOLDER) and not endings.isdisjoint(SHAPES)

    def _addresses(self, rule: Rule) -> list[str]:
        with self.app.test_request_context():
            return [self.app.url_for(rule.endpoint, **values) for values in self.world.arguments_of(rule)]


@pytest.fixture
def surface(app: Flask, session: Session, show: Show, clock: time_machine.Traveller) -> Surface:
    surface = Surface(app, make_world(session))
    show()
    clock.shift(timedelta(minutes=1))
    return surface


def in_words(response: TestResponse) -> tuple[int, str | None]:
    """How a refusal is told: its status, and that it is plain words."""
    assert response.text.strip(), "nothing is said"
    assert len(response.data) < 2_000, "too much is said"
    assert "no-store" in response.headers["Cache-Control"], "it is kept"
    return response.status_code, response.headers["Content-Type"]


def test_the_feeds_are_found(client: Browser, surface: Surface) -> None:
    assert {address.rpartition(".")[2] for address in surface.feeds} >= set(SHAPES)
    assert {address: client.get(address).status_code for address in surface.feeds} == dict.fromkeys(surface.feeds, 200)
    assert {"/", "/kalender", "/om", "/static/css/main.css"} <= set(surface.pages)


@often
@given(key=UNKNOWN_KEYS, value=TEXTS, data=st.data())
def test_an_unknown_parameter_never_gives_a_feed(
    client: Browser, surface: Surface, key: str, value: str, data: st.DataObject
) -> None:
    address = data.draw(st.sampled_from(surface.feeds))

    response = client.get(f"{address}?form=&{quote(key, safe='')}={quote(value, safe='')}", headers=WHOLE)

    assert in_words(response) == (400, IN_WORDS)


@often
@given(key=st.sampled_from(KEYS), junk=TEXTS, raw=BYTES, data=st.data())
def test_a_wrong_value_never_gives_a_feed(
    client: Browser, surface: Surface, key: str, junk: str, raw: bytes, data: st.DataObject
) -> None:
    address = data.draw(st.sampled_from(surface.feeds))
    values = (quote(f"§{junk}", safe=""), quote_from_bytes(b"\xff" + raw, safe=""))

    for value in values:
        response = client.get(f"{address}?{key}={value}", headers=WHOLE)
        assert in_words(response) == (400, IN_WORDS)


@often
@given(value=TEXTS.map("§{}".format), option=st.sampled_from(sorted(OPTIONS)), data=st.data())
def test_a_shape_takes_its_own_options_and_no_other_value_of_them(
    client: Browser, surface: Surface, value: str, option: str, data: st.DataObject
) -> None:
    address = data.draw(st.sampled_from(surface.feeds))
    shape = SHAPES.get(address.rpartition(".")[2])
    known = shape.OPTIONS.get(option, ()) if shape else ()

    refused = client.get(f"{address}?{option}={quote(value)}", headers=WHOLE)
    answers = {client.get(f"{address}?{option}={each}").status_code for each in ("", *known)}

    assert in_words(refused) == (400, IN_WORDS)
    assert answers == {200 if known else 400}


@often
@given(name=NAMES)
def test_what_does_not_exist_is_404_in_words(client: Browser, surface: Surface, name: str) -> None:
    for rule in surface.feed_rules:
        for address in surface.misnamed(rule, name)[:1]:
            response = client.get(address, headers=WHOLE)
            assert in_words(response) == (404, IN_WORDS), address


@often
@given(method=st.text(ascii_uppercase, min_size=1, max_size=12), data=st.data())
def test_nothing_but_reading_is_405(client: Browser, surface: Surface, method: str, data: st.DataObject) -> None:
    address = data.draw(st.sampled_from(surface.feeds))
    method = data.draw(st.sampled_from([method, "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "TRACE"]))

    response = client.open(address, method=method)

    if method in ("GET", "HEAD", "OPTIONS"):
        assert response.status_code == 200
    else:
        assert response.status_code == 405
        assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_an_address_may_be_so_long_and_no_longer(client: Browser, surface: Surface) -> None:
    for address in [*surface.feeds, *surface.pages]:
        path, room = urlsplit(address).path, LONGEST - len(urlsplit(address).path)
        longest = client.get(f"{path}?{'a' * room}")
        longer = client.get(f"{path}?{'a' * (room + 1)}", headers=WHOLE)
        assert longest.status_code != 414, address
        assert longer.status_code == 414, address
        if address in surface.feeds:
            assert in_words(longer) == (414, IN_WORDS)
        else:
            assert "Adressen är för lång" in longer.text


def test_every_query_that_can_be_asked_fits_into_an_address() -> None:
    slugs = tuple(f"{number:0120}" for number in range(MOST_VALUES - len(Audience)))

    assert len(str(CalendarQuery(organisations=slugs, audiences=tuple(Audience)))) < LONGEST - 200


def test_many_problems_are_not_all_told(client: Browser, surface: Surface) -> None:
    query = "&".join(f"x{number}=1" for number in range(900))
    for address in surface.feeds:
        assert in_words(client.get(f"{address}?{query}")) == (400, IN_WORDS)


WISHES = (
    ("upplaga", "2027"),
    ("dag", "2027-09-20"),
    ("dag", "2027-09-21"),
    ("kommun", "1780"),
    ("kommun", "17"),
    ("arrangor", "foreningen-samtal"),
    ("tema", "manskliga-rattigheter"),
    ("malgrupp", "unga"),
    ("form", "pa-plats"),
    ("form", "digitalt"),
    ("sprak", "sv"),
    ("plats", "stadsbiblioteket"),
    ("form", ""),
    ("kommun", "  "),
)


@often
@given(
    pairs=st.lists(st.sampled_from(WISHES), max_size=6),
    extra=st.lists(st.sampled_from(WISHES[-2:]), max_size=2),
    times=st.integers(1, 40),
    seed=st.integers(0, 1_000),
    data=st.data(),
)
def test_order_repetition_and_empty_values_change_nothing(
    client: Browser,
    surface: Surface,
    pairs: list[tuple[str, str]],
    extra: list[tuple[str, str]],
    times: int,
    seed: int,
    data: st.DataObject,
) -> None:
    address = data.draw(st.sampled_from(surface.feeds))
    other = [*pairs * times, *extra]
    Random(seed).shuffle(other)

    first, second = (client.get(f"{address}?{as_query(each)}") for each in (pairs, other))

    assert told(second) == told(first)


def as_query(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{key}={quote(value)}" for key, value in pairs)


def told(response: TestResponse) -> tuple[object, ...]:
    """What an answer says; of a refusal each line, for they stand in the order of the address."""
    names = ("ETag", "Last-Modified", "Content-Disposition", "Content-Type")
    body = response.data if response.status_code == 200 else sorted(response.text.splitlines())
    return (response.status_code, body, *(response.headers.get(name) for name in names))


TAGS = st.lists(st.sampled_from(["{own}", "W/{own}", '"other"', 'W/"other"', "junk", '"a, b"']), min_size=1, max_size=4)
CLOCKS = ("%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y")
"""The three forms of a date in HTTP (RFC 9110 5.6.7)."""
JUNK_DATES = st.one_of(
    st.sampled_from(
        [
            "",
            "0",
            "snart",
            "2038-01-01T00:00:00Z",
            "Fri, 01 Jan 2038 00:00:00 +99999999999999999999",
            "Fri, 01 Jan 99999 00:00:00 GMT",
            "Fri, 41 Jan 2038 00:00:00 GMT",
            "Fri, 01 Jan 2038 00:00:00 GMT, Fri, 01 Jan 2038 00:00:00 GMT",
            "9" * 400,
        ]
    ),
    st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="0123456789"), max_size=40),
)
NOISE = st.dictionaries(
    st.sampled_from(
        ["Range", "If-Range", "Accept", "Accept-Language", "Accept-Charset", "User-Agent", "Cookie", "TE", "Referer"]
    ),
    st.one_of(
        st.sampled_from(
            ["bytes=0-1", "bytes=9-1,-", "bytes=-99999999999999999999", "*/*;q=0", "text/html", "session=x"]
        ),
        st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=40),
    ),
    max_size=4,
)
ENCODINGS = st.one_of(
    st.sampled_from(
        ["", "gzip", "br", "*", "*;q=0", "identity;q=0", "gzip;q=nan", "gzip;q=1e999", "br" * 500, "gzip,,"]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
)


@often
@given(tags=TAGS, noise=NOISE, encoding=ENCODINGS, has_date=st.booleans(), data=st.data())
def test_whoever_has_it_already_is_told_so_whatever_else_is_sent(
    client: Browser,
    surface: Surface,
    tags: list[str],
    noise: dict[str, str],
    encoding: str,
    has_date: bool,
    data: st.DataObject,
) -> None:
    address = data.draw(st.sampled_from(surface.feeds))
    sent = {**noise, "Accept-Encoding": encoding}
    whole = client.get(address, headers=sent)
    condition = ", ".join(tags).format(own=whole.headers["ETag"])
    dated = {"If-Modified-Since": "Fri, 01 Jan 2038 00:00:00 GMT"} if has_date else {}

    response = client.get(address, headers={**sent, **dated, "If-None-Match": condition})

    assert plain_of(whole) == client.get(address).data
    assert is_told(response, whole) is any("{own}" in tag for tag in tags)


@often
@given(
    shift=st.integers(-3, 3) | st.integers(-30_000_000, 30_000_000),
    form=st.sampled_from(CLOCKS),
    noise=NOISE,
    data=st.data(),
)
def test_a_date_is_compared_as_a_date_in_each_of_its_forms(
    client: Browser, surface: Surface, shift: int, form: str, noise: dict[str, str], data: st.DataObject
) -> None:
    address = data.draw(st.sampled_from(surface.feeds))
    whole = client.get(address, headers=noise)
    since = last_modified(whole) + timedelta(seconds=shift)

    response = client.get(address, headers={**noise, "If-Modified-Since": since.strftime(form)})

    assert is_told(response, whole) is (shift >= 0)


@often
@given(date=JUNK_DATES, noise=NOISE, data=st.data())
def test_a_date_that_is_none_says_nothing(
    client: Browser, surface: Surface, date: str, noise: dict[str, str], data: st.DataObject
) -> None:
    address = data.draw(st.sampled_from(surface.feeds))
    whole = client.get(address)

    for name in ("If-Modified-Since", "If-Unmodified-Since"):
        response = client.get(address, headers={**noise, name: date})
        assert (response.status_code, response.data) == (200, whole.data)


def last_modified(response: TestResponse) -> datetime:
    moment = parse_date(response.headers["Last-Modified"])
    assert moment is not None
    assert http_date(moment) == response.headers["Last-Modified"]
    return moment


def plain_of(response: TestResponse) -> bytes:
    encoding = response.headers.get("Content-Encoding", "")
    return UNPACK[encoding](response.data) if encoding else response.data


def is_told(response: TestResponse, whole: TestResponse) -> bool:
    """Whether the answer is that nothing has changed; if not, it must be the whole feed."""
    if response.status_code == 304:
        assert response.data == b""
        assert response.headers["ETag"] == whole.headers["ETag"]
        return True
    assert (response.status_code, response.data) == (200, whole.data)
    return False


def test_head_is_get_without_the_body(client: Browser, surface: Surface) -> None:
    refused = [f"{address}?x=1" for address in surface.feeds]
    for address in [*surface.feeds, *surface.pages, *refused, "/finns-inte", "/finns-inte.ics", "/kalender?x=1"]:
        for headers in ({"Accept-Encoding": "gzip"}, WHOLE):
            got, head = client.get(address, headers=headers), client.head(address, headers=headers)
            assert head.data == b"", address
            assert (head.status_code, dict(head.headers)) == (got.status_code, dict(got.headers)), address


WORDS = st.sampled_from(
    [
        "",
        ".",
        "..",
        "en",
        "kalender",
        "kalender.ics",
        "static",
        "css",
        "main.css",
        "bilder",
        "evenemang",
        "svar",
        "tack",
    ]
)
RAW_PATHS = st.lists(WORDS.map(str.encode) | BYTES, max_size=5).map(lambda parts: b"/" + b"/".join(parts))
RAW_QUERIES = st.one_of(
    BYTES.map(quote_from_bytes),
    st.lists(st.tuples(st.sampled_from([*KEYS, "sida", "x", ""]), BYTES.map(quote_from_bytes)), max_size=5).map(
        lambda pairs: "&".join(f"{key}={value}" for key, value in pairs)
    ),
    st.binary(max_size=40).map(lambda raw: raw.decode("latin-1").replace("\n", "").replace("\r", "")),
)


@settings(often, max_examples=30)
@given(raw=RAW_PATHS, query=RAW_QUERIES, noise=NOISE, date=JUNK_DATES, encoding=ENCODINGS, data=st.data())
def test_no_address_and_no_header_makes_the_public_site_fail(
    client: Browser,
    surface: Surface,
    raw: bytes,
    query: str,
    noise: dict[str, str],
    date: str,
    encoding: str,
    data: st.DataObject,
) -> None:
    known = [urlsplit(address).path.encode() for address in [*surface.feeds, *surface.pages]]
    path = data.draw(st.one_of(st.sampled_from(known), st.just(raw)))
    headers = {**noise, "If-Modified-Since": date, "Accept-Encoding": encoding}

    response = client.get(
        "/", headers=headers, environ_overrides={"PATH_INFO": path.decode("latin-1"), "QUERY_STRING": query}
    )

    assert response.status_code in (200, 301, 303, 304, 308, 400, 404), path
    assert re.match(r"(http://localhost)?/(?!/)", response.headers.get("Location", "/")), (
        "a way out to somebody else's site"
    )
    ending = path.decode("latin-1").rpartition(".")[2]
    if ending in SHAPES and response.status_code == 200:
        uids_in(ending, plain_of(response))


@pytest.mark.parametrize("address", ["/static/%00", "/static/css/main.css%00", "/%00", "/en/%00", "/bilder/%00.webp"])
def test_no_file_is_asked_for_with_a_nul_in_its_name(client: Browser, address: str) -> None:
    assert client.get(address).status_code == 404


def test_no_row_is_asked_for_with_a_nul_in_its_name(
    client: Browser, surface: Surface, count_queries: CountQueries
) -> None:
    with count_queries() as queries:
        for address in [*surface.feeds, *surface.pages]:
            response = client.get(f"{urlsplit(address).path}?tema=a%00b&sida=%00")
            assert response.status_code == 400, address

    assert queries.count == 0


def test_two_slashes_lead_to_nobodys_host(client: Browser, surface: Surface) -> None:
    """To bring them together, a redirect would name the host that the client says we have."""
    for address in [*surface.feeds, *surface.pages]:
        path = urlsplit(address).path.replace("/", "//")
        response = client.get("/", environ_overrides={"PATH_INFO": path}, headers={"Host": "evil.example"})
        assert response.status_code in (200, 404), address
        assert b"evil.example" not in response.data

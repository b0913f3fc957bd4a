"""Requirements 53–67: what is said over HTTP."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from itertools import product
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.http import parse_date
from werkzeug.test import TestResponse

from planner import create_app
from planner.core.clock import utc_now
from planner.editions.actions import raise_revision
from planner.editions.models import Edition
from planner.events.actions.counting import count_anew
from planner.events.models import Occurrence
from planner.feeds.shapes import SHAPES
from planner.web.answers import UNPACK
from tests import databases
from tests.browsing import Browser
from tests.conftest import QueryCount
from tests.factories import make_edition, make_event, make_occurrence, make_organisation, make_theme, make_user
from tests.feeds.conftest import Show
from tests.feeds.strict import read

CountQueries = Callable[[], AbstractContextManager[QueryCount]]
FEEDS = [
    "/kalender.ics",
    "/kalender.ics?form=pa-plats&kommun=1780",
    "/kommuner/karlstad.ics",
    "/arrangorer/foreningen-samtal.ics",
    "/platser/stadsbiblioteket.ics",
    "/evenemang/samtal-om-demokrati.ics",
]
ACCEPTED = ["", "*/*", "text/html", "application/json", "text/calendar;q=0", "\x7f, ,;"]
AGENTS = ["", "Google-Calendar-Importer", "Mozilla/5.0"]
UNKNOWN = [
    "/kommuner/stockholm.ics",
    "/arrangorer/ingen.ics",
    "/teman/inget.ics",
    "/platser/ingenstans.ics",
    "/evenemang/inget.ics",
    "/arrangorer/%00.ics",
    "/platser/..ics",
    "/evenemang/ÅÄÖ.ics",
    f"/teman/{'a' * 500}.ics",
]


@pytest.fixture
def edition(session: Session, show: Show) -> Edition:
    """A programme of one event."""
    edition = make_edition(session)
    make_event(session)
    show()
    return edition


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("address", FEEDS)
def test_53_same_bytes_whoever_asks(client: Browser, address: str) -> None:
    plain = client.get(address)

    for accept, agent in product(ACCEPTED, AGENTS):
        response = client.get(address, headers={"Accept": accept, "User-Agent": agent})
        assert (response.status_code, response.data) == (200, plain.data), (accept, agent)


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("address", [*FEEDS, *UNKNOWN, "/kalender.ics?x=1"])
def test_53_no_cookie_no_session_no_redirect(
    client: Browser, session: Session, sign_in: Callable[..., Browser], address: str
) -> None:
    somebody = sign_in(make_user(session))

    plain, personal = client.get(address), somebody.get(address)

    for response in (plain, personal):
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")
        assert "Location" not in response.headers
    assert personal.data == plain.data


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("address", FEEDS)
def test_53_the_language_of_a_page_makes_no_difference(client: Browser, address: str) -> None:
    plain, prefixed = client.get(address), client.get(f"/en{address}")

    assert (prefixed.data, prefixed.headers["ETag"]) == (plain.data, plain.headers["ETag"])


@pytest.mark.usefixtures("edition")
def test_53_thousands_of_readers_fetch_from_one_address(client: Browser) -> None:
    etag = client.get("/kalender.ics").headers["ETag"]

    assert {client.get("/kalender.ics", headers={"If-None-Match": etag}).status_code for _reader in range(300)} == {304}


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("address", FEEDS)
def test_54_content_type(client: Browser, address: str) -> None:
    assert client.get(address).headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_55_same_bytes_in_every_process_and_at_every_time(
    app: Flask, client: Browser, edition: Edition, session: Session, show: Show, clock: time_machine.Traveller
) -> None:
    first = client.get("/kalender.ics")
    clock.shift(timedelta(days=40))
    show()

    second = client.get("/kalender.ics")

    assert second.data == first.data
    assert client.get("/kalender.ics").headers["ETag"] == second.headers["ETag"]


@pytest.mark.usefixtures("edition")
def test_55_parameters_in_any_order_repeated_or_empty_are_the_same_feed(client: Browser) -> None:
    plain = client.get("/kalender.ics?dag=2027-09-20&kommun=1780&kommun=1784")

    other = client.get("/kalender.ics?kommun=1784&kommun=1780&form=&dag=2027-09-20&kommun=1784")

    assert (other.data, other.headers["ETag"]) == (plain.data, plain.headers["ETag"])


def validators(response: TestResponse) -> list[dict[str, str]]:
    etag = response.headers["ETag"]
    return [
        {"If-None-Match": etag},
        {"If-None-Match": f"W/{etag}"},
        {"If-None-Match": f'"other", W/{etag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": response.headers["Last-Modified"]},
        {"If-None-Match": etag, "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ]


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize("number", range(6))
def test_56_58_unchanged_is_304_without_body(client: Browser, address: str, number: int) -> None:
    whole = client.get(address)

    response = client.get(address, headers=validators(whole)[number])

    assert (response.status_code, response.data) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
        assert response.headers[name] == whole.headers[name]
    assert "Content-Type" not in response.headers


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"other"'},
        {"If-None-Match": "junk"},
        {"If-None-Match": '"other"', "If-Modified-Since": "Fri, 01 Jan 2038 00:00:00 GMT"},
        {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If-Modified-Since": "junk"},
        {"If-Modified-Since": "2038-01-01"},
        {"If-Modified-Since": "Fri, 01 Jan 2038 00:00:00 GMT, Sat, 02 Jan 2038 00:00:00 GMT"},
        {"Range": "bytes=0-10"},
    ],
)
def test_56_older_or_junk_is_200(client: Browser, headers: dict[str, str]) -> None:
    plain = client.get("/kalender.ics")

    response = client.get("/kalender.ics", headers=headers)

    assert (response.status_code, response.data) == (200, plain.data)


def test_56_different_feeds_have_different_etags(client: Browser, edition: Edition) -> None:
    etags = [client.get(address).headers["ETag"] for address in FEEDS]

    assert len(set(etags)) == len(FEEDS)


def test_56_the_etag_covers_the_names_that_the_calendar_prints(client: Browser, session: Session) -> None:
    theme = make_theme(session, edition=make_edition(session))
    etag = client.get(f"/teman/{theme.slug}.ics").headers["ETag"]

    theme.name = "Allas rättigheter"

    response = client.get(f"/teman/{theme.slug}.ics", headers={"If-None-Match": etag})
    assert read(response.data).text("NAME") == "Demokrativeckan 2027 – Allas rättigheter"


def test_57_every_revision_changes_both_validators(client: Browser, session: Session, edition: Edition) -> None:
    seen: set[str] = set()
    for _revision in range(3):
        raise_revision(session, edition, now=utc_now())
        response = client.get("/kalender.ics", headers={"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"})
        stored = session.get_one(Edition, edition.id).changed_at
        # Revisions within one second are dated ahead, and no answer says that it was changed in the future.
        assert parse_date(response.headers["Last-Modified"]) == min(stored, utc_now())
        assert response.headers["ETag"] not in seen
        seen.add(response.headers["ETag"])


def test_57_a_revision_within_the_second_of_the_last_fetch_is_seen(
    client: Browser, session: Session, edition: Edition
) -> None:
    raise_revision(session, edition, now=utc_now())
    fetched = client.get("/kalender.ics").headers["Last-Modified"]
    raise_revision(session, edition, now=utc_now())

    assert client.get("/kalender.ics", headers={"If-Modified-Since": fetched}).status_code == 200


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("address", [*FEEDS, "/kommuner/ingen.ics", "/kalender.ics?x=1"])
@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_58_head_is_get_without_the_body(client: Browser, address: str, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    got, head = client.get(address, headers=headers), client.head(address, headers=headers)

    assert head.data == b""
    assert head.status_code == got.status_code
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br", "br"),
        ("*", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("", None),
        ("br", "br"),
        ("gzip;q=0", None),
        ("gzip;q=0, *", None),
        ("identity, gzip;q=0.5", None),
        ("gzip;q=x", None),
    ],
)
def test_59_packed_only_on_request(client: Browser, accepted: str, encoding: str | None) -> None:
    plain = client.get("/kalender.ics")

    response = client.get("/kalender.ics", headers={"Accept-Encoding": accepted})

    assert response.headers.get("Content-Encoding") == encoding
    assert response.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert UNPACK.get(encoding or "", bytes)(response.data) == plain.data
    assert (response.headers["ETag"] == plain.headers["ETag"]) is (encoding is None)


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_59_each_encoding_is_deterministic_and_has_a_304_of_its_own(
    client: Browser, clock: time_machine.Traveller, encoding: str
) -> None:
    headers = {"Accept-Encoding": encoding}
    first = client.get("/kalender.ics", headers=headers)
    clock.shift(timedelta(days=1))
    second = client.get("/kalender.ics", headers=headers)

    assert second.data == first.data
    assert client.get("/kalender.ics", headers={**headers, **validators(first)[0]}).status_code == 304
    assert client.get("/kalender.ics", headers=validators(first)[0]).status_code == 200


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("address", FEEDS)
def test_60_62_may_be_kept_and_read_by_all(client: Browser, address: str) -> None:
    headers = client.get(address).headers

    assert headers["Cache-Control"] == "public, max-age=900"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize(
    ("address", "disposition"),
    [
        ("/kalender.ics", 'inline; filename="demokrativeckan-2027.ics"'),
        ("/kommuner/arjang.ics", 'inline; filename="demokrativeckan-2027-arjang.ics"'),
        ("/kalender.ics?form=digitalt", 'inline; filename="demokrativeckan-2027-digitalt.ics"'),
        ("/arrangorer/foreningen-samtal.ics", 'inline; filename="demokrativeckan-2027-foreningen-samtal.ics"'),
        ("/evenemang/samtal-om-demokrati.ics", 'attachment; filename="demokrativeckan-2027-samtal-om-demokrati.ics"'),
    ],
)
def test_61_disposition_with_an_ascii_name(client: Browser, address: str, disposition: str) -> None:
    assert client.get(address).headers["Content-Disposition"] == disposition


@pytest.mark.usefixtures("edition")
def test_63_addresses_are_short_and_end_in_ics(client: Browser, app: Flask) -> None:
    rules = [str(rule) for rule in app.url_map.iter_rules() if rule.endpoint.startswith("feeds.")]
    pages = (
        "kalender",
        "f/<code>",
        *(f"{kind}/<slug>" for kind in ("arrangorer", "kommuner", "teman", "platser", "evenemang")),
    )
    others = (
        "/nytt.<any(atom, rss):ending>",
        "/mitt-program/<token>.ics",
        "/mitt-program/delat/<token>.ics",
        "/mitt-program/<token>.pdf",
        "/mitt-program/delat/<token>.pdf",
        "/evenemang/<slug>/affisch.pdf",
    )

    assert sorted(rules) == sorted([*(f"/{page}.<any({', '.join(SHAPES)}):ending>" for page in pages), *others])


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("address", FEEDS)
def test_64_robots_are_not_barred(client: Browser, address: str) -> None:
    robots = RobotFileParser()
    answer = client.get("/robots.txt")
    robots.parse(answer.text.splitlines() if answer.status_code == 200 else [])

    assert robots.can_fetch("Google-Calendar-Importer", f"https://demokrativeckan.example{address}")


def test_65_a_thousand_events_cost_two_questions_and_no_rendering(
    client: Browser, session: Session, show: Show, count_queries: CountQueries
) -> None:
    make_event(session)
    first = session.scalars(sa.select(Occurrence)).one()
    show()
    session.refresh(first)
    kept = first.component.replace("SUMMARY:", "SUMMARY:Sparad: ")
    columns = session.execute(sa.select(Occurrence.__table__)).mappings().one()
    rows = [
        {**columns, "id": 10_000 + number, "uid": uid, "component": kept.replace(first.uid, uid)}
        for number in range(1_000)
        if (uid := f"kopia-{number}@demokrativeckan.example")
    ]
    session.execute(sa.insert(Occurrence), rows)
    count_anew(session, session.get_one(Edition, first.edition_id))
    session.commit()

    with count_queries() as queries:
        response = client.get("/kalender.ics")

    assert queries.count == 2
    summaries = [event.text("SUMMARY") for event in read(response.data).events]
    assert 900 < len(summaries) <= 1_000
    assert sum(summary.startswith("Sparad: ") for summary in summaries) >= len(summaries) - 1


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("address", UNKNOWN)
def test_66_unknown_is_404_in_plain_words(client: Browser, count_queries: CountQueries, address: str) -> None:
    with count_queries() as queries:
        response = client.get(address)

    assert (response.status_code, response.text) == (404, "Den här kalendern finns inte.\n")
    # What no slug of ours looks like is not looked up: PostgreSQL refuses NUL, for one.
    assert queries.count == (1 if address in UNKNOWN[1:5] else 0)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_66_a_failure_is_503_with_a_time_to_try_again(tmp_path: Path) -> None:
    app = create_app(databases.environment_for(f"sqlite:///{tmp_path}/without-tables.db", tmp_path))

    response = app.test_client().get("/kalender.ics", headers={"If-None-Match": "*"})

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "300"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_67_other_methods_are_405(client: Browser, address: str, method: str) -> None:
    response = client.open(address, method=method)

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("address", "asked_again", "whole"),
    [
        ("/kalender.ics", 1, 2),
        ("/kalender.ics?kommun=1780&form=pa-plats", 1, 3),
        ("/kommuner/karlstad.ics", 1, 2),
        ("/arrangorer/foreningen-samtal.ics", 2, 3),
        ("/platser/stadsbiblioteket.ics", 2, 3),
        ("/kalender.ics?arrangor=foreningen-samtal", 2, 3),
        ("/evenemang/samtal-om-demokrati.ics", 1, 2),
    ],
)
def test_72_few_questions_and_as_many_however_much_there_is(
    session: Session,
    client: Browser,
    show: Show,
    count_queries: CountQueries,
    rows: int,
    address: str,
    asked_again: int,
    whole: int,
) -> None:
    organiser = make_organisation(session)
    for _row in range(rows):
        make_occurrence(session, make_event(session, organiser=organiser))
    show()

    with count_queries() as first:
        response = client.get(address)
    with count_queries() as second:
        again = client.get(address, headers={"If-None-Match": response.headers["ETag"]})

    assert (response.status_code, again.status_code) == (200, 304)
    assert (first.count, second.count) == (whole, asked_again)


@pytest.mark.usefixtures("edition")
def test_72_nothing_is_rendered_for_a_304_and_nothing_serialised_for_a_feed(session: Session, client: Browser) -> None:
    """What is stored is what is sent: a mark in the stored text arrives."""
    etag = client.get("/kalender.ics").headers["ETag"]
    session.execute(sa.update(Occurrence).values(component="BEGIN:X-MARK\r\nEND:X-MARK\r\n"))

    assert b"X-MARK" in client.get("/kalender.ics").data
    assert client.get("/kalender.ics", headers={"If-None-Match": etag}).status_code == 304

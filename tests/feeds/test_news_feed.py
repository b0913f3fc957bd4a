"""What has changed, as Atom and RSS: an entry for each thing to tell, which stays the same one when it is corrected."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from planner.core.text import clean_line
from planner.editions.models import EditionState
from planner.events.actions import (
    cancel_occurrence,
    change_occurrence,
    move_occurrence_online,
    publish_event,
    reinstate_occurrence,
    save_event,
    withdraw_event,
)
from planner.events.actions.publication import show_all
from planner.events.models import Event, EventStatus
from planner.events.queries import lock_event
from planner.feeds import news as feed
from tests.browsing import Browser
from tests.conftest import QueryCount
from tests.events.cast import Cast, make_cast
from tests.factories import make_edition, make_venue
from tests.feeds.rss_rules import read_atom, read_rss

CountQueries = Callable[[], AbstractContextManager[QueryCount]]
READERS = {"atom": read_atom, "rss": read_rss}
BOTH = pytest.mark.parametrize("ending", READERS)
HOST = "https://demokrativeckan.example"
TAG = "tag:demokrativeckan.example,2026:nytt/"
AT_17 = "Måndag 20 september 2027 kl. 17–19.30."


@pytest.fixture
def cast(session: Session, now: datetime) -> Cast:
    cast = make_cast(session)
    cast.edition.published_at = now - timedelta(days=20)
    return cast


@pytest.fixture
def event(cast: Cast, session: Session, now: datetime) -> Event:
    """On the Monday at 18 in the library; it was in the programme from the start."""
    cast.edition.state = EditionState.OPEN
    event = publish_event(session, cast.event(EventStatus.SUBMITTED), actor=cast.karin, now=now - timedelta(days=25))
    cast.edition.state = EditionState.PUBLISHED
    session.flush()
    return event


def fetch(client: Browser, ending: str = "atom", query: str = "") -> Any:
    """The document as a reader understands it, without the entry that the programme was published."""
    parsed = READERS[ending](client.get(f"/nytt.{ending}{query}").data)
    assert parsed.entries.pop().title == "Programmet är publicerat: Demokrativeckan 2027"
    return parsed


def move(cast: Cast, event: Event, now: datetime, hour: int = 17) -> None:
    change_occurrence(cast.session, event.occurrences[0], {"start": time(hour)}, actor=cast.anna, now=now)


@BOTH
def test_a_change_is_an_entry_with_what_was_before(
    cast: Cast, now: datetime, client: Browser, event: Event, ending: str
) -> None:
    move(cast, event, now)

    [entry] = fetch(client, ending).entries
    assert (entry.title, entry.link) == ("Ny tid: Samtal om demokrati", f"{HOST}/evenemang/samtal-om-demokrati")
    assert [tag.term for tag in entry.tags] == ["Ny tid"]
    told = entry.content[0].value if ending == "atom" else entry.summary
    assert told == (
        "<p><strong>Ny tid:</strong> måndag 20 september 2027 kl. 17–19.30. "
        "Förut: <del>måndag 20 september 2027 kl. 18–19.30</del>. Stadsbiblioteket.</p>"
    )


def test_the_text_tells_each_thing_that_can_happen(
    cast: Cast, session: Session, now: datetime, client: Browser, event: Event
) -> None:
    (occurrence,) = event.occurrences
    title: Any = {"title": "Annat & nytt"}
    steps: list[Callable[[datetime], object]] = [
        lambda at: move(cast, event, at),
        lambda at: change_occurrence(session, occurrence, {"is_preliminary": True}, actor=cast.anna, now=at),
        lambda at: save_event(session, event, title, expected_version=None, actor=cast.anna, now=at),
        lambda at: move_occurrence_online(session, occurrence, cast.room, actor=cast.anna, now=at),
        lambda at: cancel_occurrence(session, occurrence, "För få anmälda.", actor=cast.anna, now=at),
    ]
    for hours, step in enumerate(steps):
        step(now + timedelta(hours=hours))

    digital = "digitalt (Länets videorum)"
    assert [(entry.title, entry.summary) for entry in fetch(client).entries] == [
        ("Inställt: Annat & nytt", f"Inställt. {AT_17} Digitalt (Länets videorum).\nFör få anmälda."),
        (
            "Flyttat till digitalt: Annat & nytt",
            f"Flyttat till digitalt. {AT_17} Ny plats: {digital}. Förut: Stadsbiblioteket.",
        ),
        (
            "Ny rubrik: Annat & nytt",
            f"Ny rubrik: Annat & nytt. Förut: Samtal om demokrati.\n{AT_17} Stadsbiblioteket.",
        ),
        ("Preliminärt: Annat & nytt", f"{AT_17} Stadsbiblioteket. Tiden är preliminär."),
        (
            "Ny tid: Annat & nytt",
            f"Ny tid: {AT_17[:1].lower()}{AT_17[1:]} Förut: måndag 20 september 2027 kl. 18–19.30. Stadsbiblioteket.",
        ),
    ]


def test_what_is_corrected_is_the_same_entry_told_anew(
    cast: Cast, now: datetime, client: Browser, event: Event
) -> None:
    move(cast, event, now, 17)
    [first] = fetch(client).entries
    [first_in_rss] = fetch(client, "rss").entries
    move(cast, event, now + timedelta(minutes=10), 16)

    [then] = fetch(client).entries
    assert (then.id, first.updated, then.updated) == (first.id, "2027-08-20T08:15:00Z", "2027-08-20T08:25:00Z")
    assert then.id.startswith(TAG)
    [then_in_rss] = fetch(client, "rss").entries
    # RSS has no date of change: a reader shows what it has read only under another guid.
    assert then_in_rss.id != first_in_rss.id
    assert then_in_rss.id.startswith(f"{then.id}#")


def test_what_is_taken_back_at_once_says_so_to_those_who_have_read_of_it(
    cast: Cast, session: Session, now: datetime, client: Browser, event: Event
) -> None:
    (occurrence,) = event.occurrences
    cancel_occurrence(session, occurrence, "Fel knapp", actor=cast.anna, now=now)
    [first] = fetch(client).entries
    reinstate_occurrence(session, occurrence, actor=cast.anna, now=now + timedelta(minutes=10))

    [then] = fetch(client).entries
    assert (first.title, then.title) == ("Inställt: Samtal om demokrati", "Som förut: Samtal om demokrati")
    assert then.id == first.id
    assert then.summary == (
        "Ändringen är tillbakatagen, det som gällde förut gäller. "
        "Måndag 20 september 2027 kl. 18–19.30. Stadsbiblioteket."
    )


@BOTH
def test_the_programme_itself_is_one_entry(client: Browser, event: Event, ending: str) -> None:
    [entry] = READERS[ending](client.get(f"/nytt.{ending}?kommun=1780").data).entries
    assert (entry.title, entry.link) == (
        "Programmet är publicerat: Demokrativeckan 2027",
        f"{HOST}/kalender?kommun=1780",
    )
    assert entry.summary == "1 programpunkt (Karlstad) var med från början."


def test_the_latest_are_told_and_no_more(
    cast: Cast, now: datetime, client: Browser, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "MOST_ENTRIES", 2)
    for hour in (9, 10, 11):
        move(cast, event, now + timedelta(hours=hour), hour)
    entries = read_atom(client.get("/nytt.atom").data).entries
    assert [entry.updated for entry in entries] == ["2027-08-20T19:15:00Z", "2027-08-20T18:15:00Z"]


def test_the_filter_is_the_calendars_and_finds_what_was(
    cast: Cast, session: Session, now: datetime, client: Browser, event: Event
) -> None:
    away = make_venue(session, "Arvika bibliotek", kommun_code="1784")
    change_occurrence(session, event.occurrences[0], {"place_id": away.id}, actor=cast.anna, now=now)
    sizes = {
        query: len(fetch(client, "atom", query).entries) for query in ("?kommun=1780", "?kommun=1784", "?kommun=1730")
    }
    assert list(sizes.values()) == [1, 1, 0]
    named = fetch(client, "rss", "?kommun=1784&form=pa-plats").feed
    assert named.title == "Nytt i Demokrativeckan 2027 – Arvika, På plats"
    assert named.link == f"{HOST}/nytt?kommun=1784&form=pa-plats"


@BOTH
def test_withdrawn_is_gone(
    cast: Cast, session: Session, now: datetime, client: Browser, event: Event, ending: str
) -> None:
    move(cast, event, now)
    withdraw_event(session, lock_event(session, event.id), "Fel", actor=cast.anna, now=now + timedelta(days=1))
    assert fetch(client, ending).entries == []


@BOTH
def test_unchanged_is_304_and_every_change_another_tag(
    cast: Cast, now: datetime, client: Browser, event: Event, count_queries: CountQueries, ending: str
) -> None:
    first = client.get(f"/nytt.{ending}")
    with count_queries() as queries:
        again = client.get(f"/nytt.{ending}", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    # The public editions.
    assert queries.count == 1

    move(cast, event, now)
    then = client.get(f"/nytt.{ending}", headers={"If-None-Match": first.headers["ETag"]})
    assert (then.status_code, then.headers["ETag"] != first.headers["ETag"]) == (200, True)


@BOTH
def test_same_bytes_at_every_time_and_for_everybody(
    cast: Cast, now: datetime, client: Browser, event: Event, clock: time_machine.Traveller, ending: str
) -> None:
    move(cast, event, now)
    first = client.get(f"/nytt.{ending}?form=pa-plats&kommun=1780")
    clock.shift(timedelta(days=300))
    then = client.get(f"/nytt.{ending}?kommun=1780&form=pa-plats&kommun=1780&dag=")
    english = client.get(f"/en/nytt.{ending}?kommun=1780&form=pa-plats", headers={"Accept-Language": "en"})
    assert first.data == then.data == english.data
    assert first.headers["ETag"] == then.headers["ETag"]
    assert "Set-Cookie" not in first.headers
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    head = client.head(f"/nytt.{ending}?form=pa-plats&kommun=1780")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", first.headers["ETag"])


@pytest.mark.parametrize("query", ["?x=1", "?kommun=9999", "?sida=2", "?upplaga=1999", "?arrangor=ingen"])
@BOTH
def test_what_nobody_knows_is_400_in_plain_words(client: Browser, event: Event, ending: str, query: str) -> None:
    response = client.get(f"/nytt.{ending}{query}")
    assert (response.status_code, response.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")


ASKED = st.sampled_from(["", "1784", "17", "hybrid", "sv", "2027-09-20", "2027", "stadsbiblioteket"])
KEYS = st.sampled_from(["upplaga", "dag", "kommun", "arrangor", "tema", "form", "plats", "sida", "blad", ""])
SENT = st.dictionaries(
    st.sampled_from(["If-None-Match", "If-Modified-Since", "If-Match", "Accept-Encoding", "Range", "Accept"]),
    st.sampled_from(["*", "", ", ,;", "gzip", "br;q=x", "bytes=0-9", "Fri, 20 Aug 2027 08:15:00 GMT", "i går", '"a"']),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    ending=st.sampled_from(list(READERS)),
    pairs=st.lists(st.tuples(KEYS, ASKED | st.text(max_size=30)), max_size=4),
    headers=SENT,
)
def test_no_parameter_and_no_header_makes_it_fail(
    client: Browser, event: Event, ending: str, pairs: list[tuple[str, str]], headers: dict[str, str]
) -> None:
    query = urlencode(pairs, errors="replace")
    response = client.get(f"/nytt.{ending}?{query}", headers=headers)
    assert response.status_code in (200, 304, 400, 412)
    if response.status_code == 200 and "Content-Encoding" not in response.headers:
        READERS[ending](response.data)
    if response.status_code == 400:
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert client.get(f"/nytt?{query}", headers=headers).status_code in (200, 304, 400, 404, 412)


@BOTH
def test_before_anything_is_published_it_is_empty(session: Session, client: Browser, ending: str) -> None:
    make_edition(session, state=EditionState.OPEN)
    assert READERS[ending](client.get(f"/nytt.{ending}").data).entries == []


@pytest.mark.parametrize("much", [1, 3, 30])
@BOTH
def test_few_questions_and_as_many_however_much_has_changed(
    cast: Cast, session: Session, now: datetime, client: Browser, count_queries: CountQueries, ending: str, much: int
) -> None:
    show_all(session, [cast.event(title=f"Samtal {number}").id for number in range(much)], now=now)
    with count_queries() as queries:
        parsed = fetch(client, ending)
    assert len(parsed.entries) == much
    # The editions; the items, their lines, and how much was there from the start.
    assert queries.count == 4


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    title=st.text(min_size=1, max_size=90).filter(str.strip), label=st.text(max_size=60), reason=st.text(max_size=60)
)
def test_whatever_people_write_it_is_a_document(
    cast: Cast, session: Session, now: datetime, event: Event, client: Browser, title: str, label: str, reason: str
) -> None:
    whole = lock_event(session, event.id)
    whole.title = clean_line(title) or "x"
    whole.occurrences[0].label, whole.occurrences[0].state_note = clean_line(label), clean_line(reason)
    show_all(session, [event.id], now=now)
    for ending in READERS:
        fetch(client, ending)

"""The same occurrences in every shape, and the same manners over HTTP."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from planner import create_app
from planner.editions.models import Theme
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Audience, Form, HostingState
from planner.events.models.vocabulary import LANGUAGES
from planner.feeds.shapes import SHAPES, options_of
from planner.organisations.models import Organisation
from planner.venues.models import Venue
from tests import databases
from tests.browser.week import make_week
from tests.browsing import Browser
from tests.conftest import QueryCount
from tests.factories import MONDAY, make_edition, make_event, make_hosting, make_occurrence, make_theme
from tests.feeds.conftest import Show
from tests.feeds.reading import uids_in

CountQueries = Callable[[], AbstractContextManager[QueryCount]]

PAGES = [
    "/kalender",
    "/kommuner/karlstad",
    "/arrangorer/foreningen-samtal",
    "/teman/manskliga-rattigheter",
    "/platser/stadsbiblioteket",
    "/evenemang/samtal-om-demokrati",
]
CONTENT_TYPES = {
    "ics": "text/calendar; charset=utf-8",
    "pdf": "application/pdf",
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ADDRESSES = [f"{page}.{ending}" for page in PAGES for ending in SHAPES]
SHAPED = ["/kalender.xlsx?blad=dag&kommun=1780", "/kalender.pdf?papper=a3&storlek=stor&kommun=1780"]


@pytest.fixture
def programme(session: Session, show: Show) -> None:
    """One event, on a theme."""
    edition = make_edition(session)
    make_event(session, themes=[make_theme(session, edition=edition)])
    show()


def fetched(client: Browser, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return response.data


@pytest.fixture
def choices(session: Session, show: Show) -> dict[str, list[Any]]:
    """A week in which there is everything, and what can be asked for in it."""
    make_week(session)
    show()
    return {
        "days": [MONDAY + timedelta(days=days) for days in range(-1, 9)],
        "kommuner": ["17", "1730", "1780", "1784"],
        "organisations": list(session.scalars(sa.select(Organisation.slug).where(Organisation.standing == "verified"))),
        "themes": list(session.scalars(sa.select(Theme.slug))),
        "audiences": list(Audience),
        "forms": list(Form),
        "languages": [*LANGUAGES][:6],
        "venues": list(
            session.scalars(sa.select(Venue.slug).where(Venue.merged_into_id.is_(None), Venue.is_private.is_(False)))
        ),
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(data=st.data())
def test_the_same_query_gives_the_same_occurrences_in_every_shape(
    session: Session, client: Browser, choices: dict[str, list[Any]], data: st.DataObject
) -> None:
    asked = data.draw(st.lists(st.sampled_from(sorted(choices)), max_size=2, unique=True))
    values = {key: tuple(data.draw(st.lists(st.sampled_from(choices[key]), min_size=1, max_size=3))) for key in asked}
    query = f"?{CalendarQuery(**values)}"

    found = {ending: uids_in(ending, fetched(client, f"/kalender.{ending}{query}")) for ending in SHAPES}
    found["by day"] = uids_in("xlsx", fetched(client, f"/kalender.xlsx{query}&blad=dag"))

    assert found == dict.fromkeys(found, found["ics"])


def test_there_is_much_to_compare(client: Browser, choices: dict[str, list[Any]]) -> None:
    assert len(uids_in("json", fetched(client, "/kalender.json"))) > 10
    assert all(choices.values())


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_the_same_occurrences_in_every_shape(session: Session, client: Browser, address: str) -> None:
    found = {ending: uids_in(ending, fetched(client, f"{address}.{ending}")) for ending in SHAPES}

    assert found == {ending: {"tillfalle-1@demokrativeckan.example"} for ending in SHAPES}


@pytest.mark.parametrize("ending", SHAPES)
def test_nothing_found_is_a_file_without_rows_before_and_after_anything_is_published(
    session: Session, client: Browser, ending: str
) -> None:
    before = fetched(client, f"/kalender.{ending}")
    make_edition(session)
    after = fetched(client, f"/kommuner/torsby.{ending}")

    assert uids_in(ending, before) == uids_in(ending, after) == set()


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("address", [*ADDRESSES, *SHAPED])
def test_kept_read_by_all_and_asked_about_again(client: Browser, address: str) -> None:
    whole = client.get(address)
    again = client.get(address, headers={"If-None-Match": whole.headers["ETag"]})
    by_date = client.get(address, headers={"If-Modified-Since": whole.headers["Last-Modified"]})

    assert whole.headers["Content-Type"] == CONTENT_TYPES[address.partition("?")[0].rpartition(".")[2]]
    assert whole.headers["Cache-Control"] == "public, max-age=900"
    for name, value in (("Access-Control-Allow-Origin", "*"), ("X-Content-Type-Options", "nosniff")):
        assert whole.headers[name] == again.headers[name] == value
    assert "Set-Cookie" not in whole.headers
    assert [(each.status_code, each.data) for each in (again, by_date)] == [(304, b"")] * 2
    head = client.head(address)
    assert (head.status_code, dict(head.headers), head.data) == (200, dict(whole.headers), b"")


@pytest.mark.usefixtures("programme")
def test_each_shape_has_a_tag_of_its_own(client: Browser) -> None:
    addresses = [*ADDRESSES, *SHAPED, "/kalender.xlsx?blad=dag"]

    assert len({client.get(address).headers["ETag"] for address in addresses}) == len(addresses)


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(
    ("address", "disposition"),
    [
        ("/kalender.csv", 'attachment; filename="demokrativeckan-2027.csv"'),
        ("/kommuner/arjang.xlsx?blad=dag", 'attachment; filename="demokrativeckan-2027-arjang.xlsx"'),
        ("/kalender.rss?form=digitalt", 'inline; filename="demokrativeckan-2027-digitalt.rss"'),
        ("/kalender.atom", 'inline; filename="demokrativeckan-2027.atom"'),
        ("/evenemang/samtal-om-demokrati.json", 'inline; filename="demokrativeckan-2027-samtal-om-demokrati.json"'),
        ("/evenemang/samtal-om-demokrati.ics", 'attachment; filename="demokrativeckan-2027-samtal-om-demokrati.ics"'),
    ],
)
def test_a_table_is_saved_and_the_others_are_shown(client: Browser, address: str, disposition: str) -> None:
    assert client.get(address).headers["Content-Disposition"] == disposition


@pytest.mark.parametrize("ending", [*SHAPES, "xlsx?blad=dag"])
def test_same_bytes_at_every_time(
    session: Session, client: Browser, show: Show, clock: time_machine.Traveller, ending: str
) -> None:
    make_week(session)
    show()
    first = client.get(f"/kalender.{ending}")
    clock.shift(timedelta(days=40))

    second = client.get(f"/kalender.{ending}")

    assert (second.data, second.headers["ETag"]) == (first.data, first.headers["ETag"])


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("ending", [ending for ending in SHAPES if ending != "ics"])
def test_as_many_questions_however_much_there_is(
    session: Session, client: Browser, show: Show, count_queries: CountQueries, rows: int, ending: str
) -> None:
    theme = make_theme(session, edition=make_edition(session))
    for _row in range(rows):
        event = make_event(session, themes=[theme], audiences=[Audience.YOUTH], languages=["sv"], kommuner=["1784"])
        make_occurrence(session, event)
        make_hosting(session, event)
    show()

    with count_queries() as first:
        response = client.get(f"/kalender.{ending}")
    with count_queries() as second:
        again = client.get(f"/kalender.{ending}", headers={"If-None-Match": response.headers["ETag"]})

    assert len(uids_in(ending, response.data)) == 2 * rows
    # The edition; the occurrences with their places; and one for each kind of thing that there may be several of.
    assert (first.count, second.count) == (1 + 1 + 9, 1)
    assert again.status_code == 304


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("ending", SHAPES)
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/kalender.{}?x=1", 400, "Kalendern har inget filter som heter ”x”.\n"),
        ("/kalender.{}?form=luft", 400, "Det finns ingen form som heter ”luft”.\n"),
        ("/kalender.{}?upplaga=1999", 400, "Det finns ingen upplaga som heter ”1999”.\n"),
        ("/evenemang/samtal-om-demokrati.{}?form=hybrid", 400, "Adressen till en enda programpunkt tar inga filter.\n"),
        ("/kommuner/stockholm.{}", 404, "Den här kalendern finns inte.\n"),
        ("/arrangorer/%00.{}", 404, "Den här kalendern finns inte.\n"),
    ],
)
def test_a_wrong_address_is_explained(client: Browser, ending: str, address: str, status: int, words: str) -> None:
    response = client.get(address.format(ending))

    assert (response.status_code, response.text) == (status, words)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("ending", SHAPES)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_methods_are_405(client: Browser, ending: str, method: str) -> None:
    response = client.open(f"/kalender.{ending}", method=method)

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("ending", SHAPES)
def test_a_failure_is_503_with_a_time_to_try_again(tmp_path: Path, ending: str) -> None:
    app = create_app(databases.environment_for(f"sqlite:///{tmp_path}/without-tables.db", tmp_path))

    response = app.test_client().get(f"/kalender.{ending}")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "300")


@pytest.mark.usefixtures("programme")
def test_an_option_belongs_to_its_shape_alone(client: Browser) -> None:
    answers = {
        ending: client.get(f"/kalender.{ending}?blad=dag").status_code for ending in SHAPES
    }  # what is no option is a filter that does not exist

    assert answers == {**dict.fromkeys(SHAPES, 400), "xlsx": 200}


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("asked", ["blad=vecka", "blad=dag&blad=vecka", "blad=%07"])
def test_an_option_with_another_value_is_explained(client: Browser, asked: str) -> None:
    response = client.get(f"/kalender.xlsx?{asked}")

    assert (response.status_code, response.text) == (400, "”blad” kan bara vara dag.\n")


@pytest.mark.usefixtures("programme")
def test_an_option_changes_how_the_file_looks_and_never_what_is_in_it(client: Browser) -> None:
    plain = uids_in("xlsx", fetched(client, "/kalender.xlsx"))

    assert uids_in("xlsx", fetched(client, "/kalender.xlsx?blad=dag")) == plain
    assert fetched(client, "/kalender.xlsx?blad=") == fetched(client, "/kalender.xlsx")
    assert options_of(SHAPES["xlsx"], [("blad", " dag "), ("blad", "dag"), ("form", "hybrid")]) == {"blad": "dag"}


@pytest.mark.parametrize("ending", SHAPES)
def test_a_name_only_while_accepted(session: Session, client: Browser, show: Show, ending: str) -> None:
    event = make_event(session)
    hosting = make_hosting(session, event)
    show()
    with_both = fetched(client, f"/arrangorer/region-varmland.{ending}")
    hosting.state = HostingState.WITHDRAWN
    show()

    assert len(uids_in(ending, with_both)) == 1
    assert uids_in(ending, fetched(client, f"/arrangorer/region-varmland.{ending}")) == set()

"""Requirement 71: a resident's own programme as a calendar: the very components of the public feeds, nothing more."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from random import Random

import pytest
import sqlalchemy as sa
import time_machine
from ical.calendar_stream import IcsCalendarStream
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from planner.core.errors import Invalid
from planner.editions.models import Edition, EditionState
from planner.events import actions
from planner.events.actions.publication import show_all
from planner.events.models import Event, EventStatus, Occurrence, Visibility
from planner.programmes import actions as programmes
from planner.programmes.models import Programme
from tests.browsing import Browser
from tests.factories import KEEN, make_edition, make_event, make_organisation, make_programme
from tests.feeds.conftest import Show
from tests.feeds.strict import read
from tests.feeds.subscriber import By, Subscriber
from tests.feeds.week import Week, sequence

OWN = f"/mitt-program/{KEEN}.ics"
SHARED = f"/mitt-program/delat/{'s' * 32}.ics"


@pytest.fixture
def programme(session: Session, show: Show) -> Programme:
    """Three events, of which two are saved."""
    make_edition(session)
    saved = [first(session, make_event(session, title)) for title in ("Debatt", "Samtal", "Annat")]
    programme = make_programme(session, *saved[:2], share_token="s" * 32)
    show()
    return programme


def first(session: Session, event: Event) -> Occurrence:
    return session.scalars(sa.select(Occurrence).where(Occurrence.event_id == event.id)).one()


def components(response: TestResponse) -> dict[str, bytes]:
    """The bytes of each VEVENT by its UID."""
    parts = response.data.split(b"BEGIN:VEVENT\r\n")[1:]
    bodies = [part.partition(b"END:VEVENT")[0] for part in parts]
    return {body.partition(b"UID:")[2].partition(b"\r\n")[0].decode(): body for body in bodies}


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("address", [OWN, SHARED])
def test_71_same_components_as_the_public_feed_byte_for_byte(client: Browser, address: str) -> None:
    public, own = components(client.get("/kalender.ics")), components(client.get(address))

    assert len(public) == 3
    assert own == {uid: public[uid] for uid in (f"tillfalle-{number}@demokrativeckan.example" for number in (1, 2))}


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("address", [OWN, SHARED])
def test_71_another_reader_understands_it(client: Browser, address: str) -> None:
    calendar = IcsCalendarStream.calendar_from_ics(client.get(address).get_data(as_text=True))
    assert sorted(event.summary for event in calendar.events) == ["Debatt", "Samtal"]


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("address", [OWN, SHARED])
def test_71_nothing_in_it_tells_any_secret_address(client: Browser, address: str) -> None:
    calendar = client.get(address)
    assert "mitt-program/" not in calendar.get_data(as_text=True).replace("\r\n ", "")
    headers = str(calendar.headers)
    assert KEEN not in headers
    assert "s" * 32 not in headers
    for name in ("SOURCE", "URL"):
        assert name not in read(calendar.data)


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("address", [OWN, SHARED])
def test_60_61_62_kept_by_its_reader_alone(client: Browser, address: str) -> None:
    headers = client.get(address).headers

    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Cache-Control"] == "private, max-age=300"
    assert headers["Content-Disposition"] == 'inline; filename="mitt-program.ics"'
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Vary"] == "Accept-Encoding"
    assert "Access-Control-Allow-Origin" not in headers
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    ("name", "shown"), [("", "Mitt program – Demokrativeckan"), ("Vår vecka; a, b", "Vår vecka; a, b")]
)
def test_called_what_its_owner_calls_it(client: Browser, session: Session, name: str, shown: str) -> None:
    make_programme(session, name=name)
    calendar = read(client.get(OWN).data)
    assert (calendar.text("NAME"), calendar.text("X-WR-CALNAME")) == (shown, shown)


def test_an_empty_programme_is_a_whole_calendar(client: Browser, session: Session) -> None:
    make_programme(session)
    response = client.get(OWN)
    assert response.status_code == 200
    assert read(response.data).events == []
    assert client.get(OWN, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("token", ["x" * 32, "kort", "%00" * 32, "x" * 5000])
def test_66_unknown_token_is_404_in_plain_words_and_says_nothing_to_other_sites(client: Browser, token: str) -> None:
    for address in (f"/mitt-program/{token}.ics", f"/mitt-program/delat/{token}.ics"):
        response = client.get(address)
        assert (response.status_code, response.mimetype) == (404, "text/plain")
        assert "Access-Control-Allow-Origin" not in response.headers
        assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("programme")
def test_language_of_a_page_makes_no_difference(client: Browser) -> None:
    plain, prefixed = client.get(OWN), client.get(f"/en{OWN}")
    assert (plain.data, plain.headers["ETag"]) == (prefixed.data, prefixed.headers["ETag"])


def hide(event: Event, why: str) -> None:
    if why == "closed":
        event.visibility = Visibility.CLOSED
    else:
        event.status = EventStatus(why)


@pytest.mark.parametrize("why", ["withdrawn", "draft", "rejected", "closed"])
def test_what_the_public_may_not_see_is_not_there(
    client: Browser, session: Session, programme: Programme, show: Show, why: str
) -> None:
    hide(session.scalars(sa.select(Event).where(Event.title == "Debatt")).one(), why)
    show()
    assert [event.text("SUMMARY") for event in read(client.get(OWN).data).events] == ["Samtal"]
    assert b"Debatt" not in client.get(SHARED).data


def test_edition_that_is_not_published_is_not_there(client: Browser, session: Session, programme: Programme) -> None:
    session.scalars(sa.select(Edition)).one().state = EditionState.PLANNED
    assert read(client.get(OWN).data).events == []


def follow(week: Week) -> Subscriber:
    """Subscribe when the second in which it all happened is over: only then is its date given."""
    week.later()
    return week.follow(OWN)


def test_moved_and_called_off_reach_a_subscriber_with_the_same_uid(week: Week) -> None:
    event = week.publish()
    occurrence = week.occurrence_of(event)
    make_programme(week.session, occurrence)
    subscriber = follow(week)

    week.do(actions.cancel_occurrence, occurrence, "Sjukdom")

    assert subscriber.fetch() == 200
    assert subscriber.event.text("UID") == occurrence.uid
    assert subscriber.event["STATUS"].value == "CANCELLED"
    assert sequence(subscriber.event) == 1
    week.later()
    subscriber.fetch()
    assert subscriber.fetch() == 304


def test_what_happens_to_the_programme_reaches_a_subscriber(week: Week) -> None:
    one, other = (week.occurrence_of(week.publish(title)) for title in ("Debatt", "Samtal"))
    programme = make_programme(week.session, one)
    subscriber = follow(week)

    def then(action: Callable[..., object], *args: object) -> set[str]:
        action(week.session, programme, *args, now=week.later())
        week.session.commit()
        assert subscriber.fetch() == 200
        week.later()
        assert subscriber.fetch() in (200, 304)
        assert subscriber.fetch() == 304
        return set(subscriber.events)

    assert then(programmes.save_occurrences, [other.uid]) == {one.uid, other.uid}
    assert then(programmes.remove_occurrence, one.uid) == {other.uid}
    assert then(programmes.rename_programme, "Min vecka") == {other.uid}


def test_a_change_elsewhere_is_still_304(week: Week) -> None:
    make_programme(week.session, week.occurrence_of(week.publish("Debatt")))
    subscriber = follow(week)
    later = {"first_day": date(2028, 9, 18), "last_day": date(2028, 9, 24), "year": 2028}
    edition = make_edition(week.session, "Demokrativeckan 2028", slug="2028", number_prefix="DV28", **later)

    week.do(actions.publish_event, make_event(week.session, "Nytt", edition=edition, status=EventStatus.SUBMITTED))

    assert subscriber.fetch() == 304


def test_sharing_and_a_new_address_change_no_byte(client: Browser, session: Session, programme: Programme) -> None:
    before = client.get(OWN)
    shared = programmes.share_programme(session, programme, KEEN)
    renewed = programmes.renew_address(session, programme, KEEN)

    assert client.get(OWN).status_code == client.get(SHARED).status_code == 404
    for address in (f"/mitt-program/{renewed}.ics", f"/mitt-program/delat/{shared}.ics"):
        assert (client.get(address).data, client.get(address).headers["ETag"]) == (before.data, before.headers["ETag"])


def test_pages_offer_it_to_every_calendar_with_a_warning(client: Browser, programme: Programme) -> None:
    page = client.get(f"/mitt-program/{KEEN}").get_data(as_text=True)
    address = f"https://demokrativeckan.example{OWN}"
    assert f'href="webcal:{address.removeprefix("https:")}"' in page
    google = "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fdemokrativeckan.example%2Fmitt-program%2F"
    assert f"{google}{KEEN}.ics" in page
    assert "https://outlook.live.com/calendar/0/addfromweb?url=https%3A%2F%2Fdemokrativeckan.example" in page
    assert "Kalenderns adress är hemlig." in page


@pytest.mark.parametrize("seed", range(6))
def test_whoever_follows_it_always_has_what_is_there_now(
    client: Browser, session: Session, clock: time_machine.Traveller, seed: int
) -> None:
    """Anything happens, within a second or with hours between; readers by ETag and by date miss nothing."""
    chance = Random(seed)
    edition, organiser = make_edition(session), make_organisation(session)
    events = [make_event(session, title, edition=edition, organiser=organiser) for title in "ABC"]
    uids = [first(session, event).uid for event in events]
    show_all(session, [event.id for event in events], now=moment())
    programme = make_programme(session, first(session, events[0]))
    followers = [Subscriber(client, OWN, by) for by in By]
    changes: list[Callable[[], object]] = [
        lambda: programmes.save_occurrences(session, programme, [chance.choice(uids)], now=moment()),
        lambda: programmes.remove_occurrence(session, programme, chance.choice(uids), now=moment()),
        lambda: programmes.rename_programme(session, programme, chance.choice(["", "Min vecka"]), now=moment()),
        lambda: turn(session, chance.choice(events), now=moment()),
        lambda: clock.shift(chance.choice([1, 2, 3600])),
    ]
    seen = set()
    for _step in range(40):
        # What may not be seen cannot be saved; that it was tried is no fault.
        with suppress(Invalid):
            chance.choice(changes)()
        session.commit()
        now = client.get(OWN).data
        for follower in followers:
            follower.fetch()
            assert follower.calendar is not None
            assert follower.calendar.source == read(now).source
        seen.add(now)
    assert len(seen) > 3


def moment() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def turn(session: Session, event: Event, *, now: datetime) -> None:
    """Hide an event from the public, or show it again."""
    is_public = event.visibility is Visibility.PUBLIC
    event.visibility = Visibility.CLOSED if is_public else Visibility.PUBLIC
    show_all(session, [event.id], now=now)

"""Requirements 27–33: the same entry for ever, everywhere, and a stamp that tells when it changed."""

import re
from datetime import UTC, datetime
from itertools import combinations

import pytest
from sqlalchemy.orm import Session

from planner.core.site import Site
from planner.feeds.ical import component_for
from tests.browsing import Browser
from tests.factories import (
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_theme,
    make_venue,
)
from tests.feeds.conftest import Fetch, Show
from tests.feeds.strict import read
from tests.feeds.unsaved import CREATED, PUBLISHED, SITE, STAMP, entry, event, occurrence

FEEDS = (
    "/kalender.ics",
    "/kalender.ics?kommun=1780",
    "/kalender.ics?form=hybrid&tema=manskliga-rattigheter",
    "/kalender.ics?dag=2027-09-20",
    "/kommuner/karlstad.ics",
    "/arrangorer/foreningen-samtal.ics",
    "/arrangorer/region-varmland.ics",
    "/arrangorer/region-varmland.ics?kommun=1780",
    "/teman/manskliga-rattigheter.ics",
    "/platser/stadsbiblioteket.ics",
    "/platser/lanets-videorum.ics",
    "/evenemang/samtal-om-demokrati.ics",
)


@pytest.fixture
def programme(session: Session, show: Show) -> None:
    """A joint hybrid event on a theme, found in all of ``FEEDS``, and others that are not."""
    edition = make_edition(session)
    theme = make_theme(session, edition=edition)
    joint = make_event(session, themes=[theme], with_occurrence=False)
    make_occurrence(session, joint, digital_place=make_digital_venue(session))
    make_hosting(session, joint)
    other = make_event(session, "Quiz", organiser=make_organisation(session, "ABF"), with_occurrence=False)
    make_occurrence(session, other, place=make_venue(session, "Ritz", kommun_code="1784"))
    show()


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("address", FEEDS)
def test_27_33_the_entry_is_the_same_in_every_feed(fetch: Fetch, address: str) -> None:
    whole = fetch("/kalender.ics")
    [joint] = [each for each in whole.events if each.text("SUMMARY") == "Samtal om demokrati"]

    found = {each.text("UID"): each.source for each in fetch(address).events}

    assert found[joint.text("UID")] == joint.source


@pytest.mark.usefixtures("programme")
def test_33_a_filtered_feed_is_a_part_of_the_whole(fetch: Fetch) -> None:
    whole = [each.source for each in fetch("/kalender.ics").events]

    for address in FEEDS:
        part = [each.source for each in fetch(address).events]
        assert part in [list(some) for some in combinations(whole, len(part))]


def test_27_the_uid_is_the_stored_one_whatever_the_event_is_called() -> None:
    made = occurrence(event=event("Något annat", slug="nagot-annat"))

    assert entry(made).text("UID") == made.uid


@pytest.mark.usefixtures("programme")
def test_28_the_host_part_never_comes_from_the_request(client: Browser) -> None:
    plain = client.get("/kalender.ics").data

    other = client.get("/kalender.ics", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}).data

    assert other == plain
    assert b"evil.example" not in other
    assert b"localhost" not in other


def test_29_dtstamp_is_the_last_change_and_not_the_moment_of_the_request() -> None:
    found = entry(occurrence())

    assert found["DTSTAMP"].value == found["LAST-MODIFIED"].value == "20270820T081500Z"


def test_30_each_printed_thing_is_in_what_is_compared() -> None:
    """The stored text is compared whole, so that whatever is printed counts as a change; nothing else does."""
    before = component_for(occurrence(), site=SITE, changed_at=STAMP)

    assert component_for(occurrence(), site=SITE, changed_at=STAMP) == before
    assert component_for(occurrence(room="A"), site=SITE, changed_at=STAMP) != before
    assert component_for(occurrence(capacity_onsite=40), site=SITE, changed_at=STAMP) == before


def test_31_32_sequence_is_the_stored_one() -> None:
    assert entry(occurrence(sequence=7))["SEQUENCE"].value == "7"


@pytest.mark.parametrize(
    ("created", "published", "printed"),
    [
        (CREATED, PUBLISHED, "20270601T070000Z"),
        (datetime(2027, 7, 1, tzinfo=UTC), PUBLISHED, "20270701T000000Z"),
        (CREATED, None, "20270502T093000Z"),
        (datetime(2028, 1, 1, tzinfo=UTC), PUBLISHED, "20270820T081500Z"),
    ],
)
def test_32_created_is_when_it_became_public_and_never_after_the_last_change(
    created: datetime, published: datetime | None, printed: str
) -> None:
    found = entry(occurrence(created_at=created, event=event(published_at=published)))

    assert found["CREATED"].value == printed


@pytest.mark.usefixtures("programme")
def test_32_no_stamp_lies_ahead(fetch: Fetch, now: datetime) -> None:
    for found in fetch("/kalender.ics").events:
        for name in ("CREATED", "DTSTAMP", "LAST-MODIFIED"):
            moment = found[name].moment
            assert isinstance(moment, datetime)
            assert moment <= now


@pytest.mark.usefixtures("programme")
def test_addresses_are_those_of_the_settings(client: Browser, site: Site) -> None:
    source = client.get("/kalender.ics").data
    hosts = set(re.findall(rb"https://([a-z.]+)/", source.replace(b"\r\n ", b"")))

    assert hosts == {site.public_url.removeprefix("https://").encode(), b"moten.example"}
    assert read(source).text("UID") == ""

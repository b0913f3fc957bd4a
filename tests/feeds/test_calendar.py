"""Requirements 10 and 12–21: the calendar around the entries."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from ical.calendar_stream import IcsCalendarStream
from sqlalchemy.orm import Session

from planner.editions.models import EditionState
from planner.events.models import Audience, Form, HostingState
from planner.feeds import ics
from planner.feeds.ical import Heading, calendar_of
from planner.feeds.ics import latest_that_fit
from tests.factories import (
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_theme,
)
from tests.feeds.conftest import Fetch, Show
from tests.feeds.strict import Component, read

HEADING = Heading("Demokrativeckan", "Allt.", "https://x.example/a.ics", "https://x.example/a", timedelta(hours=1))


def test_10_stays_under_a_megabyte_and_drops_the_oldest_first() -> None:
    components = [f"{number:05}" + "å" * 750 for number in range(700)]  # 1,505 octets each, 1,053,500 together

    kept = latest_that_fit(components)

    assert kept == components[-len(kept) :]
    assert len(kept) * 1505 <= ics.MOST_BYTES < (len(kept) + 1) * 1505


def test_10_stays_below_the_number_of_events_that_google_loses() -> None:
    components = [str(number) for number in range(1_500)]

    assert latest_that_fit(components) == components[-1_000:]


def test_10_what_stands_around_the_components_fits_into_what_is_left() -> None:
    longest = "å, " * 400
    address = "https://x.example/kalender?" + "a" * 7_000
    around = calendar_of([], Heading(longest, longest, address, address, timedelta(hours=1)))

    assert len(around) + ics.MOST_BYTES < 1_000_000


def test_10_a_calendar_that_leaves_something_out_says_so(
    session: Session, show: Show, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("Först", "Sedan", "Sist"):
        make_event(session, title)
    show()
    monkeypatch.setattr(ics, "MOST_COMPONENTS", 2)

    calendar = fetch("/kalender.ics")

    assert [event.text("SUMMARY") for event in calendar.events] == ["Sedan", "Sist"]
    assert "De 1 första får inte plats" in calendar.text("X-WR-CALDESC")


def test_12_version_and_product_come_first_and_once() -> None:
    lines = calendar_of([], HEADING).split(b"\r\n")

    assert lines[:3] == [b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:-//Demokrativeckan//Kalender 1.0//SV"]


def test_13_no_method() -> None:
    assert "METHOD" not in read(calendar_of([], HEADING))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/kalender.ics", "Demokrativeckan 2027"),
        ("/kalender.ics?kommun=1784", "Demokrativeckan 2027 – Arvika"),
        ("/kalender.ics?kommun=17", "Demokrativeckan 2027 – Värmlands län"),
        ("/kalender.ics?form=digitalt&kommun=1784", "Demokrativeckan 2027 – Arvika, Digitalt"),
        ("/kalender.ics?dag=2027-09-21&sprak=fi", "Demokrativeckan 2027 – 21 september, finska"),
        ("/kalender.ics?malgrupp=unga", "Demokrativeckan 2027 – Unga (13–25 år)"),
        ("/kalender.ics?tema=manskliga-rattigheter", "Demokrativeckan 2027 – Mänskliga rättigheter"),
        ("/kommuner/arvika.ics", "Demokrativeckan 2027 – Arvika"),
        ("/kommuner/arvika.ics?form=digitalt", "Demokrativeckan 2027 – Arvika, Digitalt"),
        ("/teman/manskliga-rattigheter.ics", "Demokrativeckan 2027 – Mänskliga rättigheter"),
        ("/arrangorer/region-varmland.ics", "Demokrativeckan 2027 – Region Värmland"),
        ("/kalender.ics?arrangor=region-varmland", "Demokrativeckan 2027 – Region Värmland"),
        ("/platser/lanets-videorum.ics", "Demokrativeckan 2027 – Länets videorum"),
        ("/kalender.ics?plats=lanets-videorum", "Demokrativeckan 2027 – Länets videorum"),
    ],
)
def test_14_the_name_says_what_the_calendar_is_narrowed_to(
    session: Session, fetch: Fetch, address: str, name: str
) -> None:
    make_edition(session)
    make_theme(session)
    make_organisation(session, "Region Värmland")
    make_digital_venue(session)

    calendar = fetch(address)

    assert calendar.text("X-WR-CALNAME") == calendar.text("NAME") == name


@pytest.mark.parametrize(("state", "interval"), [(EditionState.PUBLISHED, "PT1H"), (EditionState.ARCHIVED, "P1D")])
def test_15_refresh_interval_has_its_value_type_and_equals_the_one_outlook_reads(
    session: Session, fetch: Fetch, state: EditionState, interval: str
) -> None:
    make_edition(session, state=state)

    calendar = fetch("/kalender.ics")

    assert calendar["REFRESH-INTERVAL"].parameters == {"VALUE": ["DURATION"]}
    assert calendar["REFRESH-INTERVAL"].value == calendar["X-PUBLISHED-TTL"].value == interval


def test_16_source_and_conference_have_value_uri_and_bare_features(
    session: Session, entry: Callable[[], Component], fetch: Fetch
) -> None:
    event = make_event(session, with_occurrence=False)
    make_occurrence(session, event, place=None, digital_place=make_digital_venue(session))

    found = entry()

    assert found["CONFERENCE"].parameters == {"FEATURE": ["VIDEO"], "LABEL": ["Delta på distans"], "VALUE": ["URI"]}
    assert b"FEATURE=VIDEO;" in found.source
    source = fetch("/kommuner/arvika.ics?form=digitalt")["SOURCE"]
    assert source.parameters == {"VALUE": ["URI"]}
    assert source.value == "https://demokrativeckan.example/kommuner/arvika.ics?form=digitalt"


def test_17_zone_hint_and_calendar_scale() -> None:
    calendar = read(calendar_of([], HEADING))

    assert calendar.text("X-WR-TIMEZONE") == "Europe/Stockholm"
    assert calendar.text("CALSCALE") == "GREGORIAN"


def test_18_the_colour_is_a_css_name() -> None:
    assert read(calendar_of([], HEADING)).text("COLOR") == "teal"


def test_19_nothing_but_the_zone_and_events(session: Session, show: Show, fetch: Fetch) -> None:
    make_event(session)
    show()

    assert [child.name for child in fetch("/kalender.ics").children] == ["VTIMEZONE", "VEVENT"]


@pytest.mark.parametrize("state", [EditionState.PUBLISHED, EditionState.OPEN, None])
def test_20_a_calendar_without_events_is_a_calendar(session: Session, fetch: Fetch, state: EditionState | None) -> None:
    if state is not None:
        make_edition(session, state=state)

    calendar = fetch("/kommuner/arvika.ics")

    assert [child.name for child in calendar.children] == ["VTIMEZONE"]
    assert calendar.text("X-WR-CALNAME").startswith("Demokrativeckan")


def test_21_the_calendar_has_no_uid() -> None:
    assert "UID" not in read(calendar_of([], HEADING))


def test_the_calendar_links_to_the_same_as_a_page(session: Session, fetch: Fetch) -> None:
    make_edition(session)

    calendar = fetch("/kalender.ics?kommun=1784&dag=2027-09-21")

    assert calendar["URL"].value == "https://demokrativeckan.example/kalender?dag=2027-09-21&kommun=1784"


def test_a_whole_file_is_read_by_another_parser(session: Session, show: Show, fetch: Fetch) -> None:
    event = make_event(session, audiences=[Audience.YOUTH])
    make_hosting(session, event, state=HostingState.ACCEPTED)
    show()

    strict = fetch("/kalender.ics")
    other = IcsCalendarStream.calendar_from_ics(strict.source.decode())

    assert [each.uid for each in other.events] == strict.uids
    assert other.events[0].dtstart.isoformat() == "2027-09-20T18:00:00+02:00"
    assert other.events[0].categories == [Audience.YOUTH.label, Form.ONSITE.label]
    assert other.events[0].dtstart.date() == date(2027, 9, 20)

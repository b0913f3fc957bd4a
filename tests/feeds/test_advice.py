"""What organisers are told of an entry before the programme stands in everybody's calendar, and where it is mended."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from planner.events.models import EventStatus, Occurrence, OccurrenceState, SignUp, TimeKind
from planner.feeds.advice import LONGEST_TITLE, advice_on, advice_on_event
from planner.feeds.ical import component_for, read_component
from planner.venues.models import LinkAudience
from tests.feeds.unsaved import SITE, STAMP, digital_place, event, occurrence, place, whole_days

FORM = "workspace.edit_occurrence"
TUESDAY, SUNDAY = date(2027, 9, 21), date(2027, 9, 26)
Told = list[tuple[str, str, str]]


def told_of(made: Occurrence) -> Told:
    """The first words of each piece of advice, and where it is mended."""
    entry = read_component(component_for(made, site=SITE, changed_at=STAMP))
    return [(each.message.split(":")[0][:40], each.endpoint, each.anchor) for each in advice_on(made, entry)]


def told_of_event(**columns: Any) -> Told:
    made = event(**columns)
    return [(each.message[:40], each.endpoint, each.anchor) for each in advice_on_event(made)]


def test_nothing_is_said_of_what_every_calendar_shows() -> None:
    assert told_of(occurrence()) == []
    assert told_of(occurrence(place=None, digital_place=digital_place())) == []
    assert told_of_event() == []


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (
            occurrence(time_kind=TimeKind.START_ONLY, ends_at=None),
            ("Sluttid saknas", FORM, "time_kind"),
        ),
        (
            whole_days(TimeKind.OPENING_HOURS, TUESDAY, TUESDAY),
            ("Klockslag saknas", FORM, "time_note"),
        ),
        (
            whole_days(TimeKind.OPENING_HOURS, TUESDAY, TUESDAY, time_note="10–18"),
            ("Det visas som heldag. Öppettiderna syns ", "", ""),
        ),
        (
            whole_days(TimeKind.WITHIN_SPAN, TUESDAY, TUESDAY),
            ("Inget klockslag är bestämt, så det visas", FORM, "time_kind"),
        ),
        (
            whole_days(TimeKind.ON_BOOKING, TUESDAY, TUESDAY),
            ("Tid efter bokning visas som heldag. Skri", FORM, "time_note"),
        ),
        (
            whole_days(TimeKind.ON_BOOKING, TUESDAY, TUESDAY, time_note="Ring oss."),
            ("Tid efter bokning visas som heldag. Hur ", "", ""),
        ),
        (
            occurrence(last_day=SUNDAY, ends_at=datetime(2027, 9, 26, 17, 30, tzinfo=UTC)),
            ("Det pågår mer än ett dygn och visas därf", "workspace.occurrences", ""),
        ),
    ],
)
def test_a_time_that_calendars_cannot_show_is_told_of(made: Occurrence, told: tuple[str, str, str]) -> None:
    assert told_of(made)[0] == told


def test_past_midnight_is_an_evening_like_any_other() -> None:
    late = occurrence(last_day=date(2027, 9, 22), ends_at=datetime(2027, 9, 21, 23, 30, tzinfo=UTC))

    assert told_of(late) == []


def test_many_whole_days_are_told_of_once() -> None:
    days = {"kind": TimeKind.OPENING_HOURS, "first": TUESDAY, "time_note": "10–18"}
    two, three = (whole_days(last=TUESDAY + timedelta(days=more), **days) for more in (1, 2))
    endless = whole_days(last=SUNDAY, is_open_ended=True, **days)

    assert told_of(two)[1:] == []
    assert told_of(three)[1:] == [("Posten ligger överst i kalendern varje d", "", "")]
    assert told_of(endless)[1:] == [("Slutdag saknas", FORM, "is_open_ended")]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"place": None}, [("Plats saknas", FORM, "place_id")]),
        ({"place": None, "room": "Sal B"}, [("Lokalen syns inte utan plats", FORM, "place_id")]),
        (
            {"place": place(latitude=None, longitude=None)},
            [("Ingen karta hos Apple", "venues.show", "")],
        ),
        ({"place": place("Flera orter", is_placeholder=True)}, []),
        ({"room": "Sal B, " * 14}, [("Raden för plats är lång, %(length)s teck", FORM, "room")]),
        (
            {"place": None, "digital_place": digital_place(join_url="")},
            [("Länken för att delta saknas på den digit", "venues.show", "")],
        ),
        (
            {"digital_place": digital_place(join_url="")},
            [("Länken för att delta saknas på den digit", "venues.show", "")],
        ),
        (
            {"digital_place": digital_place()},
            [("Adressen står på raden för plats, länken", "", "")],
        ),
        (
            {"digital_place": digital_place(), "has_no_audience_on_site": True},
            [],
        ),
        (
            {"digital_place": digital_place(link_audience=LinkAudience.REGISTERED)},
            [("Länken visas bara för anmälda, men det s", "workspace.edit_practical", "sign_up")],
        ),
        (
            {
                "digital_place": digital_place(link_audience=LinkAudience.REGISTERED),
                "event": event(sign_up=SignUp.EXTERNAL),
            },
            [("Länken visas inte i kalendern, för den ä", "", "")],
        ),
        (
            {"is_preliminary": True},
            [("Att det är preliminärt står först i text", FORM, "is_preliminary")],
        ),
        ({"label": "Kväll"}, []),
        (
            {"label": "En kväll för alla som undrar"},
            [("Med tillfällets namn blir rubriken lång,", FORM, "label")],
        ),
        # The title alone is too long: that is told of once, of the whole event.
        ({"label": "Kväll", "event": event("Ord " * 15)}, []),
    ],
)
def test_places_links_and_names(columns: dict[str, Any], told: Told) -> None:
    assert told_of(occurrence(**columns)) == told


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"state": OccurrenceState.CANCELLED}, ("Inställt står kvar i kalendern på sin da", "", "")),
        ({"event": event(status=EventStatus.CANCELLED)}, ("Inställt står kvar i kalendern på sin da", "", "")),
        ({"state": OccurrenceState.POSTPONED}, ("Uppskjutet visas som inställt på den gam", FORM, "first_day")),
        (
            {"state": OccurrenceState.POSTPONED, "event": event(status=EventStatus.CANCELLED)},
            ("Inställt står kvar i kalendern på sin da", "", ""),
        ),
    ],
)
def test_what_does_not_take_place_has_nothing_else_to_mend(columns: dict[str, Any], told: tuple[str, str, str]) -> None:
    lacking = {"place": None, "is_preliminary": True, "time_kind": TimeKind.START_ONLY, "ends_at": None}

    assert told_of(occurrence(**lacking, **columns)) == [told]


BASICS = "workspace.edit_basics"


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"title": "A" * LONGEST_TITLE}, []),
        ({"title": "A" * (LONGEST_TITLE + 1)}, [("Rubriken är lång, %(length)s tecken. I e", BASICS, "title")]),
        ({"summary": ""}, [("Texten saknas: i kalendern står bara det", BASICS, "summary")]),
        ({"summary": "", "description_html": "<p>Kort.</p>"}, []),
        (
            {"summary": "", "description_html": f"<p>{'Ord ' * 90}</p>"},
            [("Texten klipps efter %(most)s tecken. Skr", BASICS, "summary")],
        ),
        ({"description_html": "<p>Mer.</p>"}, [("I kalendern står sammanfattningen. Beskr", "", "")]),
        ({"sign_up": SignUp.CONTACT}, [("Telefonnummer och e-post för anmälan stå", "", "")]),
        (
            {"occurrences": [occurrence(uid=f"{number}@demokrativeckan.example") for number in range(11)]},
            [("%(number)s tillfällen blir lika många po", "workspace.occurrences", "")],
        ),
        (
            {"occurrences": [occurrence(uid=f"{number}@demokrativeckan.example") for number in range(10)]},
            [],
        ),
        ({"status": EventStatus.CANCELLED, "summary": ""}, []),
    ],
)
def test_what_concerns_every_entry_is_told_once(columns: dict[str, Any], told: Told) -> None:
    assert told_of_event(**columns) == told

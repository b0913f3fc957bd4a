"""The real programme of 2021 as records: nothing dropped, no time invented."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from importlib.resources import files

import pytest

from planner.core.clock import STOCKHOLM
from planner.exchange.programme import Days, event_record, occurrences
from planner.exchange.programme_words import open_questions
from planner.exchange.reading import read_event

NOW = datetime(2027, 8, 20, 8, 15, tzinfo=UTC)
WEEK = Days(date(2021, 9, 20), date(2021, 9, 27), STOCKHOLM)
ROWS = json.loads((files("planner.data") / "demokrativeckan-2021.json").read_text(encoding="utf-8"))
BY_ID = {row["id"]: row for row in ROWS}


def when(row_id: str) -> list[tuple[str, str, str]]:
    """Kind and days of each occurrence of a row."""
    return [(one["time_kind"], one["first_day"], one["last_day"]) for one in occurrences(BY_ID[row_id], WEEK)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_row_becomes_a_readable_record(row):
    values = read_event(event_record(row, "2021", WEEK, NOW))
    assert values.columns["title"] == row["title"]
    assert values.columns["external_id"] == row["id"]
    assert values.occurrences


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_no_clock_time_is_invented(row):
    timed = [one for one in occurrences(row, WEEK) if one.get("starts_at")]
    stated = row["start_time"] or any(session["start_time"] for session in row["occurrences"])
    assert bool(timed) <= bool(stated)
    ended = [one for one in occurrences(row, WEEK) if one.get("ends_at")]
    assert bool(ended) <= bool(row["end_time"] or any(session["end_time"] for session in row["occurrences"]))


def test_the_kinds_of_time_of_the_forty_rows_of_the_week():
    week = [row for row in ROWS if row["programme"] == "varmland-2021"]
    kinds = Counter(one["time_kind"] for row in week for one in occurrences(row, WEEK))
    assert kinds == {
        "opening_hours": 15,
        "within_span": 19,
        "start_and_end": 5,
        "start_only": 2,
        "on_booking": 1,
    }


@pytest.mark.parametrize(
    ("row_id", "expected"),
    [
        ("vl21-210920-charlottenberg-ja-ma-den-leva", [("opening_hours", "2021-09-20", "2021-09-24")]),
        ("vl21-210920-demokratispaning-varmland", [("within_span", "2021-09-20", "2021-09-20")]),
        ("vl21-210924-hagfors-fogelstad-fem-kvinnor-fem-viljor-en-tank", [("start_only", "2021-09-24", "2021-09-24")]),
        ("vl21-x-arvika-forelasning-om-demokrati-och-folkbildning", [("on_booking", "2021-09-20", "2021-09-27")]),
        ("vod-x-arvika-demokratidag-i-arvika", [("within_span", "2025-09-01", "2025-09-30")]),
        ("vl21-210920-hagfors-bamsetidning-om-demokrati", [("opening_hours", "2021-09-20", "2021-09-27")] * 2),
        (
            "f17-170913-falun-delaktighetsdagen",
            [("start_and_end", "2017-09-13", "2017-09-13"), ("start_and_end", "2017-09-13", "2017-09-13")],
        ),
    ],
)
def test_a_row_keeps_what_is_known_of_its_time(row_id, expected):
    assert when(row_id) == expected


def test_past_midnight_is_one_occurrence_that_ends_the_next_day():
    (night,) = occurrences(BY_ID["lval18-180316-karlstad-ungdomsbussen-en-mobil-plats-for-tillit"], WEEK)
    assert (night["starts_at"], night["ends_at"]) == ("2018-03-16T11:00:00Z", "2018-03-17T01:00:00Z")


def test_an_end_that_nobody_stated_is_open():
    assert [
        one.get("is_open_ended") for one in occurrences(BY_ID["vl21-210920-hagfors-bamsetidning-om-demokrati"], WEEK)
    ] == [
        True,
        True,
    ]


def test_two_places_are_two_occurrences_in_the_same_kommun():
    found = occurrences(BY_ID["vl21-210920-hagfors-bamsetidning-om-demokrati"], WEEK)
    assert [(one["place"]["name"], one["place"]["kommun_code"]) for one in found] == [
        ("Hagfors bibliotek", "1783"),
        ("Kyrkhedens bibliotek", "1783"),
    ]


def test_a_reserve_place_is_kept_in_its_own_words():
    (found,) = occurrences(BY_ID["vl21-210925-grums-allsang"], WEEK)
    assert found["reserve_note"] == "Grums bibliotek (vid regn)"


def test_an_unknown_form_has_no_place_at_all():
    (found,) = occurrences(BY_ID["vl21-210920-demokratispaning-varmland"], WEEK)
    assert (found["place"], found["digital_place"]) == (None, None)


def test_a_hybrid_has_both_places():
    (found,) = occurrences(BY_ID["vl21-210925-karlstad-invigning-av-demokratistugan"], WEEK)
    assert (found["place"]["name"], found["digital_place"]["name"]) == (
        "Stora torget",
        "Glimt TV (tv-kanal och glimt.tv)",
    )


def test_a_link_for_registered_people_is_marked_so():
    (found,) = occurrences(BY_ID["vl21-210924-digital-miljofrukost"], WEEK)
    assert found["digital_place"]["link_audience"] == "registered"


def test_a_cancelled_row_is_cancelled():
    (found,) = occurrences(BY_ID["o21-210922-barnrad-ett-arbetssatt-for-barns-delaktighet"], WEEK)
    assert found["state"] == "cancelled"


def test_what_is_closed_to_the_public_is_closed():
    row = BY_ID["vl21-210920-forshaga-teaterforestallning-for-arskurs-6"]
    assert event_record(row, "2021", WEEK, NOW)["visibility"] == "closed"


def test_the_report_says_what_the_source_left_open():
    row = BY_ID["vl21-210920-demokratispaning-varmland"]
    assert open_questions(row, occurrences(row, WEEK)) == [
        "starttid saknas",
        "formen är okänd",
        "arrangören är antagen",
    ]


def test_only_named_places_become_places_to_find_again():
    placed = [one["place"] for row in ROWS for one in occurrences(row, WEEK) if one["place"]]
    assert {place["name"] for place in placed if place["is_placeholder"] and "inte angiven" not in place["name"]} == {
        "Andra platser i länet, Halmstad",
        "Flera orter, ej angivna",
        "Flera orter, ej läsbara",
        "Flera platser i länet, ej angivna",
        "Gymnasieskolor i kommunen, Arvika",
        "I anslutning till gågatan, Kristinehamn",
        "Parkeringen mellan kommunhuset och ICA, Grums",
        "Start vid museet (antaget), Västerås",
        "Torget, Örnsköldsvik",
        "Vid Kulturhuset Spiras nedre ingång, Jönköping",
    }
    assert all(place["is_placeholder"] for place in placed if "inte angiven" in place["name"])
    assert "Biblioteket i Charlottenberg" in {place["name"] for place in placed if not place["is_placeholder"]}


def test_no_means_of_taking_part_at_a_distance_is_a_place_to_find_again():
    online = [one["digital_place"] for row in ROWS for one in occurrences(row, WEEK) if one["digital_place"]]
    assert len(online) > 20
    assert [place["name"] for place in online if not place["is_placeholder"]] == []

"""När och var: adding, changing, copying, calling off; places found, chosen and registered in place."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.events.models import Event, Form, Occurrence, OccurrenceState, TimeKind
from planner.venues.models import LinkAudience, Venue, VenueKind
from tests.browsing import Browser
from tests.factories import (
    make_digital_venue,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_user,
    make_venue,
)
from tests.reading import errors_of, fields_of, heading
from tests.workspace.conftest import SignIn, at, whole

NEW = "/tillfallen/ny"
Fields = dict[str, Any]


def new_fields(browser: Browser, event: Event, **typed: str) -> Fields:
    """The empty form with what was typed."""
    return {**fields_of(browser.get(at(event, NEW))), **typed}


def latest(session: Session, event: Event) -> Occurrence:
    return max(whole(session, event).occurrences, key=lambda one: one.id)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            {"time_kind": "start_and_end", "start": "9", "end": "9.30"},
            (TimeKind.START_AND_END, datetime(2027, 9, 21, 7, tzinfo=UTC), datetime(2027, 9, 21, 7, 30, tzinfo=UTC)),
        ),
        (
            {"time_kind": "start_and_end", "start": "0930", "end": "kl 18"},
            (TimeKind.START_AND_END, datetime(2027, 9, 21, 7, 30, tzinfo=UTC), datetime(2027, 9, 21, 16, tzinfo=UTC)),
        ),
        (
            {"time_kind": "start_only", "start": "12:00"},
            (TimeKind.START_ONLY, datetime(2027, 9, 21, 10, tzinfo=UTC), None),
        ),
        ({"time_kind": "opening_hours"}, (TimeKind.OPENING_HOURS, None, None)),
        ({"time_kind": "within_span", "time_note": "När ni vill"}, (TimeKind.WITHIN_SPAN, None, None)),
        ({"time_kind": "on_booking"}, (TimeKind.ON_BOOKING, None, None)),
    ],
)
def test_every_kind_of_time_is_kept_as_it_is(
    typed: Fields, expected: tuple[object, ...], session: Session, hers: Browser, draft: Event
) -> None:
    answer = hers.post(at(draft, NEW), data=new_fields(hers, draft, first_day="2027-09-21", **typed))
    assert (answer.status_code, answer.location) == (303, at(draft, "/tillfallen"))
    saved = latest(session, draft)
    assert (saved.time_kind, saved.starts_at, saved.ends_at) == expected
    assert (saved.first_day, saved.last_day) == (date(2027, 9, 21), date(2027, 9, 21))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "#time_kind"),
        ({"time_kind": "nangon-gang"}, "#time_kind"),
        ({"time_kind": "start_only"}, "#start"),
        ({"time_kind": "start_only", "start": "25"}, "#start"),
        ({"time_kind": "start_only", "start": "17:65"}, "#start"),
        ({"time_kind": "start_only", "start": "9::30"}, "#start"),
        ({"time_kind": "start_only", "start": "nio"}, "#start"),
        ({"time_kind": "start_and_end", "start": "09.00"}, "#end"),
        ({"time_kind": "start_and_end", "start": "18.00", "end": "09.00"}, "#end"),
        ({"time_kind": "opening_hours", "start": "09.00"}, "#start"),
        ({"time_kind": "opening_hours", "first_day": ""}, "#first_day"),
        ({"time_kind": "opening_hours", "first_day": "31 september 2027"}, "#first_day"),
        ({"time_kind": "opening_hours", "last_day": "2027-09-01"}, "#last_day"),
        ({"time_kind": "start_only", "start": "02.30", "first_day": "2027-03-28"}, "#start"),
        ({"time_kind": "on_booking", "capacity_onsite": "många"}, "#capacity_onsite"),
        ({"time_kind": "on_booking", "capacity_onsite": "0"}, "#capacity_onsite"),
        ({"time_kind": "on_booking", "recording_url": "ftp://x.se/"}, "#recording_url"),
        ({"time_kind": "on_booking", "place_id": "4711"}, "#place_id"),
        ({"time_kind": "on_booking", "digital_place_id": "x"}, "#digital_place_id"),
    ],
)
def test_junk_is_refused_at_its_field_and_kept(
    typed: Fields, field: str, session: Session, hers: Browser, draft: Event
) -> None:
    fields = new_fields(hers, draft, **typed)
    answer = hers.post(at(draft, NEW), data=fields)
    assert answer.status_code == 422
    assert field in [link for link, _message in errors_of(answer)]
    kept = fields_of(answer)
    written = {
        name: value for name, value in typed.items() if name not in ("time_kind", "place_id", "digital_place_id")
    }
    assert {name: kept[name] for name in written} == {name: [value] for name, value in written.items()}
    assert len(whole(session, draft).occurrences) == 1


def test_double_click_adds_one_occurrence(session: Session, hers: Browser, draft: Event) -> None:
    fields = new_fields(hers, draft, time_kind="opening_hours")
    answers = [hers.post(at(draft, NEW), data=fields) for _ in range(2)]
    assert [answer.location for answer in answers] == [at(draft, "/tillfallen")] * 2
    assert len(whole(session, draft).occurrences) == 2


def test_somebody_who_goes_back_and_types_another_day_adds_another(
    session: Session, hers: Browser, draft: Event
) -> None:
    fields = new_fields(hers, draft, time_kind="opening_hours", first_day="2027-09-22")
    hers.post(at(draft, NEW), data=fields)
    hers.post(at(draft, NEW), data={**fields, "first_day": "2027-09-23"})
    assert [one.first_day.day for one in whole(session, draft).occurrences] == [20, 22, 23]


def test_double_click_registers_a_new_place_once(session: Session, hers: Browser, draft: Event) -> None:
    path = at(draft, f"/tillfallen/{draft.occurrences[0].id}")
    fields = {**fields_of(hers.get(path)), "place_id": "", "new_name": "Ny sal", "new_kommun": "1784"}
    assert [hers.post(path, data=fields).status_code for _ in range(2)] == [303, 303]
    assert len(session.scalars(select(Venue).where(Venue.name == "Ny sal")).all()) == 1


def test_outdoors_the_permit_is_asked_for(session: Session, hers: Browser, draft: Event) -> None:
    square = make_venue(session, "Stora torget", is_outdoors=True)
    one = make_occurrence(session, draft, place=square)
    text = hers.get(at(draft, f"/tillfallen/{one.id}")).get_data(as_text=True)
    assert '<details class="more" open>\n  <summary>Utomhus: reservplats och tillstånd' in text


def test_choices_that_do_not_go_together_are_refused_and_shown(
    session: Session, hers: Browser, petra: Browser, draft: Event
) -> None:
    path = at(draft, f"/tillfallen/{draft.occurrences[0].id}")
    mine, theirs = fields_of(hers.get(path)), fields_of(petra.get(path))
    petra.post(path, data={**theirs, "time_kind": "opening_hours", "start": "", "end": ""})
    conflict = hers.post(path, data={**mine, "start": "17"})
    chosen = {**fields_of(conflict), "choose_start": "mine", "choose_end": "mine", "choose_time_kind": "theirs"}
    answer = hers.post(path, data=chosen)
    assert answer.status_code == 422
    kept = fields_of(answer)
    assert (kept["time_kind"], kept["start"], kept["end"]) == (["opening_hours"], ["17.00"], ["19.30"])


def test_one_more_leads_to_an_empty_form(hers: Browser, draft: Event) -> None:
    answer = hers.post(at(draft, NEW), data=new_fields(hers, draft, time_kind="opening_hours", do="another"))
    assert answer.location == at(draft, NEW)


def test_search_comes_back_to_the_same_form_with_everything_in_it(
    session: Session, hers: Browser, draft: Event
) -> None:
    make_venue(session, "Arvika bibliotek", kommun_code="1784", street="Kyrkogatan 41", town="Arvika")
    typed = {"time_kind": "start_only", "start": "18", "time_note": "Kom i tid", "place_words": "arvika bibl"}
    answer = hers.post(at(draft, NEW), data=new_fields(hers, draft, do="search", **typed))
    assert answer.status_code == 200
    assert "En plats hittades" in answer.get_data(as_text=True)
    assert "Arvika bibliotek" in answer.get_data(as_text=True)
    kept = fields_of(answer)
    assert [kept[name] for name in ("time_kind", "start", "time_note")] == [["start_only"], ["18.00"], ["Kom i tid"]]
    assert len(whole(session, draft).occurrences) == 1


def test_words_that_were_not_searched_for_are_searched_for_first(session: Session, hers: Browser, draft: Event) -> None:
    fields = new_fields(hers, draft, time_kind="opening_hours", place_words="finns ingenstans", do="save")
    answer = hers.post(at(draft, NEW), data=fields)
    assert "Ingen plats hittades" in answer.get_data(as_text=True)
    assert len(whole(session, draft).occurrences) == 1
    # Sent once more, now that the search gave nothing, it is saved without a place.
    assert hers.post(at(draft, NEW), data={**fields_of(answer), "do": "save"}).status_code == 303


def test_found_place_is_chosen(session: Session, hers: Browser, draft: Event) -> None:
    venue_id = make_venue(session, "Arvika bibliotek", kommun_code="1784").id
    found = hers.post(
        at(draft, NEW), data=new_fields(hers, draft, time_kind="opening_hours", place_words="arvika", do="search")
    )
    answer = hers.post(at(draft, NEW), data={**fields_of(found), "place_id": str(venue_id), "do": "save"})
    assert answer.status_code == 303
    assert latest(session, draft).place_id == venue_id


def test_private_place_of_somebody_else_cannot_be_chosen(session: Session, hers: Browser, draft: Event) -> None:
    owner = make_organisation(session, "Logen")
    secret = make_venue(session, "Logens sal", owner_id=owner.id, is_private=True).id
    answer = hers.post(at(draft, NEW), data=new_fields(hers, draft, time_kind="opening_hours", place_id=str(secret)))
    assert [link for link, _message in errors_of(answer)] == ["#place_id"]


def test_new_place_is_registered_in_place(session: Session, hers: Browser, draft: Event) -> None:
    typed = {
        "time_kind": "opening_hours",
        "place_id": "",
        "new_name": "Bygdegården i Mangskog",
        "new_kommun": "1784",
        "new_street": "Mangskog 1",
        "new_postcode": "671 95",
        "new_town": "Edane",
    }
    assert hers.post(at(draft, NEW), data=new_fields(hers, draft, **typed)).status_code == 303
    place = latest(session, draft).place
    assert place is not None
    assert (place.name, place.kommun_code, place.postcode) == ("Bygdegården i Mangskog", "1784", "67195")


def test_similar_places_are_suggested_before_a_new_one_is_registered(
    session: Session, hers: Browser, draft: Event
) -> None:
    library = make_venue(session, "Arvika bibliotek", kommun_code="1784").id
    typed = {"time_kind": "opening_hours", "place_id": "", "new_name": "Arvika biblioteket", "new_kommun": "1784"}
    answer = hers.post(at(draft, NEW), data=new_fields(hers, draft, **typed))
    assert [link for link, _message in errors_of(answer)] == ["#similar_id"]
    assert session.scalars(select(Venue).where(Venue.name == "Arvika biblioteket")).all() == []
    for choice, expected in ((str(library), "Arvika bibliotek"), ("new", "Arvika biblioteket")):
        fields = new_fields(hers, draft, **typed, similar_id=choice)
        assert hers.post(at(draft, NEW), data=fields).status_code == 303
        place = latest(session, draft).place
        assert place is not None
        assert place.name == expected


def test_new_place_with_faults_is_not_registered(session: Session, hers: Browser, draft: Event) -> None:
    typed = {
        "time_kind": "opening_hours",
        "place_id": "",
        "new_name": "Ny sal",
        "new_kommun": "1784",
        "new_postcode": "12",
    }
    answer = hers.post(at(draft, NEW), data=new_fields(hers, draft, **typed))
    assert [link for link, _message in errors_of(answer)] == ["#new_postcode"]
    assert session.scalars(select(Venue).where(Venue.name == "Ny sal")).all() == []


def test_hybrid_with_a_new_digital_place(session: Session, hers: Browser, draft: Event) -> None:
    library = draft.occurrences[0].place_id
    typed = {
        "time_kind": "start_only",
        "start": "18",
        "place_id": str(library),
        "digital_name": "Kils Zoom",
        "digital_platform": "Zoom",
        "digital_url": "https://zoom.example/j/1",
        "digital_audience": "registered",
        "capacity_onsite": "40",
        "capacity_online": "1 000",
    }
    assert hers.post(at(draft, NEW), data=new_fields(hers, draft, **typed)).status_code == 303
    saved = latest(session, draft)
    assert (saved.form, saved.capacity_onsite, saved.capacity_online) == (Form.HYBRID, 40, 1000)
    digital = saved.digital_place
    assert digital is not None
    assert (digital.kind, digital.link_audience) == (VenueKind.DIGITAL, LinkAudience.REGISTERED)


def test_both_a_listed_and_a_new_place_is_a_question(hers: Browser, draft: Event) -> None:
    library = str(draft.occurrences[0].place_id)
    typed = {"time_kind": "opening_hours", "place_id": library, "new_name": "Annan sal", "new_kommun": "1780"}
    answer = hers.post(at(draft, NEW), data=new_fields(hers, draft, **typed))
    assert [link for link, _message in errors_of(answer)] == ["#new_name"]


def test_occurrence_is_changed(session: Session, hers: Browser, draft: Event) -> None:
    path = at(draft, f"/tillfallen/{draft.occurrences[0].id}")
    fields = fields_of(hers.get(path))
    assert (fields["start"], fields["end"], fields["last_day"]) == (["18.00"], ["19.30"], [""])
    assert hers.post(path, data={**fields, "start": "17", "is_preliminary": "1"}).status_code == 303
    saved = whole(session, draft).occurrences[0]
    assert (saved.starts_at, saved.is_preliminary) == (datetime(2027, 9, 20, 15, tzinfo=UTC), True)


def test_occurrence_over_midnight_says_where_the_next_day_goes(session: Session, hers: Browser, draft: Event) -> None:
    path = at(draft, f"/tillfallen/{draft.occurrences[0].id}")
    fields = {**fields_of(hers.get(path)), "start": "20", "end": "1"}
    answer = hers.post(path, data=fields)
    assert "Slutar det efter midnatt?" in answer.get_data(as_text=True)
    assert hers.post(path, data={**fields, "last_day": "2027-09-21"}).status_code == 303
    assert whole(session, draft).occurrences[0].ends_at == datetime(2027, 9, 20, 23, tzinfo=UTC)


@pytest.fixture
def petra(session: Session, sign_in: SignIn, draft: Event) -> Browser:
    user = make_user(session, "Petra Persson")
    make_hosting(session, draft, make_organisation(session, "Partnern", members=[user]))
    return sign_in(user)


def test_two_saving_the_same_occurrence_choose(session: Session, hers: Browser, petra: Browser, draft: Event) -> None:
    path = at(draft, f"/tillfallen/{draft.occurrences[0].id}")
    mine, theirs = fields_of(hers.get(path)), fields_of(petra.get(path))
    petra.post(path, data={**theirs, "start": "16", "room": "Petras sal"})
    conflict = hers.post(
        path,
        data={
            **mine,
            "start": "17",
            "time_note": "Annas not",
            "place_id": "",
            "new_name": "Nya salen",
            "new_kommun": "1780",
            "similar_id": "new",
        },
    )
    assert (conflict.status_code, heading(conflict)) == (409, "Någon annan sparade samtidigt")
    offered = fields_of(conflict)
    assert set(offered["resolving"][0].split()) == {"start", "time_note", "room", "place_id"}
    assert session.scalars(select(Venue).where(Venue.name == "Nya salen")).all() == []
    answer = hers.post(path, data={**offered, "choose_start": "theirs", "choose_place_id": "mine"})
    assert answer.status_code == 303
    saved = whole(session, draft).occurrences[0]
    assert saved.place is not None
    assert (saved.starts_at, saved.room, saved.time_note, saved.place.name) == (
        datetime(2027, 9, 20, 14, tzinfo=UTC),
        "Petras sal",
        "Annas not",
        "Nya salen",
    )


def test_copy_to_more_days_and_places(session: Session, hers: Browser, draft: Event) -> None:
    arvika = make_venue(session, "Arvika bibliotek", kommun_code="1784").id
    path = at(draft, f"/tillfallen/{draft.occurrences[0].id}/kopiera")
    found = hers.post(path, data={**fields_of(hers.get(path)), "place_words": "arvika", "do": "search"})
    assert "Arvika bibliotek" in found.get_data(as_text=True)
    typed = {**fields_of(found), "week_days": ["2027-09-21"], "days": "2 oktober 2027\n", "places": [str(arvika)]}
    answers = [hers.post(path, data={**typed, "do": "save"}) for _ in range(2)]
    assert [answer.location for answer in answers] == [at(draft, "/tillfallen")] * 2
    saved = whole(session, draft).occurrences
    assert [(one.first_day, one.place_id == arvika) for one in saved] == [
        (date(2027, 9, 20), False),
        (date(2027, 9, 21), True),
        (date(2027, 10, 2), True),
    ]


def test_copy_without_anything_chosen_and_with_junk(hers: Browser, draft: Event) -> None:
    path = at(draft, f"/tillfallen/{draft.occurrences[0].id}/kopiera")
    fields = fields_of(hers.get(path))
    assert [link for link, _message in errors_of(hers.post(path, data=fields))] == ["#week_days"]
    answer = hers.post(path, data={**fields, "days": "2027-09-31"})
    assert errors_of(answer) == [("#days", "”2027-09-31” är inget datum. Skriv till exempel 2027-10-02.")]
    assert fields_of(answer)["days"] == ["2027-09-31"]


def test_unpublished_occurrence_is_removed(session: Session, hers: Browser, draft: Event) -> None:
    path = at(draft, f"/tillfallen/{draft.occurrences[0].id}/ta-bort")
    assert [hers.post(path).location for _ in range(2)] == [at(draft, "/tillfallen")] * 2
    assert whole(session, draft).occurrences == []


def test_published_occurrence_is_called_off_with_its_reason_and_taken_up_again(
    session: Session, hers: Browser, published: Event
) -> None:
    one = at(published, f"/tillfallen/{published.occurrences[0].id}")
    assert hers.post(f"{one}/ta-bort").status_code == 422
    assert [link for link, _message in errors_of(hers.post(f"{one}/stall-in", data={"reason": ""}))] == ["#reason"]
    assert hers.post(f"{one}/stall-in", data={"reason": "Läraren är sjuk."}).status_code == 303
    saved = whole(session, published).occurrences[0]
    assert (saved.state, saved.state_note) == (OccurrenceState.CANCELLED, "Läraren är sjuk.")
    assert hers.post(f"{one}/aterta").status_code == 303
    assert whole(session, published).occurrences[0].state is OccurrenceState.SCHEDULED


def test_published_occurrence_is_postponed_moved_online_and_to_its_reserve(
    session: Session, hers: Browser, published: Event
) -> None:
    room, hall = make_digital_venue(session).id, make_venue(session, "Ladan")
    one = make_occurrence(session, published, reserve_place_id=hall.id)
    path, hall_id = at(published, f"/tillfallen/{one.id}"), hall.id
    assert hers.post(f"{path}/anvand-reservplats", data={"reason": "Det regnar."}).status_code == 303
    assert latest(session, published).place_id == hall_id
    assert hers.post(f"{path}/flytta-digitalt", data={"digital_place_id": ""}).status_code == 422
    assert hers.post(f"{path}/flytta-digitalt", data={"digital_place_id": str(room)}).status_code == 303
    assert latest(session, published).state is OccurrenceState.MOVED_ONLINE
    assert hers.post(f"{path}/skjut-upp", data={"reason": "Strömavbrott."}).status_code == 303
    assert latest(session, published).state is OccurrenceState.POSTPONED


def test_confirm_page_tells_what_will_happen(session: Session, hers: Browser, published: Event) -> None:
    make_hosting(session, published)
    make_hosting(session, published, make_organisation(session, "Andra"))
    text = hers.get(at(published, f"/tillfallen/{published.occurrences[0].id}/stall-in")).get_data(as_text=True)
    for words in ("2 medarrangörer får var sitt brev.", "Alla som prenumererar på kalendern ser ändringen"):
        assert words in text


def test_unknown_change_is_no_page(hers: Browser, draft: Event) -> None:
    assert hers.get(at(draft, f"/tillfallen/{draft.occurrences[0].id}/sprang")).status_code == 404


def test_partner_who_edits_moves_an_occurrence_but_does_not_call_it_off(
    session: Session, sign_in: SignIn, hers: Browser, published: Event
) -> None:
    petra = make_user(session, "Petra")
    make_hosting(session, published, make_organisation(session, "Partnern", members=[petra]), may_edit=True)
    browser, path = sign_in(petra), at(published, f"/tillfallen/{published.occurrences[0].id}")
    ways = ("stall-in", "skjut-upp", "aterta", "flytta-digitalt")
    assert {way: browser.get(f"{path}/{way}").status_code for way in ways} == {
        "stall-in": 403,
        "skjut-upp": 403,
        "aterta": 403,
        "flytta-digitalt": 200,
    }
    assert browser.post(f"{path}/stall-in", data={"reason": "Nej"}).status_code == 403
    offered = {who: who.get(at(published, "/tillfallen")).get_data(as_text=True) for who in (hers, browser)}
    assert [[f"{path}/{way}" in page for way in ways] for page in offered.values()] == [
        [True, True, False, True],
        [False, False, False, True],
    ]

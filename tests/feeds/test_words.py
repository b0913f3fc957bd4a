"""Requirements 43–52, and what is said first of a cancelled, postponed or moved one (37–40): words, places, people."""

from datetime import date

import pytest

from planner.data.kommuner import kommuner
from planner.editions.models import Theme
from planner.events.facts import occurrence_facts
from planner.events.models import (
    Audience,
    EventAudience,
    EventStatus,
    HostingRole,
    HostingState,
    OccurrenceState,
    SignUp,
)
from planner.feeds.text import shorten, web_address
from planner.organisations.models import Standing
from planner.venues.models import LinkAudience
from tests.feeds.strict import Component
from tests.feeds.unsaved import digital_place, entry, event, hosting, moved_from, occurrence, place

LINK = "https://moten.example/demokrati"
PAGE = "Läs mer: https://demokrativeckan.example/evenemang/vem-far-horas"


def lines(found: Component) -> list[str]:
    return found.text("DESCRIPTION").split("\n")


def test_37_cancelled_says_so_in_status_and_title_and_offers_no_way_in() -> None:
    made = occurrence(
        state=OccurrenceState.CANCELLED,
        state_note="Föreläsaren är sjuk.",
        digital_place=digital_place(),
        is_preliminary=True,
    )

    found = entry(made)

    assert found.text("STATUS") == "CANCELLED"
    assert found.text("TRANSP") == "TRANSPARENT"
    assert found.text("SUMMARY") == "INSTÄLLT: Vem får höras, och hur?"
    assert lines(found)[0] == "Inställt. Föreläsaren är sjuk."
    assert "CONFERENCE" not in found
    assert LINK not in found.text("DESCRIPTION")


def test_37_a_cancelled_event_cancels_each_of_its_occurrences() -> None:
    found = entry(occurrence(event=event(status=EventStatus.CANCELLED, decision_reason="Salen är\nstängd.")))

    assert lines(found)[0] == "Inställt. Salen är stängd."
    assert (found.text("STATUS"), found.text("SUMMARY")) == ("CANCELLED", "INSTÄLLT: Vem får höras, och hur?")


def test_37_nobody_is_asked_to_sign_up_for_what_is_cancelled() -> None:
    signed_up = event(sign_up=SignUp.EXTERNAL, sign_up_url="https://a.example/1", age_from=13)

    found = entry(occurrence(state=OccurrenceState.CANCELLED, event=signed_up))

    assert lines(found) == [
        "Inställt.",
        "",
        "Ett samtal om vem som får göra sin röst hörd.",
        "",
        "Arrangör: Arvika kommun",
        PAGE,
    ]


def test_37_a_cancelled_online_one_does_not_have_its_link_as_location() -> None:
    found = entry(occurrence(state=OccurrenceState.CANCELLED, place=None, digital_place=digital_place()))

    assert found.text("LOCATION") == "Digitalt"


def test_38_moved_says_first_from_when_and_where() -> None:
    before = occurrence_facts(occurrence())
    made = occurrence(
        first_day=date(2027, 9, 22),
        last_day=date(2027, 9, 22),
        place=place("Folkets hus", id=9, slug="folkets-hus"),
        previous_times=[moved_from(before)],
    )
    made.starts_at, made.ends_at = (moment and moment.replace(day=22) for moment in (made.starts_at, made.ends_at))

    found = entry(made)

    assert lines(found)[:2] == [
        "Flyttad från tisdag 21 september 2027 kl. 18–19.30.",
        "Tidigare plats: Arvika bibliotek.",
    ]
    assert found.text("STATUS") == "CONFIRMED"


def test_38_a_new_end_is_no_move() -> None:
    before = occurrence_facts(occurrence(ends_at=None))

    found = entry(occurrence(previous_times=[moved_from(before)]))

    assert lines(found)[0] == "Ändrad tid, tidigare tisdag 21 september 2027 kl. 18."


@pytest.mark.parametrize("columns", [{"slug": "sammanslagen"}, {"name": "Stora biblioteket"}])
def test_38_a_place_renamed_or_merged_is_no_move(columns: dict[str, str]) -> None:
    before = occurrence_facts(occurrence())

    found = entry(occurrence(place=place(**columns), previous_times=[moved_from(before)]))

    assert lines(found)[0] == "Ett samtal om vem som får göra sin röst hörd."


def test_38_moved_online_says_so_and_where_it_was() -> None:
    before = occurrence_facts(occurrence())
    made = occurrence(
        state=OccurrenceState.MOVED_ONLINE,
        place=None,
        digital_place=digital_place(),
        previous_times=[moved_from(before)],
    )

    found = entry(made)

    assert lines(found)[:2] == ["Flyttat till digitalt.", "Tidigare plats: Arvika bibliotek."]
    assert found.text("LOCATION") == LINK


def test_39_postponed_is_cancelled_at_the_old_time_and_says_what_it_is() -> None:
    found = entry(occurrence(state=OccurrenceState.POSTPONED))

    assert found.text("STATUS") == "CANCELLED"
    assert found.text("SUMMARY") == "UPPSKJUTET: Vem får höras, och hur?"
    assert lines(found)[0] == "Uppskjutet, nytt datum är inte bestämt."
    assert found["DTSTART"].value == "20270921T180000"


@pytest.mark.parametrize(("is_preliminary", "status"), [(True, "TENTATIVE"), (False, "CONFIRMED")])
def test_39_tentative_only_when_preliminary(is_preliminary: bool, status: str) -> None:
    found = entry(occurrence(is_preliminary=is_preliminary))

    assert found.text("STATUS") == status
    assert (lines(found)[0] == "Preliminärt: tid och plats kan ändras.") is is_preliminary


def test_41_42_no_repetition_rules() -> None:
    assert {"RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}.isdisjoint(
        each.name for each in entry(occurrence()).properties
    )


def test_43_the_summary_is_one_short_line_and_never_empty() -> None:
    assert entry(occurrence(event=event("Rad ett\nrad två"))).text("SUMMARY") == "Rad ett rad två"
    assert entry(occurrence(event=event("\u200b"))).text("SUMMARY") == "Programpunkt"
    long = entry(occurrence(event=event("ord " * 100), room="rum " * 40))
    assert len(long.text("SUMMARY")) <= 255
    assert long.text("SUMMARY").endswith("ord…")
    assert len(long.text("LOCATION")) <= 255


def test_43_a_text_is_cut_between_words_and_never_inside_an_emoji() -> None:
    family = "👩‍👩‍👧‍👦"

    assert shorten("ett två tre fyra", 12) == "ett två tre…"
    assert shorten("x" * 20, 10) == "x" * 9 + "…"
    assert shorten("kort", 4) == "kort"
    for longest in range(2, 14):
        assert shorten(family + family, longest).strip("…") in ("", family)
    assert shorten("abcde\u0301fgh", 6) == "abcd…"


def test_44_the_description_holds_what_clients_hide_and_ends_with_the_page() -> None:
    made = occurrence(
        event=event(
            hostings=[
                hosting("Region Värmland"),
                hosting("Karlstads universitet", HostingRole.PARTICIPANT),
                hosting("Arvika bibliotek", HostingRole.VENUE_HOST),
                hosting("ABF", HostingRole.SUPPORTER),
            ],
            audiences=[EventAudience(audience=Audience.YOUTH), EventAudience(audience=Audience.FIRST_TIME_VOTERS)],
            age_from=13,
            age_to=25,
            sign_up=SignUp.EXTERNAL,
            sign_up_url="https://anmalan.example/1",
            sign_up_by=date(2027, 9, 15),
        ),
        digital_place=digital_place(dial_in="08-123 45 67"),
        reserve_place=place("Ritz", street="Kyrkogatan 20"),
        reserve_note="vid regn",
        recording_url="https://film.example/1",
    )

    assert lines(entry(made)) == [
        "Ett samtal om vem som får göra sin röst hörd.",
        "",
        "Reservplats: Ritz, Kyrkogatan 20, 671 31 Arvika, vid regn",
        f"Delta på distans: {LINK}",
        "Ring in: 08-123 45 67",
        "Arrangörer: Arvika kommun, Region Värmland",
        "Medverkande: Karlstads universitet",
        "Upplåter plats: Arvika bibliotek",
        "Med stöd av: ABF",
        "Målgrupp: Unga (13–25 år), Förstagångsväljare",
        "Ålder: 13–25 år",
        "Anmäl dig senast onsdag 15 september 2027.",
        "Anmälan: https://anmalan.example/1",
        "Inspelning: https://film.example/1",
        PAGE,
    ]


def test_44_one_link_a_line_with_nothing_after_it() -> None:
    made = occurrence(
        event=event(sign_up=SignUp.EXTERNAL, sign_up_url="https://a.example/1"),
        digital_place=digital_place(),
        recording_url="https://film.example/1",
    )

    for line in lines(entry(made)):
        _before, scheme, rest = line.partition("https://")
        assert not scheme or (" " not in rest and "https://" not in rest)


@pytest.mark.parametrize(
    ("ages", "words"),
    [((None, 12), "Ålder: till och med 12 år"), ((65, None), "Ålder: från 65 år"), ((None, None), PAGE)],
)
def test_44_ages(ages: tuple[int | None, int | None], words: str) -> None:
    made = occurrence(event=event(audiences=[], age_from=ages[0], age_to=ages[1]))

    assert lines(entry(made))[3] == words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (SignUp.NONE, "Ingen anmälan behövs."),
        (SignUp.CONTACT, "Anmäl dig på det sätt som står på programpunktens sida."),
        (SignUp.EXTERNAL, "Anmäl dig på det sätt som står på programpunktens sida."),
        (SignUp.UNSTATED, PAGE),
    ],
)
def test_44_registration(kind: SignUp, words: str) -> None:
    assert lines(entry(occurrence(event=event(audiences=[], sign_up=kind))))[3] == words


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("https://a.example/x?y=1,2;3#z", "https://a.example/x?y=1,2;3#z"),
        (" http://a.example ", "http://a.example"),
        ("https://räksmörgås.example/å", "https://xn--rksmrgs-5wao1o.example/%C3%A5"),
        ('https://a.example/a b"<c>', "https://a.example/a%20b%22%3Cc%3E"),
        ("https://a.example:8443/", "https://a.example:8443/"),
        ("javascript:alert(1)", ""),
        ("javascript://a.example/%0aalert(1)", ""),
        ("ftp://a.example/", ""),
        ("data:text/html,x", ""),
        ("moten.example/x", ""),
        ("https://", ""),
        ("https://a.example:x/", ""),
        ("https://[::1", ""),
        ("", ""),
    ],
)
def test_44_only_web_addresses_become_links(typed: str, printed: str) -> None:
    assert web_address(typed) == printed


def test_45_on_site_names_room_and_address_on_one_line() -> None:
    found = entry(occurrence(room="Lilla salen"))

    assert found.text("LOCATION") == "Arvika bibliotek, Lilla salen, Kyrkogatan 41, 671 31 Arvika"


def test_45_online_has_the_link_as_location() -> None:
    found = entry(occurrence(place=None, digital_place=digital_place()))

    assert found.text("LOCATION") == found["CONFERENCE"].value == LINK
    assert "GEO" not in found


def test_45_hybrid_has_the_place_as_location_and_the_link_beside_it() -> None:
    found = entry(occurrence(digital_place=digital_place()))

    assert found.text("LOCATION") == "Arvika bibliotek, Kyrkogatan 41, 671 31 Arvika"
    assert found["CONFERENCE"].value == LINK
    assert f"Delta på distans: {LINK}" in lines(found)


@pytest.mark.parametrize("at", [None, place()])
def test_45_a_link_for_registered_people_is_nowhere(at: object) -> None:
    room = digital_place(link_audience=LinkAudience.REGISTERED, dial_in="08-123 45 67")

    found = entry(occurrence(place=at, digital_place=room))

    assert b"moten.example" not in found.source
    assert b"123 45 67" not in found.source
    assert "CONFERENCE" not in found
    assert found.text("LOCATION") == ("Digitalt" if at is None else "Arvika bibliotek, Kyrkogatan 41, 671 31 Arvika")
    assert "Delta på distans: länken skickas till dem som har anmält sig." in lines(found)


def test_45_sent_from_a_hall_without_audience_nobody_is_sent_to_the_hall() -> None:
    found = entry(occurrence(has_no_audience_on_site=True, digital_place=digital_place()))

    assert found.text("LOCATION") == LINK
    assert "GEO" not in found
    assert "Sänds från Arvika bibliotek utan publik på plats." in lines(found)


def test_45_without_any_place_there_is_no_location() -> None:
    assert "LOCATION" not in entry(occurrence(place=None))


def test_46_the_point_in_plain_decimals() -> None:
    found = entry(occurrence(place=place(latitude=59.65430000001, longitude=0.00001)))

    assert found["GEO"].value == "59.654300;0.000010"
    apple = found["X-APPLE-STRUCTURED-LOCATION"]
    assert apple.value == "geo:59.654300,0.000010"
    assert apple.parameters == {
        "VALUE": ["URI"],
        "X-ADDRESS": ["Kyrkogatan 41, 671 31 Arvika"],
        "X-APPLE-RADIUS": ["70"],
        "X-TITLE": ["Arvika bibliotek"],
    }


@pytest.mark.parametrize(
    "columns",
    [
        {"latitude": None, "longitude": None},
        {"is_placeholder": True},
        {"latitude": kommuner()["1784"].latitude, "longitude": kommuner()["1784"].longitude},
    ],
)
def test_46_no_point_where_it_would_be_a_guess(columns: dict[str, object]) -> None:
    found = entry(occurrence(place=place(**columns)))

    assert "GEO" not in found
    assert "X-APPLE-STRUCTURED-LOCATION" not in found


def test_47_categories_are_themes_audiences_and_form_without_blanks_or_repeats() -> None:
    made = occurrence(
        event=event(
            themes=[Theme(slug="a", name="Barn"), Theme(slug="b", name=" "), Theme(slug="c", name="Makt, och annat")],
            audiences=[EventAudience(audience=Audience.CHILDREN), EventAudience(audience=Audience.EVERYBODY)],
        )
    )

    assert entry(made)["CATEGORIES"].texts == ["Barn", "Makt, och annat", "På plats"]


def test_48_organisers_by_name_in_the_text_and_nowhere_else() -> None:
    found = entry(occurrence())

    assert "Arrangör: Arvika kommun" in lines(found)
    assert {"ATTENDEE", "ORGANIZER", "CONTACT"}.isdisjoint(each.name for each in found.properties)


@pytest.mark.parametrize("state", [state for state in HostingState if state is not HostingState.ACCEPTED])
def test_48_a_name_only_while_accepted(state: HostingState) -> None:
    found = entry(occurrence(event=event(hostings=[hosting("Region Värmland", state=state)])))

    assert b"Region" not in found.source


def test_48_a_suspended_partner_is_not_named() -> None:
    partner = hosting("Region Värmland")
    assert partner.organisation is not None
    partner.organisation.standing = Standing.SUSPENDED

    assert b"Region" not in entry(occurrence(event=event(hostings=[partner]))).source


def test_49_no_person_is_printed() -> None:
    made = occurrence(
        event=event(
            contact_name="Anna Andersson",
            contact_email="anna@example.se",
            contact_phone="+46701234567",
            sign_up=SignUp.CONTACT,
            sign_up_note="Ring Anna, 070-123 45 67",
        )
    )

    assert b"nna" not in entry(made).source.replace(b"Anmal", b"")


def test_50_public_and_transparent() -> None:
    found = entry(occurrence())

    assert (found.text("CLASS"), found.text("TRANSP")) == ("PUBLIC", "TRANSPARENT")


@pytest.mark.parametrize("text", ["x\r\nATTENDEE:mailto:a@b.se", "x\nATTENDEE:a", "x\rATTENDEE:a", "x\u2028ATTENDEE:a"])
def test_52_no_text_starts_a_line(text: str) -> None:
    made = occurrence(
        event=event(text, summary=text, sign_up=SignUp.EXTERNAL, sign_up_url=f"https://a.example/{text}"),
        place=place(text, street=text),
        digital_place=digital_place(join_url=f"https://a.example/{text}"),
        label=text,
        uid=f"{text.partition('x')[0]}1@b.example",
    )

    assert b"\r\nATTENDEE" not in entry(made).source

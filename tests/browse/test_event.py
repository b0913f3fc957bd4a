"""The page of an event: when, where and how first; what has changed; only what the public may know."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy.orm import Session

from planner.editions.models import EditionState
from planner.events.facts import occurrence_facts
from planner.events.models import (
    Audience,
    Captions,
    EventFeature,
    EventLanguage,
    EventSlug,
    EventStatus,
    EventText,
    HostingRole,
    HostingState,
    LanguageUse,
    Occurrence,
    OccurrenceState,
    PreviousTime,
    SignUp,
    TimeKind,
    Visibility,
)
from planner.organisations.models import Standing
from planner.venues.models import Answer, Feature, LinkAudience, VenueFact
from tests.browse.reading import PublicPage, text
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

JOIN = "https://moten.example/demokrati"
LONG_NAME = "Samverkansnätverket för demokrati, delaktighet & mänskliga rättigheter i Värmlands län med omnejd"


def show(client: Browser, slug: str = "samtal-om-demokrati", language: str = "") -> PublicPage:
    return PublicPage(client.get(f"{language}/evenemang/{slug}"))


def status_of(client: Browser, slug: str = "samtal-om-demokrati") -> int:
    return client.get(f"/evenemang/{slug}").status_code


def test_page_says_when_and_where_before_anything_else(session: Session, client: Browser) -> None:
    make_event(session, is_free=True)
    page = show(client)
    assert page.heading == "Samtal om demokrati"
    assert page.with_class("occasion__when") == ["Måndag 20 september 2027 kl. 18–19.30"]
    assert page.with_class("occasion__where") == [
        "Stadsbiblioteket Västra Torggatan 26, 652 24 Karlstad Karlstads kommun Hitta hit: Stadsbiblioteket"
    ]
    assert page.with_class("form-badge") == ["På plats"]
    order = ["Måndag 20 september", "Stadsbiblioteket", "Så deltar du", "Tillgänglighet"]
    assert [page.words.index(words) for words in order] == sorted(page.words.index(words) for words in order)
    assert page.feeds == ["https://demokrativeckan.example/evenemang/samtal-om-demokrati.ics"]


def test_hybrid_shows_address_and_link(session: Session, client: Browser) -> None:
    event = make_event(session, with_occurrence=False)
    make_occurrence(session, event, digital_place=make_digital_venue(session), capacity_onsite=40, capacity_online=1)
    page = show(client)
    assert page.with_class("form-badge") == ["På plats och digitalt"]
    assert page.links()["Delta digitalt"] == JOIN
    assert 'rel="noopener nofollow"' in page.html
    assert "Länken går till moten.example" in page.words
    onsite, online = page.with_class("occasion__where")
    assert "40 platser i lokalen" in onsite
    assert "1 digital plats" in online


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": OccurrenceState.CANCELLED, "state_note": "Talaren är sjuk."}, "Inställt"),
        ({"state": OccurrenceState.POSTPONED, "state_note": "Vi återkommer."}, "Uppskjutet, nytt datum kommer"),
    ],
)
def test_link_is_gone_when_it_does_not_take_place(
    session: Session, client: Browser, change: dict[str, object], words: str
) -> None:
    event = make_event(session, with_occurrence=False, sign_up=SignUp.EXTERNAL, sign_up_url="https://anmalan.example/a")
    make_occurrence(session, event, digital_place=make_digital_venue(session, dial_in="08-123 45"), **change)
    page = show(client)
    assert page.with_class("badge") == [words]
    assert str(change["state_note"]) in page.words
    for hidden in (JOIN, "08-123 45", "anmalan.example", "Anmäl dig"):
        assert hidden not in page.html


def test_cancelled_event_says_why_and_has_no_links(session: Session, client: Browser) -> None:
    event = make_event(session, status=EventStatus.CANCELLED, decision_reason="För få anmälda.", with_occurrence=False)
    make_occurrence(session, event, digital_place=make_digital_venue(session))
    page = show(client)
    assert page.with_class("notice__body") == ["Programpunkten är inställd För få anmälda."]
    assert page.with_class("badge") == ["Inställt"]
    assert JOIN not in page.html


@pytest.mark.parametrize("state", [EditionState.PUBLISHED, EditionState.ARCHIVED])
def test_link_of_an_archived_edition_is_gone(session: Session, client: Browser, state: EditionState) -> None:
    edition = make_edition(session, state=state)
    event = make_event(session, edition=edition, with_occurrence=False)
    make_occurrence(session, event, digital_place=make_digital_venue(session))
    assert (JOIN in show(client).html) is (state is EditionState.PUBLISHED)


def test_link_for_registered_people_is_nowhere(session: Session, client: Browser) -> None:
    room = make_digital_venue(session, link_audience=LinkAudience.REGISTERED, dial_in="08-123 45")
    event = make_event(session, with_occurrence=False)
    make_occurrence(session, event, place=None, digital_place=room)
    page = show(client)
    assert "Länken skickas till dem som har anmält sig." in page.words
    assert JOIN not in page.html
    assert "08-123 45" not in page.html


def test_digital_place_without_link_says_that_it_will_come(session: Session, client: Browser) -> None:
    event = make_event(session, with_occurrence=False)
    make_occurrence(session, event, place=None, digital_place=make_digital_venue(session, join_url=""))
    assert "Länken publiceras här när den är klar." in show(client).words


@pytest.mark.parametrize("status", [each for each in EventStatus if not each.is_public])
def test_what_is_not_public_is_not_found(session: Session, client: Browser, status: EventStatus) -> None:
    make_event(session, status=status)
    assert status_of(client) == 404


@pytest.mark.parametrize("state", [EditionState.PLANNED, EditionState.OPEN])
def test_edition_that_is_not_public_hides_its_events(session: Session, client: Browser, state: EditionState) -> None:
    make_event(session, edition=make_edition(session, state=state))
    assert status_of(client) == 404


def test_closed_event_is_not_found(session: Session, client: Browser) -> None:
    make_event(session, visibility=Visibility.CLOSED)
    assert status_of(client) == 404


@pytest.mark.parametrize("slug", ["finns-inte", "%00", "A B", "å", "x" * 200, "a--b", "..%2fetc"])
def test_junk_is_not_found(session: Session, client: Browser, slug: str) -> None:
    make_edition(session)
    assert status_of(client, slug) == 404


def test_former_address_leads_to_the_present(session: Session, client: Browser) -> None:
    event = make_event(session)
    session.add(EventSlug(slug="gammal-rubrik", event_id=event.id))
    response = client.get("/evenemang/gammal-rubrik")
    assert (response.status_code, response.location) == (301, "/evenemang/samtal-om-demokrati")
    assert client.get("/en/evenemang/gammal-rubrik").location == "/en/evenemang/samtal-om-demokrati"


def test_former_address_of_a_draft_is_not_found(session: Session, client: Browser) -> None:
    event = make_event(session, status=EventStatus.WITHDRAWN)
    session.add(EventSlug(slug="gammal-rubrik", event_id=event.id))
    assert status_of(client, "gammal-rubrik") == 404


def test_accepted_organisers_stand_with_their_roles(session: Session, client: Browser) -> None:
    event = make_event(session, organiser=make_organisation(session, "Arvika kommun"))
    make_hosting(session, event, make_organisation(session, "Region Värmland"))
    make_hosting(session, event, make_organisation(session, "Kil bibliotek"), role=HostingRole.VENUE_HOST)
    page = show(client)
    assert text(page.section("Arrangörer")) == (
        "Arrangörer Arvika kommun Huvudarrangör Region Värmland Medarrangör Kil bibliotek Upplåter plats"
    )
    assert page.with_class("event-header__hosts") == ["Arrangörer: Arvika kommun och Region Värmland"]


@pytest.mark.parametrize("state", [each for each in HostingState if each is not HostingState.ACCEPTED])
def test_organisation_that_has_not_said_yes_is_not_named(
    session: Session, client: Browser, state: HostingState
) -> None:
    make_hosting(session, make_event(session), make_organisation(session, "Region Värmland"), state=state)
    assert "Region Värmland" not in show(client).html


def test_organisation_that_lost_its_standing_is_not_named(session: Session, client: Browser) -> None:
    suspended = make_organisation(session, "Region Värmland", standing=Standing.SUSPENDED)
    make_hosting(session, make_event(session), suspended)
    assert "Region Värmland" not in show(client).html


def _move(session: Session, occurrence: Occurrence, **columns: object) -> None:
    """Give an occurrence another time, and keep what it was."""
    session.refresh(occurrence, ["place", "digital_place"])
    session.add(
        PreviousTime(occurrence_id=occurrence.id, replaced_at=datetime.now(UTC), facts=occurrence_facts(occurrence))
    )
    for name, value in columns.items():
        setattr(occurrence, name, value)
    session.flush()


def test_new_time_and_new_place_are_told_with_the_old(session: Session, client: Browser) -> None:
    event = make_event(session, with_occurrence=False)
    occurrence = make_occurrence(session, event, date(2027, 9, 21), place=make_venue(session, "Parken"))
    _move(
        session,
        occurrence,
        first_day=date(2027, 9, 22),
        last_day=date(2027, 9, 22),
        starts_at=datetime(2027, 9, 22, 16, 0, tzinfo=UTC),
        ends_at=datetime(2027, 9, 22, 17, 0, tzinfo=UTC),
        place_id=make_venue(session, "Aulan").id,
    )
    session.expire_all()
    assert show(client).with_class("occasion__change") == [
        "Ny tid: onsdag 22 september 2027 kl. 18–19. Förut: tisdag 21 september 2027 kl. 18–19.30"
        " Ny plats. Förut: Parken"
    ]
    assert "Wednesday 22 September 2027 18:00–19:00" in show(client, language="/en").words


def test_preliminary_time_and_missing_end_are_said(session: Session, client: Browser) -> None:
    event = make_event(session, with_occurrence=False)
    make_occurrence(session, event, end=None, is_preliminary=True)
    page = show(client)
    assert page.with_class("badge") == ["Preliminär tid"]
    assert page.with_class("occasion__when") == ["Måndag 20 september 2027 kl. 18 Sluttid inte angiven"]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"time_kind": TimeKind.OPENING_HOURS, "time_note": "Under öppettiderna"}, "Måndag 20 september 2027"),
        ({"time_kind": TimeKind.ON_BOOKING}, "Måndag 20 september 2027, tid efter bokning"),
        ({"time_kind": TimeKind.WITHIN_SPAN}, "Måndag 20 september 2027, någon gång under dagen"),
    ],
)
def test_no_time_is_invented(session: Session, client: Browser, columns: dict[str, object], words: str) -> None:
    event = make_event(session, with_occurrence=False)
    make_occurrence(session, event, start=None, **columns)
    note = f" {columns['time_note']}" if "time_note" in columns else ""
    assert show(client).with_class("occasion__when") == [words + note]


def test_several_occurrences_stand_in_order_with_their_labels(session: Session, client: Browser) -> None:
    event = make_event(session, with_occurrence=False)
    make_occurrence(session, event, date(2027, 9, 22), label="Pass 2", start=time(9), end=time(10))
    make_occurrence(session, event, date(2027, 9, 21), label="Pass 1", state=OccurrenceState.CANCELLED)
    make_occurrence(session, event, date(2027, 9, 24), last_day=date(2027, 9, 25), start=time(20), end=time(1))
    page = show(client)
    assert page.with_class("occasion__label") == ["Pass 1", "Pass 2"]
    assert page.with_class("occasion__when") == [
        "Tisdag 21 september 2027 kl. 18–19.30",
        "Onsdag 22 september 2027 kl. 9–10",
        "Fredag 24 september 2027 kl. 20–lördag 25 september 2027 kl. 1",
    ]


def test_event_without_occurrences_says_so(session: Session, client: Browser) -> None:
    make_event(session, with_occurrence=False)
    assert "Tid och plats är inte bestämda än." in show(client).words


def test_accessibility_of_event_and_place_with_when_it_was_checked(session: Session, client: Browser) -> None:
    venue = make_venue(session)
    session.add(
        VenueFact(
            venue_id=venue.id,
            feature=Feature.STEP_FREE,
            answer=Answer.YES,
            checked_on=date(2027, 5, 3),
            checked_by="Karlstads kommun",
        )
    )
    event = make_event(session, accessibility_note="Hör av dig om behov.", with_occurrence=False)
    make_occurrence(session, event, place=venue)
    session.add(EventFeature(event_id=event.id, feature=Feature.SIGN_LANGUAGE, answer=Answer.NO))
    section = text(show(client).section("Tillgänglighet"))
    assert section.startswith("Tillgänglighet Programpunkten Teckenspråkstolkning: nej Vet inte: skrivtolkning,")
    assert "Hör av dig om behov. Stadsbiblioteket Stegfri entré eller ramp: ja Vet inte: hiss," in section
    assert section.endswith("Kontrollerat måndag 3 maj 2027, Karlstads kommun")


def test_languages_and_interpretation(session: Session, client: Browser) -> None:
    event = make_event(session, languages=["sv", "en"])
    session.add(EventLanguage(event_id=event.id, code="ar", use=LanguageUse.INTERPRETED))
    assert "Språk Engelska och svenska. Tolkas till arabiska" in show(client).words


def test_audiences_themes_and_ages_lead_on(session: Session, client: Browser) -> None:
    theme = make_theme(session, "Kultur")
    make_event(
        session,
        themes=[theme],
        audiences=[Audience.YOUTH],
        kommuner=["1784"],
        is_countywide=True,
        age_from=12,
        age_to=20,
    )
    page = show(client)
    section = page.section("För vem och om vad")
    assert page.links(section) == {
        "Unga (13–25 år)": "/kalender?malgrupp=unga",
        "Kultur": "/teman/kultur",
        "Arvika": "/kommuner/arvika",
        "Hela länet": "/kalender?kommun=17",
    }
    assert text(section).endswith("12–20 år")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"sign_up": SignUp.NONE}, "Anmälan Ingen anmälan behövs. Kostnad"),
        ({"sign_up": SignUp.CONTACT, "sign_up_note": "Ring."}, "till arrangören. Ring. Kostnad"),
        ({"sign_up": SignUp.UNSTATED}, "Arrangören har inte angett om du behöver anmäla dig."),
        ({"is_free": True}, "Kostnad Gratis"),
        ({"is_free": False, "price": "50 kr"}, "Kostnad 50 kr"),
        ({"is_free": None}, "Kostnad Inte angivet"),
    ],
)
def test_how_to_sign_up_and_what_it_costs(
    session: Session, client: Browser, columns: dict[str, object], words: str
) -> None:
    make_event(session, **columns)
    assert words in show(client).words


def test_sign_up_elsewhere_names_the_host_and_the_last_day(session: Session, client: Browser) -> None:
    make_event(
        session,
        sign_up=SignUp.EXTERNAL,
        sign_up_url="https://www.anmalan.example/a?b=1&c=2",
        sign_up_by=date(2027, 9, 15),
    )
    page = show(client)
    assert page.links()["Anmäl dig"] == "https://www.anmalan.example/a?b=1&c=2"
    assert "Länken går till anmalan.example" in page.words
    assert "Anmäl dig senast onsdag 15 september 2027." in page.words


def test_contact_is_shown_as_links(session: Session, client: Browser) -> None:
    make_event(session, contact_name="Biblioteket", contact_email="bibl@kil.example", contact_phone="+46545400000")
    page = show(client)
    assert page.links(page.section("Kontakt")) == {
        "054-540 00 00": "tel:+46545400000",
        "bibl@kil.example": "mailto:bibl@kil.example",
    }


def test_other_languages_carry_their_language_and_direction(session: Session, client: Browser) -> None:
    event = make_event(session, description_html="<p>Hela texten.</p>")
    session.add_all(
        [
            EventText(event_id=event.id, language="ar", title="ديمقراطية", summary="نص"),
            EventText(event_id=event.id, language="en", title="Talk", description_html="<p>The whole text.</p>"),
            EventText(event_id=event.id, language="sv-lattlast", summary="Kort och lätt."),
        ]
    )
    page = show(client)
    assert '<div class="prose" lang="ar" dir="rtl">' in page.html
    assert '<div class="prose" lang="en" dir="ltr">' in page.html
    assert text(page.section("Lättläst")) == "Lättläst Kort och lätt."


def test_english_page_speaks_english_where_it_is_written_and_marks_the_rest(session: Session, client: Browser) -> None:
    event = make_event(session, summary="Kom och prata.", description_html="<p>Hela texten.</p>")
    session.add(EventText(event_id=event.id, language="en", title="Talk", description_html="<p>The whole text.</p>"))
    english = show(client, language="/en")
    assert english.heading == "Talk"
    assert "<h1>Talk</h1>" in english.html
    assert '<p class="lead"><span lang="sv">Kom och prata.</span></p>' in english.html
    assert text(english.section("About the event")) == "About the event The whole text."
    assert english.with_class("other-text") == ["The text in Swedish Samtal om demokrati Kom och prata. Hela texten."]
    assert show(client).heading == "Samtal om demokrati"
    assert show(client).with_class("other-text") == ["Texten på engelska Talk The whole text."]


def test_in_easy_swedish_the_easy_texts_come_first(session: Session, client: Browser) -> None:
    event = make_event(session, summary="Kom och prata.", description_html="<p>Hela texten.</p>")
    easy = EventText(event_id=event.id, language="sv-lattlast", title="Vi pratar", description_html="<p>Lätt.</p>")
    session.add(easy)
    page = show(client, language="/latt")
    assert (page.heading, page.with_class("lead")) == ("Vi pratar", ["Kom och prata."])
    assert text(page.section("Mer om det här")) == "Mer om det här Lätt."
    assert page.with_class("other-text") == ["Läs den vanliga texten Samtal om demokrati Kom och prata. Hela texten."]
    assert "Måndag 20 september 2027 kl. 18–19.30" in page.words
    easy.description_html, easy.summary = "", "Kom!"
    session.flush()
    page = show(client, language="/latt")
    assert page.with_class("lead") == ["Kom!"]
    assert text(page.section("Mer om det här")) == "Mer om det här Hela texten."


def test_event_without_english_texts_is_marked_as_swedish(session: Session, client: Browser) -> None:
    make_event(session)
    english = show(client, language="/en")
    assert '<h1><span lang="sv">Samtal om demokrati</span></h1>' in english.html
    assert english.with_class("other-text") == []


def test_recording_with_captions_until_it_is_taken_down(session: Session, client: Browser) -> None:
    event = make_event(session, with_occurrence=False)
    until = date(2027, 8, 20)  # the day of the test
    make_occurrence(
        session, event, recording_url="https://film.example/1", captions=Captions.YES, recording_until=until
    )
    [shown] = show(client).with_class("occasion__recording")
    assert shown == "Se inspelningen film.example · Textad · finns till fredag 20 augusti 2027"
    gone = make_event(session, "Borta", with_occurrence=False)
    make_occurrence(session, gone, recording_url="https://film.example/2", recording_until=date(2027, 8, 19))
    assert "film.example" not in show(client, "borta").html


def test_whole_and_parts_lead_to_each_other(session: Session, client: Browser) -> None:
    whole = make_event(session, "Torgdagen")
    make_event(session, "Frågestund", part_of_id=whole.id)
    make_event(session, "Hemligt utkast", part_of_id=whole.id, status=EventStatus.DRAFT)
    page = show(client, "torgdagen")
    assert page.links(page.section("Hör ihop med")) == {"Frågestund": "/evenemang/fragestund"}
    assert "Hemligt" not in page.html
    assert "Cancelled" not in page.words
    back = show(client, "fragestund")
    assert "Den här programpunkten är en del av den" in text(back.section("Hör ihop med"))


def test_part_of_a_draft_does_not_tell_of_it(session: Session, client: Browser) -> None:
    whole = make_event(session, "Hemlig helhet", status=EventStatus.DRAFT)
    make_event(session, "Del", part_of_id=whole.id)
    assert "Hemlig" not in show(client, "del").html


def test_reserve_place_source_and_number(session: Session, client: Browser) -> None:
    event = make_event(session, source_note="Eda kommuns webbplats 2021", with_occurrence=False)
    make_occurrence(
        session, event, reserve_place_id=make_venue(session, "Sporthallen").id, reserve_note="vid regn", room="Sal A"
    )
    page = show(client)
    assert "Stadsbiblioteket, Sal A" in page.words
    assert "Reservplats: Sporthallen vid regn" in page.words
    assert "Programpunkt DV27-0001. Källa: Eda kommuns webbplats 2021" in page.words


def test_private_place_has_its_address_but_no_page(session: Session, client: Browser) -> None:
    event = make_event(session, with_occurrence=False)
    make_occurrence(session, event, place=make_venue(session, "Föreningslokalen", is_private=True))
    page = show(client)
    assert "Föreningslokalen Västra Torggatan 26" in page.words
    assert "Föreningslokalen" not in page.links()


def test_what_people_typed_is_text_and_never_markup(session: Session, client: Browser) -> None:
    evil = '<script>alert("1")</script>'
    event = make_event(session, evil, slug="evil", summary=evil, price=evil, contact_name=evil, with_occurrence=False)
    make_occurrence(session, event, label=evil, time_note=evil, state_note=evil, place=make_venue(session, evil))
    session.add(EventText(event_id=event.id, language="en", title=evil, summary=evil))
    assert "<script>alert" not in show(client, "evil").html


def test_longest_names_and_many_organisers(session: Session, client: Browser) -> None:
    event = make_event(session, "Demokratiutvecklingssamverkan " * 3 + "i Värmland", slug="lang", summary="ord " * 75)
    for number in range(5):
        make_hosting(session, event, make_organisation(session, f"{LONG_NAME} {number}", slug=f"natverk-{number}"))
    page = show(client, "lang")
    assert len(page.links(page.section("Arrangörer"))) == 6


def test_head_answers_without_body_and_junk_query_is_ignored(session: Session, client: Browser) -> None:
    make_event(session)
    head = client.head("/evenemang/samtal-om-demokrati")
    assert (head.status_code, head.data) == (200, b"")
    assert client.get("/evenemang/samtal-om-demokrati?utm_source=x&kommun=9").status_code == 200


def test_archived_event_says_which_edition_it_belonged_to(session: Session, client: Browser) -> None:
    edition = make_edition(session, "Demokrativeckan 2021", slug="2021", state=EditionState.ARCHIVED)
    make_event(session, edition=edition)
    page = show(client)
    assert "Programpunkten ordnades under Demokrativeckan 2021 och finns kvar som arkiv." in page.words
    assert page.links()["Kalender"] == "/kalender?upplaga=2021"
    assert "Det går inte längre att anmäla sig." in page.words

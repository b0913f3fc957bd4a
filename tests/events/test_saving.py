"""Saving what is stated about an event."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.audit.queries import history_of
from planner.core.errors import Invalid, NotAllowed, StaleVersion
from planner.events.actions import save_event
from planner.events.actions.event_fields import stated
from planner.events.models import (
    ActivityKind,
    Audience,
    EventSlug,
    EventStatus,
    LanguageUse,
    SignUp,
    Visibility,
)
from planner.events.queries import event_for_editing
from planner.mail.models import Letter
from planner.venues.models import Answer, Feature
from tests.events.cast import Cast, messages
from tests.factories import make_edition, make_hosting, make_theme

EVERYTHING: dict[str, Any] = {
    "title": "Vem får höras, och hur?",
    "summary": "Ett samtal om makt.",
    "description": "Kom **du** också.",
    "activity": ActivityKind.TALK,
    "age_from": 13,
    "age_to": 25,
    "is_free": True,
    "price": "",
    "accessibility_note": "Ring så möter vi vid dörren.",
    "contact_name": "Kulturenheten",
    "contact_email": "kultur@example.se",
    "contact_phone": "+46545400000",
    "sign_up": SignUp.EXTERNAL,
    "sign_up_url": "https://example.se/anmal",
    "sign_up_note": "Begränsat antal.",
    "sign_up_by": date(2027, 9, 15),
    "visibility": Visibility.PUBLIC,
    "is_countywide": True,
    "part_of_id": None,
    "series": "Lunchsamtal",
    "image_file": "bild.webp",
    "image_alt": "Ett fullsatt bibliotek",
    "image_credit": "Foto: Biblioteket",
    "source_note": "",
    "audiences": [Audience.YOUTH, Audience.FIRST_TIME_VOTERS],
    "languages": [("sv", LanguageUse.SPOKEN), ("fi", LanguageUse.INTERPRETED)],
    "kommuner": ["1784", "1730"],
    "features": {Feature.SIGN_LANGUAGE: Answer.YES, Feature.EASY_READ: Answer.UNKNOWN},
    "texts": {"en": {"title": "Who is heard?", "summary": "", "description": "*Come*"}},
}


def test_everything_that_is_stated_comes_back(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(EventStatus.DRAFT)
    fields = {**EVERYTHING, "themes": [cast.theme.id]}

    save_event(session, event, fields, expected_version=1, actor=cast.elis, now=now)

    session.flush()
    session.expunge_all()
    saved = event_for_editing(session, "dv27-0001")
    assert saved is not None
    expected = {**fields, "kommuner": ["1730", "1784"], "audiences": sorted(fields["audiences"])}
    expected["languages"] = sorted(expected["languages"])
    assert stated(saved) == expected
    assert saved.description_html == "<p>Kom <strong>du</strong> också.</p>"
    assert saved.texts[0].description_html == "<p><em>Come</em></p>"
    assert (saved.version, saved.saved_by and saved.saved_by.name, saved.saved_at) == (2, "Elis Ek", now)


def test_what_is_left_out_stays(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(EventStatus.DRAFT)
    save_event(session, event, EVERYTHING, expected_version=None, actor=cast.anna, now=now)

    save_event(session, event, {"series": "Kvällssamtal"}, expected_version=2, actor=cast.anna, now=now)

    assert (event.series, event.summary, len(event.languages)) == ("Kvällssamtal", "Ett samtal om makt.", 2)


def test_collections_are_replaced_whole(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(EventStatus.DRAFT)
    save_event(session, event, EVERYTHING, expected_version=None, actor=cast.anna, now=now)
    kept = next(row for row in event.audiences if row.audience is Audience.YOUTH)

    fewer: dict[str, Any] = {
        "audiences": [Audience.YOUTH, Audience.OLDER],
        "languages": [],
        "kommuner": ["1784"],
        "features": {Feature.SIGN_LANGUAGE: Answer.NO},
        "texts": {"en": {"title": "", "summary": " ", "description": ""}, "fi": {"title": "Keskustelu"}},
    }
    save_event(session, event, fewer, expected_version=None, actor=cast.anna, now=now)

    assert kept in event.audiences
    assert {row.audience for row in event.audiences} == {Audience.YOUTH, Audience.OLDER}
    assert (event.languages, [row.kommun_code for row in event.kommuner]) == ([], ["1784"])
    assert [(row.feature, row.answer) for row in event.features] == [(Feature.SIGN_LANGUAGE, Answer.NO)]
    assert [(row.language, row.title) for row in event.texts] == [("fi", "Keskustelu")]


def test_texts_are_cleaned(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(EventStatus.DRAFT)
    typed: dict[str, Any] = {
        "summary": "Rad ett\x0b\r\n\r\n\r\n\r\nrad två ",
        "series": "Lunch\tsamtal\n2027",
        "contact_email": " Kultur@Example.SE ",
        "contact_phone": "054 - 540 00 00",
        "sign_up_url": "example.se/anmal",
    }

    save_event(session, event, typed, expected_version=None, actor=cast.anna, now=now)

    assert event.summary == "Rad ett\n\nrad två"
    assert event.series == "Lunch samtal 2027"
    assert event.contact_email == "kultur@example.se"
    assert event.contact_phone == "+46545400000"
    assert event.sign_up_url == "https://example.se/anmal"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": " "}, {"title": "Skriv en rubrik."}),
        ({"title": "x" * 101}, {"title": "Texten är för lång: 101 tecken. Den får vara högst 100."}),
        ({"summary": "x" * 301}, {"summary": "Texten är för lång: 301 tecken. Den får vara högst 300."}),
        ({"description": "x" * 4001}, {"description": "Texten är för lång: 4001 tecken. Den får vara högst 4000."}),
        (
            {"texts": {"en": {"summary": "x" * 301}}},
            {"texts.en.summary": "Texten är för lång: 301 tecken. Den får vara högst 300."},
        ),
        ({"contact_email": "kultur"}, {"contact_email": "Skriv en e-postadress, till exempel kultur@kommunen.se."}),
        ({"contact_phone": "ring mig"}, {"contact_phone": "Skriv ett telefonnummer, till exempel 054-540 00 00."}),
        ({"sign_up_url": "http://example.se"}, {"sign_up_url": "Skriv en adress som börjar med https://."}),
        ({"sign_up_url": "javascript:alert(1)"}, {"sign_up_url": "Skriv en adress som börjar med https://."}),
        ({"sign_up_url": "https://anna:hej@example.se"}, {"sign_up_url": "Skriv en adress som börjar med https://."}),
        ({"sign_up_url": "https://localhost/"}, {"sign_up_url": "Skriv en adress som börjar med https://."}),
        ({"sign_up_url": "https://[::1"}, {"sign_up_url": "Skriv en adress som börjar med https://."}),
        ({"age_from": -1}, {"age_from": "Skriv en ålder mellan 0 och 120 år."}),
        ({"age_to": 200}, {"age_to": "Skriv en ålder mellan 0 och 120 år."}),
        ({"age_from": 20, "age_to": 12}, {"age_to": "Den högsta åldern är lägre än den lägsta."}),
        ({"languages": [("de", LanguageUse.SPOKEN)]}, {"languages": "Välj bland språken i listan."}),
        ({"texts": {"sv": {"title": "x"}}}, {"texts": "Välj bland språken i listan."}),
        ({"kommuner": ["0180"]}, {"kommuner": "Välj bland länets kommuner."}),
        ({"themes": [9999]}, {"themes": "Välj bland upplagans teman."}),
        ({"part_of_id": 9999}, {"part_of_id": "Välj en annan programpunkt i samma upplaga."}),
        (
            {"title": "", "age_to": 200},
            {"title": "Skriv en rubrik.", "age_to": "Skriv en ålder mellan 0 och 120 år."},
        ),
    ],
)
def test_a_problem_stands_at_its_field_and_nothing_is_saved(
    cast: Cast, session: Session, now: datetime, fields: dict[str, Any], expected: dict[str, str]
) -> None:
    event = cast.event(EventStatus.DRAFT)
    before = stated(event)

    with pytest.raises(Invalid) as refused:
        save_event(session, event, {"series": "Ny", **fields}, expected_version=1, actor=cast.anna, now=now)

    assert messages(refused.value) == expected
    assert (stated(event), event.version, list(session.dirty)) == (before, 1, [])


def test_a_younger_limit_is_compared_with_the_older_one_that_is_saved(
    cast: Cast, session: Session, now: datetime
) -> None:
    event = cast.event(EventStatus.DRAFT, age_to=12)

    with pytest.raises(Invalid) as refused:
        save_event(session, event, {"age_from": 13}, expected_version=1, actor=cast.anna, now=now)

    assert list(messages(refused.value)) == ["age_to"]


def test_a_theme_of_another_edition_is_refused(cast: Cast, session: Session, now: datetime) -> None:
    other = make_edition(session, "Demokrativeckan 2029", slug="2029", number_prefix="DV29")
    theme = make_theme(session, "Kultur", edition=other)

    with pytest.raises(Invalid):
        save_event(
            session,
            cast.event(EventStatus.DRAFT),
            {"themes": [theme.id]},
            expected_version=None,
            actor=cast.anna,
            now=now,
        )


def test_a_published_event_may_not_lose_what_it_needs(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(EventStatus.PUBLISHED)
    emptied: dict[str, Any] = {"summary": "", "audiences": [], "sign_up": SignUp.EXTERNAL}

    with pytest.raises(Invalid) as refused:
        save_event(session, event, emptied, expected_version=1, actor=cast.anna, now=now)

    assert set(messages(refused.value)) == {"summary", "audiences", "sign_up_url"}


def test_an_imported_event_that_lacked_something_before_can_be_saved(
    cast: Cast, session: Session, now: datetime
) -> None:
    event = cast.event(EventStatus.PUBLISHED, summary="", audiences=[])

    save_event(session, event, {"price": "40 kr"}, expected_version=1, actor=cast.anna, now=now)

    assert event.price == "40 kr"


def test_two_people_never_overwrite_each_other(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(EventStatus.DRAFT)
    save_event(session, event, {"summary": "Annas text"}, expected_version=1, actor=cast.anna, now=now)

    with pytest.raises(StaleVersion) as stale:
        save_event(session, event, {"summary": "Elis text"}, expected_version=1, actor=cast.elis, now=now)

    assert (stale.value.current_version, event.summary) == (2, "Annas text")


def test_a_double_click_saves_once(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(EventStatus.PUBLISHED)
    before = cast.edition.revision
    for _click in range(2):
        save_event(session, event, {"summary": "Annas text"}, expected_version=1, actor=cast.anna, now=now)

    assert (event.version, cast.edition.revision) == (2, before + 1)
    assert [entry.action for entry in history_of(session, "event", event.id)] == ["save_event"]


def test_the_log_tells_the_difference_but_no_personal_data(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(EventStatus.DRAFT, title="Samtal")
    fields: dict[str, Any] = {"title": "Debatt", "contact_name": "Anna Andersson", "sign_up_by": date(2027, 9, 1)}

    save_event(session, event, fields, expected_version=1, actor=cast.anna, now=now)

    (entry,) = history_of(session, "event", event.id)
    assert entry.details == {
        "version": 2,
        "changed": {"title": ["Samtal", "Debatt"], "sign_up_by": [None, "2027-09-01"]},
        "changed_contact": ["contact_name"],
    }


def test_a_new_title_moves_the_address_of_what_was_never_published(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(EventStatus.DRAFT, title="Samtal")

    save_event(session, event, {"title": "Debatt"}, expected_version=1, actor=cast.anna, now=now)

    assert event.slug == "debatt"
    assert session.scalars(sa.select(EventSlug.slug)).all() == []


def test_once_published_every_former_address_leads_on(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(EventStatus.PUBLISHED, title="Samtal")
    for title in ("Debatt", "Panel", "Samtal"):
        save_event(session, event, {"title": title}, expected_version=None, actor=cast.anna, now=now)

    assert event.slug == "samtal"
    assert sorted(session.scalars(sa.select(EventSlug.slug))) == ["debatt", "panel"]


def test_a_title_that_differs_in_a_comma_keeps_its_numbered_address(
    cast: Cast, session: Session, now: datetime
) -> None:
    cast.event(title="Samtal")
    event = cast.event(title="Samtal", slug="samtal-2")

    save_event(session, event, {"title": "Samtal!"}, expected_version=1, actor=cast.anna, now=now)

    assert event.slug == "samtal-2"


def test_a_coordinators_change_is_told_to_the_organiser_with_the_difference(
    cast: Cast, session: Session, now: datetime, assert_letter: Callable[..., Letter]
) -> None:
    whole = cast.event(title="Demokratidagen i Karlstad")
    event = cast.event(title="Vem får höras?", description="Första raden.\n\nAndra raden.")
    fields: dict[str, Any] = {
        **EVERYTHING,
        "themes": [cast.theme.id],
        "part_of_id": whole.id,
        "description": "Första raden.\n\n" + "Ny rad. " * 50 + "\n\nAndra raden.",
    }

    save_event(session, event, fields, expected_version=1, actor=cast.karin, now=now)

    assert_letter("event_edited", to=cast.anna.email)


def test_hosts_change_their_own_event_without_letters(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event()
    make_hosting(session, event, cast.region)

    for actor in (cast.anna, cast.rut):
        save_event(session, event, {"series": actor.name}, expected_version=None, actor=actor, now=now)

    assert session.scalars(sa.select(Letter.name)).all() == []


def test_only_a_material_change_asks_for_a_coordinators_eyes(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event()

    save_event(session, event, {"summary": "Ny text."}, expected_version=None, actor=cast.anna, now=now)
    assert event.changed_after_review_at is None
    save_event(session, event, {"title": "Något helt annat"}, expected_version=None, actor=cast.anna, now=now)
    assert event.changed_after_review_at == now


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.SUBMITTED, EventStatus.RETURNED])
def test_what_is_not_published_needs_no_second_look(
    cast: Cast, session: Session, now: datetime, status: EventStatus
) -> None:
    event = cast.event(status)

    save_event(session, event, {"title": "Något annat"}, expected_version=None, actor=cast.anna, now=now)

    assert event.changed_after_review_at is None


def test_a_coordinators_own_eyes_are_enough(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event()

    save_event(session, event, {"title": "Något annat"}, expected_version=None, actor=cast.karin, now=now)

    assert event.changed_after_review_at is None


@pytest.mark.parametrize("status", [EventStatus.REJECTED, EventStatus.WITHDRAWN, EventStatus.ARCHIVED])
def test_what_is_closed_is_not_changed(cast: Cast, session: Session, now: datetime, status: EventStatus) -> None:
    with pytest.raises(NotAllowed):
        save_event(session, cast.event(status), {"series": "x"}, expected_version=1, actor=cast.karin, now=now)

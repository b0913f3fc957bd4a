"""From an occurrence to a programme: nothing before Spara, once however often it is pressed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.core.tokens import new_token, token_hash
from planner.editions.models import EditionState
from planner.events.models import Event, EventStatus, Occurrence, Visibility
from planner.organisations.models import Standing
from planner.programmes import actions
from planner.programmes.models import Programme, SavedOccurrence
from planner.programmes.rules import MOST_SAVED
from planner.web.models import FormReceipt
from planner.web.receipts import KEPT
from tests.browse.reading import text
from tests.factories import KEEN, MONDAY, make_edition, make_event, make_occurrence, make_organisation, make_programme
from tests.programmes.conftest import Resident, token_of

NewResident = Callable[[], Resident]


def first(session: Session, event: Event) -> Occurrence:
    return session.scalars(sa.select(Occurrence).where(Occurrence.event_id == event.id).order_by(Occurrence.id)).all()[
        0
    ]


def count(session: Session, table: type[Any]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def key_on(resident: Resident, address: str) -> str:
    """The key of this rendering of a form."""
    page = resident.page(address)
    [key] = {field.get("value") for field in page.main.iter("input") if field.get("name") == "form_key"}
    assert key
    return key


@pytest.fixture
def talk(session: Session) -> Occurrence:
    return first(session, make_event(session))


def test_looking_stores_nothing_anywhere(resident: Resident, session: Session, talk: Occurrence) -> None:
    page = resident.page(f"/mitt-program/ny?tillfalle={talk.uid}")

    assert page.links()["Samtal om demokrati"] == "/evenemang/samtal-om-demokrati"
    assert "måndag 20 september 2027 kl. 18–19.30" in page.words
    assert "Ingenting är sparat än." in page.words
    assert (count(session, Programme), count(session, FormReceipt), resident.kept) == (0, 0, {})


def test_saving_makes_a_programme_at_an_address_of_its_own(
    resident: Resident, session: Session, talk: Occurrence, now: datetime
) -> None:
    response = resident.post("/mitt-program/ny", data={"tillfalle": talk.uid, "form_key": new_token()})

    token = token_of(response)
    assert response.location == f"/mitt-program/{token}?sparade=1"
    assert "Set-Cookie" not in response.headers
    programme = session.scalars(sa.select(Programme)).one()
    assert (programme.token_hash, programme.name, programme.revision) == (token_hash(token), "", 2)
    kept = session.execute(sa.select(SavedOccurrence.occurrence_id, SavedOccurrence.saved_at)).all()
    assert [tuple(row) for row in kept] == [(talk.id, now)]
    page = resident.page(response.location)
    assert page.heading == "Mitt program"
    assert page.titles == ["Samtal om demokrati"]
    assert "1 tillfälle är sparat" in page.words


def test_form_works_without_any_session(resident: Resident, talk: Occurrence) -> None:
    page = resident.page(f"/mitt-program/ny?tillfalle={talk.uid}")
    assert "csrf_token" not in page.html
    assert resident.kept == {}


def test_pressing_twice_makes_one_programme(resident: Resident, session: Session, talk: Occurrence) -> None:
    form = {"tillfalle": talk.uid, "form_key": key_on(resident, f"/mitt-program/ny?tillfalle={talk.uid}")}

    first_time, second_time = (resident.post("/mitt-program/ny", data=form) for _press in range(2))

    assert token_of(first_time) == token_of(second_time)
    assert count(session, Programme) == 1


def test_going_back_and_choosing_something_else_is_something_new(
    resident: Resident, session: Session, talk: Occurrence
) -> None:
    other = make_occurrence(session, session.get_one(Event, talk.event_id), MONDAY + timedelta(1))
    key = key_on(resident, f"/mitt-program/ny?tillfalle={talk.uid}")

    one = resident.post("/mitt-program/ny", data={"tillfalle": talk.uid, "form_key": key})
    another = resident.post("/mitt-program/ny", data={"tillfalle": other.uid, "form_key": key})

    assert token_of(one) != token_of(another)


def test_what_remembers_a_press_does_not_tell_the_address(
    resident: Resident, session: Session, talk: Occurrence
) -> None:
    form = {"tillfalle": talk.uid, "form_key": new_token()}
    token = token_of(resident.post("/mitt-program/ny", data=form))

    receipt = session.scalars(sa.select(FormReceipt)).one()
    assert token not in receipt.location
    assert form["form_key"] not in (receipt.location, receipt.key)


@pytest.mark.parametrize("key", ["", "a", "x" * 31, "å" * 32, "\0" * 32])
def test_a_key_that_could_be_guessed_seals_nothing(
    resident: Resident, session: Session, talk: Occurrence, key: str
) -> None:
    tokens = {
        token_of(resident.post("/mitt-program/ny", data={"tillfalle": talk.uid, "form_key": key})) for _press in "ab"
    }
    assert len(tokens) == 2
    assert set(session.scalars(sa.select(FormReceipt.location))) == {""}


def test_several_occurrences_of_one_event_are_chosen_between(resident: Resident, session: Session) -> None:
    event = make_event(session, "Visning", with_occurrence=False)
    monday, tuesday, wednesday = (make_occurrence(session, event, MONDAY + timedelta(days)) for days in range(3))

    page = resident.page(f"/mitt-program/ny?tillfalle={tuesday.uid}")

    boxes = [box for box in page.main.iter("input") if box.get("type") == "checkbox"]
    assert [(box.get("value"), box.get("checked") is not None) for box in boxes] == [
        (monday.uid, False),
        (tuesday.uid, True),
        (wednesday.uid, False),
    ]
    shown = resident.press("/mitt-program/ny", tillfalle=[monday.uid, wednesday.uid])
    assert [text(each) for each in shown.main.iter("h2")][:2] == [
        "Måndag 20 september 2027",
        "Onsdag 22 september 2027",
    ]


def test_saving_where_one_saves_already(resident: Resident, session: Session, talk: Occurrence) -> None:
    make_programme(session, name="Min vecka")

    page = resident.press(
        "/mitt-program/ny", tillfalle=talk.uid, address=f"https://demokrativeckan.example/mitt-program/{KEEN}"
    )

    assert (page.heading, page.titles) == ("Min vecka", ["Samtal om demokrati"])
    assert count(session, Programme) == 1


def test_saved_twice_is_saved_once(resident: Resident, session: Session, talk: Occurrence) -> None:
    programme = make_programme(session, talk)

    page = resident.press(f"/mitt-program/{KEEN}/spara", tillfalle=[talk.uid, talk.uid])

    assert page.titles == ["Samtal om demokrati"]
    assert "Det fanns redan i ditt program" in page.words
    assert programme.revision == 1


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("inget", "Vi hittar inget program på den adressen. Kontrollera att du fick med hela."),
        ("x" * 32, "Vi hittar inget program på den adressen. Kontrollera att du fick med hela."),
        (
            f"https://demokrativeckan.example/mitt-program/delat/{KEEN}",
            "Den adressen visar bara programmet. Klistra in adressen som du själv sparar på.",
        ),
    ],
)
def test_an_address_that_leads_nowhere_is_explained_and_what_was_chosen_is_kept(
    resident: Resident, session: Session, talk: Occurrence, address: str, message: str
) -> None:
    make_programme(session, share_token=KEEN, token=new_token())

    response = resident.post("/mitt-program/ny", data={"tillfalle": talk.uid, "address": address})

    html = response.get_data(as_text=True)
    assert response.status_code == 422
    assert f'<a href="#address">{message}</a>' in html
    assert talk.uid in html
    assert count(session, SavedOccurrence) == 0


def test_nothing_chosen_is_explained(resident: Resident, session: Session) -> None:
    event = make_event(session, with_occurrence=False)
    uids = [make_occurrence(session, event, MONDAY + timedelta(days)).uid for days in range(2)]

    response = resident.post("/mitt-program/ny", data={"visad": uids[0], "form_key": new_token()})

    assert response.status_code == 422
    assert "Välj minst ett tillfälle." in response.get_data(as_text=True)
    assert count(session, Programme) == 0


def hide_edition(session: Session, occurrence: Occurrence) -> None:
    make_edition(session, "Nästa vecka", slug="2028", number_prefix="DV28")
    session.get_one(
        Event, occurrence.event_id, options=[sa.orm.joinedload(Event.edition)]
    ).edition.state = EditionState.PLANNED


def hide_event(status: EventStatus) -> Callable[[Session, Occurrence], None]:
    def hide(session: Session, occurrence: Occurrence) -> None:
        session.get_one(Event, occurrence.event_id).status = status

    return hide


def close(session: Session, occurrence: Occurrence) -> None:
    session.get_one(Event, occurrence.event_id).visibility = Visibility.CLOSED


def suspend(session: Session, occurrence: Occurrence) -> None:
    event = session.get_one(Event, occurrence.event_id, options=[sa.orm.joinedload(Event.organiser)])
    event.organiser.standing = Standing.SUSPENDED


HIDDEN = {
    "draft": hide_event(EventStatus.DRAFT),
    "submitted": hide_event(EventStatus.SUBMITTED),
    "rejected": hide_event(EventStatus.REJECTED),
    "withdrawn": hide_event(EventStatus.WITHDRAWN),
    "closed": close,
    "suspended": suspend,
    "edition": hide_edition,
}


@pytest.mark.parametrize("why", HIDDEN)
def test_what_nobody_may_see_can_neither_be_shown_nor_saved(
    resident: Resident, session: Session, talk: Occurrence, why: str
) -> None:
    make_programme(session)
    HIDDEN[why](session, talk)

    page = resident.get(f"/mitt-program/ny?tillfalle={talk.uid}")
    saving = resident.post(f"/mitt-program/{KEEN}/spara", data={"tillfalle": talk.uid})

    assert page.status_code == 404
    assert "Samtal om demokrati" not in page.get_data(as_text=True)
    assert saving.status_code == 422
    assert "Programpunkten finns inte längre i kalendern." in saving.get_data(as_text=True)
    assert count(session, SavedOccurrence) == 0


@pytest.mark.parametrize("uid", ["", "\0", "%00", "finns-inte@demokrativeckan.example", "x" * 5000, "å", "' OR 1=1"])
def test_junk_is_nothing_to_save(resident: Resident, session: Session, uid: str) -> None:
    make_programme(session)
    refused = 400 if "\0" in uid else 404
    assert resident.get("/mitt-program/ny", query_string={"tillfalle": uid}).status_code == refused
    assert resident.post("/mitt-program/ny", data={"tillfalle": uid}).status_code == 404
    assert resident.post(f"/mitt-program/{KEEN}/spara", data={"tillfalle": uid}).status_code == 422
    assert resident.post(f"/mitt-program/{KEEN}/ta-bort", data={"tillfalle": uid}).status_code == 303


def test_without_anything_asked_for_one_is_told_what_this_is(resident: Resident) -> None:
    response = resident.get("/mitt-program/ny")
    assert (response.status_code, response.location) == (303, "/mitt-program")


def test_programme_is_full_at_its_limit_and_says_so(resident: Resident, session: Session, now: datetime) -> None:
    event = make_event(session, with_occurrence=False)
    held = [make_occurrence(session, event, MONDAY, uid=f"{number}@x.example") for number in range(MOST_SAVED)]
    programme = make_programme(session, *held[1:])
    over = make_occurrence(session, event, MONDAY, uid="over@x.example")

    assert actions.save_occurrences(session, programme, [held[0].uid], now=now) == 1
    response = resident.post(f"/mitt-program/{KEEN}/spara", data={"tillfalle": over.uid})

    assert response.status_code == 422
    words = "Ett program rymmer högst 200 tillfällen. Ta bort några, eller börja på ett nytt program."
    assert words in response.get_data(as_text=True)
    assert count(session, SavedOccurrence) == MOST_SAVED


def test_a_programme_holds_of_several_editions(resident: Resident, session: Session, talk: Occurrence) -> None:
    later = {"first_day": date(2028, 9, 18), "last_day": date(2028, 9, 24), "year": 2028}
    next_week = make_edition(session, "Demokrativeckan 2028", slug="2028", number_prefix="DV28", **later)
    other = make_event(session, "Nästa år", edition=next_week, with_occurrence=False)
    make_programme(session, talk)

    page = resident.press(
        f"/mitt-program/{KEEN}/spara", tillfalle=make_occurrence(session, other, date(2028, 9, 19)).uid
    )

    assert page.titles == ["Samtal om demokrati", "Nästa år"]
    assert page.day_headings == ["Måndag 20 september 2027", "Tisdag 19 september 2028"]


def test_two_devices_save_in_the_same_programme(new_resident: NewResident, session: Session, talk: Occurrence) -> None:
    telephone, computer = new_resident(), new_resident()
    other = first(session, make_event(session, "Frågestund", organiser=make_organisation(session, "Arvika kommun")))
    token = token_of(telephone.post("/mitt-program/ny", data={"tillfalle": talk.uid}))

    computer.press("/mitt-program/ny", tillfalle=other.uid, address=token)

    assert sorted(telephone.page(f"/mitt-program/{token}").titles) == ["Frågestund", "Samtal om demokrati"]


def test_receipts_of_presses_are_forgotten_after_days(
    resident: Resident, session: Session, talk: Occurrence, now: datetime
) -> None:
    resident.post("/mitt-program/ny", data={"tillfalle": talk.uid, "form_key": new_token()})
    assert session.scalars(sa.select(FormReceipt.expires_at)).one() == now + KEPT


def test_one_machine_cannot_make_programmes_without_end(resident: Resident, talk: Occurrence) -> None:
    answers = [resident.post("/mitt-program/ny", data={"tillfalle": talk.uid}).status_code for _time in range(61)]
    assert answers == [303] * 60 + [429]


def test_way_in_stands_at_every_occurrence_that_is_still_on(resident: Resident, session: Session) -> None:
    event = make_event(session, "Visning", with_occurrence=False)
    on, off = make_occurrence(session, event), make_occurrence(session, event, MONDAY + timedelta(1), state="cancelled")
    lasting = make_occurrence(session, event, MONDAY, start=None, last_day=MONDAY + timedelta(3))
    old = make_edition(
        session, "Förra", slug="2026", number_prefix="DV26", state=EditionState.ARCHIVED, first_day=date(2026, 9, 1)
    )
    make_event(session, "Förra året", edition=old, slug="forra-aret")

    def ways_in(address: str) -> set[str]:
        links = [link.get("href") or "" for link in resident.page(address).main.iter("a")]
        return {link for link in links if "/mitt-program/ny" in link}

    def way_to(occurrence: Occurrence) -> str:
        return f"/mitt-program/ny?tillfalle={occurrence.uid}"

    assert off.uid not in str(ways_in("/kalender"))
    assert ways_in("/kalender") == ways_in("/evenemang/visning") == {way_to(on), way_to(lasting)}
    assert ways_in("/kalender?upplaga=2026") == ways_in("/evenemang/forra-aret") == set()

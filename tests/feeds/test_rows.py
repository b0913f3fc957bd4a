"""What one occurrence says in every shape: no time made up, nothing shown that may not be."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.clock import STOCKHOLM
from planner.editions.models import Theme
from planner.events.models import (
    Audience,
    EventFeature,
    EventKommun,
    EventLanguage,
    EventStatus,
    EventText,
    HostingRole,
    HostingState,
    LanguageUse,
    OccurrenceState,
    SignUp,
    TimeKind,
)
from planner.feeds.columns import COLUMNS
from planner.feeds.csv import table_of
from planner.feeds.entries import as_html, in_words
from planner.feeds.rows import Host, Online, Text
from planner.venues.models import Answer, Feature, LinkAudience, VenueFact
from tests.feeds.reading import read_csv
from tests.feeds.unsaved import (
    CREATED,
    PUBLISHED,
    STAMP,
    digital_place,
    event,
    hosting,
    moved_from,
    occurrence,
    organisation,
    place,
    row,
    whole_days,
)

TUESDAY, FRIDAY = date(2027, 9, 21), date(2027, 9, 24)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 9, day, hour, minute, tzinfo=STOCKHOLM).astimezone(UTC)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (occurrence(), "tisdag 21 september 2027 kl. 18–19.30"),
        (
            occurrence(time_kind=TimeKind.START_ONLY, ends_at=None),
            "tisdag 21 september 2027 kl. 18",
        ),
        (
            occurrence(last_day=date(2027, 9, 22), starts_at=at(21, 22), ends_at=at(22, 1, 30)),
            "tisdag 21 september 2027 kl. 22 till onsdag 22 september 2027 kl. 1.30",
        ),
        (
            occurrence(last_day=FRIDAY, time_kind=TimeKind.START_ONLY, ends_at=None),
            "tisdag 21 september 2027 kl. 18",
        ),
        (whole_days(TimeKind.OPENING_HOURS, TUESDAY, TUESDAY), "tisdag 21 september 2027"),
        (whole_days(TimeKind.OPENING_HOURS, TUESDAY, FRIDAY), "21–24 september 2027"),
        (
            whole_days(TimeKind.OPENING_HOURS, TUESDAY, FRIDAY, is_open_ended=True),
            "från 21 september 2027 och tills vidare",
        ),
        (
            whole_days(TimeKind.WITHIN_SPAN, TUESDAY, TUESDAY),
            "tisdag 21 september 2027, någon gång under dagen",
        ),
        (
            whole_days(TimeKind.WITHIN_SPAN, TUESDAY, FRIDAY),
            "21–24 september 2027, någon gång under perioden",
        ),
        (whole_days(TimeKind.ON_BOOKING, TUESDAY, FRIDAY), "21–24 september 2027, tid efter bokning"),
    ],
)
def test_when_in_words(made: object, words: str) -> None:
    assert row(made).when.words == words  # type: ignore[arg-type]


def test_only_what_is_stated_of_a_time() -> None:
    booked = row(whole_days(TimeKind.ON_BOOKING, TUESDAY, FRIDAY, is_open_ended=True)).when
    assert (booked.starts_at, booked.ends_at, booked.last_day, booked.shown_until) == (None, None, None, FRIDAY)
    late = row(occurrence(time_kind=TimeKind.START_ONLY, ends_at=None)).when
    assert (late.starts_at, late.ends_at) == (datetime(2027, 9, 21, 18, tzinfo=STOCKHOLM), None)


def test_the_second_of_octobers_double_hours_is_the_second() -> None:
    night = occurrence(
        first_day=date(2027, 10, 31),
        last_day=date(2027, 10, 31),
        starts_at=datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        ends_at=datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    )
    when = row(night).when
    assert [moment and moment.isoformat() for moment in (when.starts_at, when.ends_at)] == [
        "2027-10-31T02:30:00+02:00",
        "2027-10-31T02:30:00+01:00",
    ]


def test_where_it_is_on_site_and_online() -> None:
    both = row(occurrence(room="Hörsalen", digital_place=digital_place())).where
    assert both.words == "Arvika bibliotek, Hörsalen, Kyrkogatan 41, 671 31 Arvika och digitalt"
    assert both.place is not None
    assert (both.place.point, both.place.url) == (
        (59.6543, 12.5876),
        "https://demokrativeckan.example/platser/arvika-bibliotek",
    )
    assert both.online == Online("Länets videorum", "Jitsi", "https://moten.example/demokrati", "", False)
    assert row(occurrence(place=None, digital_place=digital_place())).where.words == "Digitalt"
    nowhere = row(occurrence(place=None)).where
    assert (nowhere.words, nowhere.place, nowhere.online) == ("", None, None)


def test_nobody_is_sent_to_a_hall_without_audience_nor_to_a_place_that_has_no_page() -> None:
    sent = row(occurrence(digital_place=digital_place(), has_no_audience_on_site=True)).where
    assert (sent.words, sent.place, sent.sent_from and sent.sent_from.name) == ("Digitalt", None, "Arvika bibliotek")
    private = row(occurrence(place=place(is_private=True))).where.place
    assert private is not None
    assert private.url == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"link_audience": LinkAudience.REGISTERED},
        {},
    ],
)
def test_a_link_only_for_everybody_and_while_there_is_something_to_join(changes: dict[str, object]) -> None:
    room = digital_place(dial_in="08-123", **changes)
    state = OccurrenceState.SCHEDULED if changes else OccurrenceState.CANCELLED
    online = row(occurrence(place=None, digital_place=room, state=state)).where.online
    assert online == Online("Länets videorum", "Jitsi", "", "", is_for_registered=bool(changes))


@pytest.mark.parametrize(
    ("state", "status", "headline"),
    [
        (OccurrenceState.SCHEDULED, EventStatus.PUBLISHED, "Samtal – Del 1"),
        (OccurrenceState.CANCELLED, EventStatus.PUBLISHED, "INSTÄLLT: Samtal – Del 1"),
        (OccurrenceState.SCHEDULED, EventStatus.CANCELLED, "INSTÄLLT: Samtal – Del 1"),
        (OccurrenceState.POSTPONED, EventStatus.PUBLISHED, "UPPSKJUTET: Samtal – Del 1"),
        (OccurrenceState.MOVED_ONLINE, EventStatus.PUBLISHED, "Samtal – Del 1"),
    ],
)
def test_what_has_become_of_it(state: OccurrenceState, status: EventStatus, headline: str) -> None:
    made = row(occurrence(event=event("Samtal", status=status, decision_reason=""), label="Del 1", state=state))
    assert (made.headline, made.title, made.label) == (headline, "Samtal", "Del 1")
    assert made.state is (OccurrenceState.CANCELLED if status is EventStatus.CANCELLED else state)


def test_what_is_off_has_no_way_in() -> None:
    made = row(
        occurrence(
            event=event(sign_up=SignUp.EXTERNAL, sign_up_url="https://anmalan.example", sign_up_by=FRIDAY),
            state=OccurrenceState.POSTPONED,
            recording_url="https://film.example",
        )
    )
    assert (made.for_whom.sign_up_url, made.for_whom.sign_up_by, made.recording) == ("", None, "")


def test_names_of_those_who_have_said_yes_with_what_they_are() -> None:
    partners = [
        hosting("Region Värmland"),
        hosting("ABF", HostingRole.SUPPORTER),
        hosting("Tyst", state=HostingState.ASKED),
    ]
    made = row(occurrence(event=event(organiser=organisation(slug="arvika-kommun"), hostings=partners)))
    url = "https://demokrativeckan.example/arrangorer/"
    assert made.hosts == (
        Host("Arvika kommun", None, f"{url}arvika-kommun"),
        Host("Region Värmland", HostingRole.CO_ORGANISER, f"{url}arvika"),
        Host("ABF", HostingRole.SUPPORTER, f"{url}arvika"),
    )
    assert [host.name for host in made.organisers] == ["Arvika kommun", "Region Värmland"]


def test_for_whom_it_is() -> None:
    made = row(
        occurrence(
            event=event(
                audiences=[],
                themes=[Theme(slug="kultur", name="Kultur")],
                languages=[
                    EventLanguage(code="sv", use=LanguageUse.SPOKEN),
                    EventLanguage(code="ar", use=LanguageUse.INTERPRETED),
                ],
                kommuner=[EventKommun(kommun_code="1784"), EventKommun(kommun_code="1730")],
                features=[
                    EventFeature(feature=Feature.SIGN_LANGUAGE, answer=Answer.YES),
                    EventFeature(feature=Feature.CAPTIONS, answer=Answer.UNKNOWN),
                ],
            ),
            place=place(facts=[VenueFact(feature=Feature.LIFT, answer=Answer.NO)]),
        )
    )
    assert (made.for_whom.spoken, made.for_whom.interpreted) == (("sv",), ("ar",))
    assert made.for_whom.features == ((Feature.SIGN_LANGUAGE, Answer.YES),)
    assert made.where.kommuner == ("1784", "1730")
    assert made.where.place is not None
    assert made.where.place.features == ((Feature.LIFT, Answer.NO),)
    assert (made.themes, made.categories) == ((("kultur", "Kultur"),), ("Kultur", "På plats"))


def test_texts_in_other_languages_that_say_anything() -> None:
    texts = [
        EventText(language="ar", title="", summary="", description="", description_html=""),
        EventText(language="en", title="Who is heard?", summary="", description_html="<p>A talk.</p>"),
    ]
    made = row(occurrence(event=event("Vem hörs?", summary="Ett samtal.", texts=texts)))
    assert made.texts == (
        Text("sv", "Vem hörs?", "Ett samtal.", ""),
        Text("en", "Who is heard?", "", "<p>A talk.</p>"),
    )


def test_when_it_came_and_changed() -> None:
    made = row(occurrence())
    assert (made.published_at, made.changed_at) == (PUBLISHED, STAMP)
    never_rendered = row(occurrence(event=event(published_at=None), component_changed_at=None))
    assert (never_rendered.published_at, never_rendered.changed_at) == (CREATED, CREATED)


def test_what_has_changed_stands_first_in_words() -> None:
    made = occurrence(state_note="Ny lokal.", time_note="insläpp från 17.30", place=None, digital_place=digital_place())
    assert in_words(row(made)).splitlines() == [
        "Ny lokal.",
        "Tisdag 21 september 2027 kl. 18–19.30. Insläpp från 17.30",
        "Digitalt",
    ]


def test_html_escapes_and_links() -> None:
    made = occurrence(
        event=event("x", summary="<b>å</b> & co", audiences=[]), place=None, digital_place=digital_place(name="<i>")
    )
    assert as_html(row(made)) == (
        "<p>Tisdag 21 september 2027 kl. 18–19.30<br>Digitalt</p>"
        "<p>&lt;b&gt;å&lt;/b&gt; &amp; co</p>"
        '<p>Delta på distans: <a href="https://moten.example/demokrati">https://moten.example/demokrati</a>'
        "<br>Arrangör: Arvika kommun</p>"
    )


ANY_TEXT = st.text(alphabet=st.characters(), max_size=60)


@given(ANY_TEXT)
def test_whatever_people_write_a_table_has_one_line_for_each_row(text: str) -> None:
    made = occurrence(
        event=event(
            text or "x",
            summary=text,
            organiser=organisation(text or "x"),
            themes=[Theme(slug="t", name=text or "x")],
            audiences=[],
            price=text,
        ),
        label=text,
        time_note=text,
        state_note=text,
        room=text,
        place=place(text or "x", street=text, town=text),
        digital_place=digital_place(text or "x", dial_in=text, join_url=text),
    )
    cells = [column.value(row(made)) for column in COLUMNS]
    [read] = read_csv(table_of([cells]))
    assert read["Id"] == made.uid
    assert len(read) == len(COLUMNS)


def test_the_audience_of_everybody_is_named_where_people_read() -> None:
    made = row(occurrence(event=event(audiences=[])))
    assert made.for_whom.audiences == ()
    assert Audience.EVERYBODY.label not in made.categories


def test_what_was_before_stands_in_the_news() -> None:
    facts = {
        "time_kind": "start_and_end",
        "first_day": "2027-09-20",
        "last_day": "2027-09-20",
        "starts_at": "2027-09-20T16:00:00+00:00",
        "ends_at": "2027-09-20T17:30:00+00:00",
        "time_note": "",
        "place_slug": "arvika-bibliotek",
        "place": "Arvika bibliotek",
        "digital_place_slug": None,
        "digital_place": "",
    }
    made = row(occurrence(previous_times=[moved_from(facts)], is_preliminary=True))
    assert made.news == (
        "Flyttad från måndag 20 september 2027 kl. 18–19.30.",
        "Preliminärt: tid och plats kan ändras.",
    )

"""What the public finds: compared with a slow filter over everything, and counted in questions to the database."""

import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from planner.core.errors import Invalid, NotFound
from planner.editions.models import Edition, EditionState
from planner.events.calendar_query import CHOICE_KEYS, CalendarQuery
from planner.events.models import (
    Audience,
    Event,
    EventSlug,
    EventStatus,
    EventText,
    Form,
    HostingState,
    PreviousTime,
    Visibility,
)
from planner.events.models.needs import Need
from planner.events.queries import (
    accepted_hostings,
    check_query,
    count_by,
    count_by_edition,
    count_occurrences,
    days_beside,
    edition_of,
    in_order,
    list_occurrences,
    next_occurrences,
    public_event,
    public_organisations,
    related_events,
    spans_between,
)
from planner.organisations.models import OrganisationSlug, Standing
from tests.events.programme import (
    AUDIENCES,
    EACH_WAY,
    LANGUAGES,
    WEEK_BEGINS,
    everything,
    keep,
    make_programme,
    slow_filter,
    uids,
)
from tests.factories import (
    LONG_AGO,
    MONDAY,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_theme,
    make_venue,
)

Counter = Callable[[], AbstractContextManager[Any]]


def _some(*values: Any) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), max_size=2)


queries = st.builds(
    CalendarQuery,
    edition=st.sampled_from(["", "2027", "2021"]),
    days=_some(*(MONDAY + timedelta(days=n) for n in range(-2, 10))),
    kommuner=_some("17", "1780", "1784", "1730", "1715"),
    organisations=_some("arrangor-a", "arrangor-b", "arrangor-c"),
    themes=_some("kultur", "miljo", "val-och-rostratt"),
    audiences=_some(*AUDIENCES),
    forms=_some(*Form),
    languages=_some(*LANGUAGES),
    venues=_some("biblioteket-0", "biblioteket-2", "rum-ett", "rum-tva"),
    near=st.sampled_from(["", "", "1784", "1730"]),
    needs=_some(Need.HEARING_LOOP, Need.SPEECH_TO_TEXT, Need.LIFT),
)
reads_only = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)


KEPT = pytest.mark.parametrize("is_kept", [False, True], ids=["looked-through", "kept"])


@EACH_WAY
@pytest.mark.usefixtures("few")
def test_list_equals_a_slow_filter_for_any_query(session: Session, is_kept: bool) -> None:
    make_programme(session, events=40)
    if is_kept:
        keep(session)
    occurrences = everything(session)

    @reads_only
    @given(queries)
    def agree(query: CalendarQuery) -> None:
        edition = edition_of(session, query)
        expected = slow_filter(occurrences, query)
        assert uids(list_occurrences(session, edition, query)) == expected
        assert uids(list_occurrences(session, edition, query, offset=2, limit=3)) == expected[2:5]
        latest = in_order(session, edition, query, limit=3, from_the_end=True)
        assert uids(session.scalars(latest)) == expected[::-1][:3]
        assert count_occurrences(session, edition, query) == len(expected)

    agree()
    assert len(slow_filter(occurrences, CalendarQuery())) == 29


EVERYTHING = CalendarQuery()
SEVERAL_DAYS = CalendarQuery(forms=(Form.ONSITE,), days=(MONDAY, MONDAY + timedelta(days=1)))


@KEPT
def test_count_by_tells_what_each_value_would_give(session: Session, is_kept: bool) -> None:
    edition = make_programme(session, events=40)
    if is_kept:
        keep(session)
    occurrences = everything(session)
    for key, asked in itertools.product(CHOICE_KEYS, (SEVERAL_DAYS, CalendarQuery(themes=("kultur",)), EVERYTHING)):
        counts = count_by(session, edition, asked, key)
        assert counts
        for value, number in counts.items():
            query = CalendarQuery.parse([*asked.without(key).pairs(), (key, value)])
            expected = slow_filter(occurrences, query)
            if key == "plats":  # rows merged into one place count at their own, which the filter then gathers
                assert number <= len(expected)
            else:
                assert (key, value, number) == (key, value, len(expected))


@KEPT
def test_a_further_need_is_counted_together_with_those_that_are_chosen(session: Session, is_kept: bool) -> None:
    edition = make_programme(session, events=40)
    if is_kept:
        keep(session)
    occurrences = everything(session)
    asked = CalendarQuery(needs=(Need.HEARING_LOOP,))
    counts = count_by(session, edition, asked, "behov")
    assert counts == {
        need.value: len(slow_filter(occurrences, CalendarQuery(needs=(Need.HEARING_LOOP, need))))
        for need in (Need.HEARING_LOOP, Need.LIFT, Need.SPEECH_TO_TEXT)
    }
    assert 0 < counts["hiss"] < counts["horslinga"]


@KEPT
def test_what_is_kept_of_a_programme_that_is_not_public_is_shown_to_nobody(session: Session, is_kept: bool) -> None:
    edition = make_programme(session)
    if is_kept:
        keep(session)
    edition.state = EditionState.OPEN
    session.flush()
    assert count_occurrences(session, edition, CalendarQuery()) == 0
    assert count_by(session, edition, CalendarQuery(), "form") == {}
    assert list_occurrences(session, edition, CalendarQuery(), limit=5) == []
    assert next_occurrences(session, edition, WEEK_BEGINS, 5) == []


@KEPT
def test_count_by_edition_counts_public_ones(session: Session, is_kept: bool) -> None:
    edition = make_programme(session)
    if is_kept:
        keep(session)
    archived = session.scalars(sa.select(Edition).where(Edition.slug == "2021")).one()
    occurrences = everything(session)
    assert count_by_edition(session, CalendarQuery(), [edition, archived]) == {
        edition.id: len(slow_filter(occurrences, CalendarQuery())),
        archived.id: len(slow_filter(occurrences, CalendarQuery(edition="2021"))),
    }
    archived.state = EditionState.PLANNED
    session.flush()
    assert list(count_by_edition(session, CalendarQuery(), [edition, archived])) == [edition.id]


@pytest.mark.parametrize(
    "query",
    [
        CalendarQuery(organisations=("forr-a", "arrangor-b")),
        CalendarQuery(venues=("biblioteket-0", "rum-ett")),
        CalendarQuery(venues=("biblioteket-0",)),
        CalendarQuery(themes=("kultur",), audiences=(Audience.YOUTH,)),
        CalendarQuery(kommuner=("1784", "17"), languages=("ar",)),
    ],
)
@KEPT
def test_what_is_counted_in_every_edition_is_what_each_lists(
    session: Session, query: CalendarQuery, is_kept: bool
) -> None:
    make_programme(session)
    if is_kept:
        keep(session)
    editions = session.scalars(sa.select(Edition)).all()
    listed = {edition.id: count_occurrences(session, edition, query) for edition in editions}

    assert count_by_edition(session, query, editions) == {key: number for key, number in listed.items() if number}


@pytest.mark.parametrize("rows", [1, 3, 300])
@pytest.mark.parametrize(("language", "questions"), [("sv", 4), ("en", 5)])
def test_list_costs_the_same_number_of_questions_whatever_it_shows(
    session: Session, count_queries: Counter, rows: int, language: str, questions: int
) -> None:
    edition = make_edition(session)
    organiser = make_organisation(session)
    for number in range(rows):
        if number % 7 == 0:
            event = make_event(session, f"Samtal {number}", organiser=organiser, with_occurrence=False)
            make_hosting(session, event, make_organisation(session, f"Partner {number}"))
            session.add(EventText(event_id=event.id, language="en", title="Talk"))
            session.add(EventText(event_id=event.id, language="fi", title="Puhe"))
        occurrence = make_occurrence(session, event, MONDAY + timedelta(days=number % 8))
        session.add(PreviousTime(occurrence_id=occurrence.id, replaced_at=LONG_AGO, facts={}))
    session.flush()
    session.expire_all()
    with count_queries() as counted:
        found = list_occurrences(session, edition, CalendarQuery(), language=language)
        assert [each.event.organiser.name for each in found] == ["Föreningen Samtal"] * rows
        assert all(each.place for each in found)
        assert all(isinstance(accepted_hostings(each.event), list) for each in found)
        assert [len(each.previous_times) for each in found] == [1] * rows
        if language == "en":
            assert {each.event.text_in("en").title for each in found} == {"Talk"}  # type: ignore[union-attr]
            assert {each.event.text_in("fi") for each in found} == {None}
    # The edition, which was expired; occurrences; hostings; former times; titles in another language.
    assert counted.count == questions


def test_event_page_costs_the_same_number_of_questions_whatever_it_shows(
    session: Session, count_queries: Counter
) -> None:
    counts = []
    for number in (1, 3):
        event = make_event(session, f"Samtal {number}", with_occurrence=False, audiences=AUDIENCES[:number])
        for n in range(number):
            make_occurrence(session, event, MONDAY + timedelta(days=n))
            make_hosting(session, event, make_organisation(session, f"Region {number}{n}"))
        session.expire_all()
        with count_queries() as counted:
            assert public_event(session, f"samtal-{number}") is event
        counts.append(counted.count)
    assert counts == [12, 12]


STATUSES = [(status, status in ("published", "cancelled", "archived")) for status in EventStatus]


@pytest.mark.parametrize(("status", "is_seen"), STATUSES)
def test_event_status_decides(session: Session, status: EventStatus, is_seen: bool) -> None:
    event = make_event(session, status=status)
    assert sees(session, event) is is_seen


@pytest.mark.parametrize(
    ("state", "is_seen"),
    [
        (EditionState.PLANNED, False),
        (EditionState.OPEN, False),
        (EditionState.PUBLISHED, True),
        (EditionState.ARCHIVED, True),
    ],
)
def test_edition_state_decides(session: Session, state: EditionState, is_seen: bool) -> None:
    make_edition(session, state=state)
    assert sees(session, make_event(session)) is is_seen


def test_closed_event_is_never_seen(session: Session) -> None:
    assert not sees(session, make_event(session, visibility=Visibility.CLOSED))


@pytest.mark.parametrize(
    ("standing", "is_seen"),
    [
        (Standing.UNCLAIMED, True),
        (Standing.PENDING, False),
        (Standing.VERIFIED, True),
        (Standing.REFUSED, False),
        (Standing.SUSPENDED, False),
    ],
)
def test_standing_of_the_organiser_and_of_a_host_decides(session: Session, standing: Standing, is_seen: bool) -> None:
    organisation = make_organisation(session, "Kulturföreningen", standing=standing)
    assert sees(session, make_event(session, "Egen", organiser=organisation)) is is_seen
    joint = make_event(session, "Gemensam")
    make_hosting(session, joint, organisation)
    session.expire_all()
    shown = public_event(session, "gemensam")
    assert shown is not None
    assert [hosting.organisation_id for hosting in accepted_hostings(shown)] == [organisation.id] * is_seen
    assert (organisation in public_organisations(session)) is is_seen


def sees(session: Session, event: Event) -> bool:
    """Whether the public sees an event: by its address and among the occurrences alike."""
    event_id, slug, edition_id = event.id, event.slug, event.edition_id
    session.expire_all()
    by_address = public_event(session, slug) is not None
    listed = session.get_one(Edition, edition_id)
    in_list = event_id in [each.event_id for each in list_occurrences(session, listed, CalendarQuery())]
    assert by_address is in_list
    return in_list


@pytest.mark.parametrize("state", HostingState)
def test_organisation_finds_an_event_only_while_its_hosting_is_accepted(session: Session, state: HostingState) -> None:
    event = make_event(session)
    region = make_organisation(session, "Region Värmland")
    make_hosting(session, event, region, state=state)
    query = CalendarQuery(organisations=("region-varmland",))
    found = count_occurrences(session, edition_of(session, query), query)
    assert found == (1 if state is HostingState.ACCEPTED else 0)


def test_former_slug_and_merged_venue_mean_the_present_one(session: Session) -> None:
    edition = make_edition(session)
    organisation = make_organisation(session, "Nya namnet")
    session.add(OrganisationSlug(slug="gamla-namnet", organisation_id=organisation.id))
    kept = make_venue(session, "Kulturhuset")
    once = make_venue(session, "Kulturhus", merged_into_id=kept.id)
    make_venue(session, "Kulturen", merged_into_id=once.id)
    event = make_event(session, organiser=organisation, with_occurrence=False)
    make_occurrence(session, event, place=once)
    asked = CalendarQuery(organisations=("gamla-namnet",), venues=("kulturen",))
    meant = CalendarQuery(organisations=("nya-namnet",), venues=("kulturhuset",))
    assert check_query(session, asked) == meant
    assert count_occurrences(session, edition, asked) == count_occurrences(session, edition, meant) == 1


def test_present_slug_goes_before_somebody_elses_former(session: Session) -> None:
    first = make_organisation(session, "Samtal")
    second = make_organisation(session, "Andra")
    session.add(OrganisationSlug(slug="samtal", organisation_id=second.id))
    session.flush()
    assert check_query(session, CalendarQuery(organisations=("samtal",))).organisations == (first.slug,)


def test_unknown_names_are_refused_all_at_once(session: Session) -> None:
    make_edition(session, "Nästa vecka", slug="2028", number_prefix="DV28", state=EditionState.OPEN)
    make_organisation(session, "Ny", standing=Standing.PENDING)
    make_venue(session, "Hemma hos oss", is_private=True)
    query = CalendarQuery(edition="2028", organisations=("ny",), themes=("x",), venues=("hemma-hos-oss",))
    with pytest.raises(Invalid) as caught:
        check_query(session, query)
    assert [problem.text for problem in caught.value.problems] == [
        "Det finns ingen upplaga som heter ”2028”.",
        "Det finns ingen arrangör som heter ”ny”.",
        "Det finns inget tema som heter ”x”.",
        "Det finns ingen plats som heter ”hemma-hos-oss”.",
    ]


def test_known_names_pass_and_an_empty_query_asks_nothing(session: Session, count_queries: Counter) -> None:
    edition = make_edition(session)
    theme = make_theme(session, "Kultur", edition)
    query = CalendarQuery(edition="2027", themes=(theme.slug,))
    assert check_query(session, query) == query
    with count_queries() as counted:
        assert check_query(session, CalendarQuery(audiences=(Audience.YOUTH,))) == CalendarQuery(
            audiences=(Audience.YOUTH,)
        )
    assert counted.count == 0


def test_edition_is_the_newest_published_then_the_newest_archived(session: Session) -> None:
    with pytest.raises(NotFound):
        edition_of(session, CalendarQuery())
    old = make_edition(session, "2019", slug="2019", number_prefix="DV19", state=EditionState.ARCHIVED)
    old.first_day = date(2019, 9, 20)
    make_edition(session, "2028", slug="2028", number_prefix="DV28", state=EditionState.OPEN)
    session.flush()
    assert edition_of(session, CalendarQuery()) is old
    current = make_edition(session)
    assert edition_of(session, CalendarQuery()) is current
    assert edition_of(session, CalendarQuery(edition="2019")) is old
    for hidden in ("2028", "2030"):
        with pytest.raises(NotFound):
            edition_of(session, CalendarQuery(edition=hidden))


def test_former_address_of_an_event_leads_to_it(session: Session) -> None:
    event = make_event(session)
    session.add(EventSlug(slug="gammal-rubrik", event_id=event.id))
    assert public_event(session, "gammal-rubrik") is event
    assert public_event(session, "finns-inte") is None


def test_related_events_are_only_public_ones(session: Session) -> None:
    whole = make_event(session, "Torgdagen")
    part = make_event(session, "Frågestund", part_of_id=whole.id)
    make_event(session, "Utkast", part_of_id=whole.id, status=EventStatus.DRAFT)
    make_event(session, "Sluten", part_of_id=whole.id, visibility=Visibility.CLOSED)
    make_event(session, "Något annat")
    assert related_events(session, whole) == [part]
    assert related_events(session, part) == [whole]


def test_organisations_are_verified_ones_and_those_behind_public_events(session: Session) -> None:
    verified = make_organisation(session, "Utan program")
    make_organisation(session, "Bara i registret", standing=Standing.UNCLAIMED)
    organiser = make_organisation(session, "Oregistrerad arrangör", standing=Standing.UNCLAIMED)
    event = make_event(session, organiser=organiser)
    partner = make_organisation(session, "Partner", standing=Standing.UNCLAIMED)
    make_hosting(session, event, partner)
    tempted = make_organisation(session, "Tackade nej", standing=Standing.UNCLAIMED)
    make_hosting(session, event, tempted, state=HostingState.DECLINED)
    make_event(session, "Utkast", organiser=tempted, status=EventStatus.DRAFT)
    assert public_organisations(session) == [organiser, partner, verified]


@pytest.mark.parametrize(
    ("query", "way_in"),
    [
        (CalendarQuery(), "ix_occurrence_programme"),
        (CalendarQuery(days=(MONDAY,)), "ix_occurrence_programme"),
        (CalendarQuery(kommuner=("1780",)), "ix_occurrence_programme"),
        (CalendarQuery(themes=("kultur",)), "ix_occurrence_programme"),
        (CalendarQuery(organisations=("arrangor-a",)), "ix_occurrence_event_id"),
        (CalendarQuery(venues=("rum-ett",)), "ix_occurrence_place_edition"),
        (CalendarQuery(themes=("kultur",), organisations=("arrangor-a",)), "ix_occurrence_event_id"),
    ],
)
def test_database_starts_from_what_is_few(session: Session, query: CalendarQuery, way_in: str) -> None:
    """The edition's programme in its order; an organisation's or a place's own rows when one is asked for."""
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("reads SQLite's plan; PostgreSQL chooses by figures, and scans a table as small as this")
    edition = make_edition(session)
    asked: list[tuple[str, Any]] = []
    connection = session.connection()
    sa.event.listen(connection, "before_cursor_execute", lambda *event: asked.append((event[2], event[3])))
    count_occurrences(session, edition, query)
    [(statement, parameters)] = asked
    plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    searches = [step for step in plan if step.startswith("SEARCH occurrence")]
    assert way_in in searches[0], plan
    assert not [step for step in plan if step.startswith(("SCAN occurrence", "SCAN event"))], plan


def test_place_of_an_event_that_is_not_loaded_is_an_error_not_a_question(session: Session) -> None:
    """Cards leave the long texts in the database, and say so."""
    edition = make_edition(session)
    make_event(session)
    session.expire_all()
    [occurrence] = list_occurrences(session, edition, CalendarQuery())
    with pytest.raises(sa.exc.InvalidRequestError):
        _ = occurrence.component
    with pytest.raises(sa.exc.InvalidRequestError):
        _ = occurrence.event.description_html


@pytest.mark.parametrize(
    "query",
    [
        CalendarQuery(kommuner=("1780", "1784")),
        CalendarQuery(forms=(Form.ONLINE,), themes=("kultur",), audiences=(Audience.YOUTH,)),
        CalendarQuery(near="1784", days=(MONDAY - timedelta(days=30), MONDAY)),
        CalendarQuery(needs=(Need.HEARING_LOOP, Need.LIFT), languages=("sv", "ar")),
    ],
)
def test_no_number_of_a_kept_programme_looks_at_an_occurrence(session: Session, query: CalendarQuery) -> None:
    """However many filters lie on top of each other: one question each, of what is kept alone."""
    edition = make_programme(session)
    keep(session)
    asked: list[str] = []
    sa.event.listen(session.connection(), "before_cursor_execute", lambda *event: asked.append(event[2]))
    count_occurrences(session, edition, query)
    spans_between(session, edition, query, MONDAY, MONDAY + timedelta(days=7))
    days_beside(session, edition, query, MONDAY, MONDAY)
    for key in CHOICE_KEYS:
        count_by(session, edition, query, key)
    read_from = {line for statement in asked for line in statement.splitlines() if line.startswith("FROM")}
    assert read_from == {"FROM calendar_shelf ", "FROM calendar_value "}
    # The total; the spans, and what lies beside them, of which it is known by then; the numbers of each filter.
    assert len(asked) == 1 + 1 + len(CHOICE_KEYS)

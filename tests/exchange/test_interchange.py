"""The interchange format: lossless there and back, careful with what is wrong."""

import json
import string
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from planner.core.text import clean_line, clean_text
from planner.data.kommuner import kommuner
from planner.editions.models import Edition
from planner.events.models import (
    ActivityKind,
    Audience,
    Captions,
    Event,
    EventStatus,
    HostingRole,
    HostingState,
    LanguageUse,
    Occurrence,
    OccurrenceState,
    Permit,
    SignUp,
    Visibility,
)
from planner.events.models.vocabulary import LANGUAGES, TEXT_LANGUAGES
from planner.exchange.exporting import export_lines
from planner.exchange.importing import import_lines
from planner.organisations.models import Organisation, OrganisationKind, Standing
from planner.venues.models import Answer, Feature, LinkAudience
from tests.factories import make_edition, make_event, make_organisation

SHORTEST = {
    "edition": "2027",
    "title": "Öppet hus",
    "organiser": {"name": "Kils kommun"},
    "occurrences": [{"time_kind": "within_span", "first_day": "2027-09-21"}],
}


FACTS = {
    "time_kind": "start_only",
    "first_day": "2027-09-20",
    "last_day": "2027-09-20",
    "starts_at": "2027-09-20T16:00:00+00:00",
    "ends_at": None,
    "time_note": "",
    "place_slug": "torget",
    "place": "Torget",
    "digital_place_slug": None,
    "digital_place": "",
    "form": "pa-plats",
    "state": "scheduled",
}
ACCEPTED = {
    "title": "Samtal",
    "organiser_slug": "kils-kommun",
    "organiser": "Kils kommun",
    "is_cancelled": False,
    "occurrences": {"a@exempel.se": FACTS},
}


ASKED_TO_LEAD = {
    "role": "supporter",
    "state": "accepted",
    "organisation": {"name": "A"},
    "handover": {"former_stays": True, "asked_at": "2027-01-01T00:00:00Z"},
}


def exported(session):
    session.flush()
    return [json.loads(line) for line in export_lines(session)]


def words(longest, smallest=0):
    return (
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co"]), max_size=longest)
        .map(clean_line)
        .filter(lambda text: smallest <= len(text) <= longest)
    )


def paragraphs(longest):
    return st.lists(words(40), max_size=4).map(lambda lines: clean_text("\n".join(lines))[:longest].strip())


def value_of(choices):
    return st.sampled_from(sorted(member.value for member in choices))


slugs = st.text(string.ascii_lowercase + string.digits, min_size=3, max_size=20)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(  # noqa: DTZ001 - made UTC in the next line
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(date.isoformat)
kommun_codes = st.sampled_from(sorted(kommuner()))
urls = slugs.map(lambda slug: f"https://{slug}.example/väg?a=1")


def maybe(strategy):
    return st.none() | strategy


organisations = slugs.flatmap(
    lambda slug: st.fixed_dictionaries(
        {
            "slug": st.just(slug),
            "name": words(100, 1).map(lambda name: f"{name} {slug}"),
            "kind": value_of(OrganisationKind),
            "kommun_code": maybe(kommun_codes),
            "about": paragraphs(200),
            "website": urls | st.just(""),
            "public_email": st.just("info@exempel.se"),
            "public_phone": st.just("+46545400000"),
            "standing": value_of(Standing),
        }
    )
)
facts = st.dictionaries(value_of(Feature), value_of(Answer), max_size=3).map(
    lambda answers: [
        {"feature": key, "answer": answer, "note": "", "checked_on": None, "checked_by": "Ett namn"}
        for key, answer in sorted(answers.items())
    ]
)


@st.composite
def venues(draw, kind):
    is_physical = kind == "physical"
    point = draw(maybe(st.tuples(st.floats(55, 69), st.floats(11, 24)))) if is_physical else None
    return {
        "slug": draw(slugs),
        "name": draw(words(80, 1)),
        "kind": kind,
        "is_private": draw(st.booleans()),
        "is_placeholder": draw(st.booleans()),
        "kommun_code": draw(maybe(kommun_codes)) if is_physical else None,
        "street": draw(words(60)) if is_physical else "",
        "postcode": "67131" if is_physical else "",
        "town": draw(words(40)) if is_physical else "",
        "latitude": point[0] if point else None,
        "longitude": point[1] if point else None,
        "capacity": draw(maybe(st.integers(1, 5000))),
        "rooms": draw(paragraphs(100)),
        "directions": draw(paragraphs(100)),
        "is_outdoors": draw(st.booleans()),
        "contact": draw(words(50)),
        "platform": "" if is_physical else draw(words(40)),
        "join_url": "" if is_physical else draw(urls),
        "dial_in": "" if is_physical else draw(words(40)),
        "link_audience": draw(value_of(LinkAudience)),
        "owner": draw(maybe(organisations)),
        "facts": draw(facts),
    }


@st.composite
def times(draw):
    kind = draw(st.sampled_from(["start_and_end", "start_only", "opening_hours", "within_span", "on_booking"]))
    first = draw(st.dates(date(2027, 1, 1), date(2027, 12, 1)))
    starts = datetime(first.year, first.month, first.day, draw(st.integers(0, 23)), tzinfo=UTC)
    ends = starts + timedelta(minutes=draw(st.integers(1, 600)))
    return {
        "time_kind": kind,
        "first_day": first.isoformat(),
        "last_day": (first + timedelta(days=draw(st.integers(0, 30)))).isoformat(),
        "starts_at": starts.strftime("%Y-%m-%dT%H:%M:%SZ") if kind in ("start_and_end", "start_only") else None,
        "ends_at": ends.strftime("%Y-%m-%dT%H:%M:%SZ") if kind == "start_and_end" else None,
    }


@st.composite
def occurrences(draw):
    return {
        "uid": f"{draw(st.uuids())}@exempel.se",
        "label": draw(words(60)),
        **draw(times()),
        "time_note": draw(words(100)),
        "is_open_ended": draw(st.booleans()),
        "is_preliminary": draw(st.booleans()),
        "reserve_note": draw(words(60)),
        "room": draw(words(60)),
        "has_no_audience_on_site": draw(st.booleans()),
        "capacity_onsite": draw(maybe(st.integers(1, 999))),
        "capacity_online": draw(maybe(st.integers(1, 999))),
        "capacity_note": draw(words(60)),
        "permit": draw(maybe(value_of(Permit))),
        "permit_number": draw(words(30)),
        "state": draw(value_of(OccurrenceState)),
        "state_note": draw(words(100)),
        "recording_url": draw(urls | st.just("")),
        "recording_until": draw(maybe(days)),
        "captions": draw(maybe(value_of(Captions))),
        "sequence": draw(st.integers(0, 1000)),
        "created_at": draw(instants),
        "place": draw(maybe(venues("physical"))),
        "digital_place": draw(maybe(venues("digital"))),
        "reserve_place": draw(maybe(venues("physical"))),
        "previous_times": draw(
            st.lists(st.fixed_dictionaries({"replaced_at": instants, "facts": st.just(FACTS)}), max_size=2)
        ),
    }


@st.composite
def hostings(draw):
    organisation = draw(maybe(organisations))
    states = HostingState if organisation else [HostingState.ASKED, HostingState.DECLINED]
    return {
        "invited_email": "" if organisation else f"{draw(slugs)}@exempel.se",
        "invited_name": draw(words(60)),
        "role": draw(value_of(HostingRole)),
        "state": draw(value_of(states)),
        "may_edit": draw(st.booleans()),
        "message": draw(paragraphs(200)),
        "asked_at": draw(instants),
        "answered_at": draw(maybe(instants)),
        "answered_by_letter": draw(st.booleans()),
        "needs_confirmation": draw(st.booleans()),
        "organisation": organisation,
        "accepted_facts": draw(maybe(st.just(ACCEPTED))),
        "handover": None,
    }


@st.composite
def handovers(draw):
    return {
        "former_stays": draw(st.booleans()),
        "is_on_behalf": draw(st.booleans()),
        "message": draw(paragraphs(200)),
        "asked_at": draw(instants),
    }


def ask_one(draw, record):
    """One partner of an open event that has said yes may be asked to take over."""
    able = [one for one in record["hostings"] if one["state"] == "accepted"]
    if able and record["status"] in ("draft", "submitted", "returned", "published"):
        able[0]["handover"] = draw(maybe(handovers()))
    return record


@st.composite
def events(draw):
    ages = sorted(draw(st.tuples(st.integers(0, 99), st.integers(0, 99))))
    record = {
        "edition": "2027",
        "number": f"DV27-{draw(st.integers(1, 9999)):04d}",
        "slug": draw(slugs),
        "external_id": draw(maybe(slugs)),
        "title": draw(words(100, 1)),
        "summary": draw(paragraphs(300)),
        "description": draw(paragraphs(4000)),
        "activity": draw(value_of(ActivityKind)),
        "age_from": draw(st.sampled_from([None, ages[0]])),
        "age_to": draw(st.sampled_from([None, ages[1]])),
        "is_free": draw(maybe(st.booleans())),
        "price": draw(words(100)),
        "accessibility_note": draw(paragraphs(200)),
        "contact_name": draw(words(60)),
        "contact_email": "kontakt@exempel.se",
        "contact_phone": "+46545400000",
        "sign_up": draw(value_of(SignUp)),
        "sign_up_url": draw(urls | st.just("")),
        "sign_up_note": draw(words(100)),
        "sign_up_by": draw(maybe(days)),
        "visibility": draw(value_of(Visibility)),
        "is_countywide": draw(st.booleans()),
        "series": draw(words(100)),
        "image_file": draw(words(60)),
        "image_alt": draw(words(100)),
        "image_credit": draw(words(100)),
        "source_note": draw(paragraphs(300)),
        "status": draw(value_of(EventStatus)),
        **{key: draw(instants) for key in ("created_at", "saved_at")},
        **{key: draw(maybe(instants)) for key in ("submitted_at", "decided_at", "published_at")},
        "decision_reason": draw(paragraphs(100)),
        "changed_after_review_at": draw(maybe(instants)),
        "part_of": None,
        "decision_criterion": None,
        "former_slugs": sorted(draw(st.sets(slugs, max_size=2))),
        "organiser": draw(organisations),
        "audiences": sorted(draw(st.sets(value_of(Audience), max_size=3))),
        "kommuner": sorted(draw(st.sets(kommun_codes, max_size=3))),
        "themes": [],
        "languages": draw(
            st.dictionaries(st.sampled_from(sorted(LANGUAGES)), value_of(LanguageUse), max_size=3).map(
                lambda uses: [{"code": code, "use": use} for code, use in sorted(uses.items())]
            )
        ),
        "features": draw(st.dictionaries(value_of(Feature), value_of(Answer), max_size=3)),
        "texts": draw(
            st.dictionaries(
                st.sampled_from(TEXT_LANGUAGES),
                st.fixed_dictionaries({"title": words(60), "summary": paragraphs(100), "description": paragraphs(100)}),
                max_size=2,
            )
        ),
        "occurrences": sorted(draw(st.lists(occurrences(), max_size=2)), key=lambda one: one["uid"]),
        "hostings": draw(st.lists(hostings(), max_size=2, unique_by=lambda one: str(one["organisation"]))),
    }
    assume(tells_one_thing_of_each(record))
    return ask_one(draw, record)


def tells_one_thing_of_each(record):
    """Whether whatever stands twice in a record, by its slug, is the same both times; a file of ours never differs."""
    told = {}
    return all(told.setdefault((one["slug"], "kind" in one), one) == one for one in with_slugs(record))


def with_slugs(value):
    if isinstance(value, dict):
        yield from [value] if "slug" in value else []
        value = value.values()
    for one in value if not isinstance(value, str | int | float | None) else ():
        yield from with_slugs(one)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=events())
def test_what_is_imported_is_exported_the_same(session, now, record):
    if session.scalar(sa.select(Edition.id)) is None:
        make_edition(session)
    attempt = session.begin_nested()
    try:
        report = import_lines(session, [json.dumps(record)], now=now)
        assert report.refused == []
        assert exported(session) == [record]
    finally:
        session.expunge_all()
        attempt.rollback()


def test_the_shortest_line_is_accepted(session, now):
    make_edition(session)
    report = import_lines(session, [json.dumps(SHORTEST)], now=now)
    assert (report.arrived, report.refused) == (["DV27-0001"], [])
    event = session.scalars(sa.select(Event)).one()
    assert (event.title, event.status, event.slug) == ("Öppet hus", EventStatus.DRAFT, "oppet-hus")


def test_a_second_run_changes_nothing(session, now):
    make_edition(session)
    import_lines(session, [json.dumps(SHORTEST)], now=now)
    lines = [json.dumps(record) for record in exported(session)]
    report = import_lines(session, lines, now=now)
    assert (report.arrived, report.unchanged, report.refused) == ([], ["DV27-0001"], [])


def test_an_event_that_is_there_with_other_content_is_never_overwritten(session, now):
    make_edition(session)
    import_lines(session, [json.dumps(SHORTEST)], now=now)
    (record,) = exported(session)
    report = import_lines(session, [json.dumps({**record, "title": "Något annat"})], now=now)
    assert [(at, [problem.text for problem in problems]) for at, problems in report.refused] == [
        (1, ["Programpunkten finns redan, med annat innehåll."])
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"edition": "1999"}, "edition"),
        ({"title": ""}, "title"),
        ({"title": "x" * 101}, "title"),
        ({"okänd": 1}, "okänd"),
        ({"audiences": ["alla", "alla"]}, "audiences"),
        ({"audiences": "alla"}, "audiences"),
        ({"kommuner": ["0180"]}, "kommuner"),
        ({"sign_up_url": "javascript:alert(1)"}, "sign_up_url"),
        ({"status": "klar"}, "status"),
        ({"is_free": "ja"}, "is_free"),
        ({"organiser": {}}, "organiser.name"),
        ({"organiser": "Kil"}, "organiser"),
        ({"occurrences": [{"time_kind": "within_span"}]}, "occurrences[0].first_day"),
        ({"occurrences": [{"time_kind": "within_span", "first_day": "20/9"}]}, "occurrences[0].first_day"),
        ({"occurrences": [{"time_kind": "start_only", "first_day": "2027-09-20"}]}, "occurrences[0].time_kind"),
        ({"occurrences": [{"time_kind": "within_span", "first_day": "9999-12-31"}]}, "occurrences[0].first_day"),
        ({"occurrences": [{"time_kind": "within_span", "first_day": "1899-12-31"}]}, "occurrences[0].first_day"),
        (
            {
                "occurrences": [
                    {"time_kind": "start_only", "first_day": "2027-09-20", "starts_at": "9999-12-31T23:30:00Z"}
                ]
            },
            "occurrences[0].starts_at",
        ),
        ({"sign_up_by": "0001-01-01"}, "sign_up_by"),
        (
            {"occurrences": [{"time_kind": "opening_hours", "first_day": "2027-09-20", "last_day": "2027-09-19"}]},
            "occurrences[0]",
        ),
        ({"hostings": [{"role": "co_organiser", "state": "accepted"}]}, "hostings[0]"),
        ({"hostings": [{**ASKED_TO_LEAD, "state": "asked"}]}, "hostings[0].handover"),
        ({"hostings": [ASKED_TO_LEAD, {**ASKED_TO_LEAD, "organisation": {"name": "B"}}]}, "hostings[1].handover"),
        ({"hostings": [ASKED_TO_LEAD], "status": "withdrawn"}, "hostings[0].handover"),
        ({"hostings": [{**ASKED_TO_LEAD, "handover": {"asked_at": "x"}}]}, "hostings[0].handover.asked_at"),
        ({"texts": {"xx": {}}}, "texts.xx"),
        (
            {"hostings": [{"role": "supporter", "state": "asked", "invited_email": "a@b.se", "accepted_facts": {}}]},
            "hostings[0].accepted_facts.title",
        ),
        (
            {
                "occurrences": [
                    {
                        **SHORTEST["occurrences"][0],
                        "previous_times": [{"replaced_at": "2027-01-01T00:00:00Z", "facts": {**FACTS, "form": "x"}}],
                    }
                ]
            },
            "occurrences[0].previous_times[0].facts.form",
        ),
    ],
)
def test_a_bad_line_is_told_of_and_the_others_arrive(session, now, change, field):
    make_edition(session)
    lines = [json.dumps(SHORTEST), json.dumps({**SHORTEST, **change}), "", json.dumps({**SHORTEST, "title": "Sist"})]
    report = import_lines(session, lines, now=now)
    assert [(at, problems[0].field) for at, problems in report.refused] == [(2, field)]
    assert sorted(session.scalars(sa.select(Event.title))) == ["Sist", "Öppet hus"]


@pytest.mark.parametrize("junk", ["{", "[]", "null", "1", '"text"', "[" * 2000, "\udcff", '{"title": "\udcff"}'])
def test_junk_is_refused_with_its_line_number(session, now, junk):
    make_edition(session)
    report = import_lines(session, [junk], now=now)
    assert [at for at, _ in report.refused] == [1]
    assert session.scalar(sa.select(sa.func.count()).select_from(Event)) == 0


def test_the_same_uid_twice_is_refused_and_leaves_nothing_behind(session, now):
    make_edition(session)
    occurrence = {**SHORTEST["occurrences"][0], "uid": "samma@exempel.se"}
    lines = [
        json.dumps({**SHORTEST, "title": title, "organiser": {"name": title}, "occurrences": [occurrence]})
        for title in "AB"
    ]
    report = import_lines(session, lines, now=now)
    assert [at for at, _ in report.refused] == [2]
    assert session.scalars(sa.select(Organisation.name)).all() == ["A"]


def test_a_sub_item_finds_what_it_is_part_of_whatever_the_order(session, now):
    make_edition(session)
    whole = {**SHORTEST, "number": "DV27-0007"}
    part = {**SHORTEST, "number": "DV27-0003", "title": "En del", "part_of": "DV27-0007"}
    import_lines(session, [json.dumps(part), json.dumps(whole)], now=now)
    assert [record["part_of"] for record in exported(session)] == ["DV27-0007", None]


def test_numbers_that_came_with_the_file_are_not_given_again(session, now):
    edition = make_edition(session)
    import_lines(session, [json.dumps({**SHORTEST, "number": "DV27-0040"})], now=now)
    session.expire_all()
    assert session.get(Edition, edition.id).next_number == 41


def test_a_known_organisation_is_used_as_it_is(session, now):
    make_edition(session)
    known = make_organisation(session, "Kils kommun")
    import_lines(session, [json.dumps(SHORTEST)], now=now)
    assert session.scalars(sa.select(Event.organiser_id)).one() == known.id


def test_an_imported_published_event_has_its_calendar_component(session, now):
    make_edition(session)
    import_lines(session, [json.dumps({**SHORTEST, "status": "published"})], now=now)
    component = session.scalars(sa.select(Occurrence.component)).one()
    assert component.startswith("BEGIN:VEVENT\r\n")


def test_one_run_raises_the_revision_once(session, now):
    edition = make_edition(session)
    before = edition.revision
    import_lines(session, [json.dumps({**SHORTEST, "status": "published"})] * 3, now=now)
    session.expire_all()
    assert session.get(Edition, edition.id).revision == before + 1


def test_export_of_what_the_product_made_comes_back_the_same(session, now):
    event = make_event(session)
    (record,) = exported(session)
    assert record["number"] == event.number
    assert record["occurrences"][0]["uid"] == session.scalars(sa.select(Occurrence.uid)).one()

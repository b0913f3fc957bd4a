"""CalendarQuery: prints canonically, reads back what it prints, and refuses the rest in friendly words."""

import contextlib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.errors import Invalid
from planner.data.kommuner import kommuner
from planner.events.calendar_query import KEYS, MOST_VALUES, CalendarQuery
from planner.events.models import Audience, Form
from planner.events.models.vocabulary import LANGUAGES

slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)


def _some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, max_size=6)


queries = st.builds(
    CalendarQuery,
    edition=st.one_of(st.just(""), slugs),
    days=_some(st.dates()),
    kommuner=_some(st.sampled_from(["17", *kommuner()])),
    organisations=_some(slugs),
    themes=_some(slugs),
    audiences=_some(st.sampled_from(Audience)),
    forms=_some(st.sampled_from(Form)),
    languages=_some(st.sampled_from(list(LANGUAGES))),
    venues=_some(slugs),
)
pairs = st.lists(st.tuples(st.one_of(st.sampled_from(KEYS), st.text(max_size=12)), st.text(max_size=200)), max_size=80)


def refused(*given_pairs: tuple[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        CalendarQuery.parse(given_pairs)
    return [(problem.field, problem.text) for problem in caught.value.problems]


@given(queries)
def test_query_reads_back_what_it_prints(query: CalendarQuery) -> None:
    assert CalendarQuery.parse(query.pairs()) == query


@given(queries)
def test_query_string_reads_back_as_an_address_does(query: CalendarQuery) -> None:
    from_address = [tuple(part.split("=")) for part in str(query).split("&") if part]
    assert CalendarQuery.parse(from_address) == query  # type: ignore[arg-type]
    assert str(CalendarQuery.parse(from_address)) == str(query)  # type: ignore[arg-type]


@given(queries, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(query: CalendarQuery, random: Any) -> None:
    shuffled = query.pairs() * 3
    random.shuffle(shuffled)
    again = CalendarQuery.parse(shuffled)
    assert (again, str(again), hash(again)) == (query, str(query), hash(query))


@given(pairs)
def test_junk_is_refused_or_read_and_never_anything_else(junk: list[tuple[str, str]]) -> None:
    with contextlib.suppress(Invalid):
        query = CalendarQuery.parse(junk)
        assert CalendarQuery.parse(query.pairs()) == query


def test_print_is_canonical_and_readable() -> None:
    query = CalendarQuery.parse(
        [("form", "hybrid"), ("kommun", "1784"), ("tema", ""), ("dag", " 2027-09-21 "), ("kommun", "1730")]
    )
    assert str(query) == "dag=2027-09-21&kommun=1730&kommun=1784&form=hybrid"
    assert query == CalendarQuery(days=(date(2027, 9, 21),), kommuner=("1730", "1784"), forms=(Form.HYBRID,))


def test_empty_values_ask_for_nothing() -> None:
    query = CalendarQuery.parse([(key, "") for key in KEYS] + [("upplaga", "   ")])
    assert (query, str(query), query.is_narrowed) == (CalendarQuery(), "", False)


def test_edition_alone_does_not_narrow() -> None:
    assert not CalendarQuery(edition="2021").is_narrowed
    assert CalendarQuery(themes=("kultur",)).is_narrowed


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("fargen", "röd", "Kalendern har inget filter som heter ”fargen”."),
        ("kommun", "0180", "Det finns ingen kommun i länet med koden ”0180”."),
        ("dag", "2027-02-31", "”2027-02-31” är inget datum. Skriv till exempel 2027-09-20."),
        ("dag", "20270920", "”20270920” är inget datum. Skriv till exempel 2027-09-20."),
        ("dag", "idag", "”idag” är inget datum. Skriv till exempel 2027-09-20."),
        ("form", "Hybrid", "Det finns ingen form som heter ”Hybrid”."),
        ("malgrupp", "katter", "Det finns ingen målgrupp som heter ”katter”."),
        ("sprak", "xx", "Det finns inget språk med koden ”xx”."),
        ("tema", "Miljö", "Det finns inget tema som heter ”Miljö”."),
        ("arrangor", "a b", "Det finns ingen arrangör som heter ”a b”."),
        ("plats", "../etc", "Det finns ingen plats som heter ”../etc”."),
        ("upplaga", "-", "Det finns ingen upplaga som heter ”-”."),
    ],
)
def test_unknown_value_is_named(key: str, value: str, message: str) -> None:
    assert refused((key, value)) == [(key, message)]


def test_every_problem_is_told_at_once() -> None:
    assert [field for field, _ in refused(("form", "x"), ("dag", "y"), ("foo", "z"))] == ["form", "dag", "foo"]


def test_long_and_invisible_values_are_cut_and_cleaned() -> None:
    assert refused(("tema", "Å" * 300)) == [("tema", f"Det finns inget tema som heter ”{'Å' * 60}…”.")]
    assert refused(("tema", "a\x00\u202eb\ud800")) == [("tema", "Det finns inget tema som heter ”ab”.")]


def test_one_edition_at_a_time() -> None:
    assert refused(("upplaga", "2021"), ("upplaga", "2027")) == [("upplaga", "Välj en upplaga i taget.")]
    assert CalendarQuery.parse([("upplaga", "2021")] * 2).edition == "2021"


def test_too_many_values_are_refused_and_the_most_are_not() -> None:
    many = [("tema", f"tema-{number}") for number in range(MOST_VALUES)]
    assert len(CalendarQuery.parse(many).themes) == MOST_VALUES
    assert refused(*many, ("form", "hybrid")) == [("", "Välj högst 50 värden på en gång.")]


def test_without_takes_one_value_or_all_of_a_key() -> None:
    query = CalendarQuery.parse([("upplaga", "2021"), ("kommun", "1730"), ("kommun", "17"), ("dag", "2021-09-20")])
    assert str(query.without("kommun", "17")) == "upplaga=2021&dag=2021-09-20&kommun=1730"
    assert str(query.without("kommun")) == "upplaga=2021&dag=2021-09-20"
    assert str(query.without("dag", date(2021, 9, 20))) == "upplaga=2021&kommun=17&kommun=1730"
    assert str(query.without("upplaga")) == "dag=2021-09-20&kommun=17&kommun=1730"
    assert query.without("tema") == query


def test_with_changes_fields_and_stays_canonical() -> None:
    query = CalendarQuery(forms=(Form.HYBRID,)).with_(kommuner=("1784", "1730", "1784"))
    assert str(query) == "kommun=1730&kommun=1784&form=hybrid"

"""RSS and Atom documents: well-formed whatever people write, newest first, the same bytes each time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.feeds.syndication import Channel, Entry, atom_of, rss_of
from tests.feeds.rss_rules import read_atom, read_rss

CHANGED = datetime(2027, 8, 20, 8, 15, 30, 999, tzinfo=UTC)
CHANNEL = Channel(
    id="tag:demokrativeckan.example,2026:kalender",
    title="Demokrativeckan 2027",
    description="Hela programmet",
    address="https://demokrativeckan.example/kalender.atom?form=digitalt&kommun=1784",
    page="https://demokrativeckan.example/kalender?form=digitalt&kommun=1784",
    updated=CHANGED,
    author="Demokrativeckan",
)
ENTRY = Entry(
    id="tag:demokrativeckan.example,2026:1@demokrativeckan.example",
    title="Vem får höras?",
    link="https://demokrativeckan.example/evenemang/vem-far-horas",
    updated=CHANGED,
    published=CHANGED - timedelta(days=80),
    summary="Tisdag 21 september 18.00\nArvika & Eda <bibliotek>",
    authors=("Arvika kommun",),
    categories=("Unga", "Digitalt"),
)
ANY_TEXT = st.text(alphabet=st.characters(), max_size=60)


def test_an_atom_document_says_what_it_was_given() -> None:
    parsed = read_atom(atom_of(CHANNEL, [replace(ENTRY, html="<p>Arvika &amp; Eda</p>")]))
    assert (parsed.feed.title, parsed.feed.subtitle, parsed.feed.language) == (
        "Demokrativeckan 2027",
        "Hela programmet",
        "sv",
    )
    [entry] = parsed.entries
    assert (entry.id, entry.title, entry.link) == (ENTRY.id, ENTRY.title, ENTRY.link)
    assert (entry.updated, entry.published) == ("2027-08-20T08:15:30Z", "2027-06-01T08:15:30Z")
    assert entry.summary == ENTRY.summary
    assert entry.content[0].value == "<p>Arvika &amp; Eda</p>"
    assert [author.name for author in entry.authors] == ["Arvika kommun"]
    assert [tag.term for tag in entry.tags] == ["Unga", "Digitalt"]


def test_an_rss_document_says_what_it_was_given() -> None:
    parsed = read_rss(rss_of(replace(CHANNEL, minutes=15, rights="CC0"), [ENTRY]))
    assert (parsed.feed.title, parsed.feed.link) == ("Demokrativeckan 2027", CHANNEL.page)
    assert (parsed.feed.ttl, parsed.feed.rights, parsed.feed.updated) == ("15", "CC0", "Fri, 20 Aug 2027 08:15:30 GMT")
    [item] = parsed.entries
    assert (item.id, item.guidislink, item.title, item.link) == (ENTRY.id, False, ENTRY.title, ENTRY.link)
    assert item.published == "Fri, 20 Aug 2027 08:15:30 GMT"
    assert item.summary == "Tisdag 21 september 18.00<br />Arvika &amp; Eda &lt;bibliotek&gt;"
    assert item.author == "Arvika kommun"
    assert [tag.term for tag in item.tags] == ["Unga", "Digitalt"]


def test_the_latest_change_comes_first_and_else_the_order_stays() -> None:
    entries = [
        replace(ENTRY, id=f"tag:{number}", updated=CHANGED - timedelta(days=days))
        for number, days in enumerate((3, 0, 7, 3))
    ]
    for parsed in (read_atom(atom_of(CHANNEL, entries)), read_rss(rss_of(CHANNEL, entries))):
        assert [entry.id for entry in parsed.entries] == ["tag:1", "tag:0", "tag:3", "tag:2"]


def test_a_document_is_never_older_than_what_is_in_it() -> None:
    entries = [replace(ENTRY, id="tag:new", updated=CHANGED + timedelta(days=1)), ENTRY]
    assert read_atom(atom_of(CHANNEL, entries)).feed.updated == "2027-08-21T08:15:30Z"
    assert read_rss(rss_of(CHANNEL, entries)).feed.updated == "Sat, 21 Aug 2027 08:15:30 GMT"


@pytest.mark.parametrize("categories", [(), ("", " "), ("Unga", "Unga")])
def test_no_category_is_empty_or_there_twice(categories: tuple[str, ...]) -> None:
    wanted = [name for name in dict.fromkeys(categories) if name.strip()]
    entry = replace(ENTRY, categories=categories)
    for parsed in (read_atom(atom_of(CHANNEL, [entry])), read_rss(rss_of(CHANNEL, [entry]))):
        assert [tag.term for tag in parsed.entries[0].get("tags", [])] == wanted


def test_without_entries_it_is_a_document_still() -> None:
    assert read_atom(atom_of(CHANNEL, [])).entries == []
    assert read_rss(rss_of(CHANNEL, [])).entries == []


@given(ANY_TEXT)
def test_whatever_people_write_the_document_is_well_formed(text: str) -> None:
    entry = replace(
        ENTRY, title=f"x{text}", summary=text, html=text, authors=(f"x{text}",), categories=(text, f"x{text}")
    )
    channel = replace(CHANNEL, title=f"x{text}", description=text, rights=text)
    read_atom(atom_of(channel, [entry]))
    read_rss(rss_of(channel, [entry]))


def test_what_no_document_may_hold_is_taken_out() -> None:
    nasty = "a\x00b\x0bc\x1fd\ufffee\ud800f]]>&amp;<script>"
    [entry] = read_atom(atom_of(CHANNEL, [replace(ENTRY, title=nasty, summary=nasty)])).entries
    assert entry.title == "ab cdef]]>&amp;<script>"

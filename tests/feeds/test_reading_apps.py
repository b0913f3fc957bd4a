"""RSS, Atom and JSON Feed as those who read them meet them, and what no shape may tell."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from jsonschema import ValidationError
from sqlalchemy.orm import Session

from planner.events.actions import cancel_occurrence
from planner.events.models import EventStatus, EventText, OccurrenceState
from planner.feeds.feed import LICENCE
from planner.feeds.shapes import SHAPES
from tests.browsing import Browser
from tests.factories import LONG_AGO, make_edition, make_event, make_hosting, make_occurrence
from tests.feeds.conftest import Show
from tests.feeds.reading import DOCS, SCHEMA, read_json, read_pdf
from tests.feeds.rss_rules import read_atom, read_rss
from tests.feeds.week import Week
from tests.secrets import SECRET, make_secrets

BASE = "https://demokrativeckan.example"


def test_rss_says_where_it_is_from_and_when_to_ask_again(session: Session, client: Browser) -> None:
    make_edition(session)
    feed = read_rss(client.get("/kommuner/arvika.rss?form=digitalt").data).feed
    assert (feed.title, feed.link) == (
        "Demokrativeckan 2027 – Arvika, Digitalt",
        f"{BASE}/kommuner/arvika?form=digitalt",
    )
    assert feed.subtitle == (
        "Programpunkter i Demokrativeckan 2027 – Arvika, Digitalt. Det som ändrats senast kommer först."
    )
    assert [link.href for link in feed.links if link.rel == "self"] == [f"{BASE}/kommuner/arvika.rss?form=digitalt"]
    assert (feed.language, feed.ttl) == ("sv", "60")
    assert feed.rights.startswith("CC0 1.0")


def test_atom_has_ids_that_are_no_addresses(session: Session, client: Browser, show: Show) -> None:
    make_event(session)
    show()
    parsed = read_atom(client.get("/kalender.atom?kommun=1780").data)
    assert parsed.feed.id == "tag:demokrativeckan.example,2026:/kalender?kommun=1780"
    assert [entry.id for entry in parsed.entries] == [
        "tag:demokrativeckan.example,2026:tillfalle-1@demokrativeckan.example"
    ]
    assert [link.href for link in parsed.feed.links if link.rel == "self"] == [f"{BASE}/kalender.atom?kommun=1780"]


def test_an_entry_has_the_time_in_words_and_the_uid_of_the_calendar(
    session: Session, client: Browser, show: Show
) -> None:
    event = make_event(session)
    make_hosting(session, event)
    show()
    for source, read in (("rss", read_rss), ("atom", read_atom)):
        [entry] = read(client.get(f"/kalender.{source}").data).entries
        assert entry.title == "Samtal om demokrati – måndag 20 september 2027 kl. 18–19.30"
        assert entry.link == f"{BASE}/evenemang/samtal-om-demokrati"
        assert "Måndag 20 september 2027 kl. 18–19.30" in entry.summary
        assert [author.name for author in entry.authors] == ["Föreningen Samtal", "Region Värmland"]
    [item] = read_rss(client.get("/kalender.rss").data).entries
    assert item.id == "tillfalle-1@demokrativeckan.example"


def test_the_latest_change_comes_first(week: Week) -> None:
    first, second = week.publish("Först"), week.publish("Sedan")
    order = ["Sedan", "Först"]
    assert titles(week.client, "rss") == titles(week.client, "atom") == order

    week.do(cancel_occurrence, week.occurrence_of(first), "Storm.")

    assert titles(week.client, "rss") == titles(week.client, "atom") == ["INSTÄLLT: Först", "Sedan"]
    newest = read_rss(week.client.get("/kalender.rss").data).entries[0]
    assert newest.published == f"{week.now:%a, %d %b %Y %H:%M:%S} GMT"
    assert second.title == "Sedan"


def titles(client: Browser, ending: str) -> list[str]:
    read = {"rss": read_rss, "atom": read_atom}[ending]
    return [entry.title.partition(" – ")[0] for entry in read(client.get(f"/kalender.{ending}").data).entries]


def test_json_says_which_programme_under_which_licence(session: Session, client: Browser) -> None:
    edition = make_edition(session)
    feed = read_json(client.get("/kalender.json?form=hybrid").data)
    assert (feed["home_page_url"], feed["feed_url"]) == (
        f"{BASE}/kalender?form=hybrid",
        f"{BASE}/kalender.json?form=hybrid",
    )
    assert feed["_demokrativeckan"] == {
        "about": f"{BASE}/oppna-data",
        "version": 1,
        "licence": LICENCE,
        "time_zone": "Europe/Stockholm",
        "changed_at": f"{LONG_AGO:%Y-%m-%dT%H:%M:%SZ}",
        "edition": {
            "slug": "2027",
            "name": "Demokrativeckan 2027",
            "first_day": "2027-09-20",
            "last_day": "2027-09-27",
            "state": "published",
            "revision": edition.revision,
        },
    }


def test_json_has_the_texts_in_every_language(session: Session, client: Browser, show: Show) -> None:
    event = make_event(session)
    session.add(EventText(event_id=event.id, language="en", title="A talk", description_html="<p>On democracy.</p>"))
    session.flush()
    show()
    [item] = read_json(client.get("/kalender.json").data)["items"]
    assert item["language"] == "sv"
    assert item["_demokrativeckan"]["texts"] == [
        {
            "language": "sv",
            "title": "Samtal om demokrati",
            "summary": "Vi talar om vad demokrati betyder i vardagen.",
            "html": "",
        },
        {"language": "en", "title": "A talk", "summary": "", "html": "<p>On democracy.</p>"},
    ]


def test_json_times_are_local_and_none_is_made_up(session: Session, client: Browser, show: Show) -> None:
    event = make_event(session, with_occurrence=False)
    make_occurrence(session, event, end=None)
    make_occurrence(session, event, start=None, is_open_ended=True, last_day=date(2027, 9, 27))
    show()
    times = [item["_demokrativeckan"]["time"] for item in read_json(client.get("/kalender.json").data)["items"]]
    assert [(each["kind"], each["last_day"], each["starts_at"], each["ends_at"]) for each in times] == [
        ("opening_hours", None, None, None),
        ("start_only", "2027-09-20", "2027-09-20T18:00:00+02:00", None),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"ends_at": None},
        {"starts_at": "2027-09-20T18:00:00"},
        {"first_day": None},
        {"kind": "whenever"},
    ],
)
def test_the_schema_refuses_a_time_that_contradicts_itself(
    session: Session, client: Browser, show: Show, change: dict[str, object]
) -> None:
    make_event(session)
    show()
    feed = read_json(client.get("/kalender.json").data)
    feed["items"][0]["_demokrativeckan"]["time"] |= change
    with pytest.raises(ValidationError):
        SCHEMA.validate(feed)


def test_the_schema_is_one_and_is_strict() -> None:
    SCHEMA.check_schema(SCHEMA.schema)
    objects = re.findall(r'"type": "object"', (DOCS / "json-feed.schema.json").read_text())
    closed = re.findall(r'"additionalProperties": ', (DOCS / "json-feed.schema.json").read_text())
    assert len(objects) == len(closed)


def text_of(ending: str, source: bytes) -> str:
    if ending == "pdf":
        return " ".join(" ".join(page.extract_text() for page in read_pdf(source).pages).split())
    if ending != "xlsx":
        return source.decode()
    with ZipFile(BytesIO(source)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


@pytest.mark.parametrize("ending", SHAPES)
def test_no_shape_tells_a_secret(session: Session, client: Browser, show: Show, ending: str) -> None:
    make_secrets(session)
    show()
    for address in ("/kalender", "/kommuner/arvika", "/evenemang/oppet-samtal", "/evenemang/digitalt", "/teman/kultur"):
        text = text_of(ending, client.get(f"{address}.{ending}").data)
        assert SECRET not in text.casefold(), address
    assert "Öppet samtal" in text_of(ending, client.get(f"/kalender.{ending}").data)


@pytest.mark.parametrize("ending", [ending for ending in SHAPES if ending != "ics"])
def test_no_person_is_named(session: Session, client: Browser, show: Show, ending: str) -> None:
    person = {"contact_name": "Kim Ek", "contact_email": "kim@ek.example", "contact_phone": "0701234567"}
    make_event(session, **person, sign_up_note="Ring Kim Ek", accessibility_note="Fråga Kim Ek", source_note="Kim Ek")
    show()
    text = text_of(ending, client.get(f"/kalender.{ending}").data)
    assert [word for word in ("Kim Ek", "kim@ek", "0701234567") if word in text] == []


@pytest.mark.parametrize("ending", SHAPES)
def test_the_withdrawn_is_gone_and_the_cancelled_stays(
    session: Session, client: Browser, show: Show, ending: str
) -> None:
    event = make_event(session)
    make_occurrence(session, event, state=OccurrenceState.CANCELLED)
    show()
    text = text_of(ending, client.get(f"/kalender.{ending}").data)
    said = {"csv": "Inställt", "xlsx": "Inställt", "pdf": "INSTÄLLT"}
    assert said.get(ending, "INSTÄLLT: Samtal om demokrati") in text

    event.status = EventStatus.WITHDRAWN
    session.commit()

    assert "Samtal om demokrati" not in text_of(ending, client.get(f"/kalender.{ending}").data)

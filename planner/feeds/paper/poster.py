"""A poster of one event: what, when, where, whose, what there is for those who need something, and the way to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from planner.core.errors import NotFound
from planner.data.kommuner import kommuner
from planner.events.models.vocabulary import LANGUAGES
from planner.feeds.feed import PUBLISHER, Feed
from planner.feeds.offers import Options
from planner.feeds.paper import words
from planner.feeds.paper.programme import qr, stamp_of, without_scheme
from planner.feeds.paper.typesetting import typeset
from planner.feeds.rows import Features, Row
from planner.feeds.text import shorten
from planner.venues.models import Answer

VERSION = 1
OPTIONS: Mapping[str, tuple[str, ...]] = {"papper": ("a4", "a3")}

MOST_OCCURRENCES = 6
"""That have room on one page with everything else; the others are on the event's page."""
LONGEST_SUMMARY = 240
LONGEST_ADDRESS = 46


def poster_of(feed: Feed, rows: Sequence[Row], options: Options) -> bytes:
    """The poster of the event that a feed is of."""
    if not rows:
        raise NotFound
    return typeset("poster", _values(feed, rows, options), changed_at=feed.changed_at)


def _values(feed: Feed, rows: Sequence[Row], options: Options) -> dict[str, Any]:
    shown, first = rows[:MOST_OCCURRENCES], rows[0]
    states = {words.state_of(row) for row in rows}
    state = states.pop() if len(states) == 1 else ""
    is_off = all(words.is_off(row) for row in rows)
    return {
        "paper": options.get("papper", "a4"),
        "title": f"{words.event_title(first)} – {feed.programme}",
        "heading": words.event_title(first),
        "programme": feed.programme,
        "publisher": PUBLISHER,
        "about": feed.about,
        "keywords": [],
        "kind": first.activity.label,
        "state": state,
        "off": is_off,
        "news": words.news_of(first) if len(rows) == 1 or is_off else [],
        "room": 66 if len(shown) == 1 else 52,
        "summary": "" if is_off else shorten(first.summary, LONGEST_SUMMARY),
        "occurrences": [_occurrence(row) for row in shown],
        "others": len(rows) - len(shown),
        "facts": _facts(rows),
        "invitation": "Inställt" if is_off else "Välkommen!",
        "address": first.url,
        "shown-address": _typed(feed, first),
        "qr": qr(first.url),
        "stamp": stamp_of(feed),
    }


def _occurrence(row: Row) -> dict[str, Any]:
    return {
        "when": words.capital(row.when.words).replace("kl. ", "kl.\u00a0"),
        "note": words.capital(row.when.note),
        "off": words.is_off(row),
        "state": words.state_of(row),
        "form": row.where.form.value,
        "form-label": words.WORDS_FOR_FORM[row.where.form],
        "place": words.place_of(row.where.place),
        "online": words.online_of(row),
    }


def _facts(rows: Sequence[Row]) -> list[tuple[str, str]]:
    row = rows[0]
    who = row.for_whom
    organisers = [host.name for host in row.organisers]
    kommun_names = [kommuner()[code].name for code in row.where.kommuner if code in kommuner()]
    facts = [
        ("Arrangörer" if len(organisers) > 1 else "Arrangör", shorten(", ".join(organisers), words.LONGEST_HOSTS)),
        ("För", words.audiences_of(row)),
        ("Kostar", "ingenting" if who.is_free else who.price),
        ("Anmälan", words.sign_up_of(row) if not words.is_off(row) else ""),
        ("Språk", ", ".join(LANGUAGES.get(code, code) for code in who.spoken) if set(who.spoken) - {"sv"} else ""),
        ("Tolkas till", ", ".join(LANGUAGES.get(code, code) for code in who.interpreted)),
        ("Kommun", "" if row.where.place else ", ".join(kommun_names)),
        *_accessibility(rows),
    ]
    return [fact for fact in facts if fact[1]]


def _accessibility(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """What is known of the event, and of its place if it has only one; and that nobody knows is said, too."""
    places = {row.where.place.features if row.where.place else () for row in rows}
    features = (*rows[0].for_whom.features, *(places.pop() if len(places) == 1 else ()))
    return [
        ("Tillgängligt", _named(features, Answer.YES)),
        ("Saknas", _named(features, Answer.NO)),
        ("Tillgänglighet", "" if features else "fråga arrangören"),
    ]


def _named(features: Features, answer: Answer) -> str:
    labels = dict.fromkeys(feature.label for feature, known in features if known is answer)
    return ", ".join(words.small(label) for label in labels)


def _typed(feed: Feed, row: Row) -> str:
    """The page's address where it has room, else that of the website, where one can search for the number."""
    whole = without_scheme(row.url)
    return whole if len(whole) <= LONGEST_ADDRESS else f"{without_scheme(feed.site.public_url)}, sök {row.number}"

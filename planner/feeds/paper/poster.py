"""A poster of one event: what, when, where, whose, what there is for those who need something, and the way to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from planner.core.errors import NotFound
from planner.core.text import N_
from planner.core.tongue import Tongue
from planner.data.kommuner import kommuner
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
    shown, first, say = rows[:MOST_OCCURRENCES], rows[0], feed.tongue.say
    heading = words.event_title(first, feed.tongue)
    states = {words.state_of(row, feed.tongue) for row in rows}
    state = states.pop() if len(states) == 1 else ""
    is_off = all(words.is_off(row) for row in rows)
    return {
        "paper": options.get("papper", "a4"),
        "lang": feed.tongue.code,
        "title": f"{heading['text']} – {feed.programme}",
        "heading": heading,
        "programme": feed.programme,
        "publisher": PUBLISHER,
        "about": feed.about,
        "keywords": [],
        "kind": say(first.activity.label),
        "state": state,
        "off": is_off,
        "news": words.news_of(first, feed.tongue) if len(rows) == 1 or is_off else [],
        "room": 66 if len(shown) == 1 else 52,
        "summary": words.summary_of(first, feed.tongue, LONGEST_SUMMARY),
        "occurrences": [_occurrence(row, feed.tongue) for row in shown],
        "others": len(rows) - len(shown),
        "one-more": say(N_("Och 1 tillfälle till: se programpunktens sida.")),
        "more": say(N_("Och %(count)s tillfällen till: se programpunktens sida.")),
        "facts": _facts(rows, feed.tongue),
        "invitation": say(N_("Inställt")) if is_off else say(N_("Välkommen!")),
        "read-more": say(N_("Läs mer och se om något har ändrats:")),
        "address": first.url,
        "shown-address": _typed(feed, first),
        "qr": qr(first.url),
        "qr-text": say(N_("QR-kod till %(address)s")) % {"address": _typed(feed, first)},
        "stamp": stamp_of(feed),
    }


def _occurrence(row: Row, tongue: Tongue) -> dict[str, Any]:
    return {
        "when": words.capital(row.when.words).replace("kl. ", "kl.\u00a0"),
        "note": words.written(words.capital(row.when.note), tongue),
        "off": words.is_off(row),
        "state": words.state_of(row, tongue),
        "form": row.where.form.value,
        "form-label": tongue.say(words.WORDS_FOR_FORM[row.where.form]),
        "place": words.place_of(row.where.place),
        "online": words.online_of(row, tongue),
    }


def _facts(rows: Sequence[Row], tongue: Tongue) -> list[tuple[str, str]]:
    row, say = rows[0], tongue.say
    who = row.for_whom
    organisers = [host.name for host in row.organisers]
    kommun_names = [kommuner()[code].name for code in row.where.kommuner if code in kommuner()]
    facts = [
        (N_("Arrangörer") if len(organisers) > 1 else N_("Arrangör"), _listed(organisers)),
        (N_("För"), words.audiences_of(row, tongue)),
        (N_("Kostar"), say(N_("ingenting")) if who.is_free else who.price),
        (N_("Anmälan"), words.sign_up_of(row, tongue) if not words.is_off(row) else ""),
        (N_("Språk"), words.languages_in(who.spoken, tongue) if words.not_only_swedish(row) else ""),
        (N_("Tolkas till"), words.languages_in(who.interpreted, tongue)),
        (N_("Kommun"), "" if row.where.place else ", ".join(kommun_names)),
        *_accessibility(rows, tongue),
    ]
    return [(_called(say(label)), fact) for label, fact in facts if fact]


def _listed(names: Sequence[str]) -> str:
    return shorten(", ".join(names), words.LONGEST_HOSTS)


def _called(label: str) -> str:
    return label if label.endswith("?") else f"{label}:"


def _accessibility(rows: Sequence[Row], tongue: Tongue) -> list[tuple[str, str]]:
    """What is known of the event, and of its place if it has only one; and that nobody knows is said, too."""
    places = {row.where.place.features if row.where.place else () for row in rows}
    features = (*rows[0].for_whom.features, *(places.pop() if len(places) == 1 else ()))
    return [
        (N_("Tillgängligt"), _named(features, Answer.YES, tongue)),
        (N_("Saknas"), _named(features, Answer.NO, tongue)),
        (N_("Tillgänglighet"), "" if features else tongue.say(N_("fråga arrangören"))),
    ]


def _named(features: Features, answer: Answer, tongue: Tongue) -> str:
    labels = dict.fromkeys(tongue.say(feature.label) for feature, known in features if known is answer)
    return ", ".join(words.small(label) for label in labels)


def _typed(feed: Feed, row: Row) -> str:
    """The page's address where it has room, else that of the website, where one can search for the number."""
    whole = without_scheme(row.url)
    if len(whole) <= LONGEST_ADDRESS:
        return whole
    site = without_scheme(feed.site.public_url)
    return feed.tongue.say(N_("%(site)s, sök %(number)s")) % {"site": site, "number": row.number}

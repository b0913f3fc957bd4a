"""The feed as JSON Feed 1.1, with an extension that says all of it in values: docs/json-feed.md."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from planner.core.clock import STOCKHOLM
from planner.core.text import N_
from planner.data.kommuner import kommuner
from planner.feeds.entries import as_html, in_words
from planner.feeds.feed import LICENCE, PUBLISHER, Feed
from planner.feeds.offers import Offer, Options
from planner.feeds.reading import rows_of
from planner.feeds.rows import Features, ForWhom, Host, Online, Place, Row, Text, When, Where
from planner.venues.models import Answer

ENDING = "json"
CONTENT_TYPE = "application/feed+json; charset=utf-8"
VERSION = 1
LABEL = "JSON Feed"
USE = N_("För webbplatser och appar. Innehåller allt som är känt om varje tillfälle, även texter på andra språk.")
OFFERS: tuple[Offer, ...] = (Offer(N_("JSON")),)
OPTIONS: Mapping[str, tuple[str, ...]] = {}

EXTENSION = "_demokrativeckan"
EXTENSION_VERSION = 1
"""Raised when a value is taken away or means something else; new ones may come at any time."""


def is_download(feed: Feed) -> bool:
    """A program fetches it, and a person may want to look at it."""
    return False


def body(session: Session, feed: Feed, options: Options) -> bytes:
    """The document, oldest day first."""
    home = feed.site.public_url
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.name,
        "description": feed.about,
        "home_page_url": feed.address(),
        "feed_url": feed.address(f".{ENDING}"),
        "language": "sv",
        "authors": [{"name": PUBLISHER, "url": home}],
        EXTENSION: _of_feed(feed),
        "items": [_item(row) for row in rows_of(session, feed)],
    }
    return f"{json.dumps(document, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _of_feed(feed: Feed) -> dict[str, Any]:
    edition = feed.edition
    return {
        "about": f"{feed.site.public_url}/oppna-data",
        "version": EXTENSION_VERSION,
        "licence": LICENCE,
        "time_zone": STOCKHOLM.key,
        "changed_at": _utc(feed.changed_at),
        "edition": edition
        and {
            "slug": edition.slug,
            "name": edition.name,
            "first_day": edition.first_day.isoformat(),
            "last_day": edition.last_day.isoformat(),
            "state": edition.state.value,
            "revision": edition.revision,
        },
    }


def _item(row: Row) -> dict[str, Any]:
    item = {
        "id": row.uid,
        "url": row.url,
        "title": row.headline,
        "summary": in_words(row),
        "content_html": as_html(row),
        "date_published": _utc(row.published_at),
        "date_modified": _utc(row.changed_at),
        "authors": [{"name": host.name, "url": host.url} for host in row.organisers],
        "tags": list(row.categories),
        "language": "sv",
        EXTENSION: _of_row(row),
    }
    return {**item, "image": row.image.url} if row.image else item


def _of_row(row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "sequence": row.sequence,
        "title": row.title,
        "label": row.label,
        "state": row.state.value,
        "news": list(row.news),
        "details": list(row.details),
        "activity": _named(row.activity.value, row.activity.label),
        "time": _time(row.when),
        **_where(row.where),
        "organisers": [_host(host) for host in row.hosts],
        "themes": [_named(slug, name) for slug, name in row.themes],
        **_for_whom(row.for_whom),
        "image": row.image and {"url": row.image.url, "alt": row.image.alt, "credit": row.image.credit},
        "recording": row.recording or None,
        "texts": [_text(text) for text in row.texts],
    }


def _time(when: When) -> dict[str, Any]:
    return {
        "in_words": when.words,
        "kind": when.kind.value,
        "first_day": when.first_day.isoformat(),
        "last_day": _iso(when.last_day),
        "starts_at": _iso(when.starts_at),
        "ends_at": _iso(when.ends_at),
        "note": when.note,
        "is_preliminary": when.is_preliminary,
    }


def _where(where: Where) -> dict[str, Any]:
    return {
        "form": _named(where.form.value, where.form.label),
        "place": where.place and _place(where.place),
        "sent_from": where.sent_from and _place(where.sent_from),
        "online": where.online and _online(where.online),
        "kommuner": [_kommun(code) for code in where.kommuner],
        "is_countywide": where.is_countywide,
    }


def _place(place: Place) -> dict[str, Any]:
    latitude, longitude = place.point or (None, None)
    return {
        "name": place.name,
        "room": place.room,
        "street": place.street,
        "postcode": place.postcode,
        "town": place.town,
        "kommun": _kommun(place.kommun_code) if place.kommun_code else None,
        "latitude": latitude,
        "longitude": longitude,
        "url": place.url or None,
        "accessibility": _features(place.features),
    }


def _online(online: Online) -> dict[str, Any]:
    return {
        "name": online.name,
        "platform": online.platform,
        "url": online.link or None,
        "dial_in": online.dial_in or None,
        "is_for_registered": online.is_for_registered,
    }


def _host(host: Host) -> dict[str, Any]:
    return {"name": host.name, "role": host.role.value if host.role else "organiser", "url": host.url}


def _for_whom(for_whom: ForWhom) -> dict[str, Any]:
    return {
        "audiences": [_named(each.value, each.label) for each in for_whom.audiences],
        "ages": {"from": for_whom.age_from, "to": for_whom.age_to},
        "languages": list(for_whom.spoken),
        "interpreted_to": list(for_whom.interpreted),
        "accessibility": _features(for_whom.features),
        "is_free": for_whom.is_free,
        "price": for_whom.price,
        "sign_up": {
            "kind": for_whom.sign_up.value,
            "url": for_whom.sign_up_url or None,
            "by": _iso(for_whom.sign_up_by),
        },
    }


def _text(text: Text) -> dict[str, str]:
    return {"language": text.language, "title": text.title, "summary": text.summary, "html": text.html}


def _kommun(code: str) -> dict[str, str]:
    return _named(code, kommuner()[code].name if code in kommuner() else "")


def _named(code: str, name: str) -> dict[str, str]:
    """A value with what it is called in Swedish."""
    return {"code": code, "name": name}


def _features(features: Features) -> dict[str, bool]:
    """What is known, by feature; nobody knows of those that are left out."""
    return {feature.value: answer is Answer.YES for feature, answer in features}


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

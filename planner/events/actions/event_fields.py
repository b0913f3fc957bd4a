"""What a person may state about an event: cleaned, checked field by field, compared and stored."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypedDict
from urllib.parse import urlsplit

from planner.core.addresses import clean_email, clean_phone
from planner.core.errors import Problem
from planner.core.markdown import render_markdown
from planner.core.text import N_, clean_line, clean_text
from planner.data.kommuner import kommuner
from planner.editions.models import Edition
from planner.events.models import (
    ActivityKind,
    Audience,
    Event,
    EventAudience,
    EventFeature,
    EventKommun,
    EventLanguage,
    EventText,
    LanguageUse,
    SignUp,
    Visibility,
)
from planner.events.models.event import DESCRIPTION_LENGTH, SUMMARY_LENGTH, TITLE_LENGTH
from planner.events.models.vocabulary import LANGUAGES, TEXT_LANGUAGES
from planner.venues.models import Answer, Feature


class EventFields(TypedDict, total=False):
    """Everything that a person may state; what is left out stays as it is.

    ``texts`` maps a language to its ``title``, ``summary`` and ``description``; all of an event's texts are given.
    """

    title: str
    summary: str
    description: str
    activity: ActivityKind
    age_from: int | None
    age_to: int | None
    is_free: bool | None
    price: str
    accessibility_note: str
    contact_name: str
    contact_email: str
    contact_phone: str
    sign_up: SignUp
    sign_up_url: str
    sign_up_note: str
    sign_up_by: date | None
    visibility: Visibility
    is_countywide: bool
    part_of_id: int | None
    series: str
    image_file: str
    image_alt: str
    image_credit: str
    source_note: str
    themes: Sequence[int]
    audiences: Sequence[Audience]
    languages: Sequence[tuple[str, LanguageUse]]
    kommuner: Sequence[str]
    features: Mapping[Feature, Answer]
    texts: Mapping[str, Mapping[str, str]]


LINES = {
    "title": TITLE_LENGTH,
    "price": 120,
    "contact_name": 120,
    "contact_email": 254,
    "contact_phone": 30,
    "sign_up_url": 500,
    "sign_up_note": 300,
    "series": 120,
    "image_file": 120,
    "image_alt": 250,
    "image_credit": 160,
}
TEXTS = {
    "summary": SUMMARY_LENGTH,
    "description": DESCRIPTION_LENGTH,
    "accessibility_note": 1_000,
    "source_note": 2_000,
}
IN_LANGUAGES = ("title", "summary", "description")
COLLECTIONS = ("themes", "audiences", "languages", "kommuner", "features", "texts")
SCALARS = tuple(key for key in EventFields.__annotations__ if key not in COLLECTIONS)
PERSONAL = frozenset({"contact_name", "contact_email", "contact_phone"})
"""What the log names without telling what it was."""


def clean_fields(fields: EventFields) -> dict[str, Any]:
    """The given fields with their texts cleaned and their collections in one order, so that equal means unchanged."""
    given: dict[str, Any] = dict(fields)
    for key in LINES:
        if key in given:
            given[key] = clean_line(given[key])
    for key in TEXTS:
        if key in given:
            given[key] = clean_text(given[key])
    for key in ("themes", "audiences", "languages", "kommuner"):
        if key in given:
            given[key] = sorted(set(given[key]))
    if "features" in given:
        given["features"] = dict(sorted(given["features"].items()))
    if "texts" in given:
        given["texts"] = _clean_texts(given["texts"])
    return given


def problems_of(given: dict[str, Any], before: Mapping[str, Any], edition: Edition) -> list[Problem]:
    """What is wrong with the cleaned fields beside what was stated before; addresses are normalised in place."""
    return [
        *_problems_of_lengths(given),
        *_problems_of_addresses(given),
        *_problems_of_ages({**before, **given}),
        *_problems_of_choices(given, edition),
        *_problems_of_texts(given.get("texts", {})),
    ]


def stated(event: Event) -> dict[str, Any]:
    """What is stated about the event now, in the shape of ``EventFields``. Needs its collections loaded."""
    return {
        **{key: getattr(event, key) for key in SCALARS},
        "themes": sorted(theme.id for theme in event.themes),
        "audiences": sorted(row.audience for row in event.audiences),
        "languages": sorted((row.code, row.use) for row in event.languages),
        "kommuner": sorted(row.kommun_code for row in event.kommuner),
        "features": dict(sorted((row.feature, row.answer) for row in event.features)),
        "texts": {row.language: {key: getattr(row, key) for key in IN_LANGUAGES} for row in event.texts},
    }


def store(event: Event, given: dict[str, Any], edition: Edition) -> None:
    """Write the cleaned fields into the event's rows; rows that stay are kept."""
    for key in SCALARS:
        if key in given:
            setattr(event, key, given[key])
    if "description" in given:
        event.description_html = render_markdown(event.description)
    if "themes" in given:
        event.themes = [row.theme for row in edition.themes if row.theme_id in given["themes"]]
    if "audiences" in given:
        audiences = {row.audience: row for row in event.audiences}
        event.audiences = [audiences.get(one) or EventAudience(audience=one) for one in given["audiences"]]
    if "languages" in given:
        languages = {(row.code, row.use): row for row in event.languages}
        event.languages = [languages.get(one) or EventLanguage(code=one[0], use=one[1]) for one in given["languages"]]
    if "kommuner" in given:
        codes = {row.kommun_code: row for row in event.kommuner}
        event.kommuner = [codes.get(one) or EventKommun(kommun_code=one) for one in given["kommuner"]]
    if "features" in given:
        _store_features(event, given["features"])
    if "texts" in given:
        _store_texts(event, given["texts"])


def _store_features(event: Event, answers: Mapping[Feature, Answer]) -> None:
    kept = {row.feature: row for row in event.features}
    event.features = [kept.get(feature) or EventFeature(feature=feature) for feature in answers]
    for row in event.features:
        row.answer = answers[row.feature]


def _store_texts(event: Event, texts: Mapping[str, Mapping[str, str]]) -> None:
    kept = {row.language: row for row in event.texts}
    event.texts = [kept.get(language) or EventText(language=language) for language in texts]
    for row in event.texts:
        for key, text in texts[row.language].items():
            setattr(row, key, text)
        row.description_html = render_markdown(row.description)


def _clean_texts(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Every language that says something, with all three fields."""
    cleaned = {
        language: {
            "title": clean_line(text.get("title", "")),
            "summary": clean_text(text.get("summary", "")),
            "description": clean_text(text.get("description", "")),
        }
        for language, text in sorted(texts.items())
    }
    return {language: text for language, text in cleaned.items() if any(text.values())}


def too_long(field: str, text: str, longest: int) -> Problem:
    """The message for a text that does not fit."""
    message = N_("Texten är för lång: %(length)s tecken. Den får vara högst %(longest)s.")
    return Problem(field, message, {"length": len(text), "longest": longest})


def https_address(text: str) -> str:
    """A web address that begins with https; one without a scheme is given it.

    Raises:
        ValueError: it is something else, or names no host, or carries a password.
    """
    if text and "://" not in text:
        text = f"https://{text}"
    parts = urlsplit(text)
    host = parts.hostname or ""
    is_plain = not (parts.username or parts.password) and not any(char.isspace() or char in '<>"\\' for char in text)
    if parts.scheme != "https" or "." not in host.strip(".") or not is_plain:
        raise ValueError(text)
    return text


def _problems_of_lengths(given: dict[str, Any]) -> list[Problem]:
    problems = [Problem("title", N_("Skriv en rubrik."))] if given.get("title") == "" else []
    return problems + [
        too_long(key, given[key], longest)
        for key, longest in {**LINES, **TEXTS}.items()
        if key in given and len(given[key]) > longest
    ]


def _problems_of_addresses(given: dict[str, Any]) -> list[Problem]:
    checks = (
        ("contact_email", clean_email, N_("Skriv en e-postadress, till exempel kultur@kommunen.se.")),
        ("contact_phone", clean_phone, N_("Skriv ett telefonnummer, till exempel 054-540 00 00.")),
        ("sign_up_url", https_address, N_("Skriv en adress som börjar med https://.")),
    )
    problems = []
    for key, clean, message in checks:
        if given.get(key):
            try:
                given[key] = clean(given[key])
            except ValueError:
                problems.append(Problem(key, message))
    return problems


def _problems_of_ages(given: dict[str, Any]) -> list[Problem]:
    problems = [
        Problem(key, N_("Skriv en ålder mellan 0 och 120 år."))
        for key in ("age_from", "age_to")
        if given.get(key) is not None and not 0 <= given[key] <= 120
    ]
    youngest, oldest = given.get("age_from"), given.get("age_to")
    if not problems and youngest is not None and oldest is not None and youngest > oldest:
        problems.append(Problem("age_to", N_("Den högsta åldern är lägre än den lägsta.")))
    return problems


def _problems_of_choices(given: dict[str, Any], edition: Edition) -> list[Problem]:
    offered = {row.theme_id for row in edition.themes}
    checks = (
        ("themes", offered, given.get("themes", ()), N_("Välj bland upplagans teman.")),
        (
            "languages",
            LANGUAGES,
            [code for code, _use in given.get("languages", ())],
            N_("Välj bland språken i listan."),
        ),
        ("kommuner", kommuner(), given.get("kommuner", ()), N_("Välj bland länets kommuner.")),
        ("texts", TEXT_LANGUAGES, given.get("texts", ()), N_("Välj bland språken i listan.")),
    )
    return [Problem(key, message) for key, known, chosen, message in checks if any(one not in known for one in chosen)]


def _problems_of_texts(texts: Mapping[str, Mapping[str, str]]) -> list[Problem]:
    longest = {"title": TITLE_LENGTH, "summary": SUMMARY_LENGTH, "description": DESCRIPTION_LENGTH}
    return [
        too_long(f"texts.{language}.{key}", text[key], limit)
        for language, text in texts.items()
        for key, limit in longest.items()
        if len(text[key]) > limit
    ]

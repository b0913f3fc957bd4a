"""Reading the file of real programmes into archived editions, row by row (``flask import-programme``)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.core.clock import STOCKHOLM
from planner.core.text import N_
from planner.editions.models import Edition, EditionState
from planner.editions.queries import edition_by_slug
from planner.exchange.importing import Importer, Report
from planner.exchange.programme import Days, Row, event_record
from planner.exchange.programme_words import open_questions
from planner.exchange.register import ensure_register
from planner.organisations.rules import SYSTEM

VARMLAND_2021 = "varmland-2021"
_NAMES = {
    VARMLAND_2021: N_("Demokrativeckan 2021"),
    "varmland-demokratijubileum-2019": N_("Vice talmannens demokratiprogram 2019"),
    "varmland-ovriga-demokratiarrangemang": N_("Demokratiarrangemang i Värmland 2017–2026"),
    "livet-vart-att-leva-2018": N_("Livet värt att leva 2018"),
    "ornskoldsvik-demokratidagar-2023": N_("Demokratidagar i Örnsköldsvik 2023"),
}


@dataclass(frozen=True)
class Line:
    """What became of one row: its id, edition, title, "in", "already" or the refusal, and what the source left open."""

    id: str
    edition: str
    title: str
    outcome: str
    open_questions: Sequence[str]


def import_programme(session: Session, rows: Sequence[Row], *, now: datetime) -> Iterator[Line]:
    """Import every row into the edition of its programme. Running it again changes nothing. The caller commits."""
    ensure_register(session, now=now)
    programmes: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        programmes[row["programme"]].append(row)
    days = {name: _days(name, found) for name, found in programmes.items()}
    for name in programmes:
        _ensure_edition(session, name, days[name], programmes[name], now)
    importer = Importer(session, now=now)
    lines = [_take(importer, at, row, days[row["programme"]], now) for at, row in enumerate(rows, start=1)]
    importer.finish()
    yield from lines


def edition_slug(programme: str) -> str:
    """The address part of a programme's edition: the week of Värmland by its year alone."""
    return "2021" if programme == VARMLAND_2021 else programme


def _take(importer: Importer, at: int, row: Row, days: Days, now: datetime) -> Line:
    record = event_record(row, edition_slug(row["programme"]), days, now)
    before = _counts(importer.report)
    importer.take(at, record)
    after = _counts(importer.report)
    outcome = ("in", "already", "refused")[next(i for i in range(3) if before[i] != after[i])]
    if outcome == "refused":
        outcome = "; ".join(f"{problem.field}: {problem.text}" for problem in importer.report.refused[-1][1])
    return Line(row["id"], record["edition"], row["title"], outcome, open_questions(row, record["occurrences"]))


def _counts(report: Report) -> tuple[int, int, int]:
    return len(report.arrived), len(report.unchanged), len(report.refused)


def _ensure_edition(session: Session, programme: str, days: Days, rows: Sequence[Row], now: datetime) -> Edition:
    known = edition_by_slug(session, edition_slug(programme))
    if known is not None:
        return known
    # Made whole: a programme that is over was never open for submission, and some of them span years.
    edition = Edition(
        name=_NAMES.get(programme) or _name(programme),
        slug=edition_slug(programme),
        year=days.first.year,
        county=rows[0]["lan"],
        first_day=days.first,
        last_day=days.last,
        number_prefix=_prefix(programme),
        state=EditionState.ARCHIVED,
        created_at=now,
        changed_at=now,
    )
    session.add(edition)
    log(session, "import_edition", edition, name=edition.name, actor=SYSTEM, now=now)
    return edition


def _days(programme: str, rows: Sequence[Row]) -> Days:
    """The week's own days for Värmland 2021, else from the first to the last day that a row states."""
    if programme == VARMLAND_2021:
        return Days(date(2021, 9, 20), date(2021, 9, 27), STOCKHOLM)
    stated = [date.fromisoformat(row[key]) for row in rows for key in ("date", "end_date") if row[key]]
    return Days(min(stated), max(stated), STOCKHOLM)


def _name(programme: str) -> str:
    place, _, year = programme.rpartition("-")
    return f"{_PLACES.get(place, place.replace('-', ' ').title())} {year}"


_PLACES = {
    "vasternorrland": "Demokratiåret i Västernorrland",
    "norrbotten": "Demokratiåret i Norrbotten",
    "falun": "Demokrativeckan i Falun",
    "blekinge": "Demokratiåret i Blekinge",
    "gavleborg": "Demokratidagar i Gävleborg",
    "orebro": "Demokrativeckan i Örebro",
    "jonkoping": "Demokratistugan i Jönköping",
    "vastmanland": "Demokrativeckan i Västmanland",
    "dalarna": "Demokratiåret i Dalarna",
    "falkenberg": "Demokrati i Falkenberg",
    "kalmar": "Demokratistugan i Kalmar",
    "vasterbotten": "Demokratistugan i Västerbotten",
    "vastra-gotaland": "Demokratistugan i Västra Götaland",
    "finspang": "Demokrativeckan i Finspång",
    "halland": "Demokratistugan i Halland",
    "harnosand": "Demokrativeckan i Härnösand",
    "skane": "Demokratistugan i Skåne",
    "sundsvall": "Demokratidagen i Sundsvall",
}


def _prefix(programme: str) -> str:
    """Letters for the events' numbers, unlike for every programme of the file: DV21, VASTERNO21."""
    if programme == VARMLAND_2021:
        return "DV21"
    place, _, year = programme.rpartition("-")
    letters = (place if year.isdecimal() else programme).replace("-", "")
    if programme.startswith("varmland-"):
        letters = letters.removeprefix("varmland")
    return f"{letters[:8].upper()}{year[2:] if year.isdecimal() else ''}"


def rows_of(text: Any) -> list[Row]:
    """The rows of the parsed file.

    Raises:
        ValueError: it is not the list of objects that demokrativeckan-2021.md describes.
    """
    if not isinstance(text, list) or not all(isinstance(row, dict) and "programme" in row for row in text):
        raise ValueError(N_("Filen är inte en lista av programpunkter (se demokrativeckan-2021.md)."))
    return text

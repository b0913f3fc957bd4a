"""The front page: what the week is, what happens now and next, and where in the county."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import render_template
from sqlalchemy.orm import Session

from planner.browse.views.blueprint import blueprint
from planner.core.clock import to_utc, utc_now
from planner.data.kommuner import COUNTY_CODE, kommuner
from planner.editions.models import Edition
from planner.editions.queries import current_edition, next_edition, public_editions
from planner.editions.rules import accepts_submissions
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Occurrence
from planner.events.queries import count_by, count_occurrences, days_of, moment_of, next_occurrences
from planner.web.access import Level, access
from planner.web.caching import hold_until
from planner.web.database import db
from planner.web.language import text_language

SHOWN_NEXT = 6
EVERYTHING = CalendarQuery()


@blueprint.get("/")
@access(Level.ANYONE)
def start() -> str:
    """The week, or before one is published, what is coming."""
    session, now = db.session(), utc_now().replace(second=0, microsecond=0)
    edition = current_edition(session)
    if edition is None:
        return render_template("browse/start_before.html", coming=coming(session), archive=public_editions(session))
    phase = phase_of(edition, now)
    if phase.is_on:
        hold_until(now + timedelta(minutes=1))
    kommun_counts = count_by(session, edition, EVERYTHING, "kommun")
    day_counts = count_by(session, edition, EVERYTHING, "dag")
    return render_template(
        "browse/start.html",
        edition=edition,
        phase=phase,
        total=count_occurrences(session, edition, EVERYTHING),
        shown=_shown(session, edition, phase, now),
        days=[(day, day_counts.get(day.isoformat(), 0)) for day in days_of(edition)],
        kommuner=[(code, kommun_counts.get(code, 0)) for code in (*kommuner(), COUNTY_CODE)],
        forms=count_by(session, edition, EVERYTHING, "form"),
        coming=coming(session),
        archive=[each for each in public_editions(session) if each is not edition],
    )


@dataclass(frozen=True)
class Phase:
    """Where today stands to the week: before it, in it, or after it."""

    today: date
    edition: Edition

    @property
    def is_before(self) -> bool:
        return self.today < self.edition.first_day

    @property
    def is_on(self) -> bool:
        return self.edition.first_day <= self.today <= self.edition.last_day

    @property
    def is_over(self) -> bool:
        return self.today > self.edition.last_day

    @property
    def takes_submissions(self) -> bool:
        """Whether organisers may still send in events."""
        return accepts_submissions(self.edition, self.today)


def phase_of(edition: Edition, now: datetime) -> Phase:
    """Where the moment stands to the edition's week, by its own clock."""
    return Phase(now.astimezone(ZoneInfo(edition.time_zone)).date(), edition)


def coming(session: Session) -> Phase | None:
    """The edition that is being prepared, if any."""
    edition = next_edition(session)
    return None if edition is None else phase_of(edition, utc_now())


def _shown(session: Session, edition: Edition, phase: Phase, now: datetime) -> Sequence[Occurrence]:
    """In the week, what goes on and comes next; otherwise how the week begins."""
    language = text_language()
    if phase.is_on:
        return moment_of(session, edition, EVERYTHING, now, limit=SHOWN_NEXT, language=language).few(SHOWN_NEXT)
    week_begins = to_utc(edition.first_day, time(0), ZoneInfo(edition.time_zone))
    return next_occurrences(session, edition, week_begins, SHOWN_NEXT, language=language)

"""Every change of an edition, its themes and criteria; and the two counters that the events above take from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ColumnElement

from planner.audit.actions import log
from planner.core.db import UTCDateTime
from planner.core.errors import Invalid, NotAllowed, Problem, StaleVersion
from planner.core.text import N_, slugify
from planner.editions import defaults, rules
from planner.editions.defaults import CriterionFields
from planner.editions.fields import EditionFields, clean_criteria, clean_fields, criteria_of, problems_of
from planner.editions.models import Criterion, Edition, EditionState, EditionTheme, Theme
from planner.editions.queries import lock_edition, theme_by_slug
from planner.editions.signals import edition_archived, edition_days_changed
from planner.organisations.rules import Actor


class _OneSecondLater(ColumnElement[datetime]):
    """An instant's column plus one second: the databases spell it differently."""

    inherit_cache = True
    type = UTCDateTime()

    def __init__(self, column: ColumnElement[datetime]) -> None:
        self.column = column


@compiles(_OneSecondLater, "sqlite")
def _on_sqlite(element: _OneSecondLater, compiler: SQLCompiler, **kw: Any) -> str:
    # The text form is the one that SQLAlchemy itself writes, with six digits after the second.
    return f"strftime('%Y-%m-%d %H:%M:%f000', {compiler.process(element.column, **kw)}, '+1 second')"


@compiles(_OneSecondLater, "postgresql")
def _on_postgresql(element: _OneSecondLater, compiler: SQLCompiler, **kw: Any) -> str:
    return f"({compiler.process(element.column, **kw)} + interval '1 second')"


def raise_revision(session: Session, edition: Edition, *, now: datetime) -> None:
    """Say that something the public can see has changed; the loaded edition shows the new number.

    One statement, so that two transactions never give the same number; ``changed_at`` rises by a second at least.
    """
    session.flush()
    later = _OneSecondLater(Edition.__table__.c.changed_at)
    moment = sa.literal(now, UTCDateTime())
    revision, changed_at = session.execute(
        sa.update(Edition)
        .where(Edition.id == edition.id)
        .values(revision=Edition.revision + 1, changed_at=sa.case((later > moment, later), else_=moment))
        .returning(Edition.revision, Edition.changed_at)
        .execution_options(synchronize_session=False)
    ).one()
    set_committed_value(edition, "revision", revision)
    set_committed_value(edition, "changed_at", changed_at)


def take_event_number(session: Session, edition: Edition) -> str:
    """The next public number of an event ("DV27-0123"), taken in one statement so that nobody else gets it."""
    session.flush()
    following = session.scalars(
        sa.update(Edition)
        .where(Edition.id == edition.id)
        .values(next_number=Edition.next_number + 1)
        .returning(Edition.next_number)
        .execution_options(synchronize_session=False)
    ).one()
    set_committed_value(edition, "next_number", following)
    return f"{edition.number_prefix}-{following - 1:04d}"


def ensure_theme(session: Session, slug: str, name: str) -> Theme:
    """The theme at this address, made if it is not there yet."""
    theme = theme_by_slug(session, slug)
    if theme is None:
        theme = Theme(slug=slug, name=name)
        session.add(theme)
        session.flush()
    return theme


def create_edition(session: Session, fields: EditionFields, *, actor: Actor, now: datetime) -> Edition:
    """A new edition, being planned. What is not stated gets the defaults."""
    _require_manager(actor)
    given = {
        "county": "Värmlands län",
        "time_zone": "Europe/Stockholm",
        "intro": defaults.INTRO,
        "terms": defaults.TERMS,
        "number_prefix": "",
        **clean_fields(fields),
    }
    first_day = given.get("first_day")
    if first_day is not None:
        given["year"] = given.get("year") or first_day.year
        given["number_prefix"] = given["number_prefix"] or f"DV{first_day:%y}"
    given["slug"] = slugify(given.get("slug") or given.get("name") or "")
    _check(session, given, None)
    edition = Edition(**given, state=EditionState.PLANNED, created_at=now, changed_at=now, themes=[], criteria=[])
    session.add(edition)
    _set_themes(session, edition, fields["themes"] if "themes" in fields else _default_themes(session))
    _set_criteria(session, edition, fields.get("criteria", defaults.CRITERIA))
    log(session, "create_edition", edition, name=edition.name, actor=actor, now=now)
    return edition


def change_edition(
    session: Session,
    edition: Edition,
    fields: EditionFields,
    *,
    expected_version: int | None,
    actor: Actor,
    now: datetime,
) -> Edition:
    """State something anew about an edition. ``expected_version`` is the version that the person saw.

    Raises:
        NotAllowed: the actor may not change editions.
        Invalid: something does not hold together, or another edition is called so.
        StaleVersion: somebody else saved in between.
    """
    _require_manager(actor)
    edition = lock_edition(session, edition.id)
    given = clean_fields(fields)
    if "slug" in given:
        given["slug"] = slugify(given["slug"]) if given["slug"] else edition.slug
    changed = _changed(edition, given, fields)
    if not changed:
        return edition
    whole = {column.key: getattr(edition, column.key) for column in sa.inspect(Edition).columns}
    _check(session, {**whole, **given}, edition)
    if expected_version is not None and expected_version != edition.version:
        raise StaleVersion(edition.version)
    _apply(session, edition, given, fields)
    edition.version += 1
    log(session, "change_edition", edition, name=edition.name, actor=actor, now=now, changed=changed)
    if "first_day" in changed or "last_day" in changed:
        edition_days_changed.send(edition, session=session, now=now)
    # What is being prepared is announced on the front page.
    raise_revision(session, edition, now=now)
    return edition


def copy_edition(session: Session, edition: Edition, fields: EditionFields, *, actor: Actor, now: datetime) -> Edition:
    """A new edition with the themes, criteria and texts of another, which needs them loaded; fields go before."""
    copied: EditionFields = {
        "county": edition.county,
        "time_zone": edition.time_zone,
        "intro": edition.intro,
        "terms": edition.terms,
        "contact_email": edition.contact_email,
        "verified_may_publish": edition.verified_may_publish,
        "themes": [row.theme for row in edition.themes],
        "criteria": criteria_of(edition),
    }
    return create_edition(session, {**copied, **fields}, actor=actor, now=now)


def open_edition(session: Session, edition: Edition, *, actor: Actor, now: datetime) -> Edition:
    """Let organisers send in their events; needs the edition's themes and criteria loaded."""
    _require_manager(actor)
    if not rules.may_be_opened(edition):
        raise Invalid([Problem("", N_("Bara en upplaga som planeras kan öppnas."))])
    _require_nothing_missing(rules.missing_for_opening_edition(edition))
    return _set_state(session, edition, EditionState.OPEN, "open_edition", actor=actor, now=now)


def publish_edition(session: Session, edition: Edition, *, actor: Actor, now: datetime) -> Edition:
    """Let everybody see its programme; needs the edition's themes and criteria loaded."""
    _require_manager(actor)
    if not rules.may_be_published(edition):
        raise Invalid([Problem("", N_("Bara en upplaga som är öppen för anmälan kan publiceras."))])
    _require_nothing_missing(rules.missing_for_publishing_edition(edition))
    edition.published_at = now
    return _set_state(session, edition, EditionState.PUBLISHED, "publish_edition", actor=actor, now=now)


def archive_edition(session: Session, edition: Edition, *, actor: Actor, now: datetime) -> Edition:
    """Close its programme: it stays readable for ever and nobody sends in more."""
    _require_manager(actor)
    if not rules.may_be_archived(edition):
        raise Invalid([Problem("", N_("Bara en publicerad upplaga kan arkiveras."))])
    _set_state(session, edition, EditionState.ARCHIVED, "archive_edition", actor=actor, now=now)
    edition_archived.send(edition, session=session, actor=actor, now=now)
    return edition


def _require_manager(actor: Actor) -> None:
    if not rules.may_manage_editions(actor):
        raise NotAllowed


def _require_nothing_missing(missing: list[Problem]) -> None:
    if missing:
        raise Invalid(missing)


def _set_state(
    session: Session, edition: Edition, state: EditionState, action: str, *, actor: Actor, now: datetime
) -> Edition:
    edition.state = state
    log(session, action, edition, name=edition.name, actor=actor, now=now)
    raise_revision(session, edition, now=now)
    return edition


def _check(session: Session, given: dict[str, Any], edition: Edition | None) -> None:
    """Refuse what does not hold together or what another edition already is called."""
    problems = problems_of(given)
    messages = {
        "name": N_("Det finns redan en upplaga med det namnet."),
        "slug": N_("Det finns redan en upplaga på den adressen."),
        "number_prefix": N_("Bokstäverna används redan av en annan upplaga."),
    }
    wrong = {problem.field for problem in problems}
    others = sa.select(Edition.id).where(Edition.id != edition.id) if edition else sa.select(Edition.id)
    with session.no_autoflush:
        for key, message in messages.items():
            if key not in wrong and session.scalar(others.where(getattr(Edition, key) == given[key])) is not None:
                problems.append(Problem(key, message))
    if problems:
        raise Invalid(problems)


def _changed(edition: Edition, given: dict[str, Any], fields: EditionFields) -> list[str]:
    """What is stated otherwise than before."""
    changed = [key for key, value in given.items() if getattr(edition, key) != value]
    if "themes" in fields and [theme.id for theme in fields["themes"]] != [row.theme_id for row in edition.themes]:
        changed.append("themes")
    if "criteria" in fields and clean_criteria(fields["criteria"]) != criteria_of(edition):
        changed.append("criteria")
    return sorted(changed)


def _apply(session: Session, edition: Edition, given: dict[str, Any], fields: EditionFields) -> None:
    for key, value in given.items():
        setattr(edition, key, value)
    if "themes" in fields:
        _set_themes(session, edition, fields["themes"])
    if "criteria" in fields:
        _set_criteria(session, edition, fields["criteria"])


def _default_themes(session: Session) -> list[Theme]:
    return [ensure_theme(session, slugify(name), name) for name in defaults.THEMES]


def _set_themes(session: Session, edition: Edition, themes: Sequence[Theme]) -> None:
    kept = {row.theme_id: row for row in edition.themes}
    rows = []
    for position, theme in enumerate(dict.fromkeys(themes)):
        row = kept.get(theme.id) or EditionTheme(theme=theme, theme_id=theme.id)
        row.position = position
        rows.append(row)
    edition.themes = rows
    session.flush()


def _set_criteria(session: Session, edition: Edition, criteria: Sequence[CriterionFields]) -> None:
    """Replace the list; a criterion that keeps its code is the same one, and one that a decision names has to stay."""
    kept = {row.code: row for row in edition.criteria}
    rows = []
    for position, wanted in enumerate(clean_criteria(criteria)):
        row = kept.get(wanted["code"]) or Criterion(code=wanted["code"])
        row.position, row.title, row.text = position, wanted["title"], wanted["text"]
        rows.append(row)
    try:
        with session.begin_nested():
            edition.criteria = rows
    except IntegrityError:
        message = N_("Ett kriterium som ett beslut hänvisar till går att ändra men inte att ta bort.")
        raise Invalid([Problem("criteria", message)]) from None

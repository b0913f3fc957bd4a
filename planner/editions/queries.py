"""Every question about editions, their themes and criteria."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from planner.editions.models import Edition, EditionState, EditionTheme, Theme

PUBLIC_STATES = (EditionState.PUBLISHED, EditionState.ARCHIVED)
COMING_STATES = (EditionState.OPEN, EditionState.PLANNED)


def site_revision() -> sa.Select[int]:
    """One number for all that is public: it rises with every revision of any edition, and with every new edition."""
    return sa.select(sa.func.sum(Edition.revision))


def current_edition(session: Session) -> Edition | None:
    """The newest published edition: what the front page is about."""
    return session.scalars(
        sa.select(Edition)
        .where(Edition.state == EditionState.PUBLISHED)
        .order_by(Edition.first_day.desc(), Edition.id.desc())
        .limit(1)
    ).one_or_none()


def next_edition(session: Session) -> Edition | None:
    """The newest edition that is being prepared and not yet published."""
    return session.scalars(
        sa.select(Edition)
        .where(Edition.state.in_(COMING_STATES))
        .order_by(Edition.first_day.desc(), Edition.id.desc())
        .limit(1)
    ).one_or_none()


def edition_by_slug(session: Session, slug: str) -> Edition | None:
    """The edition at this address, public or not."""
    return session.scalars(sa.select(Edition).where(Edition.slug == slug)).one_or_none()


def edition_with_all(session: Session, slug: str) -> Edition | None:
    """The edition at this address with its themes and criteria."""
    return session.scalars(
        sa.select(Edition)
        .where(Edition.slug == slug)
        .options(selectinload(Edition.themes), selectinload(Edition.criteria))
        .execution_options(populate_existing=True)
    ).one_or_none()


def lock_edition(session: Session, edition_id: int) -> Edition:
    """The edition read again with its themes and criteria, so that nobody else changes its row meanwhile."""
    return session.scalars(
        sa.select(Edition)
        .where(Edition.id == edition_id)
        .options(selectinload(Edition.themes), selectinload(Edition.criteria))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def all_editions(session: Session) -> Sequence[Edition]:
    """Every edition, newest first."""
    return session.scalars(sa.select(Edition).order_by(Edition.first_day.desc(), Edition.id.desc())).all()


def public_editions(session: Session) -> Sequence[Edition]:
    """The editions whose programme everybody may see, newest first."""
    return session.scalars(
        sa.select(Edition).where(Edition.state.in_(PUBLIC_STATES)).order_by(Edition.first_day.desc(), Edition.id.desc())
    ).all()


def open_editions(session: Session, today: date) -> Sequence[Edition]:
    """The editions that take in new events today, soonest first (``rules.accepts_submissions``)."""
    return session.scalars(
        sa.select(Edition)
        .where(
            Edition.state.in_((EditionState.OPEN, EditionState.PUBLISHED)),
            sa.func.coalesce(Edition.submit_by, Edition.last_day) >= today,
        )
        .order_by(Edition.first_day, Edition.id)
    ).all()


def theme_by_slug(session: Session, slug: str) -> Theme | None:
    """The theme at this address."""
    return session.scalars(sa.select(Theme).where(Theme.slug == slug)).one_or_none()


def all_themes(session: Session) -> Sequence[Theme]:
    """Every theme that any edition has had, by name."""
    return session.scalars(sa.select(Theme).order_by(Theme.name)).all()


def themes_of(session: Session, edition: Edition) -> Sequence[Theme]:
    """The themes that an edition offers, in its order."""
    return session.scalars(
        sa.select(Theme)
        .join(EditionTheme, EditionTheme.theme_id == Theme.id)
        .where(EditionTheme.edition_id == edition.id)
        .order_by(EditionTheme.position, Theme.name)
    ).all()

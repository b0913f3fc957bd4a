"""Which edition is the current one, the next one, an open one."""

from datetime import date

from sqlalchemy.orm import Session

from planner.editions import queries
from planner.editions.models import Edition, EditionState
from tests.factories import make_edition, make_theme


def edition_in(session: Session, year: int, state: EditionState, submit_by: date | None = None) -> Edition:
    return make_edition(
        session,
        f"Demokrativeckan {year}",
        slug=str(year),
        year=year,
        first_day=date(year, 9, 20),
        last_day=date(year, 9, 27),
        state=state,
        number_prefix=f"DV{year}",
        submit_by=submit_by,
    )


def test_there_is_no_edition_at_first(session: Session) -> None:
    assert queries.current_edition(session) is None
    assert queries.next_edition(session) is None
    assert list(queries.public_editions(session)) == []


def test_current_next_public_and_open_editions(session: Session) -> None:
    archived = edition_in(session, 2021, EditionState.ARCHIVED)
    older = edition_in(session, 2026, EditionState.PUBLISHED)
    current = edition_in(session, 2027, EditionState.PUBLISHED, submit_by=date(2027, 8, 1))
    coming = edition_in(session, 2028, EditionState.OPEN)
    planned = edition_in(session, 2029, EditionState.PLANNED)

    assert queries.current_edition(session) is current
    assert queries.next_edition(session) is planned
    assert list(queries.public_editions(session)) == [current, older, archived]
    assert list(queries.all_editions(session)) == [planned, coming, current, older, archived]
    assert list(queries.open_editions(session, date(2027, 8, 1))) == [current, coming]
    assert list(queries.open_editions(session, date(2027, 8, 2))) == [coming]
    assert queries.edition_by_slug(session, "2029") is planned
    assert queries.edition_by_slug(session, "1999") is None


def test_the_themes_of_an_edition_come_in_its_order(session: Session) -> None:
    edition = edition_in(session, 2027, EditionState.OPEN)
    later = make_theme(session, "Val", edition)
    make_theme(session, "Annans tema")
    last = make_theme(session, "Barnrätt", edition)

    assert list(queries.themes_of(session, edition)) == [later, last]
    assert queries.theme_by_slug(session, "barnratt") is last
    loaded = queries.edition_with_all(session, "2027")
    assert loaded is not None
    assert [row.theme for row in loaded.themes] == [later, last]

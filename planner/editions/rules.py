"""Who may do what with editions, what they take in, and what they lack. Pure: no queries, no Flask."""

from datetime import date

from planner.core.errors import Problem
from planner.core.text import N_
from planner.editions.models import Edition, EditionState
from planner.organisations.rules import Actor


def may_manage_editions(actor: Actor) -> bool:
    """Coordinators of the county; imports and the demonstration too."""
    return actor.is_county_coordinator or actor.is_system


def accepts_submissions(edition: Edition, today: date) -> bool:
    """Whether organisers may still send in events: while it is open or published, until the last day for it."""
    if edition.state not in (EditionState.OPEN, EditionState.PUBLISHED):
        return False
    return today <= (edition.submit_by or edition.last_day)


def missing_for_opening_edition(edition: Edition) -> list[Problem]:
    """What organisers must be able to read before they begin. Needs the edition's themes and criteria loaded."""
    missing = []
    if not edition.criteria:
        missing.append(Problem("criteria", N_("Skriv minst ett kriterium som programpunkterna granskas efter.")))
    if not edition.themes:
        missing.append(Problem("themes", N_("Välj minst ett tema.")))
    if not edition.terms.strip():
        missing.append(Problem("terms", N_("Skriv villkoren som arrangörerna godkänner.")))
    if not edition.contact_email.strip():
        missing.append(Problem("contact_email", N_("Ange en e-postadress dit arrangörer och invånare kan vända sig.")))
    return missing


def missing_for_publishing_edition(edition: Edition) -> list[Problem]:
    """What residents must be able to read besides. Needs the edition's themes and criteria loaded."""
    missing = missing_for_opening_edition(edition)
    if not edition.intro.strip():
        missing.append(Problem("intro", N_("Skriv en inledning som förklarar vad veckan är.")))
    return missing


def may_be_opened(edition: Edition) -> bool:
    """Only one that is being planned."""
    return edition.state is EditionState.PLANNED


def may_be_published(edition: Edition) -> bool:
    """Only one that has been open for submission."""
    return edition.state is EditionState.OPEN


def may_be_archived(edition: Edition) -> bool:
    """Only one that has been published."""
    return edition.state is EditionState.PUBLISHED

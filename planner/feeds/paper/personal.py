"""What a resident has saved, on paper: day by day, what is ahead, with what cannot be seen at once.

Its address is a secret that paper would tell to whoever reads it, so it stands nowhere on it: the QR code leads to the
page where one opens one's own.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from planner.core.site import site_of
from planner.core.text import N_
from planner.core.tongue import Tongue
from planner.feeds.offers import Options
from planner.feeds.paper import words
from planner.feeds.paper.programme import Sheet, moment_in_words, programme_of, without_scheme
from planner.feeds.queries import saved_for_rows
from planner.feeds.reading import row_of
from planner.programmes.agenda import Agenda, Entry, agenda_of
from planner.programmes.models import Programme
from planner.programmes.queries import revisions_of, withdrawn_from

FILE_NAME = "mitt-program.pdf"
"""The same for everybody: a name that somebody has given may be told by a saved file."""


def saved_on_paper(session: Session, programme: Programme, options: Options, tongue: Tongue, today: date) -> bytes:
    """The document of what is ahead; of everything when nothing is."""
    saved = saved_for_rows(session, programme)
    agenda = agenda_of(saved, withdrawn_from(session, programme), today)
    entries = [entry for day in agenda.coming or agenda.past for entry in day.entries]
    site = site_of(session)
    address = f"{site.public_url}{tongue.prefix}/mitt-program"
    heading = programme.name or tongue.say(N_("Mitt program"))
    changed_at = revisions_of(session, programme).changed_at
    stamp = tongue.say(N_("Programmet som det var %(moment)s.")) % {"moment": moment_in_words(changed_at, tongue)}
    sheet = Sheet(
        tongue=tongue,
        title=heading,
        heading=heading,
        about=tongue.say(N_("Sparade programpunkter.")),
        address=address,
        short_address=without_scheme(address),
        stamp=stamp,
        changed_at=changed_at,
        days=", ".join(dict.fromkeys(entry.occurrence.event.edition.name for entry in entries)),
    )
    rows = [row_of(entry.occurrence, site, tongue) for entry in entries]
    beside = {entry.occurrence.uid: _clash_of(entry, tongue) for entry in entries if entry.clashes}
    return programme_of(sheet, rows, options, number=len(rows), notes=_notes(agenda, tongue), beside=beside)


def _clash_of(entry: Entry, tongue: Tongue) -> words.Line:
    titles = ", ".join(dict.fromkeys(other.event.title for other in entry.clashes))
    return {"ours": tongue.say(N_("Krockar med:")), "theirs": words.written(titles, tongue)}


def _notes(agenda: Agenda, tongue: Tongue) -> Sequence[str]:
    """What of it can be seen no more, and that there is nothing."""
    if not agenda.count:
        return [tongue.say(N_("Inget är sparat än."))]
    if not agenda.withdrawn:
        return []
    number = len(agenda.withdrawn)
    note = N_("1 programpunkt som du sparade har dragits tillbaka.")
    notes = N_("%(count)s programpunkter som du sparade har dragits tillbaka.")
    return [tongue.say(note) if number == 1 else tongue.say(notes) % {"count": number}]

"""The programme as a table: the columns of CSV and Excel, with Swedish headings, in the order that people read them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from planner.core.clock import STOCKHOLM
from planner.data.kommuner import COUNTY_NAME, kommuner
from planner.events.models import Form, HostingRole, OccurrenceState, SignUp
from planner.events.models.vocabulary import LANGUAGES
from planner.feeds.rows import Place, Row
from planner.feeds.words import ages_in_words

Cell = str | date | time | datetime | None
"""A value as it is known; nothing where nobody knows it."""


@dataclass(frozen=True)
class Column:
    """A heading, what stands under it, and how wide that is in characters. ``is_link`` marks web addresses."""

    heading: str
    value: Callable[[Row], Cell]
    width: int = 16
    is_link: bool = False


def _clock(moment: datetime | None) -> time | None:
    return moment.time() if moment else None


def _state(row: Row) -> str:
    label = row.state.label
    return f"{label}, preliminärt" if row.when.is_preliminary and row.state is OccurrenceState.SCHEDULED else label


def _title(row: Row) -> str:
    return " – ".join(part for part in (row.title, row.label) if part)


def _of_place(read: Callable[[Place], str]) -> Callable[[Row], str]:
    return lambda row: read(row.where.place) if row.where.place else ""


def _address(place: Place) -> str:
    return ", ".join(part for part in (place.room, place.street) if part)


def _postcode(place: Place) -> str:
    return f"{place.postcode[:3]} {place.postcode[3:]}".strip()


def _point(place: Place) -> str:
    # One cell of text: a number with a point, or with a comma, is a date or nothing at all in some languages' Excel.
    return ", ".join(f"{number:.6f}" for number in place.point or ())


def _kommuner(row: Row) -> str:
    names = [kommuner()[code].name for code in row.where.kommuner if code in kommuner()]
    return _list([*names, COUNTY_NAME] if row.where.is_countywide else names)


def _hosts(role: HostingRole | None) -> Callable[[Row], str]:
    return lambda row: _list(host.name for host in row.hosts_as(role))


def _languages(codes: Iterable[str]) -> str:
    return _list(LANGUAGES.get(code, code) for code in codes)


def _price(row: Row) -> str:
    return "Gratis" if row.for_whom.is_free else row.for_whom.price


def _sign_up(row: Row) -> str:
    kind = row.for_whom.sign_up
    return "" if kind is SignUp.UNSTATED else kind.label


def _form(row: Row) -> str:
    return "" if row.where.form is Form.UNKNOWN else row.where.form.label


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


COLUMNS = (
    Column("Första dag", lambda row: row.when.first_day, 12),
    Column("Sista dag", lambda row: row.when.last_day, 12),
    Column("Börjar", lambda row: _clock(row.when.starts_at), 9),
    Column("Slutar", lambda row: _clock(row.when.ends_at), 9),
    Column("Rubrik", _title, 44),
    Column("Läge", _state, 14),
    Column("Form", _form, 14),
    Column("Plats", _of_place(lambda place: place.name), 28),
    Column("Kommun", _kommuner, 14),
    Column("Huvudarrangör", _hosts(None), 28),
    Column("Tid i ord", lambda row: row.when.words, 34),
    Column("Mer om tiden", lambda row: row.when.note, 28),
    Column("Nytt", lambda row: " ".join(row.news), 28),
    Column("Sammanfattning", lambda row: row.summary, 60),
    Column("Typ", lambda row: row.activity.label),
    Column("Lokal och gatuadress", _of_place(_address), 28),
    Column("Postnummer", _of_place(_postcode), 12),
    Column("Ort", _of_place(lambda place: place.town)),
    Column("Koordinater (WGS 84)", _of_place(_point), 22),
    Column("Länk för att delta", lambda row: row.where.online.link if row.where.online else "", 28, is_link=True),
    Column("Medarrangörer", _hosts(HostingRole.CO_ORGANISER), 28),
    Column("Medverkande", _hosts(HostingRole.PARTICIPANT), 28),
    Column("Upplåter plats", _hosts(HostingRole.VENUE_HOST), 28),
    Column("Stödjer", _hosts(HostingRole.SUPPORTER), 28),
    Column("Teman", lambda row: _list(name for _slug, name in row.themes), 28),
    Column("Målgrupper", lambda row: _list(each.label for each in row.for_whom.audiences), 28),
    Column("Ålder", lambda row: ages_in_words(row.for_whom.age_from, row.for_whom.age_to)),
    Column("Språk", lambda row: _languages(row.for_whom.spoken)),
    Column("Tolkas till", lambda row: _languages(row.for_whom.interpreted)),
    Column("Kostnad", _price),
    Column("Anmälan", _sign_up, 28),
    Column("Anmäl senast", lambda row: row.for_whom.sign_up_by, 14),
    Column("Anmälan på webben", lambda row: row.for_whom.sign_up_url, 28, is_link=True),
    Column("Inspelning", lambda row: row.recording, 28, is_link=True),
    Column("Webbsida", lambda row: row.url, 44, is_link=True),
    Column("Nummer", lambda row: row.number, 12),
    Column("Ändrad", lambda row: row.changed_at.astimezone(STOCKHOLM).replace(tzinfo=None), 17),
    Column("Id", lambda row: row.uid, 44),
)

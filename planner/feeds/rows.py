"""What one occurrence says, whatever the shape it is written in: plain values.

What nobody knows is empty here and stays so: no shape makes up a time, an end or a place. What may not be shown is not
here at all: names only of those who have said yes, links only for everybody and while there is something to join,
neither names nor numbers of persons, for what a feed has told is kept by others for ever.
"""

from dataclasses import dataclass
from datetime import date, datetime

from planner.events.models import (
    ActivityKind,
    Audience,
    Form,
    HostingRole,
    OccurrenceState,
    SignUp,
    TimeKind,
)
from planner.venues.models import Answer, Feature

Features = tuple[tuple[Feature, Answer], ...]
"""What is known of accessibility, yes and no; what nobody knows is left out."""


@dataclass(frozen=True)
class Text:
    """Title, summary and description (sanitised HTML) in one language (BCP 47); what is empty is as in Swedish."""

    language: str
    title: str
    summary: str
    html: str


@dataclass(frozen=True)
class Image:
    """A picture with its address, what it shows, and whose it is under which licence."""

    url: str
    alt: str
    credit: str


@dataclass(frozen=True)
class When:
    """What is known of the time. The clock times are local, and absent unless stated.

    ``last_day`` is nothing where nobody stated the last day; ``shown_until`` is then the edition's, under which lists
    have it. ``words`` is all of it but ``note``: "tisdag 21 september 2027 kl. 18–19.30".
    """

    words: str
    kind: TimeKind
    first_day: date
    last_day: date | None
    shown_until: date
    starts_at: datetime | None
    ends_at: datetime | None
    note: str
    is_preliminary: bool


@dataclass(frozen=True)
class Place:
    """A place with its page ("" if it has none), its point (latitude, longitude) and what is known of it."""

    name: str
    room: str
    street: str
    postcode: str
    town: str
    kommun_code: str
    point: tuple[float, float] | None
    url: str
    features: Features


@dataclass(frozen=True)
class Online:
    """A way to take part at a distance. ``link`` and ``dial_in`` are empty unless anybody may use them."""

    name: str
    platform: str
    link: str
    dial_in: str
    is_for_registered: bool


@dataclass(frozen=True)
class Where:
    """The place to go to, or the hall without audience that it is ``sent_from``; and what to join online.

    ``kommuner`` are the codes of those it takes place in or concerns; ``is_countywide`` that it concerns them all.
    """

    words: str
    form: Form
    place: Place | None
    sent_from: Place | None
    online: Online | None
    kommuner: tuple[str, ...]
    is_countywide: bool


@dataclass(frozen=True)
class Host:
    """Who stands behind it: the main organiser (without a role), or one who has agreed to be what the role says."""

    name: str
    role: HostingRole | None
    url: str


@dataclass(frozen=True)
class ForWhom:
    """Whom it is for, in which languages (BCP 47), what it costs, and how one signs up."""

    audiences: tuple[Audience, ...]
    age_from: int | None
    age_to: int | None
    spoken: tuple[str, ...]
    interpreted: tuple[str, ...]
    features: Features
    is_free: bool | None
    price: str
    sign_up: SignUp
    sign_up_url: str
    sign_up_by: date | None


@dataclass(frozen=True)
class Row:
    """One occurrence.

    ``headline`` is the title after what nobody must miss ("INSTÄLLT: "), ``told`` what somebody who saw it before has
    to know, each line in our own words and in those that somebody wrote, ``details`` what else there is to know, a line
    each. ``texts`` begin with the Swedish one. ``changed_at`` is the latest change of what a calendar shows of it.
    """

    uid: str
    sequence: int
    number: str
    url: str
    published_at: datetime
    changed_at: datetime
    title: str
    label: str
    headline: str
    state: OccurrenceState
    told: tuple[tuple[str, str], ...]
    details: tuple[str, ...]
    summary: str
    texts: tuple[Text, ...]
    image: Image | None
    activity: ActivityKind
    categories: tuple[str, ...]
    themes: tuple[tuple[str, str], ...]
    when: When
    where: Where
    hosts: tuple[Host, ...]
    for_whom: ForWhom
    recording: str

    @property
    def news(self) -> tuple[str, ...]:
        """What somebody who saw it before has to know, a line each."""
        return tuple(" ".join(filter(None, parts)) for parts in self.told)

    @property
    def organisers(self) -> tuple[Host, ...]:
        """The main organiser and those who arrange it together with it."""
        return (*self.hosts_as(None), *self.hosts_as(HostingRole.CO_ORGANISER))

    def hosts_as(self, role: HostingRole | None) -> tuple[Host, ...]:
        """Those who are this in it."""
        return tuple(host for host in self.hosts if host.role is role)

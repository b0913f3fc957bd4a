"""The places of the demonstration: in every kommun a library, a square and so on, and a few digital rooms."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.orm import Session

from planner.data.kommuner import Kommun, kommuner
from planner.organisations.rules import SYSTEM
from planner.venues.actions import register_venue, set_venue_facts
from planner.venues.fields import VenueFields
from planner.venues.models import Answer, Feature, LinkAudience, Venue, VenueKind

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
_SORTS: Mapping[str, tuple[str, str, bool, Mapping[Feature, Answer]]] = MappingProxyType(
    {
        "bibliotek": (
            "Biblioteket i {seat}",
            "Biblioteksgatan 1",
            False,
            {
                Feature.STEP_FREE: YES,
                Feature.ACCESSIBLE_WC: YES,
                Feature.HEARING_LOOP: YES,
                Feature.QUIET_ROOM: YES,
                Feature.LIFT: UNKNOWN,
            },
        ),
        "torg": ("Stora torget i {seat}", "", True, {Feature.STEP_FREE: YES, Feature.ACCESSIBLE_WC: NO}),
        "kulturhus": (
            "Kulturhuset i {seat}",
            "Kyrkogatan 4",
            False,
            {Feature.STEP_FREE: YES, Feature.LIFT: YES, Feature.ACCESSIBLE_WC: YES, Feature.HEARING_LOOP: UNKNOWN},
        ),
        "skola": ("Gymnasieskolan i {seat}, aulan", "Skolgatan 12", False, {Feature.STEP_FREE: YES, Feature.LIFT: NO}),
        "bygdegard": ("Bygdegården i {name}", "", False, {Feature.STEP_FREE: NO, Feature.ACCESSIBLE_WC: UNKNOWN}),
        "fritidsgard": ("Fritidsgården i {seat}", "Parkvägen 3", False, {}),
        "slinga": ("Motionsspåret i {name}", "", True, {Feature.STEP_FREE: NO}),
    }
)
_OWN_NAMES = {("bibliotek", "Karlstad"): "Stadsbiblioteket i Karlstad", ("bibliotek", "Forshaga"): "Forshaga bibliotek"}


class Places:
    """Places by kommun and sort, made when first asked for."""

    def __init__(self, session: Session, *, now: datetime) -> None:
        self.session, self.now = session, now
        self._made: dict[tuple[str, str], Venue] = {}

    def place(self, kommun_code: str, sort: str) -> Venue:
        """A physical place of a sort in a kommun."""
        if (kommun_code, sort) not in self._made:
            self._made[kommun_code, sort] = self._register(kommuner()[kommun_code], sort)
        return self._made[kommun_code, sort]

    def room(self, host: str, *, link: str = "public") -> Venue:
        """A digital room of an organisation; ``link`` says who may see its address."""
        if (host, link) not in self._made:
            platform = "Zoom" if link == "registered" else "YouTube"
            fields: VenueFields = {
                "name": f"{platform}, {host}",
                "kind": VenueKind.DIGITAL,
                "platform": platform,
                "join_url": f"https://sandning.demo.example/{len(self._made) + 1}",
                "link_audience": LinkAudience(link),
            }
            self._made[host, link] = register_venue(self.session, fields, actor=SYSTEM, now=self.now)
        return self._made[host, link]

    def _register(self, kommun: Kommun, sort: str) -> Venue:
        pattern, street, is_outdoors, facts = _SORTS[sort]
        name = _OWN_NAMES.get((sort, kommun.name)) or pattern.format(seat=kommun.seat, name=kommun.name)
        fields: VenueFields = {
            "name": name,
            "kind": VenueKind.PHYSICAL,
            "kommun_code": kommun.code,
            "street": street,
            "town": kommun.seat,
            "is_outdoors": is_outdoors,
        }
        venue = register_venue(self.session, fields, actor=SYSTEM, now=self.now)
        if facts:
            set_venue_facts(self.session, venue, facts, actor=SYSTEM, now=self.now)
        return venue

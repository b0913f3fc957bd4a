"""När och var: one occurrence. Every field is there without JavaScript; scripts only hide what does not apply."""

from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext

from planner.core.text import N_
from planner.data.kommuner import kommuner
from planner.events.actions import OccurrenceFields
from planner.events.actions.occurrence_fields import stated
from planner.events.models import Captions, Occurrence, Permit, TimeKind
from planner.venues.fields import VenueFields
from planner.venues.models import LinkAudience, VenueKind
from planner.web.fields import (
    ChoiceField,
    ClockTimeField,
    DateField,
    HiddenField,
    LineField,
    Longest,
    Needed,
    NumberField,
    TickField,
    UrlField,
)
from planner.web.forms import Form

TIME_WORDS = {
    TimeKind.START_AND_END: N_("Jag vet start- och sluttid"),
    TimeKind.START_ONLY: N_("Jag vet bara starttiden"),
    TimeKind.OPENING_HOURS: N_("Hela dagar eller öppettider"),
    TimeKind.WITHIN_SPAN: N_("Någon gång under dagen eller perioden"),
    TimeKind.ON_BOOKING: N_("Efter bokning"),
}
NAMES_OF_NEW_PLACE = {
    "name": "new_name",
    "street": "new_street",
    "postcode": "new_postcode",
    "town": "new_town",
    "kommun_code": "new_kommun",
}
NAMES_OF_NEW_DIGITAL = {
    "name": "digital_name",
    "platform": "digital_platform",
    "join_url": "digital_url",
    "dial_in": "digital_dial_in",
}


class PlaceFields(Form):
    """Where: a place of the registry, one found by search, or a new one; and the digital place beside it."""

    place_id = ChoiceField(N_("Välj plats"), blank=N_("Ingen fysisk plats"))
    place_words = LineField(N_("Sök en annan plats"), hint=N_("Skriv namn, gata eller ort."))
    searched = HiddenField()
    new_name = LineField(N_("Platsens namn"), [Longest(160)], hint=N_("Till exempel: Arvika bibliotek."))
    new_street = LineField(N_("Gata och nummer"), [Longest(160)])
    new_postcode = LineField(N_("Postnummer"))
    new_town = LineField(N_("Ort"), [Longest(80)])
    new_kommun = ChoiceField(N_("Kommun"), blank=N_("Välj kommun"))
    new_outdoors = TickField(N_("Platsen är utomhus"))
    similar_id = ChoiceField(N_("Finns platsen redan i registret?"))
    room = LineField(N_("Lokal eller rum"), [Longest(120)], hint=N_("Till exempel: Sal B, plan 2."))

    digital_place_id = ChoiceField(N_("Digital mötesplats"), blank=N_("Ingen digital mötesplats"))
    digital_name = LineField(
        N_("Vad ska mötesplatsen heta?"), [Longest(160)], hint=N_("Till exempel: Kils kommuns Zoom.")
    )
    digital_platform = LineField(N_("Verktyg"), [Longest(80)], hint=N_("Till exempel: Zoom, Teams, YouTube."))
    digital_url = UrlField(N_("Länk för att delta"), [Longest(500)], hint=N_("Börjar med https://"))
    digital_dial_in = LineField(N_("Telefonnummer för att ringa in"), [Longest(120)])
    digital_audience = ChoiceField(N_("Vem får se länken?"), choices=LinkAudience)
    has_no_audience_on_site = TickField(N_("Sänds utan publik på plats"))

    def process(self, *args: Any, **options: Any) -> None:
        """Read what was typed, with the kommuner to choose from."""
        self.given_choices["new_kommun"] = [(code, kommun.name) for code, kommun in kommuner().items()]
        super().process(*args, **options)

    @property
    def wants_search(self) -> bool:
        """Whether words were typed that have not been searched for yet, and no place is known."""
        is_known = self.place_id.data is not None or bool(self.new_name.data)
        return bool(self.place_words.data) and self.place_words.data != self.searched.data and not is_known

    @property
    def resembles_others(self) -> bool:
        """Whether the new place may be one that the registry has already."""
        return len(self.similar_id.options()) > 1

    @property
    def adds_place(self) -> bool:
        """Whether a new place is to be registered."""
        return bool(self.new_name.data) and not isinstance(self.similar_id.data, int)

    @property
    def adds_digital_place(self) -> bool:
        """Whether a new digital place is to be registered."""
        return bool(self.digital_name.data)

    def new_place(self) -> VenueFields:
        """The new place as typed."""
        return VenueFields(
            kind=VenueKind.PHYSICAL,
            name=self.new_name.data,
            street=self.new_street.data,
            postcode=self.new_postcode.data,
            town=self.new_town.data,
            kommun_code=self.new_kommun.data,
            is_outdoors=self.new_outdoors.data,
        )

    def new_digital_place(self) -> VenueFields:
        """The new digital place as typed."""
        return VenueFields(
            kind=VenueKind.DIGITAL,
            name=self.digital_name.data,
            platform=self.digital_platform.data,
            join_url=self.digital_url.data,
            dial_in=self.digital_dial_in.data,
            link_audience=self.digital_audience.data or LinkAudience.PUBLIC,
        )

    def check_places(self) -> bool:
        """Whether what was typed about places holds together; says what does not."""
        is_new, is_digital = bool(self.new_name.data), bool(self.digital_name.data)
        half_new = self.new_street.data or self.new_postcode.data or self.new_town.data
        half_digital = self.digital_url.data or self.digital_platform.data or self.digital_dial_in.data
        checks = (
            (
                is_new and self.place_id.data is not None,
                "new_name",
                gettext("Välj antingen en plats i listan eller en ny."),
            ),
            (half_new and not is_new, "new_name", gettext("Skriv vad den nya platsen heter.")),
            (is_new and self.new_kommun.data is None, "new_kommun", gettext("Välj kommun för den nya platsen.")),
            (
                is_new and self.resembles_others and self.similar_id.data is None,
                "similar_id",
                gettext("Är det någon av de här platserna? Välj den, eller svara att det är en ny plats."),
            ),
            (
                is_digital and self.digital_place_id.data is not None,
                "digital_name",
                gettext("Välj antingen en digital mötesplats i listan eller en ny."),
            ),
            (half_digital and not is_digital, "digital_name", gettext("Skriv vad den digitala mötesplatsen ska heta.")),
        )
        for is_wrong, name, message in checks:
            if is_wrong:
                self.add_error(name, message)
        return not self.has_errors


class OccurrenceForm(PlaceFields):
    """One occurrence. ``version`` is the fingerprint of what the person saw; ``form_key`` adds it only once."""

    version = HiddenField()
    base = HiddenField()
    form_key = HiddenField()

    time_kind = ChoiceField(N_("Vad vet ni om tiden?"), [Needed(N_("Välj vad ni vet om tiden."))])
    first_day = DateField(N_("Dag"), [Needed(N_("Ange vilken dag."))], hint=N_("Första dagen, om det är flera."))
    start = ClockTimeField(N_("Börjar klockan"))
    end = ClockTimeField(N_("Slutar klockan"))
    last_day = DateField(N_("Sista dag"), hint=N_("Bara om det pågår flera dagar eller slutar efter midnatt."))
    is_open_ended = TickField(N_("Sista dagen är inte bestämd"))
    time_note = LineField(
        N_("Mer om tiden"), [Longest(300)], hint=N_("Till exempel: Bibliotekets öppettider. Boka på 0570-100 20.")
    )
    is_preliminary = TickField(
        N_("Tiden eller platsen är preliminär"), hint=N_("Då syns det i programmet att den kan ändras.")
    )

    label = LineField(
        N_("Namn på tillfället"), [Longest(120)], hint=N_("Om tillfällena skiljer sig åt, till exempel: Pass 2.")
    )
    capacity_onsite = NumberField(N_("Antal platser på plats"))
    capacity_online = NumberField(N_("Antal platser digitalt"))
    capacity_note = LineField(N_("Mer om antalet"), [Longest(160)], hint=N_("Till exempel: Först till kvarn."))
    reserve_place_id = ChoiceField(
        N_("Reservplats"), blank=N_("Ingen reservplats"), hint=N_("Sök platsen ovan om den inte finns i listan.")
    )
    reserve_note = LineField(N_("När används reservplatsen?"), [Longest(160)], hint=N_("Till exempel: Vid regn."))
    permit = ChoiceField(N_("Polisens tillstånd"), choices=Permit, blank=N_("Inte angivet"))
    permit_number = LineField(N_("Tillståndets diarienummer"), [Longest(60)])
    recording_url = UrlField(N_("Länk till inspelningen"), [Longest(500)])
    recording_until = DateField(N_("Inspelningen tas bort efter"))
    captions = ChoiceField(N_("Är inspelningen textad?"), choices=Captions, blank=N_("Inte angivet"))

    def process(self, *args: Any, **options: Any) -> None:
        """Read what was typed, with the kinds of knowledge about a time in plain words."""
        self.given_choices["time_kind"] = [(kind, gettext(words)) for kind, words in TIME_WORDS.items()]
        super().process(*args, **options)

    @staticmethod
    def data_of(occurrence: Occurrence, zone: ZoneInfo) -> dict[str, Any]:
        """The occurrence's values under the names of the form's fields; the last day only where it says something."""
        now = stated(occurrence, zone)
        says_nothing = now["last_day"] == now["first_day"] or now["is_open_ended"]
        return {**now, "last_day": None if says_nothing else now["last_day"]}

    def fields(self) -> OccurrenceFields:
        """What was typed, under the names of the action's fields."""
        typed: Any = {name: self[name].data for name in OccurrenceFields.__annotations__}
        if isinstance(self.similar_id.data, int):
            typed["place_id"] = self.similar_id.data
        fields: OccurrenceFields = typed
        return fields

"""The forms of the registry of places."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from wtforms import Field, ValidationError

from planner.core.text import N_
from planner.core.tokens import new_token
from planner.data.kommuner import kommuner
from planner.organisations.models import Organisation
from planner.venues.accessibility import stated_facts
from planner.venues.fields import VenueFields, is_safe_link, parse_coordinate
from planner.venues.models import Answer, Feature, LinkAudience, Venue, VenueKind
from planner.web.fields import (
    ChoiceField,
    DateField,
    HiddenField,
    LineField,
    Longest,
    Needed,
    NumberField,
    TextField,
    TickField,
)
from planner.web.forms import Form
from planner.web.versions import MergingForm


class CoordinateField(LineField):
    """Decimal degrees or None; accepts comma and point."""

    empty = None
    not_understood = N_("Skriv ett decimaltal, till exempel 59,3793.")

    def understand(self, typed: str) -> Any:
        return parse_coordinate(typed)

    def shown(self, value: float) -> str:
        return str(value).replace(".", ",")


class LinkField(LineField):
    """An https address; "" when empty."""

    not_understood = N_("Länken ska börja med https:// och gå till en webbplats.")

    def understand(self, typed: str) -> str:
        if not is_safe_link(typed):
            raise ValueError(typed)
        return typed


KOMMUN_CHOICES = [(code, kommun.name) for code, kommun in kommuner().items()]


class VenueForm(MergingForm):
    """What physical and digital places have in common."""

    kind: VenueKind

    name = LineField(N_("Namn"), [Needed(N_("Skriv vad platsen heter.")), Longest(160)])
    kommun_code = ChoiceField(N_("Kommun"), choices=KOMMUN_CHOICES, blank=N_("Ingen av länets kommuner"))
    capacity = NumberField(N_("Antal platser"), hint=N_("Hur många som får plats. Lämna tomt om ni inte vet."))
    contact = LineField(
        N_("Kontakt"), [Longest(200)], hint=N_("Vart man vänder sig om platsen. Helst en funktion, inte en person.")
    )
    owner_id = ChoiceField(
        N_("Vem ansvarar för uppgifterna?"),
        blank=N_("Ingen särskild, samordnaren håller dem aktuella"),
        hint=N_("Den som ansvarar kan ändra platsen senare."),
    )
    is_private = TickField(
        N_("Bara vår organisation får använda platsen"),
        hint=N_("Annars kan alla organisationer lägga programpunkter här."),
    )
    form_key = HiddenField(default=new_token)

    def ask_no_owner(self) -> None:
        """Leave out who looks after the place."""
        del self.owner_id

    def fields(self) -> VenueFields:
        """What was stated, as the actions take it."""
        given: Any = {name: field.data for name, field in self._fields.items() if name in VenueFields.__annotations__}
        return given  # type: ignore[no-any-return]


class PhysicalVenueForm(VenueForm):
    """A place that one goes to."""

    street = LineField(N_("Gatuadress"), [Longest(160)], hint=N_("Lämna tomt om platsen inte har någon gatuadress."))
    postcode = LineField(N_("Postnummer"))
    town = LineField(N_("Ort"), [Longest(80)])
    latitude = CoordinateField(N_("Latitud"), hint=N_("Till exempel 59,3793"))
    longitude = CoordinateField(N_("Longitud"), hint=N_("Till exempel 13,5036"))
    rooms = TextField(N_("Lokaler och rum"), hint=N_("Ett rum på varje rad, gärna med hur många som får plats."))
    directions = TextField(
        N_("Hitta hit"), hint=N_("Närmaste hållplats, vilken ingång, vilken våning. Skriv så att en 15-åring förstår.")
    )
    is_outdoors = TickField(
        N_("Platsen ligger utomhus"),
        hint=N_("På offentlig plats kan polisens tillstånd behövas. Formuläret påminner arrangören om det."),
    )

    kind = VenueKind.PHYSICAL


class DigitalVenueForm(VenueForm):
    """A place that one follows a link to."""

    platform = LineField(N_("Verktyg"), [Longest(80)], hint=N_("Till exempel Zoom, Teams eller YouTube."))
    join_url = LinkField(
        N_("Länk"), [Longest(500)], hint=N_("Börjar med https://. Lämna tomt om länken inte finns ännu.")
    )
    link_audience = ChoiceField(N_("Vem får se länken?"), [Needed()], choices=LinkAudience, default=LinkAudience.PUBLIC)
    dial_in = LineField(N_("Telefonnummer för att ringa in"), [Longest(120)])

    kind = VenueKind.DIGITAL


FORMS: dict[VenueKind, type[VenueForm]] = {
    VenueKind.PHYSICAL: PhysicalVenueForm,
    VenueKind.DIGITAL: DigitalVenueForm,
}


class LinkForm(Form):
    """Another link for a digital place, and nothing else."""

    join_url = LinkField(N_("Ny länk"), [Longest(500)], hint=N_("Börjar med https://."))
    without = TickField(N_("Ta bort länken, det finns ingen ny ännu"))
    dial_in = LineField(N_("Telefonnummer för att ringa in"), [Longest(120)])

    def validate_join_url(self, field: Field) -> None:
        """An empty field alone could be a slip: that there shall be no link is said in so many words."""
        if not field.errors and bool(field.data) is self.without.data:
            raise ValidationError(gettext("Skriv den nya länken, eller kryssa i att den ska tas bort."))


class FactsForm(MergingForm):
    """What is known of a place's accessibility. The fields of each feature are added by ``facts_form``."""

    # Who checked is stated anew each time, for the answers that changed: it has no version of its own.
    not_compared = ("checked_on", "checked_by")

    checked_on = DateField(N_("När kontrollerades uppgifterna?"), [Needed()])
    checked_by = LineField(
        N_("Vem kontrollerade dem?"),
        [Longest(160)],
        hint=N_("En organisation eller funktion, till exempel Karlstads kommun. Visas för alla."),
    )

    def rows(self) -> list[tuple[Feature, Field, Field]]:
        """Each feature with its two fields."""
        return [
            (feature, self[f"answer_{feature}"], self[f"note_{feature}"])
            for feature in Feature
            if f"answer_{feature}" in self
        ]

    def answers(self) -> dict[Feature, Answer]:
        """The answer for each feature."""
        return {feature: answer.data for feature, answer, _note in self.rows()}

    def notes(self) -> dict[Feature, str]:
        """What was added in words for each feature."""
        return {feature: note.data for feature, _answer, note in self.rows()}


def facts_form(venue: Venue, **options: Any) -> FactsForm:
    """The form for a place's facts, filled in with what is known."""
    fields: dict[str, Field] = {}
    for feature, answer, note in stated_facts(venue):
        fields[f"answer_{feature}"] = ChoiceField(feature.label, [Needed()], choices=Answer, default=answer)
        about = gettext("Förklaring till %(feature)s", feature=gettext(feature.label))
        fields[f"note_{feature}"] = LineField(about, [Longest(200)], default=note)
    form: FactsForm = type("FactsFormOfPlace", (FactsForm,), fields)(**options)
    return form


def venue_form(kind: VenueKind, venue: Venue | None, owners: Iterable[Organisation], **options: Any) -> VenueForm:
    """The form for one kind of place, filled in with what is known of it. Without owners it does not ask for one."""
    offered = [(organisation.id, organisation.name) for organisation in owners]
    form = FORMS[kind](obj=venue, choices={"owner_id": offered}, **options)
    if not offered:
        form.ask_no_owner()
    return form

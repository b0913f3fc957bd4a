"""The forms of the pages of text: the report of a barrier, and one that only shows what forms look like."""

from wtforms import Field

from planner.core.text import N_
from planner.events.models import TimeKind
from planner.venues.models import Answer, Feature
from planner.web.fields import (
    ChoiceField,
    ChoicesField,
    ClockTimeField,
    DateField,
    EmailField,
    LineField,
    Longest,
    Needed,
    TextField,
    TickField,
    UploadField,
)
from planner.web.forms import Form
from planner.web.versions import Difference


class BarrierForm(Form):
    """What stopped somebody, and how to answer them if they want an answer."""

    what: Field = TextField(
        N_("Vad hindrade dig?"),
        [Needed(N_("Skriv vad som hindrade dig.")), Longest(3000)],
        hint=N_("Skriv gärna vilket hjälpmedel eller vilken webbläsare du använder, om du vill."),
    )
    where: Field = LineField(
        N_("På vilken sida?"), [Longest(500)], hint=N_("Sidans adress eller rubrik. Du kan lämna fältet tomt.")
    )
    email: Field = EmailField(
        N_("Din e-postadress"), [Longest(254)], hint=N_("Bara om du vill ha svar. Du behöver inte säga vem du är.")
    )


class SampleForm(Form):
    """Every kind of field."""

    title: Field = LineField(N_("Rubrik"), [Needed(), Longest(100)], hint=N_("Kort och tydligt, så att alla förstår."))
    text: Field = TextField(N_("Sammanfattning"), [Longest(300)])
    day: Field = DateField(N_("Dag"))
    start: Field = ClockTimeField(N_("Börjar"))
    kind: Field = ChoiceField(N_("Vad är känt om tiden?"), choices=TimeKind, blank=N_("Välj …"))
    features: Field = ChoicesField(N_("Tillgänglighet"), choices=Feature)
    answer: Field = ChoiceField(N_("Är lokalen stegfri?"), choices=Answer)
    picture: Field = UploadField(N_("Bild"), hint=N_("Högst 8 megabyte."))
    tick: Field = TickField(N_("Vi står bakom deklarationens värden"), [Needed()])


def form_with_errors() -> SampleForm:
    """The form as it comes back when something is wrong."""
    form = SampleForm(formdata=None, meta={"csrf": False}, prefix="fel-")
    form.title.errors = ["Fyll i fältet ”Rubrik”."]
    form.start.raw_data = ["25.30"]
    form.start.errors = ["Skriv ett klockslag från 00.00 till 23.59, till exempel 9, 18.30 eller 1830."]
    form.answer.errors = ["Välj ett av alternativen."]
    return form


def two_versions() -> list[Difference]:
    """What somebody is shown who was overtaken by another save."""
    return [
        Difference("Namn", "Kristinehamns stadsbibliotek", "Kristinehamns bibliotek", is_taken=False, is_written=True),
        Difference("Hiss", "Vet inte", "Ja", is_taken=True, is_written=False),
    ]


def plain_form() -> SampleForm:
    """The form as it is first shown."""
    return SampleForm(formdata=None, meta={"csrf": False})

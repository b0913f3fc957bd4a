"""The forms of the coordinators' desk."""

from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, FormField
from wtforms import Form as PlainForm

from planner.coordination.decisions import Decision
from planner.core.text import N_, swedish_key
from planner.data.kommuner import COUNTY_CODE, COUNTY_NAME, kommuner
from planner.editions import defaults
from planner.editions.fields import EditionFields, criteria_of
from planner.editions.models import Criterion, Edition, Theme
from planner.web.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    EmailField,
    HiddenField,
    LineField,
    Longest,
    Needed,
    TextField,
    TickField,
)
from planner.web.forms import Form
from planner.web.versions import MergingForm, VersionedForm

SPARE_CRITERIA = 2
"""Empty criteria at the end of the form, to be filled in."""


class DecisionForm(VersionedForm):
    """A review's outcome. The ticks beside the criteria are the reviewer's own notes and are not stored."""

    met = ChoicesField(N_("Upplagans kriterier"))
    decision = ChoiceField(N_("Beslut"), [Needed(N_("Välj ett beslut."))], choices=Decision)
    criterion = ChoiceField(N_("Kriterium som inte är uppfyllt"), blank=N_("Välj kriterium"))
    reason = TextField(N_("Vad behöver kompletteras, eller varför avslår du?"), [Longest(2_000)])


def decision_form(criteria: Sequence[Criterion], version: int) -> DecisionForm:
    """The form of a review with the edition's criteria, to be ticked and to be chosen from."""
    pairs = [(criterion.id, criterion.title) for criterion in criteria]
    return DecisionForm(choices={"met": pairs, "criterion": pairs}, data={"version": str(version)})


class ReasonForm(VersionedForm):
    """Why something is refused, suspended or taken away."""

    reason = TextField(N_("Motivering"), [Needed(N_("Skriv varför.")), Longest(2_000)])


class CriterionForm(PlainForm):  # type: ignore[misc]
    """One criterion of an edition."""

    code = HiddenField()
    title = LineField(N_("Rubrik"), [Longest(120)])
    text = TextField(N_("Förklaring"), [Longest(600)])


class EditionForm(MergingForm):
    """An edition: its days, themes, criteria and deadlines."""

    name = LineField(N_("Namn"), [Needed(), Longest(120)], hint=N_("Till exempel Demokrativeckan 2027."))
    first_day = DateField(N_("Första dagen"), [Needed()])
    last_day = DateField(N_("Sista dagen"), [Needed()])
    submit_by = DateField(N_("Sista dag att skicka in"), hint=N_("Tomt betyder till och med upplagans sista dag."))
    print_by = DateField(N_("Tryckdag"), hint=N_("Då det tryckta programmet lämnas till tryck. Kan lämnas tomt."))
    contact_email = EmailField(N_("E-post till samordnaren"), hint=N_("En funktionsadress. Visas för alla."))
    number_prefix = LineField(
        N_("Bokstäver före programpunkternas nummer"),
        [Longest(12)],
        hint=N_("Till exempel DV27, som ger numren DV27-0001, DV27-0002 och så vidare."),
    )
    verified_may_publish = TickField(
        N_("Verifierade organisationer får publicera sina egna programpunkter"),
        hint=N_("Annars granskar en samordnare varje programpunkt före publiceringen."),
    )
    intro = TextField(N_("Inledning på startsidan"), [Longest(2_000)])
    terms = TextField(
        N_("Villkor för arrangörer"),
        [Longest(4_000)],
        hint=N_("Den ansvariga personen godkänner dem för sin organisation."),
    )
    themes = ChoicesField(N_("Teman"))
    new_themes = TextField(N_("Nya teman"), hint=N_("Ett på varje rad."))
    criteria = FieldList(FormField(CriterionForm), N_("Kriterier"))

    def offer_spare_criteria(self) -> None:
        """A few empty criteria after those that are there."""
        for _spare in range(SPARE_CRITERIA):
            self.criteria.append_entry()

    def fields(self) -> EditionFields:
        """What was stated, but for the themes, as the actions take it."""
        names = [name for name in EditionFields.__annotations__ if name in self and name != "themes"]
        given: Any = {name: self[name].data for name in names}
        fields: EditionFields = given
        return fields

    def theme_names(self) -> list[str]:
        """The new themes that were typed."""
        return [line.strip() for line in self.new_themes.data.splitlines() if line.strip()]


def edition_form(
    edition: Edition | None, themes: Sequence[Theme], *, with_defaults: bool = False, **options: Any
) -> EditionForm:
    """The form of an edition, filled in with what it holds; it needs its themes and criteria loaded."""
    given: dict[str, Any] = {}
    if edition is not None:
        given = {name: getattr(edition, name) for name in EditionFields.__annotations__}
        given["themes"] = [row.theme_id for row in edition.themes]
        given["criteria"] = criteria_of(edition)
    elif with_defaults:
        given = {"intro": defaults.INTRO, "terms": defaults.TERMS, "criteria": defaults.CRITERIA}
        known = {theme.name: theme.id for theme in themes}
        given["themes"] = [known[name] for name in defaults.THEMES if name in known]
        given["new_themes"] = "\n".join(name for name in defaults.THEMES if name not in known)
    ticked_first = sorted(themes, key=lambda theme: (theme.id not in given.get("themes", ()), swedish_key(theme.name)))
    form = EditionForm(choices={"themes": [(theme.id, theme.name) for theme in ticked_first]}, data=given, **options)
    if not form.is_submitted():
        form.offer_spare_criteria()
        form.remember(edition.version if edition else 0)
    return form


class CoordinatorForm(Form):
    """Somebody who is to coordinate a kommun, or the county."""

    email = EmailField(N_("E-postadress"), [Needed()], hint=N_("Adressen som personen loggar in med."))
    kommun = ChoiceField(
        N_("Samordnar"),
        [Needed(N_("Välj kommun eller hela länet."))],
        choices=[(COUNTY_CODE, COUNTY_NAME), *((code, kommun.official_name) for code, kommun in kommuner().items())],
        blank=N_("Välj"),
    )

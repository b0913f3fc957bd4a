"""Vilka: whom the event is for, what it is about, in which languages, and where in the county it belongs."""

from typing import Any

from flask_babel import gettext

from planner.core.text import N_
from planner.data.kommuner import kommuner
from planner.events.actions import EventFields
from planner.events.models import Audience, Event, LanguageUse, Visibility
from planner.events.models.vocabulary import LANGUAGES
from planner.web.fields import ChoiceField, ChoicesField, NumberField, TickField, Within
from planner.workspace.forms.step import StepForm


class AudienceForm(StepForm):
    """Audiences, ages, themes, languages, kommuner and whether it is open to everybody."""

    audiences = ChoicesField(
        N_("Vem är den till för?"),
        choices=Audience,
        hint=N_("Välj alla som stämmer. Välj Alla om den är öppen för vem som helst."),
    )
    age_from = NumberField(N_("Från ålder"), [Within(0, 120)])
    age_to = NumberField(N_("Till ålder"), [Within(0, 120)])
    themes = ChoicesField(N_("Vilka teman handlar den om?"), hint=N_("Teman gör att rätt personer hittar hit."))
    spoken = ChoicesField(N_("Vilka språk talas?"))
    interpreted = ChoicesField(N_("Till vilka språk tolkas den?"))
    is_countywide = TickField(N_("Den gäller hela länet"))
    kommuner = ChoicesField(
        N_("Vilka kommuner gäller den?"),
        hint=N_("Behövs bara om den gäller fler kommuner än den där platsen ligger, eller om den är digital."),
    )
    visibility = ChoiceField(N_("Vem får komma?"), choices=Visibility)

    def process(self, *args: Any, **options: Any) -> None:
        """Read what was typed, with the languages and the kommuner to choose from."""
        languages = [(code, gettext(name).capitalize()) for code, name in LANGUAGES.items()]
        self.given_choices |= {"spoken": languages, "interpreted": languages}
        self.given_choices["kommuner"] = [(code, kommun.name) for code, kommun in kommuner().items()]
        super().process(*args, **options)

    @classmethod
    def data_of(cls, event: Event) -> dict[str, Any]:
        """The event's values under the names of the form's fields."""
        return {
            "audiences": [row.audience for row in event.audiences],
            "age_from": event.age_from,
            "age_to": event.age_to,
            "themes": [theme.id for theme in event.themes],
            "spoken": [row.code for row in event.languages if row.use is LanguageUse.SPOKEN],
            "interpreted": [row.code for row in event.languages if row.use is LanguageUse.INTERPRETED],
            "is_countywide": event.is_countywide,
            "kommuner": [row.kommun_code for row in event.kommuner],
            "visibility": event.visibility,
        }

    def fields(self, event: Event) -> EventFields:
        """What was typed, under the names of the action's fields."""
        spoken = [(code, LanguageUse.SPOKEN) for code in self.spoken.data]
        interpreted = [(code, LanguageUse.INTERPRETED) for code in self.interpreted.data]
        return EventFields(
            audiences=self.audiences.data,
            age_from=self.age_from.data,
            age_to=self.age_to.data,
            themes=self.themes.data,
            languages=[*spoken, *interpreted],
            is_countywide=self.is_countywide.data,
            kommuner=self.kommuner.data,
            visibility=self.visibility.data or event.visibility,
        )

"""Vad: what the event is."""

from typing import Any

from planner.core.text import N_
from planner.events.actions import EventFields
from planner.events.models import ActivityKind, Event
from planner.events.models.event import DESCRIPTION_LENGTH, SUMMARY_LENGTH, TITLE_LENGTH
from planner.web.fields import ChoiceField, HiddenField, LineField, Longest, Needed, TextField
from planner.web.forms import Form
from planner.workspace.forms.step import StepForm

TITLE_HINT = N_("Skriv vad som händer, inte vad projektet heter. Till exempel: Lunchsamtal om att rösta första gången.")


class NewEventForm(Form):
    """The only question before a draft exists: what it is called, and whose it is when one works for several."""

    organisation = ChoiceField(N_("Vilken organisation arrangerar?"), [Needed(N_("Välj organisation."))])
    edition = ChoiceField(N_("Till vilken vecka?"), [Needed(N_("Välj vecka."))])
    title = LineField(N_("Rubrik"), [Needed(N_("Skriv en rubrik.")), Longest(TITLE_LENGTH)], hint=TITLE_HINT)
    form_key = HiddenField()


class BasicsForm(StepForm):
    """Title, kind of activity, and the texts."""

    title = LineField(N_("Rubrik"), [Needed(N_("Skriv en rubrik.")), Longest(TITLE_LENGTH)], hint=TITLE_HINT)
    activity = ChoiceField(N_("Vad är det för slags aktivitet?"), [Needed()], choices=ActivityKind)
    summary = TextField(
        N_("Kort sammanfattning"),
        [Longest(SUMMARY_LENGTH)],
        hint=N_("En eller två meningar som syns i programmet. Skriv så att en 15-åring förstår."),
    )
    description = TextField(
        N_("Beskrivning"),
        [Longest(DESCRIPTION_LENGTH)],
        hint=N_(
            "Berätta mer: vad händer, vilka medverkar, vad behöver man veta? En tom rad ger ett nytt stycke, # framför"
            " en rad gör den till rubrik och - gör den till en punkt i en lista."
        ),
    )
    part_of = ChoiceField(N_("Ingår i en annan programpunkt"), blank=N_("Nej, den står för sig själv"))
    series = LineField(
        N_("Serie eller kampanj"),
        [Longest(120)],
        hint=N_("Om den hör till något mer än Demokrativeckan, till exempel Beredskapsveckan. Annars tomt."),
    )

    @classmethod
    def data_of(cls, event: Event) -> dict[str, Any]:
        """The event's values under the names of the form's fields."""
        return {
            "title": event.title,
            "activity": event.activity,
            "summary": event.summary,
            "description": event.description,
            "part_of": event.part_of_id,
            "series": event.series,
        }

    def fields(self, event: Event) -> EventFields:
        """What was typed, under the names of the action's fields."""
        return EventFields(
            title=self.title.data,
            activity=self.activity.data,
            summary=self.summary.data,
            description=self.description.data,
            part_of_id=self.part_of.data,
            series=self.series.data,
        )

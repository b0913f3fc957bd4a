"""Bild och fler språk: an image with its description, and the texts in other languages."""

from typing import Any

from planner.core.text import N_
from planner.events.actions import EventFields
from planner.events.models import Event
from planner.events.models.event import DESCRIPTION_LENGTH, SUMMARY_LENGTH, TITLE_LENGTH
from planner.web.fields import HiddenField, LineField, Longest, TextField, TickField, UploadField
from planner.workspace.forms.step import StepForm


class ImageForm(StepForm):
    """One image. ``kept_file`` is an image that was uploaded while something else in the form was wrong."""

    image = UploadField(N_("Välj en bild"), hint=N_("En JPEG-, PNG- eller WebP-bild, högst 8 MB."))
    kept_file = HiddenField()
    image_alt = LineField(
        N_("Beskriv bilden för den som inte ser den"),
        [Longest(250)],
        hint=N_("Till exempel: Två ungdomar talar med en politiker på ett torg."),
    )
    image_credit = LineField(N_("Fotograf och licens"), [Longest(160)], hint=N_("Till exempel: Eva Ek, CC BY 4.0."))
    remove = TickField(N_("Ta bort bilden"))

    @classmethod
    def data_of(cls, event: Event) -> dict[str, Any]:
        """The event's values under the names of the form's fields."""
        return {"image_alt": event.image_alt, "image_credit": event.image_credit}

    def fields(self, event: Event) -> EventFields:
        """What was typed, under the names of the action's fields."""
        if self.remove.data:
            return EventFields(image_file="", image_alt="", image_credit="")
        return EventFields(
            image_file=self.kept_file.data or event.image_file,
            image_alt=self.image_alt.data,
            image_credit=self.image_credit.data,
        )


class TranslationForm(StepForm):
    """The texts in one other language, chosen by the address."""

    title = LineField(N_("Rubrik"), [Longest(TITLE_LENGTH)])
    summary = TextField(N_("Kort sammanfattning"), [Longest(SUMMARY_LENGTH)])
    description = TextField(N_("Beskrivning"), [Longest(DESCRIPTION_LENGTH)])

    def texts(self) -> dict[str, str]:
        """The three texts as typed."""
        return {"title": self.title.data, "summary": self.summary.data, "description": self.description.data}

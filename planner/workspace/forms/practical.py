"""Tillgänglighet och anmälan: what one needs to know in order to come."""

from typing import Any

from planner.core.text import N_
from planner.events.actions import EventFields
from planner.events.models import Event, SignUp
from planner.venues.models import EVENT_FEATURES, Answer, Feature
from planner.web.fields import (
    ChoiceField,
    DateField,
    EmailField,
    LineField,
    Longest,
    PhoneField,
    TextField,
    UrlField,
)
from planner.workspace.forms.step import StepForm

FREE = [("ja", N_("Ja, det är gratis")), ("nej", N_("Nej, det kostar")), ("vet-inte", N_("Inte bestämt"))]
_FREE_VALUES = {"ja": True, "nej": False, "vet-inte": None}


class PracticalForm(StepForm):
    """Accessibility, sign-up, price and contact."""

    accessibility_note = TextField(
        N_("Mer om tillgänglighet"),
        [Longest(1_000)],
        hint=N_("Till exempel: Hör av dig senast 10 september om du behöver teckenspråkstolk."),
    )
    sign_up = ChoiceField(N_("Behöver man anmäla sig?"), choices=SignUp)
    sign_up_url = UrlField(N_("Adress till sidan för anmälan"), [Longest(500)])
    sign_up_note = LineField(N_("Så anmäler man sig"), [Longest(300)], hint=N_("Till exempel: Ring biblioteket."))
    sign_up_by = DateField(N_("Sista dag att anmäla sig"))
    is_free = ChoiceField(N_("Är det gratis?"), choices=FREE)
    price = LineField(N_("Pris"), [Longest(120)], hint=N_("Till exempel: 50 kronor, gratis för den under 18 år."))
    contact_name = LineField(
        N_("Kontakt"),
        [Longest(120)],
        hint=N_("Hellre en funktion än en person, till exempel Arvika bibliotek. Kontakten visas för alla."),
    )
    contact_email = EmailField(N_("E-post"))
    contact_phone = PhoneField(N_("Telefon"))

    @classmethod
    def data_of(cls, event: Event) -> dict[str, Any]:
        """The event's values under the names of the form's fields."""
        known = {row.feature: row.answer for row in event.features}
        names = ("accessibility_note", "sign_up", "sign_up_url", "sign_up_note", "sign_up_by", "price")
        contact = ("contact_name", "contact_email", "contact_phone")
        return {
            **{name: getattr(event, name) for name in (*names, *contact)},
            **{feature_name(feature): known.get(feature, Answer.UNKNOWN) for feature in EVENT_FEATURES},
            "is_free": next(word for word, value in _FREE_VALUES.items() if value is event.is_free),
        }

    def fields(self, event: Event) -> EventFields:
        """What was typed, under the names of the action's fields."""
        return EventFields(
            features=self._features(event),
            accessibility_note=self.accessibility_note.data,
            sign_up=self.sign_up.data or event.sign_up,
            sign_up_url=self.sign_up_url.data,
            sign_up_note=self.sign_up_note.data,
            sign_up_by=self.sign_up_by.data,
            is_free=_FREE_VALUES[self.is_free.data] if self.is_free.data else event.is_free,
            price=self.price.data,
            contact_name=self.contact_name.data,
            contact_email=self.contact_email.data,
            contact_phone=self.contact_phone.data,
        )

    def feature_fields(self) -> list[Any]:
        """The questions about accessibility, in their order."""
        return [self[feature_name(feature)] for feature in EVENT_FEATURES]

    def _features(self, event: Event) -> dict[Feature, Answer]:
        """The answers; "vet inte" is stored only where an answer has been given before."""
        known = {row.feature: row.answer for row in event.features}
        given = {feature: self[feature_name(feature)].data for feature in EVENT_FEATURES}
        answers = {
            feature: answer
            for feature, answer in given.items()
            if answer is not None and (answer is not Answer.UNKNOWN or feature in known)
        }
        return {**known, **answers}


def feature_name(feature: Feature) -> str:
    """The name of the field that asks about a feature."""
    return f"feature_{feature.value}"


for _feature in EVENT_FEATURES:
    setattr(PracticalForm, feature_name(_feature), ChoiceField(_feature.label, choices=Answer))

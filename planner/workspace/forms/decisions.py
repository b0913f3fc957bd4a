"""The small forms of pages that ask once more before something happens."""

from planner.core.text import N_
from planner.events.models import HostingRole
from planner.web.fields import (
    ChoiceField,
    ChoicesField,
    EmailField,
    HiddenField,
    LineField,
    Longest,
    Needed,
    TextField,
    TickField,
)
from planner.web.forms import Form

STAYS, LEAVES = "kvar", "lamnar"


class ReasonForm(Form):
    """Why something is called off, postponed or taken away; shown to those who meant to come."""

    reason = LineField(
        N_("Varför?"),
        [Needed(N_("Skriv varför.")), Longest(300)],
        hint=N_("En mening som visas för alla. Till exempel: Föreläsaren är sjuk."),
    )


class OptionalReasonForm(Form):
    """A reason that may be left out."""

    reason = LineField(N_("Varför? (frivilligt)"), [Longest(300)], hint=N_("En mening som visas för alla."))


class MoveOnlineForm(Form):
    """The digital place that an occurrence is moved to."""

    digital_place_id = ChoiceField(
        N_("Digital mötesplats"), [Needed(N_("Välj en digital mötesplats."))], blank=N_("Välj i listan")
    )
    reason = LineField(N_("Varför? (frivilligt)"), [Longest(300)], hint=N_("En mening som visas för alla."))


class CopyForm(Form):
    """More days, more places, or both, in one go."""

    days = TextField(
        N_("Andra dagar"),
        hint=N_("Andra dagar än veckans: en på varje rad, till exempel 2027-10-02."),
    )
    week_days = ChoicesField(N_("Dagar under veckan"))
    places = ChoicesField(N_("Fler platser"))
    place_words = LineField(N_("Sök fler platser"), hint=N_("Skriv namn, gata eller ort."))
    searched = HiddenField()
    form_key = HiddenField()


class InviteForm(Form):
    """An organisation of the register, with its role and a greeting."""

    role = ChoiceField(N_("Vilken roll ska den ha?"), [Needed(N_("Välj en roll."))], choices=HostingRole)
    message = TextField(N_("Hälsning (frivillig)"), [Longest(500)], hint=N_("Kommer med i brevet."))


class InviteByEmailForm(Form):
    """An organisation that is not in the register yet."""

    name = LineField(N_("Organisationens namn"), [Needed(N_("Skriv vad organisationen heter.")), Longest(160)])
    email = EmailField(N_("E-postadress"), [Needed(N_("Skriv en e-postadress."))])
    role = ChoiceField(N_("Vilken roll ska den ha?"), [Needed(N_("Välj en roll."))], choices=HostingRole)
    message = TextField(N_("Hälsning (frivillig)"), [Longest(500)], hint=N_("Kommer med i brevet."))


class HostingForm(Form):
    """A partner's role, and whether it may edit."""

    role = ChoiceField(N_("Roll"), [Needed(N_("Välj en roll."))], choices=HostingRole)
    may_edit = TickField(N_("Får ändra i programpunkten"))


class HandoverForm(Form):
    """Who is asked to take over as main organiser, and what becomes of today's."""

    partner = ChoiceField(N_("Vem vill ni ska ta över?"), [Needed(N_("Välj vem ni vill ska ta över."))])
    former = ChoiceField(
        N_("Vad gör dagens huvudarrangör sedan?"),
        [Needed(N_("Välj om dagens huvudarrangör står kvar."))],
        choices=((STAYS, N_("Står kvar som medarrangör")), (LEAVES, N_("Står inte längre med"))),
    )
    message = TextField(N_("Hälsning (frivillig)"), [Longest(500)], hint=N_("Kommer med i brevet."))


class ConfirmForm(Form):
    """Nothing to fill in: a button alone."""

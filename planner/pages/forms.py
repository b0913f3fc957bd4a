"""The form of a page of text."""

from wtforms import Field

from planner.core.text import N_
from planner.web.fields import EmailField, LineField, Longest, Needed, TextField
from planner.web.forms import Form


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

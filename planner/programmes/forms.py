"""What people type into the pages of their programme. No session stands behind these forms (decision 0013)."""

from planner.core.text import N_
from planner.programmes.models import NAME_LENGTH
from planner.web.fields import HiddenField, LineField, Longest
from planner.web.forms import Form


class WithoutSession(Form):
    """A form whose address is the secret itself, or that changes nothing of anybody's."""

    class Meta(Form.Meta):
        csrf = False


class AddressForm(WithoutSession):
    """The address of a programme that one already has."""

    address = LineField(
        N_("Adressen till ditt program"), hint=N_("Klistra in hela adressen. Den slutar med 32 bokstäver och siffror.")
    )


class SaveForm(AddressForm):
    """Saving without a remembered programme: in a new one, or where the address says. ``form_key`` saves it once."""

    form_key = HiddenField()


class NameForm(WithoutSession):
    """What a programme is called."""

    name = LineField(
        N_("Namn på programmet"),
        [Longest(NAME_LENGTH)],
        hint=N_("Visas här, i kalendern du följer det i och för den du delar med. Lämna tomt för ”Mitt program”."),
    )


class KeyForm(WithoutSession):
    """One button that must lead to the same place however often it is pressed."""

    form_key = HiddenField()

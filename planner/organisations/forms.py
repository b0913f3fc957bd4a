"""What people state of their organisation, and whom they invite to it."""

from typing import Any, cast

from flask_babel import gettext

from planner.core.addresses import clean_web_address
from planner.core.text import N_
from planner.data.kommuner import COUNTY_CODE, kommuner
from planner.organisations.fields import (
    ABOUT_LENGTH,
    IDENTITY,
    NAME_LENGTH,
    RESPONSIBLE_LENGTH,
    OrganisationFields,
)
from planner.organisations.models import MemberRole, OrganisationKind
from planner.web.fields import (
    ChoiceField,
    EmailField,
    HiddenField,
    LineField,
    Longest,
    Needed,
    PhoneField,
    TextField,
    TickField,
    UrlField,
)
from planner.web.forms import Form
from planner.web.versions import MergingForm

WHOLE_COUNTY = N_("Hela Värmland")
HOMES = [*((kommun.code, kommun.name) for kommun in kommuner().values()), (COUNTY_CODE, WHOLE_COUNTY)]


class WebsiteField(UrlField):
    """An organisation's own site, which may be an old one without encryption."""

    not_understood = N_("Skriv webbplatsens adress, till exempel https://www.forening.se.")

    def understand(self, typed: str) -> str:
        return clean_web_address(typed)


class RegisterForm(Form):
    """A new organisation, and that somebody answers for it. ``without`` are the fields that a kind of form lacks."""

    without: tuple[str, ...] = ()

    name = LineField(
        N_("Organisationens namn"),
        [Needed(N_("Skriv organisationens namn.")), Longest(NAME_LENGTH)],
        hint=N_("Så som ni heter officiellt, till exempel Kils kommun eller FUB Karlstad."),
    )
    kind = ChoiceField(
        N_("Typ av organisation"),
        [Needed(N_("Välj vilken typ av organisation ni är."))],
        choices=OrganisationKind,
        blank=N_("Välj typ"),
    )
    kommun_code = ChoiceField(
        N_("Var hör ni hemma?"),
        [Needed(N_("Välj en kommun, eller hela Värmland."))],
        choices=HOMES,
        blank=N_("Välj kommun"),
        hint=N_("Er kommuns samordnare kontrollerar uppgifterna."),
    )
    about = TextField(
        N_("Kort om er (frivilligt)"),
        [Longest(ABOUT_LENGTH)],
        hint=N_("Visas på er sida bland arrangörerna."),
    )
    website = WebsiteField(N_("Webbplats (frivilligt)"))
    public_email = EmailField(
        N_("E-postadress för allmänheten (frivilligt)"),
        hint=N_(
            "Visas för alla. Använd helst en funktionsadress, till exempel info@forening.se, och inte någons egen"
            " adress."
        ),
    )
    public_phone = PhoneField(N_("Telefon för allmänheten (frivilligt)"), hint=N_("Visas för alla."))
    responsible_name = LineField(
        N_("Ansvarig person"),
        [Needed(N_("Skriv vem som ansvarar för organisationen här.")), Longest(RESPONSIBLE_LENGTH)],
        hint=N_("Till exempel ordföranden. Namnet visas bara för er och för samordnarna."),
    )
    accepts_terms = TickField(
        N_("Den som ansvarar ställer sig bakom deklarationens värden för vår organisation"),
        [Needed(N_("Kryssa i att den som ansvarar ställer sig bakom deklarationens värden."))],
    )
    inbjudan = HiddenField()

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        for name in self.without:
            del self[name]
        if "kommun_code" in self:
            self.kommun_code.choices = [(code, gettext(name)) for code, name in HOMES]

    def stated(self) -> OrganisationFields:
        """What was stated, as the actions take it."""
        stated = {key: self.data[key] for key in OrganisationFields.__annotations__ if key in self._fields}
        if stated.get("kommun_code") == COUNTY_CODE:
            stated["kommun_code"] = None
        return cast(OrganisationFields, stated)


class ClaimForm(RegisterForm):
    """An organisation of the register: what it is called and where it belongs is known."""

    without = IDENTITY


class ProfileForm(RegisterForm, MergingForm):
    """A change to what an organisation says of itself."""

    without: tuple[str, ...] = ("accepts_terms", "inbjudan")


class ClaimedProfileForm(ProfileForm):
    """The same for one whose name, kind and kommun are the register's until it is verified."""

    without = (*IDENTITY, *ProfileForm.without)


class InviteForm(Form):
    """Somebody to work with."""

    email = EmailField(N_("E-postadress"), [Needed(N_("Skriv e-postadressen till den du vill bjuda in."))])
    role = ChoiceField(N_("Roll"), [Needed(N_("Välj en roll."))], choices=MemberRole, default=MemberRole.EDITOR)


class RoleForm(Form):
    """Another role for a member."""

    role = ChoiceField(N_("Roll"), [Needed(N_("Välj en roll."))], choices=MemberRole)


class JoinForm(Form):
    """What somebody new wants to be called who accepts an invitation."""

    name = LineField(
        N_("Ditt namn"),
        [Needed(N_("Skriv ditt namn.")), Longest(RESPONSIBLE_LENGTH)],
        hint=N_("Namnet visas för dem du samarbetar med. Du kan skriva din roll i stället, till exempel Samordnare."),
    )

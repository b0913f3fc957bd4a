"""What people type about themselves."""

from planner.accounts.rules import NAME_LENGTH
from planner.core.text import N_
from planner.web.fields import EmailField, HiddenField, LineField, Longest, Needed, PasswordField, TickField
from planner.web.forms import Form


class SignInForm(Form):
    """An address to send a link to."""

    email = EmailField(N_("E-postadress"), [Needed(N_("Skriv din e-postadress."))])
    nasta = HiddenField()


class PasswordSignInForm(Form):
    """An address and its password."""

    email = EmailField(N_("E-postadress"), [Needed(N_("Skriv din e-postadress."))])
    password = PasswordField(N_("Lösenord"), [Needed(N_("Skriv ditt lösenord."))])
    stay = TickField(N_("Håll mig inloggad i 14 dagar på den här enheten"))
    nasta = HiddenField()


class LinkForm(Form):
    """The button of a sign-in letter's page."""

    stay = TickField(N_("Håll mig inloggad i 14 dagar på den här enheten"))


class NameForm(Form):
    """What a person wants to be called."""

    name = LineField(
        N_("Ditt namn"),
        [Needed(N_("Skriv ditt namn.")), Longest(NAME_LENGTH)],
        hint=N_("Namnet visas för dem du samarbetar med. Du kan skriva din roll i stället, till exempel Samordnare."),
    )


class EmailForm(Form):
    """Another address."""

    email = EmailField(
        N_("Ny e-postadress"),
        [Needed(N_("Skriv din nya e-postadress."))],
        hint=N_("Vi skickar en länk dit. Adressen byts när du har öppnat länken."),
    )


class PasswordForm(Form):
    """A password, the first or another."""

    password = PasswordField(
        N_("Nytt lösenord"),
        [Needed(N_("Skriv ett lösenord."))],
        hint=N_("Minst 12 tecken. Fyra ord som inte hör ihop är lätta att minnas och svåra att gissa."),
    )

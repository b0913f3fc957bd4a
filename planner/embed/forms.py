"""What a kommun chooses for its own site. A GET form: the address of the page is what has been chosen."""

from planner.core.text import N_
from planner.embed.options import Ground, Look
from planner.events.models import Audience
from planner.events.models import Form as Attendance
from planner.web.fields import ChoiceField, LineField
from planner.web.forms import Form
from planner.web.language import LANGUAGES

CHOSEN = ("kommun", "arrangor", "tema", "malgrupp", "form")
"""What of a query can be chosen here, one value each. What else it asks for comes along from the calendar."""


class EmbedForm(Form):
    """What is shown, and how."""

    class Meta(Form.Meta):
        csrf = False

    kommun = ChoiceField(N_("Kommun"), blank=N_("Hela programmet"))
    arrangor = ChoiceField(N_("Arrangör"), blank=N_("Alla arrangörer"))
    tema = ChoiceField(N_("Tema"), blank=N_("Alla teman"))
    malgrupp = ChoiceField(N_("Målgrupp"), blank=N_("Alla målgrupper"), choices=Audience)
    form = ChoiceField(N_("Form"), blank=N_("Alla former"), choices=Attendance)
    visa = ChoiceField(N_("Utseende"), choices=Look)
    antal = LineField(N_("Högst så många tillfällen"), hint=N_("Från 1 till 100."), default="20")
    pa = ChoiceField(N_("Språk"), choices=[(code, language.own_name) for code, language in LANGUAGES.items()])
    grund = ChoiceField(N_("Bakgrund"), choices=Ground)
    farg = LineField(
        N_("Färg på rubriker och länkar"),
        hint=N_("Som #0c3b30. Den måste gå att läsa mot bakgrunden, med kontrasten 4,5:1. Lämna tomt för vår egen."),
    )
